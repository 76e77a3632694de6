//! The video element: where the playhead is, whether it starves, when the first frame was shown. What the
//! page or the viewer does with it is theirs; only a `Seek` order moves it from here.

use super::driver::Driver;
use super::handle::{Kind, Listener, Resource, listen};
use super::js;
use crate::engine::contract::{Input, Playhead};
use crate::engine::id::PlayerId;
use crate::engine::time::MediaTime;
use js_sys::Array;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlMediaElement, HtmlVideoElement, MediaError};

/// Whatever may move the playhead or change its state. `progress` and `canplay` tell of a starving one, for
/// which there is no `timeupdate`.
const EVENTS: [&str; 13] = [
    "timeupdate",
    "seeking",
    "seeked",
    "play",
    "pause",
    "waiting",
    "playing",
    "ratechange",
    "ended",
    "canplay",
    "progress",
    "loadeddata",
    "error",
];

/// A video element that is listened to.
pub(super) struct Media {
    video: HtmlVideoElement,
    shown: Cell<bool>,
    /// Whether the engine knows of the seek that is under way.
    told: Cell<bool>,
    frame: Option<Frame>,
    _listeners: Vec<Listener>,
}

/// A pending `requestVideoFrameCallback`.
struct Frame {
    _cancel: Resource,
    _callback: Closure<dyn FnMut()>,
}

impl Media {
    /// Listens to an element.
    pub(super) fn new(page: &'static Driver, player: PlayerId, video: HtmlVideoElement) -> Self {
        let listeners = listen(page, &video, &EVENTS, move |kind, _| heard(page, player, kind));
        Self {
            frame: frame(page, player, &video),
            shown: Cell::new(false),
            told: Cell::new(false),
            video,
            _listeners: listeners,
        }
    }

    /// Moves the playhead; not where the viewer has just moved it and `seeking` is about to tell: theirs is the later word.
    pub(super) fn seek(&self, to: MediaTime) {
        let theirs = self.video.seeking() && !self.told.get();
        if !theirs {
            self.told.set(true);
            self.video.set_current_time(to.secs());
        }
    }

    /// Plays faster or slower.
    pub(super) fn set_rate(&self, rate: f64) {
        self.video.set_playback_rate(rate);
    }

    fn playhead(&self) -> Playhead {
        let (video, paused, ended) = (&self.video, self.video.paused(), self.video.ended());
        let starving = !paused && !ended && video.ready_state() < HtmlMediaElement::HAVE_FUTURE_DATA;
        Playhead { paused, seeking: video.seeking(), starving, ended, rate: video.playback_rate() }
    }

    /// The engine hears it now, and not when it was written down: facts wait for their turn.
    pub(super) fn hears(&self, state: &Playhead) {
        self.told.set(state.seeking);
    }
}

/// Asks to be called when a frame is presented. WebKitGTK has the method but never calls, so playing counts
/// too, and where there is no such method, data.
fn frame(page: &'static Driver, player: PlayerId, video: &HtmlVideoElement) -> Option<Frame> {
    let callback = Closure::<dyn FnMut()>::new(move || first_frame(page, player));
    let arguments = Array::of1(callback.as_ref());
    let id = js::call(video, "requestVideoFrameCallback", &arguments).ok()?;
    let cancel = Resource::undone_by(page, Kind::Listener, video, "cancelVideoFrameCallback", &[id]);
    Some(Frame { _cancel: cancel, _callback: callback })
}

/// Reports the playhead.
pub(super) fn report(page: &'static Driver, player: PlayerId) {
    if let Some(of) = page.players.get(player) {
        let at = MediaTime::from_secs(of.media.video.current_time());
        page.tell(Input::PlayheadMoved { player, at, state: of.media.playhead() });
    }
}

fn first_frame(page: &'static Driver, player: PlayerId) {
    let first = page.players.get(player).is_some_and(|of| !of.media.shown.replace(true));
    if first {
        page.tell(Input::FirstFrameShown { player });
    }
}

/// Reports the element's error, if it has one.
pub(super) fn judge(page: &'static Driver, player: PlayerId) {
    let Some(error) = page.players.get(player).and_then(|of| of.media.video.error()) else {
        return;
    };
    // Our source answers every request of the element, so it is never 1 or 2 of the network.
    if let MediaError::MEDIA_ERR_DECODE | MediaError::MEDIA_ERR_SRC_NOT_SUPPORTED = error.code() {
        page.tell(Input::DecodeFailed { player, message: error.message() });
    }
}

fn heard(page: &'static Driver, player: PlayerId, kind: &str) {
    let Some(of) = page.players.get(player) else {
        return;
    };
    match kind {
        "error" => return judge(page, player),
        "playing" => first_frame(page, player),
        "loadeddata" if of.media.frame.is_none() => first_frame(page, player),
        _ => {}
    }
    report(page, player);
}
