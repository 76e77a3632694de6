//! Who may have the line: what is due first. While the origin brings something that is nearly due, what comes later in
//! the same rendition is not begun, or makes way, whoever brings it.

use super::job::{Job, Route};
use super::{Asset, Transfer};
use crate::engine::contract::{Orders, Output};
use crate::engine::payload::Payload;
use crate::engine::swarm::Swarm;
use crate::engine::time::{Instant, Millis};

/// Segments of a rendition are asked of the origin side by side only while the first has so many times the time it
/// takes; with less than the last, the others make way. Neighbours are many, and what each sends takes the same share of
/// the line as the origin: nobody is asked for more of a later one while the first has less than this.
pub(super) const QUIET: u64 = 8;
pub(super) const COMPANY: u64 = 4;
pub(super) const ALONE: u64 = 2;

impl<P: Payload> Transfer<P> {
    /// Takes a segment off the link while an earlier one of its rendition needs all of it. What came of it is kept.
    pub(super) fn make_way(
        &mut self,
        asset: Asset,
        swarm: &mut Swarm<P>,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        if !self.is_in_the_way(asset, ALONE, now) {
            return;
        }
        if let Asset::Segment(segment) = asset
            && swarm.has_met()
        {
            swarm.drop_pieces(segment, |_, _| true, orders);
        }
        if let Some(job) = self.jobs.get_mut(&asset) {
            match &job.route {
                Route::Http(response) => orders.push_back(Output::Abort { request: response.request }),
                Route::Peer(connection) => swarm.cancel(*connection, now, orders),
                Route::Idle | Route::Resting { .. } => return,
            }
            job.route = Route::Idle;
        }
    }

    /// Whether the origin is bringing an earlier segment of this rendition that has less than so many times the time
    /// that it takes.
    pub(super) fn is_in_the_way(&self, asset: Asset, times: u64, now: Instant) -> bool {
        let Asset::Segment(segment) = asset else { return false };
        let before = |other: &Asset| match other {
            Asset::Segment(o) => o.rendition == segment.rendition && o.number < segment.number,
            Asset::Init(_) | Asset::Part(_) => false,
        };
        self.jobs.iter().any(|(other, job)| {
            let alone = self.origin_rate.time_for(job.remaining());
            before(other)
                && matches!(job.route, Route::Http(_))
                && Millis(alone.0.saturating_mul(times)) > job.deadline.since(now)
        })
    }

    /// Whether some player that wants this has a request to spare. Inits are few and always due; what the origin
    /// holds, and what is due later, takes nothing from others.
    pub(super) fn http_slot_free(&self, asset: Asset) -> bool {
        let Some(job) = self.jobs.get(&asset) else { return false };
        let before = |j: &Job<P>| !j.held && matches!(j.route, Route::Http(_)) && j.deadline <= job.deadline;
        let under_way = |player| {
            self.wants[&player].iter().filter(|w| self.jobs.get(&w.asset).is_some_and(before)).count()
        };
        matches!(asset, Asset::Init(_))
            || job.held
            || self.wanting(asset).any(|player| under_way(player) < self.http_slots)
    }
}
