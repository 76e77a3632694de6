//! Initialisation sections (`EXT-X-MAP`) of the page: each is fetched once, kept for good, and read for its
//! tracks.

use super::playlist::Init;
use super::transfer::{InitId, Place};
use super::transmux::InitInfo;
use super::verify::Verified;

/// One of them.
struct Known {
    init: Init,
    ready: Option<Ready>,
}

/// Its bytes and what is in them.
pub(crate) struct Ready {
    pub(crate) verified: Verified,
    /// None where the payload shows no bytes (the simulator's).
    pub(crate) info: Option<InitInfo>,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Inits {
    known: Vec<Known>,
}

impl Inits {
    /// The id of a section.
    pub(crate) fn intern(&mut self, init: &Init) -> InitId {
        let known = self.known.iter().position(|k| k.init == *init);
        InitId(known.unwrap_or_else(|| {
            self.known.push(Known { init: init.clone(), ready: None });
            self.known.len() - 1
        }) as u32)
    }

    /// Where to fetch it.
    pub(crate) fn place(&self, id: InitId) -> Option<Place> {
        let init = &self.known.get(id.0 as usize)?.init;
        Some(Place { url: init.url.clone(), range: init.range })
    }

    /// The section, once it is here.
    pub(crate) fn get(&self, id: InitId) -> Option<&Ready> {
        self.known.get(id.0 as usize)?.ready.as_ref()
    }

    /// It is here.
    pub(crate) fn arrived(&mut self, id: InitId, ready: Ready) {
        if let Some(known) = self.known.get_mut(id.0 as usize) {
            known.ready = Some(ready);
        }
    }
}
