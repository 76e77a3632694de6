//! The WebSocket of a tracker: text goes in and out, anything else is dropped unread.

use super::driver::Driver;
use super::handle::{Kind, Listener, Resource, Table, listen};
use crate::engine::contract::Input;
use crate::engine::id::TrackerId;
use js_sys::JsString;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, WebSocket};

/// The longest message that is read, in UTF-16 units. Trackers send a few kB; one that sends more is not one.
const MESSAGE: u32 = 64 * 1024;

/// Sockets open or opening.
#[derive(Default)]
pub(super) struct Trackers(Table<TrackerId, Rc<Socket>>);

struct Socket {
    _listeners: Vec<Listener>,
    socket: WebSocket,
    /// `close` sends what was told before first.
    _resource: Resource,
}

impl Trackers {
    /// Sends a message; a socket that is closing drops it.
    pub(super) fn send(&self, tracker: TrackerId, text: &str) {
        if let Some(socket) = self.0.get(tracker) {
            let _ = socket.socket.send_with_str(text);
        }
    }

    /// Closes a socket.
    pub(super) fn close(&self, tracker: TrackerId) {
        self.0.take(tracker);
    }
}

/// Opens a socket.
pub(super) fn open(page: &'static Driver, tracker: TrackerId, url: &str) {
    // Throws on a bad URL, and where mixed content is blocked.
    let Ok(socket) = WebSocket::new(url) else {
        page.tell(Input::TrackerClosed { tracker });
        return;
    };
    // An `error` is always followed by `close`.
    let kinds = ["open", "message", "close"];
    let listeners = listen(page, &socket, &kinds, move |kind, event| heard(page, tracker, kind, event));
    let resource = Resource::new(page, Kind::Socket, &socket);
    page.trackers.0.put(tracker, Rc::new(Socket { _listeners: listeners, socket, _resource: resource }));
}

fn heard(page: &'static Driver, tracker: TrackerId, kind: &str, event: &Event) {
    match event.dyn_ref::<MessageEvent>().map(MessageEvent::data) {
        Some(data) => {
            let text = data.dyn_ref::<JsString>().filter(|text| text.length() <= MESSAGE).map(String::from);
            if let Some(text) = text {
                page.tell(Input::TrackerSaid { tracker, text });
            }
        }
        None if kind == "open" => page.tell(Input::TrackerOpened { tracker }),
        None => {
            page.trackers.close(tracker);
            page.tell(Input::TrackerClosed { tracker });
        }
    }
}
