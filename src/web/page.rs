//! What concerns the page as a whole: what its browser can do, whether it is visible, left or returned to,
//! and whether the viewer pays for bytes.

use super::driver::Driver;
use super::handle::{Listener, listen};
use super::js;
use crate::engine::config::Config;
use crate::engine::contract::Input;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, Url, Window};

/// Bytes kept on the shelf of a phone, where a page that takes more is discarded.
const PHONE_SHELF: u64 = 96 << 20;

/// What is known of the page.
pub(super) struct PageState {
    /// `navigator.connection`, where there is one: not in Firefox or Safari.
    connection: JsValue,
    phone: bool,
    metered: Cell<bool>,
    saving: Cell<bool>,
    left: Cell<bool>,
}

impl PageState {
    /// Looks at the browser.
    pub(super) fn new(window: &Window) -> Self {
        Self {
            connection: js::get(&window.navigator(), "connection"),
            phone: is_phone(window),
            metered: Cell::new(false),
            saving: Cell::new(false),
            left: Cell::new(false),
        }
    }

    /// `saveData` of the browser.
    fn saving(&self) -> bool {
        js::get(&self.connection, "saveData").is_truthy()
    }

    /// A cellular connection; one that does not say is taken for cellular on a phone.
    fn metered(&self) -> bool {
        let kind = js::get(&self.connection, "type").as_string();
        match kind.as_deref() {
            Some("cellular") => true,
            Some("unknown") | None => self.phone,
            Some(_) => false,
        }
    }
}

/// The engine's knobs, as this browser turns them.
pub(super) fn config(window: &Window) -> Config {
    let mut config = Config::new(u64::from_le_bytes(js::random()), resolve, super::source::supports);
    config.peers_possible = !js::get(window, "RTCPeerConnection").is_undefined();
    config.page_host = js::get(&js::get(window, "location"), "hostname").as_string().unwrap_or_default();
    config.changes_type = super::source::changes_type();
    if is_phone(window) {
        config.shelf_limit = PHONE_SHELF;
    }
    config
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    Url::new_with_base(reference, base).ok().map(|url| url.href())
}

/// Every phone's user agent says `Mobi`, by old agreement.
fn is_phone(window: &Window) -> bool {
    // In bytes: a search in text would cost 2 KB of wasm.
    let agent = window.navigator().user_agent().unwrap_or_default();
    agent.as_bytes().windows(4).any(|word| word == b"Mobi")
}

/// Follows the page, and reports where it stands.
pub(super) fn listen_to(page: &'static Driver, window: &Window) -> Vec<Listener> {
    let mut listeners = listen(page, window, &["pagehide", "pageshow"], move |kind, _| {
        let left = kind == "pagehide";
        // The first `pageshow` is the page's loading.
        if page.page.left.replace(left) != left {
            page.tell(if left { Input::PageLeft } else { Input::PageReturned });
        }
    });
    if !window.navigator().on_line() {
        page.tell(Input::ConnectivityChanged { online: false });
    }
    listeners.append(&mut listen(page, window, &["online", "offline"], move |kind, _| {
        page.tell(Input::ConnectivityChanged { online: kind == "online" });
    }));
    if let Some(document) = window.document() {
        if document.hidden() {
            page.tell(Input::VisibilityChanged { hidden: true });
        }
        let target = document.clone();
        listeners.append(&mut listen(page, &target, &["visibilitychange"], move |_, _| {
            page.tell(Input::VisibilityChanged { hidden: document.hidden() });
        }));
    }
    if page.page.connection.is_object() {
        let connection: &EventTarget = page.page.connection.unchecked_ref();
        listeners.append(&mut listen(page, connection, &["change"], move |_, _| judge_metering(page)));
    }
    judge_metering(page);
    listeners
}

/// Reports whether data is saved and whether the connection is metered, when that changed. One player that saves
/// data is enough for both.
pub(super) fn judge_metering(page: &'static Driver) {
    let saving = page.page.saving() || page.players.all().iter().any(|player| player.save_data);
    if page.page.saving.replace(saving) != saving {
        page.tell(Input::SavingChanged { saving });
    }
    let metered = saving || page.page.metered();
    if page.page.metered.replace(metered) != metered {
        page.tell(Input::MeteredChanged { metered });
    }
}
