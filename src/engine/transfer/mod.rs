//! Who brings it: for each wanted asset, the origin or a neighbour, decided again whenever something happens.
//!
//! Deadline first. A neighbour is asked only while a lie or a death would still leave time for the origin; an
//! asset that a neighbour holds, or is fetching, waits for it as long as that holds. What a neighbour brought is
//! kept when the origin takes over. Nothing that is due is ever held back for peers.

mod job;

pub use job::{Asset, Contribution, Fetched, InitId, Place, Supplier};

use super::config::{Bitrate, Config};
use super::contract::{Orders, Output};
use super::error::NetworkFault;
use super::id::{ConnectionId, Counter, PlayerId, RenditionId, RequestId, SegmentId};
use super::payload::Payload;
use super::swarm::Swarm;
use super::time::{Instant, Millis};
use job::{Job, Response, Route};
use litemap::LiteMap;
use std::collections::BinaryHeap;

/// Kept between a peer's expected end and the deadline, for what no estimate sees.
const MARGIN: Millis = Millis(400);
/// While the page is hidden its timers run once a second.
const HIDDEN_MARGIN: Millis = Millis(1_500);
/// How often open questions (is that peer late by now? may this still wait?) are asked again.
const TICK: Millis = Millis(200);
/// What a neighbour is expected to deliver at before it has delivered: a modest uplink.
const PEER_GUESS: Bitrate = Bitrate(2_000_000.0);
/// Requests to neighbours under way at once.
const PEER_SLOTS: usize = 4;
/// First pause after a failure of the origin; doubled each time.
const FIRST_PAUSE: Millis = Millis(400);

/// Something a player needs by a point in time.
#[derive(Clone, Debug)]
pub struct Want {
    /// What.
    pub asset: Asset,
    /// Where the origin has it.
    pub place: Place,
    /// When playback stops without it.
    pub deadline: Instant,
    /// Rough size in bytes.
    pub guess: u64,
}

/// What may be taken from neighbours.
pub trait Trust {
    /// Whether this segment may come from peers, and its digest is at hand.
    fn is_verifiable(&self, segment: SegmentId, place: &Place) -> bool;
    /// Whether that may still become so within moments: the digests are on their way.
    fn is_pending(&self, segment: SegmentId) -> bool;
}

/// What became of a job.
pub enum Outcome<P> {
    /// All bytes are here; these players wanted them.
    Fetched(Fetched<P>, Vec<PlayerId>),
    /// The origin will not give it.
    GivenUp {
        /// What.
        asset: Asset,
        /// Where it was asked for.
        url: std::sync::Arc<str>,
        /// The origin's last answer, 0 for none.
        status: u16,
    },
}

/// A finished response of the origin, for the throughput estimate.
pub struct Sample {
    /// Body bytes.
    pub bytes: u64,
    /// Time from the response's head to its end.
    pub flowing: Millis,
}

/// Everything under way on the page.
pub struct Transfer<P: Payload> {
    jobs: LiteMap<Asset, Job<P>>,
    wants: LiteMap<PlayerId, Vec<Want>>,
    origin_rate: Bitrate,
    hidden: bool,
    http_slots: usize,
    http_attempts: u32,
    http_silence: Millis,
    peer_silence: Millis,
    lean_window: Millis,
    /// Media bytes from the origin, per player that wanted them.
    pub http_bytes: LiteMap<PlayerId, u64>,
    samples: Vec<Sample>,
    next_look: Option<Instant>,
}

impl<P: Payload> Transfer<P> {
    /// Nothing under way.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            jobs: LiteMap::new(),
            wants: LiteMap::new(),
            origin_rate: config.start_bitrate,
            hidden: false,
            http_slots: config.http_slots,
            http_attempts: config.http_attempts,
            http_silence: config.http_silence,
            peer_silence: config.peer_silence,
            lean_window: config.lean_window,
            http_bytes: LiteMap::new(),
            samples: Vec::new(),
            next_look: None,
        }
    }

    /// Replaces all that a player wants; what nobody wants any more is aborted.
    pub fn set_wants(
        &mut self,
        player: PlayerId,
        wants: Vec<Want>,
        swarm: &mut Swarm<P>,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        self.wants.insert(player, wants);
        let mut deadlines: LiteMap<Asset, &Want> = LiteMap::new();
        for want in self.wants.values().flatten() {
            let earliest = deadlines.entry(want.asset).or_insert(want);
            if want.deadline < earliest.deadline {
                *earliest = want;
            }
        }
        self.jobs.retain(|asset, job| {
            let keep = deadlines.contains_key(asset);
            if !keep {
                stop(job, swarm, now, orders);
            }
            keep
        });
        for (asset, want) in deadlines {
            let job = self
                .jobs
                .entry(asset)
                .or_insert_with(|| Job::new(want.place.clone(), want.guess, want.deadline));
            job.deadline = want.deadline;
        }
        self.next_look = Some(now);
    }

    /// A player is gone.
    pub fn forget(&mut self, player: PlayerId, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
        self.set_wants(player, Vec::new(), swarm, now, orders);
        self.wants.remove(&player);
        self.http_bytes.remove(&player);
    }

    /// What the origin is believed to deliver at.
    pub fn set_origin_rate(&mut self, rate: Bitrate) {
        self.origin_rate = rate;
    }

    /// Whether the page is hidden.
    pub fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Segments of a rendition that are being fetched from the origin.
    pub fn loading(&self, rendition: RenditionId) -> Vec<u64> {
        let of_rendition = |(asset, job): (&Asset, &Job<P>)| match asset {
            Asset::Segment(s) if s.rendition == rendition && matches!(job.route, Route::Http(_)) => {
                Some(s.number)
            }
            _ => None,
        };
        self.jobs.iter().filter_map(of_rendition).collect()
    }

    /// Whether a segment must come from the origin from now on; bytes so far are dropped.
    pub fn distrust(&mut self, asset: Asset, place: Place, deadline: Instant) {
        let mut job = Job::new(place, 0, deadline);
        job.origin_only = true;
        self.jobs.insert(asset, job);
    }

    /// Throughput samples since the last call.
    pub fn take_samples(&mut self) -> Vec<Sample> {
        std::mem::take(&mut self.samples)
    }

    /// Looks at every open question.
    pub fn decide(
        &mut self,
        swarm: &mut Swarm<P>,
        trust: &impl Trust,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let by_deadline: BinaryHeap<_> = self.jobs.iter().map(|(&a, j)| (j.deadline, a)).collect();
        let by_deadline = by_deadline.into_sorted_vec();
        for &(_, asset) in &by_deadline {
            self.review(asset, swarm, now, orders);
        }
        for &(_, asset) in &by_deadline {
            self.assign(asset, swarm, trust, ids, now, orders);
        }
        let open = self.jobs.values().any(|j| !matches!(j.route, Route::Resting { .. }));
        self.next_look = open.then_some(now + TICK);
    }

    /// Takes a job away from a peer that is late or silent, from an origin that is silent.
    fn review(&mut self, asset: Asset, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
        let margin = self.margin();
        let (origin_rate, peer_silence, http_silence) =
            (self.origin_rate, self.peer_silence, self.http_silence);
        let Some(job) = self.jobs.get_mut(&asset) else {
            return;
        };
        match &job.route {
            Route::Idle => {}
            Route::Resting { until } => {
                if *until <= now {
                    job.route = Route::Idle;
                }
            }
            Route::Peer(connection) => {
                let connection = *connection;
                let Some(heard_at) = swarm.heard_at(connection) else {
                    job.not_from.push(connection);
                    job.route = Route::Idle;
                    return;
                };
                let silent = now.since(heard_at) >= peer_silence;
                let (rate, rtt) = swarm.pace(connection);
                let left = job.deadline.since(now);
                let by_origin = origin_rate.time_for(job.remaining()) + margin + rtt;
                let by_peer = rate.unwrap_or(PEER_GUESS).time_for(job.remaining());
                if silent || (left < by_origin && by_peer > left.min(by_origin)) {
                    if silent {
                        swarm.give_up(connection, now, orders);
                    } else {
                        swarm.cancel(connection, now, orders);
                    }
                    job.not_from.push(connection);
                    job.route = Route::Idle;
                }
            }
            Route::Http(response) => {
                if now.since(response.heard_at) >= http_silence {
                    orders.push_back(Output::Abort { request: response.request });
                    job.failures += 1;
                    job.route = Route::Idle;
                }
            }
        }
    }

    /// Gives an idle job to a neighbour or to the origin, or lets it wait.
    fn assign(
        &mut self,
        asset: Asset,
        swarm: &mut Swarm<P>,
        trust: &impl Trust,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let margin = self.margin();
        let peers_busy = self.jobs.values().filter(|j| matches!(j.route, Route::Peer(_))).count();
        let slot_free = self.http_slot_free(asset);
        let Some(job) = self.jobs.get_mut(&asset) else {
            return;
        };
        if !matches!(job.route, Route::Idle) {
            return;
        }
        let left = job.deadline.since(now);
        let by_origin = self.origin_rate.time_for(job.remaining()) + margin;
        if let Asset::Segment(segment) = asset
            && !job.origin_only
            && left > by_origin
        {
            let lean = left > self.lean_window.max(by_origin);
            if trust.is_verifiable(segment, &job.place) {
                let supply = swarm.supply(segment, &job.not_from);
                if let Some(best) = supply.best
                    && peers_busy < PEER_SLOTS
                {
                    let by_peer = best.rate.unwrap_or(PEER_GUESS).time_for(job.remaining());
                    let needed = by_peer + by_origin + best.rtt + best.rtt;
                    if left >= needed {
                        swarm.ask(best.connection, segment, job.have(), job.length, now, orders);
                        job.route = Route::Peer(best.connection);
                        return;
                    }
                }
                // Somebody has it or will have it; twice the origin's time is kept in hand.
                let patience = by_origin + by_origin;
                if (supply.best.is_some() || supply.busy || supply.loading) && left > patience {
                    return;
                }
                if lean && (supply.elected_elsewhere || swarm.may_find_someone(segment.rendition, now)) {
                    return;
                }
            } else if lean && trust.is_pending(segment) {
                return;
            }
        }
        if slot_free {
            let request = RequestId(ids.draw());
            let range = job.next_range();
            orders.push_back(Output::FetchStream { request, url: job.place.url.to_string(), range });
            job.route = Route::Http(Response {
                request,
                skip: 0,
                surplus: false,
                heard_at: now,
                began_at: None,
                received: 0,
            });
        }
    }

    /// A response's head came.
    pub fn started(
        &mut self,
        request: RequestId,
        status: u16,
        length: Option<u64>,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Outcome<P>> {
        let (asset, job) = self.by_request(request)?;
        let asked = job.next_range();
        let ranged = job.place.range.is_some();
        let have = job.have();
        let Route::Http(response) = &mut job.route else {
            return None;
        };
        response.heard_at = now;
        response.began_at = Some(now);
        match (status, asked) {
            (206, Some(_)) => {
                if !ranged && job.length.is_none() {
                    job.length = length.map(|l| have + l);
                }
                None
            }
            // The server ignored `Range`: what comes before is skipped.
            (200, Some(range)) => {
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
                job.status = status;
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
        let (asset, job) = self.by_request(request)?;
        let Route::Http(response) = &mut job.route else {
            return None;
        };
        response.heard_at = now;
        response.received += chunk.len() as u64;
        let skipped = (response.skip.min(chunk.len() as u64)) as usize;
        response.skip -= skipped as u64;
        job.take(chunk.slice(skipped, chunk.len()), Supplier::Origin);
        let full = job.is_full();
        let players: Vec<PlayerId> = self.wanting(asset).collect();
        for player in players {
            *self.http_bytes.entry(player).or_default() += chunk.len() as u64;
        }
        if full { self.complete(asset, now, orders) } else { None }
    }

    /// A response is complete, as far as HTTP can tell.
    pub fn ended(&mut self, request: RequestId, now: Instant, orders: &mut Orders<P>) -> Option<Outcome<P>> {
        let (asset, job) = self.by_request(request)?;
        let whole = if job.length.is_some() { job.is_full() } else { job.have() > 0 };
        if !whole {
            return self.failed_at(asset, now);
        }
        // Nothing is left to abort.
        if let Route::Http(response) = std::mem::replace(&mut job.route, Route::Idle) {
            self.samples.extend(sample(&response, now));
        }
        self.complete(asset, now, orders)
    }

    /// A request failed.
    pub fn failed(&mut self, request: RequestId, _: &NetworkFault, now: Instant) -> Option<Outcome<P>> {
        let (asset, job) = self.by_request(request)?;
        job.status = 0;
        self.failed_at(asset, now)
    }

    /// A neighbour sent the next bytes of what it was asked for.
    pub fn peer_data(&mut self, connection: ConnectionId, segment: SegmentId, piece: P) {
        if let Some(job) = self.by_peer(connection, segment) {
            job.take(piece, Supplier::Peer(connection));
        }
    }

    /// A neighbour has sent all it was asked for.
    pub fn peer_done(
        &mut self,
        connection: ConnectionId,
        segment: SegmentId,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Outcome<P>> {
        let job = self.by_peer(connection, segment)?;
        job.route = Route::Idle;
        self.next_look = Some(now);
        self.complete(Asset::Segment(segment), now, orders)
    }

    /// A neighbour does not have it, or is gone, or broke the rules.
    pub fn peer_lost(&mut self, connection: ConnectionId, now: Instant) {
        for (_, job) in self.jobs.iter_mut() {
            if matches!(job.route, Route::Peer(c) if c == connection) {
                job.not_from.push(connection);
                job.route = Route::Idle;
                self.next_look = Some(now);
            }
        }
    }

    /// When to look again.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<Instant> {
        let resting = self.jobs.values().filter_map(|j| match j.route {
            Route::Resting { until } => Some(until),
            Route::Idle | Route::Http(_) | Route::Peer(_) => None,
        });
        resting.chain(self.next_look).min()
    }

    fn complete(&mut self, asset: Asset, now: Instant, orders: &mut Orders<P>) -> Option<Outcome<P>> {
        let job = self.jobs.remove(&asset)?;
        if let Route::Http(response) = &job.route {
            // A response that is about to end by itself leaves its connection to the next request.
            if response.surplus {
                orders.push_back(Output::Abort { request: response.request });
            }
            self.samples.extend(sample(response, now));
        }
        let players = self.release(asset);
        Some(Outcome::Fetched(job.finish(asset), players))
    }

    fn failed_at(&mut self, asset: Asset, now: Instant) -> Option<Outcome<P>> {
        let attempts = self.http_attempts;
        let job = self.jobs.get_mut(&asset)?;
        job.failures += 1;
        // A refusal is asked again once: a segment may be listed a moment before it is there.
        let passing = matches!(job.status, 0 | 200..=299 | 408 | 425 | 429 | 500..=599);
        if job.failures < if passing { attempts } else { 2 } {
            let pause = Millis(FIRST_PAUSE.0 << (job.failures - 1).min(5));
            job.route = Route::Resting { until: now + pause };
            return None;
        }
        let job = self.jobs.remove(&asset)?;
        self.release(asset);
        Some(Outcome::GivenUp { asset, url: job.place.url, status: job.status })
    }

    /// Strikes an asset from all wants and says who wanted it.
    fn release(&mut self, asset: Asset) -> Vec<PlayerId> {
        let players = self.wanting(asset).collect();
        for (_, wants) in self.wants.iter_mut() {
            wants.retain(|w| w.asset != asset);
        }
        players
    }

    fn by_request(&mut self, request: RequestId) -> Option<(Asset, &mut Job<P>)> {
        self.jobs
            .iter_mut()
            .find(|(_, j)| matches!(&j.route, Route::Http(r) if r.request == request))
            .map(|(&a, j)| (a, j))
    }

    fn by_peer(&mut self, connection: ConnectionId, segment: SegmentId) -> Option<&mut Job<P>> {
        self.jobs
            .get_mut(&Asset::Segment(segment))
            .filter(|j| matches!(j.route, Route::Peer(c) if c == connection))
    }

    fn wanting(&self, asset: Asset) -> impl Iterator<Item = PlayerId> + '_ {
        self.wants.iter().filter(move |(_, w)| w.iter().any(|w| w.asset == asset)).map(|(&p, _)| p)
    }

    /// Whether some player that wants this has a request to spare. Inits are few and always due.
    fn http_slot_free(&self, asset: Asset) -> bool {
        matches!(asset, Asset::Init(_))
            || self.wanting(asset).any(|player| {
                let under_way = self.wants[&player]
                    .iter()
                    .filter(|w| self.jobs.get(&w.asset).is_some_and(|j| matches!(j.route, Route::Http(_))))
                    .count();
                under_way < self.http_slots
            })
    }

    fn margin(&self) -> Millis {
        if self.hidden { MARGIN + HIDDEN_MARGIN } else { MARGIN }
    }
}

fn stop<P: Payload>(job: &Job<P>, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
    match &job.route {
        Route::Http(response) => orders.push_back(Output::Abort { request: response.request }),
        Route::Peer(connection) => swarm.cancel(*connection, now, orders),
        Route::Idle | Route::Resting { .. } => {}
    }
}

fn sample(response: &Response, now: Instant) -> Option<Sample> {
    let began = response.began_at?;
    Some(Sample { bytes: response.received, flowing: now.since(began) })
}
