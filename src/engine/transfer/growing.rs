//! A file that grows (RFC 8216bis §6.2.6): parts that are ranges of one file are hinted at without their ends, and one
//! open-ended request brings them all, one after the other. Where a part ends is known when it is listed; what came
//! beyond belongs to the next, and so does the rest of the answer.

use super::job::{Job, Response, Route, Supplier};
use super::{Outcome, Transfer, Want};
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ByteRange, RequestId};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};
use std::sync::Arc;

/// An answer that ended before its part was listed is not asked to go on before this.
const LISTED: Millis = Millis(2_000);
/// What nobody has a use for is given so long to end by itself: that leaves its connection to the next request.
const GRACE: Millis = Millis(500);
/// Bytes that follow others by more waited for their encoder, and tell nothing of the network.
pub(super) const LULL: Millis = Millis(100);

/// What is left of an answer when its part is complete.
pub(super) struct Tail<P> {
    url: Arc<str>,
    /// The byte of the file that it goes on with.
    at: u64,
    pieces: Vec<P>,
    /// None where it has ended.
    response: Option<Response>,
    since: Instant,
}

/// Whether a range has no end yet.
pub(super) fn is_open(range: Option<ByteRange>) -> bool {
    range.is_some_and(|r| r.end == u64::MAX)
}

impl<P: Payload> Job<P> {
    /// What is wanted has an end by now.
    pub(super) fn listed(&mut self, want: &Want) {
        if is_open(self.place.range) && !is_open(want.place.range) {
            self.place.range = want.place.range;
            self.length = want.place.range.map(ByteRange::len);
            self.claimed = false;
            if matches!(self.route, Route::Resting { .. }) {
                self.route = Route::Idle;
            }
        }
    }

    /// The answer ended; of a part without an end that says nothing yet.
    pub(super) fn pauses(&mut self, now: Instant) -> bool {
        let pauses = is_open(self.place.range) && self.have() > 0;
        if pauses {
            self.route = Route::Resting { until: now + LISTED };
        }
        pauses
    }
}

impl<P: Payload> Transfer<P> {
    /// A part whose bytes are all here, now that it has an end.
    pub fn rounded_off(&mut self, now: Instant, orders: &mut Orders<P>) -> Option<Outcome<P>> {
        let asset = self.jobs.iter().find(|(_, job)| job.is_full()).map(|(&asset, _)| asset)?;
        self.complete(asset, now, orders)
    }

    /// Keeps what is left of an answer for the part that comes next.
    pub(super) fn leave(&mut self, job: &mut Job<P>, response: Option<Response>, now: Instant) {
        let pieces = job.take_surplus();
        if let Some(range) = job.place.range {
            self.tails.push(Tail { url: job.place.url.clone(), at: range.end, pieces, response, since: now });
        }
    }

    /// A new job goes on with what was left by the part before it.
    pub(super) fn inherit(tails: &mut Vec<Tail<P>>, job: &mut Job<P>, now: Instant) {
        let Some(range) = job.place.range else { return };
        let Some(i) = tails.iter().position(|t| t.url == job.place.url && t.at == range.start) else {
            return;
        };
        let tail = tails.swap_remove(i);
        tail.pieces.into_iter().for_each(|piece| job.take(piece, Supplier::Origin));
        job.route = match tail.response {
            Some(response) => Route::Http(Response {
                skip: 0,
                from: 0,
                until: u64::MAX,
                asked_at: now,
                heard_at: now,
                began_at: Some(now),
                length: None,
                ..response
            }),
            None if is_open(job.place.range) && job.have() > 0 => Route::Resting { until: now + LISTED },
            None => Route::Idle,
        };
    }

    /// More of an answer that has no part at present; whether it was that.
    pub(super) fn tail_grows(&mut self, request: RequestId, chunk: &P) -> bool {
        let tail = self.tails.iter_mut().find(|t| t.response.as_ref().is_some_and(|r| r.request == request));
        tail.map(|t| t.pieces.push(chunk.clone())).is_some()
    }

    /// It ended, or broke off.
    pub(super) fn tail_ends(&mut self, request: RequestId) {
        self.tails.retain(|t| t.response.as_ref().is_none_or(|r| r.request != request));
    }

    /// Stops what nobody asks for any more.
    pub(super) fn drop_tails(&mut self, now: Instant, orders: &mut Orders<P>) {
        self.tails.retain(|t| {
            let keep = now.since(t.since) < GRACE && t.response.is_some();
            if let Some(response) = t.response.as_ref().filter(|_| !keep) {
                orders.push_back(Output::Abort { request: response.request });
            }
            keep
        });
    }
}
