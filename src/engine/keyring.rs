//! Keys of `METHOD=AES-128` and `SAMPLE-AES` (RFC 8216 §4.3.2.4): each is fetched once, from the URI that the playlist
//! names, and kept for the life of the page. Decides which of the keys in force opens a segment; how, is the `bench`'s
//! business.

use super::contract::Orders;
use super::decrypt::iv_of;
use super::documents::Documents;
use super::error::{Culprit, Fault, MediaErrorCode, redacted};
use super::id::Counter;
use super::playlist::{Key, Keys, Method};
use super::task::Lock;
use litemap::LiteMap;
use std::sync::Arc;

/// Where a key lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyUrl(pub(crate) Arc<str>);

/// What opens something.
pub(crate) enum Opening {
    /// It is not locked.
    Clear,
    /// This opens it.
    Locked(Lock),
    /// The key is on its way, or will not come.
    Waiting,
}

enum State {
    Asked,
    Here([u8; 16]),
    Lost,
}

/// All keys of the page.
#[derive(Default)]
pub(crate) struct Keyring {
    keys: LiteMap<Arc<str>, State>,
}

impl Keyring {
    /// What opens something that these keys lock; `sequence` is its media sequence number. A key that is not here is
    /// asked for.
    pub(crate) fn open<P, T>(
        &mut self,
        keys: &Keys,
        sequence: u64,
        documents: &mut Documents<T>,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) -> Opening
    where
        T: Clone + PartialEq + From<KeyUrl>,
    {
        if keys.is_none() {
            return Opening::Clear;
        }
        let Some(key) = usable(keys) else {
            return Opening::Waiting;
        };
        match self.keys.get(&key.url) {
            Some(State::Here(bytes)) => {
                let iv = key.iv.unwrap_or_else(|| iv_of(sequence));
                Opening::Locked(Lock { key: *bytes, iv, samples: key.method == Method::SampleAes })
            }
            Some(State::Asked | State::Lost) => Opening::Waiting,
            None => {
                self.keys.insert(key.url.clone(), State::Asked);
                documents.fetch(KeyUrl(key.url.clone()).into(), &key.url, ids, orders);
                Opening::Waiting
            }
        }
    }

    /// What came for a key. False: it is none, for that has 16 bytes.
    pub(crate) fn arrived(&mut self, url: &KeyUrl, body: &[u8]) -> bool {
        let state = body.try_into().map_or(State::Lost, State::Here);
        let is_key = matches!(state, State::Here(_));
        self.keys.insert(url.0.clone(), state);
        is_key
    }

    /// What lies at their addresses are others from now on.
    pub(crate) fn forget(&mut self, keys: &Keys) {
        if let Some(key) = usable(keys)
            && matches!(self.keys.get(&key.url), Some(State::Here(_)))
        {
            self.keys.remove(&key.url);
        }
    }

    /// A key could not be had.
    pub(crate) fn lost(&mut self, url: &KeyUrl) {
        self.keys.insert(url.0.clone(), State::Lost);
    }
}

/// What came from `url` is no key.
pub(crate) fn not_a_key(url: &str, length: usize) -> Fault {
    Fault {
        culprit: Culprit::Origin,
        code: MediaErrorCode::Network,
        name: "not-a-key",
        message: [redacted(url), " has ", &length.to_string(), " bytes; a key has 16."].concat(),
        tried: "It was read once; asking again would bring the same.".into(),
    }
}

/// Those of these keys that lock something as a whole: in MP4 the others lock samples, which is the browser's business.
pub(crate) fn whole(keys: &Keys) -> Keys {
    let is = |k: &Key| k.method == Method::Aes128;
    keys.as_ref().filter(|keys| keys.iter().any(is)).cloned()
}

/// The key of this set that opens segments or samples here: the others are for browsers' own vaults.
pub(crate) fn usable(keys: &Keys) -> Option<&Key> {
    keys.iter().flat_map(|k| k.iter()).find(|k| {
        matches!(k.method, Method::Aes128 | Method::SampleAes)
            && &*k.format == "identity"
            && !k.url.is_empty()
    })
}
