//! Keys of samples that the browser opens itself (Common Encryption): what it takes to ask for them is told to the page
//! with the first segment that an initialization section and a set of keys are for, and only once. The rest is between
//! page and browser.

use super::{Desk, Session};
use crate::engine::contract::{Event, KeysNeeded};
use crate::engine::payload::Payload;
use crate::engine::playlist::{Key, Keys, Method};
use crate::engine::transfer::InitId;
use crate::engine::transmux::TrackKind;

/// Keys that were told of; a stream that changes them every minute comes round after an hour.
const MAX_TOLD: usize = 64;

impl Session {
    /// What is encrypted under `init` needs keys.
    pub(super) fn ask_for_keys<P: Payload>(&mut self, init: InitId, keys: &Keys, desk: &mut Desk<'_, P>) {
        let info = desk.inits.get(init).and_then(|ready| ready.info.as_ref());
        let Some((info, lock)) = info.and_then(|info| Some((info, info.lock.as_ref()?))) else { return };
        if self.told_keys.iter().any(|(i, k)| *i == init && k == keys) {
            return;
        }
        let codec = |kind| {
            let of = info.tracks.iter().find(|t| t.kind == kind);
            of.map(|t| t.codec.clone()).unwrap_or_default()
        };
        let ahead = if keys.is_none() { self.keys_ahead(init, desk) } else { keys.clone() };
        let mut named: Vec<_> = Vec::new();
        for key in ahead.iter().flat_map(|keys| keys.iter()).chain(&self.session_keys) {
            let pair = (key.format.clone(), key.url.clone());
            if is_for_vaults(key) && !named.contains(&pair) {
                named.push(pair);
            }
        }
        let needed = KeysNeeded {
            scheme: lock.scheme,
            video: codec(TrackKind::Video),
            audio: codec(TrackKind::Audio),
            key_ids: lock.key_ids.clone(),
            pssh: lock.pssh.clone(),
            keys: named,
        };
        if self.told_keys.len() >= MAX_TOLD {
            self.told_keys.remove(0);
        }
        self.told_keys.push((init, keys.clone()));
        self.notify(desk.orders, Event::KeysNeeded(needed));
    }
}

impl Session {
    /// The first keys of a section whose first segments are clear, as many publishers have them for a quick start.
    fn keys_ahead<P: Payload>(&self, init: InitId, desk: &Desk<'_, P>) -> Keys {
        let place = desk.inits.place(init)?;
        let mut entries = self.lanes.iter().filter_map(|l| l.timeline.as_ref()).flat_map(|t| t.entries());
        entries.find_map(|e| {
            let here = e.segment.init.as_ref()?;
            e.segment.keys.clone().filter(|_| here.url == place.url && here.range == place.range)
        })
    }
}

/// Whether a key is of samples (RFC 8216bis §4.4.4.4); in MP4 those are the browser's.
fn is_for_vaults(key: &Key) -> bool {
    matches!(key.method, Method::SampleAes | Method::SampleAesCtr)
}
