//! The router's third part: initialisation sections as they come, and whatever the benches made, each to whom it
//! concerns.

use super::Engine;
use super::contract::Output;
use super::error::{Culprit, Fault, MediaErrorCode, redacted};
use super::id::BlobId;
use super::inits::Ready;
use super::keyring::{Opening, whole};
use super::payload::Payload;
use super::task::{Made, Unmade};
use super::transfer::{Asset, Fetched, InitId};
use super::transmux::{fit_init, read_init};
use super::verify::{Expected, verify};
use super::workshop::Report;

impl<P: Payload> Engine<P> {
    /// An initialisation section is here; what locks it is opened first.
    pub(super) fn init_fetched(&mut self, fetched: Fetched<P>) {
        let Asset::Init(id) = fetched.asset else { return };
        let blob = BlobId(self.ids.draw());
        // Lists of digests leave these sections out; they pass because no peer is ever asked for one.
        let Ok(verified) = verify(&fetched, blob, Expected::Unknown) else { return };
        let bytes: Option<Vec<u8>> =
            fetched.parts.iter().map(Payload::to_vec).collect::<Option<Vec<_>>>().map(|p| p.concat());
        let keys = whole(&self.inits.keys(id));
        let (documents, ids, orders) = (&mut self.documents, &mut self.ids, &mut self.orders);
        orders.push_back(Output::Shelve { blob, parts: fetched.parts });
        match self.keyring.open(&keys, 0, documents, ids, orders) {
            Opening::Locked(lock) if !lock.samples => {
                self.workshop.open((id, verified.blob()), lock, ids, orders);
            }
            Opening::Clear | Opening::Waiting | Opening::Locked(_) => {
                self.init_clear(id, verified.blob(), bytes);
            }
        }
    }

    /// An initialisation section lies on the shelf without a lock; `bytes`, where they can be looked into.
    /// Tracks that the browser does not decode are left out of what it is given.
    fn init_clear(&mut self, id: InitId, whole: BlobId, bytes: Option<Vec<u8>>) {
        let Some(mut bytes) = bytes else {
            return self.inits.arrived(id, Ready { blob: whole, whole, info: None });
        };
        match read_init(&bytes) {
            Err(e) => self.bad_init(id, &e.to_string()),
            Ok(mut info) => {
                fit_init(&mut bytes, &mut info, self.config.supports);
                let mut blob = whole;
                if !info.left_out.is_empty() {
                    blob = BlobId(self.ids.draw());
                    self.orders.push_back(Output::Shelve { blob, parts: vec![bytes.into()] });
                }
                self.inits.arrived(id, Ready { blob, whole, info: Some(info) });
            }
        }
    }

    fn bad_init(&mut self, id: InitId, why: &str) {
        let Some(place) = self.inits.place(id) else { return };
        let fault = Fault {
            culprit: Culprit::Media,
            code: MediaErrorCode::SourceNotSupported,
            name: "bad-init",
            message: [redacted(&place.url), " is not a usable initialisation section: ", why].concat(),
            tried: "It came whole from the origin.".into(),
        };
        self.fail_all(|s| s.needs_init(&place), &fault);
    }

    /// Something was made, or not: to whom it concerns.
    pub(super) fn made(&mut self, blob: BlobId, outcome: Result<Made, Unmade>) {
        if let Some(read) = self.captions.made(blob, &outcome, &mut self.orders) {
            return self.with(read.ticket.player, |s, d| s.read(read, d));
        }
        let (ids, orders) = (&mut self.ids, &mut self.orders);
        match self.workshop.made(blob, outcome, &mut self.inits, ids, orders) {
            None => {}
            Some(Report::Segment { player, track, segment, result }) => {
                self.with(player, |s, d| s.made((track, segment), result, d));
            }
            Some(Report::Opened { init, result: Ok(bytes) }) => {
                let blob = BlobId(self.ids.draw());
                self.orders.push_back(Output::Shelve { blob, parts: vec![bytes.clone().into()] });
                self.init_clear(init, blob, Some(bytes));
            }
            Some(Report::Opened { init, result: Err(Unmade::Unusable(why) | Unmade::NoBench(why)) }) => {
                self.bad_init(init, &why);
            }
        }
    }
}
