//! Who brings it: for each wanted asset, the origin or a neighbour, decided again whenever something happens.
//!
//! Deadline first. A neighbour is asked only while a lie or a death would still leave time for the origin; an
//! asset that a neighbour holds, or is fetching, waits for it as long as that holds. What a neighbour brought is
//! kept when the origin takes over. Nothing that is due is ever held back for peers.

mod assign;
mod job;
mod origin;

pub use job::{Asset, Contribution, Fetched, InitId, PartId, Place, Supplier};

use super::config::{Bitrate, Config};
use super::contract::{Orders, Output};
use super::id::{ConnectionId, PlayerId, RenditionId, SegmentId};
use super::payload::Payload;
use super::swarm::Swarm;
use super::time::{Instant, Millis};
use job::{Job, Route};
use litemap::LiteMap;
use origin::sample;

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
    /// It does not exist yet; the origin is to hold the request until it does (RFC 8216bis §6.2.6).
    pub held: bool,
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
