//! What the origin answers: which part of a response counts, when it is complete, and when a failure is final.

use super::growing::LULL;
use super::job::{Job, Response, Route, Supplier};
use super::{Asset, Outcome, Transfer};
use crate::engine::contract::{Orders, Output};
use crate::engine::error::NetworkFault;
use crate::engine::id::{PlayerId, RequestId};
use crate::engine::payload::Payload;
use crate::engine::reach::Silence;
use crate::engine::time::{Instant, Millis};

/// First pause after a failure of the origin; doubled each time.
const FIRST_PAUSE: Millis = Millis(400);

impl<P: Payload> Transfer<P> {
    /// A response's head came.
    pub fn started(
        &mut self,
        request: RequestId,
        status: u16,
        length: Option<u64>,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Outcome<P>> {
        let (asset, job) = self.jobs.iter_mut().find(|(_, j)| j.is_by(request)).map(|(&a, j)| (a, j))?;
        let ranged = job.place.range.is_some();
        let have = job.have();
        let Route::Http(Response { until, of, .. }) = job.route else {
            return None;
        };
        let is_origins = of == Supplier::Origin;
        if is_origins {
            self.reach.answered(&job.place.url);
        }
        let asked = job.next_range(until);
        let Route::Http(response) = &mut job.route else {
            return None;
        };
        response.heard_at = now;
        response.began_at = Some(now);
        response.length = length;
        if !job.held && is_origins {
            self.waits.push(now.since(response.asked_at));
        }
        match (status, asked) {
            (206, Some(_)) => {
                if !ranged && job.length.is_none() {
                    job.length = length.map(|l| have + l);
                }
                None
            }
            // The server ignored `Range`: what comes before is skipped.
            (200, Some(range)) if is_origins => {
                response.until = u64::MAX;
                response.skip = if ranged { range.start } else { have };
                response.surplus = ranged;
                None
            }
            (200 | 203 | 206, None) => None,
            _ => {
                orders.push_back(Output::Abort { request });
                if status == 416 && !ranged {
                    job.restart();
                }
                if is_origins {
                    job.status = status;
                }
                self.failed_at(asset, now)
            }
        }
    }

    /// The next bytes of a response came.
    pub fn chunk(
        &mut self,
        request: RequestId,
        chunk: &P,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Outcome<P>> {
        if self.tail_grows(request, chunk) {
            return None;
        }
        let (asset, job) = self.jobs.iter_mut().find(|(_, j)| j.is_by(request)).map(|(&a, j)| (a, j))?;
        let have = job.have();
        let Route::Http(response) = &mut job.route else {
            return None;
        };
        let first = have == response.from;
        let quiet_since = std::mem::replace(&mut response.heard_at, now);
        // Until the origin had it, it was waited for. An answer that was held with it tells when that was; of one that
        // came before, the first bytes tell nothing.
        let waited = response.began_at.map_or(Millis(0), |at| at.since(response.asked_at));
        let paused = now.since(quiet_since);
        let of = response.of;
        if job.held && first && paused > waited || response.open && paused > LULL {
            self.origin_meter.begin(now);
        } else if of == Supplier::Origin {
            self.origin_meter.add(chunk.len() as u64, quiet_since, now);
        }
        let skipped = (response.skip.min(chunk.len() as u64)) as usize;
        response.skip -= skipped as u64;
        let until = response.until;
        job.take(chunk.slice(skipped, chunk.len()), of);
        if job.have() >= until && !job.is_full() {
            // What follows is here, and the answer is about to end by itself.
            job.route = Route::Idle;
            job.order();
            self.next_look = Some(now);
        }
        let full = job.is_full();
        let players: Vec<PlayerId> = self.wanting(asset).collect();
        for player in players {
            *self.http_bytes.entry(player).or_default() += chunk.len() as u64;
        }
        if full { self.complete(asset, now, orders) } else { None }
    }

    /// A response is complete, as far as HTTP can tell.
    pub fn ended(&mut self, request: RequestId, now: Instant, orders: &mut Orders<P>) -> Option<Outcome<P>> {
        self.tail_ends(request);
        let (asset, job) = self.by_request(request)?;
        if job.pauses(now) {
            return None;
        }
        let whole = if job.length.is_some() { job.is_full() } else { job.have() > 0 };
        if !whole {
            return self.failed_at(asset, now);
        }
        // Nothing is left to abort.
        job.route = Route::Idle;
        self.complete(asset, now, orders)
    }

    /// A request failed.
    pub fn failed(&mut self, request: RequestId, fault: &NetworkFault, now: Instant) -> Option<Outcome<P>> {
        self.tail_ends(request);
        let (asset, job) = self.by_request(request)?;
        job.status = 0;
        if *fault == NetworkFault::Unreachable || !self.reach.is_online() {
            return self.unanswered(asset, false, now);
        }
        self.failed_at(asset, now)
    }

    /// What became of requests that brought nothing for too long, one after the other.
    pub fn overdue(&mut self, now: Instant) -> Option<Outcome<P>> {
        while let Some((asset, begun)) = self.silent.pop() {
            let outcome = if begun { self.failed_at(asset, now) } else { self.unanswered(asset, true, now) };
            if outcome.is_some() {
                return outcome;
            }
        }
        None
    }

    /// There was no answer: no word on what was asked for.
    fn unanswered(&mut self, asset: Asset, hung: bool, now: Instant) -> Option<Outcome<P>> {
        if self.is_failed_copy(asset, now) {
            return None;
        }
        let job = self.jobs.get_mut(&asset)?;
        job.route = Route::Idle;
        self.next_look = Some(now);
        match self.reach.unanswered(&job.place.url, hung, now) {
            Silence::Stranger => self.failed_at(asset, now),
            Silence::Passing => None,
            Silence::Outage => Some(Outcome::Unreachable { asset, url: job.place.url.clone() }),
        }
    }

    fn failed_at(&mut self, asset: Asset, now: Instant) -> Option<Outcome<P>> {
        if self.is_failed_copy(asset, now) {
            return None;
        }
        let attempts = self.http_attempts;
        let job = self.jobs.get_mut(&asset)?;
        job.failures += 1;
        // A refusal is asked again once: a segment may be listed a moment before it is there. What is to be held,
        // and is refused, will be listed soon.
        let passing = matches!(job.status, 0 | 200..=299 | 408 | 425 | 429 | 500..=599);
        let refusals = if job.held { 1 } else { 2 };
        if job.failures < if passing { attempts } else { refusals } {
            let pause = Millis(FIRST_PAUSE.0 << (job.failures - 1).min(5));
            job.route = Route::Resting { until: now + pause };
            return None;
        }
        let job = self.jobs.remove(&asset)?;
        self.failures.keep(asset, &job, attempts);
        self.release(asset);
        Some(Outcome::GivenUp { asset, url: job.place.url, status: job.status })
    }

    fn is_failed_copy(&mut self, asset: Asset, now: Instant) -> bool {
        !self.redundancy.is_empty() && self.copy_failed(asset, now)
    }

    fn by_request(&mut self, request: RequestId) -> Option<(Asset, &mut Job<P>)> {
        self.jobs.iter_mut().find(|(_, j)| j.is_by(request)).map(|(&a, j)| (a, j))
    }
}
