//! Initialisation sections of the page. Those that playlists name (`EXT-X-MAP`) are fetched once, kept for good, and
//! read for their tracks; those of streams that have none are made here, and known by their content.

use super::contract::{Orders, Output};
use super::id::{BlobId, Counter};
use super::payload::Payload;
use super::playlist::{Init, Keys};
use super::transfer::{InitId, Place};
use super::transmux::InitInfo;

/// One of them.
struct Known {
    source: Source,
    ready: Option<Ready>,
}

enum Source {
    /// Its address means another one by now.
    Forgotten,
    Listed(Init),
    Made(Vec<u8>),
}

/// Its bytes and what is in them.
pub(crate) struct Ready {
    pub(crate) blob: BlobId,
    /// The same before tracks were left out of it; mostly the same blob.
    pub(crate) whole: BlobId,
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
        self.id_of(|s| matches!(s, Source::Listed(i) if i == init), || Source::Listed(init.clone()))
    }

    /// The id of a section that was made; the same for the same bytes. Shelved under `blob`, if it is new.
    pub(crate) fn made<P: Payload>(
        &mut self,
        bytes: Vec<u8>,
        info: InitInfo,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) -> InitId {
        let id = self.id_of(|s| matches!(s, Source::Made(b) if *b == bytes), || Source::Made(bytes.clone()));
        if self.get(id).is_none() {
            let blob = BlobId(ids.draw());
            orders.push_back(Output::Shelve { blob, parts: vec![bytes.into()] });
            self.arrived(id, Ready { blob, whole: blob, info: Some(info) });
        }
        id
    }

    fn id_of(&mut self, is_it: impl Fn(&Source) -> bool, new: impl FnOnce() -> Source) -> InitId {
        let known = self.known.iter().position(|k| is_it(&k.source));
        InitId(known.unwrap_or_else(|| {
            self.known.push(Known { source: new(), ready: None });
            self.known.len() - 1
        }) as u32)
    }

    /// Where to fetch it.
    pub(crate) fn place(&self, id: InitId) -> Option<Place> {
        match &self.known.get(id.0 as usize)?.source {
            Source::Listed(init) => Some(Place { url: init.url.clone(), range: init.range }),
            Source::Made(_) | Source::Forgotten => None,
        }
    }

    /// What locks it.
    pub(crate) fn keys(&self, id: InitId) -> Keys {
        match &self.known.get(id.0 as usize)?.source {
            Source::Listed(init) => init.keys.clone(),
            Source::Made(_) | Source::Forgotten => None,
        }
    }

    /// What lies at its address is another one from now on.
    pub(crate) fn forget<P>(&mut self, init: &Init, orders: &mut Orders<P>) {
        let is_it = |k: &&mut Known| matches!(&k.source, Source::Listed(i) if i == init);
        if let Some(known) = self.known.iter_mut().find(is_it) {
            known.source = Source::Forgotten;
            if let Some(Ready { blob, .. }) = known.ready.take() {
                orders.push_back(Output::Unshelve { blob });
            }
        }
    }

    /// What is in a section that a playlist names, once it is here.
    pub(crate) fn look(&self, init: &Init) -> Option<&InitInfo> {
        let known = self.known.iter().find(|k| matches!(&k.source, Source::Listed(i) if i == init))?;
        known.ready.as_ref()?.info.as_ref()
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
