//! Who brings it: for each wanted asset, the origin or a neighbour, decided again whenever something happens.
//!
//! Deadline first. A neighbour is asked only while a lie or a death would still leave time for the origin; an
//! asset that a neighbour holds, or is fetching, waits for it as long as that holds. What a neighbour brought is
//! kept when the origin takes over. Nothing that is due is ever held back for peers.

mod assign;
mod failures;
mod growing;
mod job;
mod line;
mod meter;
mod origin;
mod pieces;
mod redundancy;

pub use job::{Asset, Contribution, Fetched, InitId, PartId, Place, Supplier};
pub use meter::Sample;

use super::config::{Bitrate, Config};
use super::contract::{Orders, Output};
use super::id::{ConnectionId, PlayerId, RenditionId, RequestId, SegmentId};
use super::payload::Payload;
use super::reach::Reach;
use super::swarm::Swarm;
use super::time::{Instant, Millis};
use assign::PEER_GUESS;
use failures::Failures;
use growing::Tail;
use job::{Job, Response, Route};
use litemap::LiteMap;
use meter::Meter;
use redundancy::Redundancy;

/// Something a player needs by a point in time.
#[derive(Clone, Debug)]
pub struct Want {
    /// What.
    pub asset: Asset,
    /// What neighbours call it; none: it is not for them to bring.
    pub name: Option<SegmentId>,
    /// Where the origin has it.
    pub place: Place,
    /// When playback stops without it.
    pub deadline: Instant,
    /// Rough size in bytes.
    pub guess: u64,
    /// It does not exist yet; the origin is to hold the request until it does (RFC 8216bis §6.2.6).
    pub held: bool,
}

/// What may be taken from neighbours.
pub trait Trust {
    /// Whether this segment may come from peers, and its digest is at hand.
    fn is_verifiable(&self, segment: SegmentId, place: &Place) -> bool;
    /// Whether that may still become so within moments: the digests are on their way.
    fn is_pending(&self, segment: SegmentId) -> bool;
    /// Whether its digest is at hand, so that strangers may be asked for it over HTTP.
    fn is_listed(&self, segment: SegmentId, place: &Place) -> bool;
    /// Whether its pieces can be told from lies one by one, and the list that it takes is not here yet.
    fn pieces(&self, segment: SegmentId, place: &Place) -> Pieces;
}

/// How pieces of a segment are told from lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// Only with all others.
    Together,
    /// One by one, once their list is here.
    Unlisted,
    /// One by one.
    Listed,
}

/// What became of a job.
pub enum Outcome<P> {
    /// All bytes are here; these players wanted them.
    Fetched(Fetched<P>, Vec<PlayerId>),
    /// Its server is out of reach. It is asked again now and then; what is here is kept.
    Unreachable {
        /// What.
        asset: Asset,
        /// Where it is asked for.
        url: std::sync::Arc<str>,
    },
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

/// What was measured since it was last asked for, for the throughput estimates.
pub struct Measured {
    /// By the origin.
    pub origin: Sample,
    /// By all neighbours together.
    pub swarm: Sample,
    /// How long answers of the origin took.
    pub waits: Vec<Millis>,
}

/// A request to the origin, under way.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay {
    /// Bytes here of those that were asked for.
    pub bytes: u64,
    /// Bytes that were asked for, or a guess.
    pub size: u64,
    /// Since it was asked for.
    pub elapsed: Millis,
    /// Of that, until it was answered.
    pub waited: Millis,
}

/// Everything under way on the page.
pub struct Transfer<P: Payload> {
    jobs: LiteMap<Asset, Job<P>>,
    tails: Vec<Tail<P>>,
    failures: Failures,
    wants: LiteMap<PlayerId, Vec<Want>>,
    origin_rate: Bitrate,
    /// What a neighbour is expected to deliver at before it has delivered.
    peer_rate: Bitrate,
    hidden: bool,
    http_slots: usize,
    http_attempts: u32,
    http_silence: Millis,
    peer_silence: Millis,
    lean_window: Millis,
    /// Media bytes from the origin, per player that wanted them.
    pub http_bytes: LiteMap<PlayerId, u64>,
    origin_meter: Meter,
    swarm_meter: Meter,
    waits: Vec<Millis>,
    next_look: Option<Instant>,
    reach: Reach,
    /// Who else has copies of the origin's files.
    pub redundancy: Redundancy,
    /// Requests that brought nothing for too long, until somebody is told, and whether they had been answered.
    silent: Vec<(Asset, bool)>,
}

impl<P: Payload> Transfer<P> {
    /// Nothing under way.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            jobs: LiteMap::new(),
            tails: Vec::new(),
            failures: Failures::default(),
            wants: LiteMap::new(),
            origin_rate: config.start_bitrate,
            peer_rate: PEER_GUESS,
            hidden: false,
            http_slots: config.http_slots,
            http_attempts: config.http_attempts,
            http_silence: config.http_silence,
            peer_silence: config.peer_silence,
            lean_window: config.lean_window,
            http_bytes: LiteMap::new(),
            origin_meter: Meter::default(),
            swarm_meter: Meter::default(),
            waits: Vec::new(),
            next_look: None,
            reach: Reach::new(config.http_attempts, config.seed),
            redundancy: Redundancy::new(config.seed),
            silent: Vec::new(),
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
        let (failures, attempts) = (&mut self.failures, self.http_attempts);
        self.jobs.retain(|asset, job| {
            let keep = deadlines.contains_key(asset);
            if !keep {
                failures.keep(*asset, job, attempts);
                stop(job, swarm, now, orders);
            }
            keep
        });
        for (asset, want) in deadlines {
            let tails = &mut self.tails;
            let job = self.jobs.entry(asset).or_insert_with(|| {
                let mut job = Job::new(want.place.clone(), want.guess, want.deadline, now);
                Self::inherit(tails, &mut job, now);
                failures.recall(asset, &mut job);
                job
            });
            if job.place.url != want.place.url && job.have() == 0 && matches!(job.route, Route::Idle) {
                // Another server, or another token.
                job.place = want.place.clone();
            }
            job.listed(want);
            job.name = want.name;
            job.deadline = want.deadline;
            if job.held && !want.held {
                // It exists now, and silence means what it always does.
                if let Route::Http(response) = &mut job.route {
                    response.heard_at = now;
                }
            }
            job.held = want.held;
        }
        self.next_look = Some(now);
    }

    /// A player is gone.
    pub fn forget(&mut self, player: PlayerId, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
        self.set_wants(player, Vec::new(), swarm, now, orders);
        self.wants.remove(&player);
        self.http_bytes.remove(&player);
    }

    /// What the origin is believed to deliver at, and the swarm, once it has; of a new neighbour no more is
    /// expected than of all together.
    pub fn set_rates(&mut self, origin: Bitrate, swarm: Option<Bitrate>) {
        self.origin_rate = origin;
        self.peer_rate = swarm.filter(|s| *s < PEER_GUESS).unwrap_or(PEER_GUESS);
    }

    /// Whether the page is hidden.
    pub fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Whether the device is connected to a network; what was asked for before it was is asked for again.
    pub fn set_online(&mut self, online: bool, now: Instant, orders: &mut Orders<P>) {
        self.reach.set_online(online, now);
        if online {
            self.failures.clear();
            self.ask_again(now, orders);
        }
    }

    /// Breaks off every request to the origin, to make it anew; what came of it is kept.
    pub fn ask_again(&mut self, now: Instant, orders: &mut Orders<P>) {
        for (_, job) in self.jobs.iter_mut() {
            if let Route::Http(response) = &job.route {
                orders.push_back(Output::Abort { request: response.request });
            }
            if matches!(job.route, Route::Http(_) | Route::Resting { .. }) {
                job.route = Route::Idle;
            }
        }
        self.next_look = Some(now);
    }

    /// Segments of a rendition, and parts, that are being fetched from the origin.
    pub fn loading(&self, rendition: RenditionId) -> Vec<SegmentId> {
        let named = |(_, job): (&Asset, &Job<P>)| {
            job.name.filter(|n| n.rendition == rendition && matches!(job.route, Route::Http(_)))
        };
        self.jobs.iter().filter_map(named).collect()
    }

    /// Whether a segment must come from the origin from now on; bytes so far are dropped.
    pub fn distrust(&mut self, asset: Asset, place: Place, now: Instant) {
        let mut job = Job::new(place, 0, now, Instant::ZERO);
        if let Asset::Segment(segment) = asset {
            job.name = Some(segment);
        }
        job.origin_only = true;
        self.jobs.insert(asset, job);
    }

    /// Where the segment is that a request to the origin brings.
    #[must_use]
    pub fn segment_at(&self, request: RequestId) -> Option<&Place> {
        let mut jobs = self.jobs.iter().filter(|(asset, _)| matches!(asset, Asset::Segment(_)));
        let is_origins = |r: &Response| r.request == request && r.of == Supplier::Origin;
        jobs.find(|(_, job)| matches!(&job.route, Route::Http(r) if is_origins(r))).map(|(_, job)| &job.place)
    }

    /// Segments that nobody brings yet, and where they are.
    pub fn waiting(&self) -> impl Iterator<Item = (SegmentId, &Place)> + '_ {
        self.jobs.iter().filter_map(|(asset, job)| match asset {
            Asset::Segment(segment) if matches!(job.route, Route::Idle) => Some((*segment, &job.place)),
            Asset::Segment(_) | Asset::Init(_) | Asset::Part(_) => None,
        })
    }

    /// What was measured since the last call.
    pub fn measured(&mut self) -> Measured {
        Measured {
            origin: self.origin_meter.take(),
            swarm: self.swarm_meter.take(),
            waits: std::mem::take(&mut self.waits),
        }
    }

    /// Whether somebody is bringing a segment.
    #[must_use]
    pub fn is_under_way(&self, segment: SegmentId) -> bool {
        let job = self.jobs.get(&Asset::Segment(segment));
        job.is_some_and(|j| matches!(j.route, Route::Http(_) | Route::Peer(_)) || j.early.bytes() > 0)
    }

    /// The origin's answer to a request, if it has begun.
    #[must_use]
    pub fn flight(&self, asset: Asset, now: Instant) -> Option<UnderWay> {
        let job = self.jobs.get(&asset)?;
        let Route::Http(response) = &job.route else {
            return None;
        };
        let began = response.began_at.filter(|_| response.of == Supplier::Origin)?;
        Some(UnderWay {
            bytes: job.have().saturating_sub(response.from),
            size: job.length.or(response.length).unwrap_or(job.guess).saturating_sub(response.from),
            elapsed: now.since(response.asked_at),
            waited: began.since(response.asked_at),
        })
    }

    /// A neighbour sent the next bytes of what it was asked for.
    pub fn peer_data(&mut self, connection: ConnectionId, segment: SegmentId, piece: P, now: Instant) {
        let bytes = piece.len() as u64;
        if let Some(job) = self.by_peer(connection, segment) {
            job.take(piece, Supplier::Peer(connection));
            self.swarm_meter.add(bytes, Instant::ZERO, now);
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
        let mut job = self.jobs.remove(&asset)?;
        match std::mem::replace(&mut job.route, Route::Idle) {
            Route::Http(response) if response.open => self.leave(&mut job, Some(response), now),
            // A response that is about to end by itself leaves its connection to the next request.
            Route::Http(response) if response.surplus => {
                orders.push_back(Output::Abort { request: response.request });
            }
            Route::Idle if job.is_longer() => self.leave(&mut job, None, now),
            Route::Http(_) | Route::Idle | Route::Resting { .. } | Route::Peer(_) => {}
        }
        let players = self.release(asset);
        Some(Outcome::Fetched(job.finish(asset), players))
    }

    /// Strikes an asset from all wants and says who wanted it.
    fn release(&mut self, asset: Asset) -> Vec<PlayerId> {
        let players = self.wanting(asset).collect();
        for (_, wants) in self.wants.iter_mut() {
            wants.retain(|w| w.asset != asset);
        }
        players
    }

    fn by_peer(&mut self, connection: ConnectionId, segment: SegmentId) -> Option<&mut Job<P>> {
        self.jobs
            .get_mut(&Asset::Segment(segment))
            .filter(|j| matches!(j.route, Route::Peer(c) if c == connection))
    }

    fn wanting(&self, asset: Asset) -> impl Iterator<Item = PlayerId> + '_ {
        self.wants.iter().filter(move |(_, w)| w.iter().any(|w| w.asset == asset)).map(|(&p, _)| p)
    }
}

fn stop<P: Payload>(job: &Job<P>, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
    match &job.route {
        Route::Http(response) => orders.push_back(Output::Abort { request: response.request }),
        Route::Peer(connection) => swarm.cancel(*connection, now, orders),
        Route::Idle | Route::Resting { .. } => {}
    }
}
