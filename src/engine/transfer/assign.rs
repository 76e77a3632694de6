//! The origin or a neighbour: the open question of every job, asked again whenever something happens. Decides whom
//! to ask, what may wait, and who is late.

use super::growing::is_open;
use super::job::{Response, Route, Supplier};
use super::line::{ALONE, COMPANY, QUIET};
use super::pieces::{Order, room_for_pieces};
use super::{Asset, Pieces, Transfer, Trust};
use crate::engine::config::Bitrate;
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{Counter, RequestId};
use crate::engine::payload::Payload;
use crate::engine::swarm::Swarm;
use crate::engine::time::{Instant, Millis};

/// Kept between a peer's expected end and the deadline, for what no estimate sees: a page that is busy elsewhere
/// hears of its network late.
const MARGIN: Millis = Millis(1_000);
/// While the page is hidden its timers run once a second.
const HIDDEN_MARGIN: Millis = Millis(1_500);
/// How often open questions (is that peer late by now? may this still wait?) are asked again.
const TICK: Millis = Millis(200);
/// What a neighbour is expected to deliver at before it has delivered: a modest uplink.
pub(super) const PEER_GUESS: Bitrate = Bitrate(2_000_000.0);
/// Whoever is quiet for so long is not merely busy with others.
const PEER_QUEUE: Millis = Millis(8_000);
/// Requests to neighbours under way at once.
const PEER_SLOTS: usize = 4;
/// With less than so many times the time that the origin would take, the next pieces come first: what would then be
/// left for the origin is one run.
const HASTE: u64 = 2;
/// What one more request to the origin costs where what is missing has holes: about a round trip.
const HOLE: Millis = Millis(100);

impl<P: Payload> Transfer<P> {
    /// Looks at every open question.
    pub fn decide(
        &mut self,
        swarm: &mut Swarm<P>,
        trust: &impl Trust,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        self.drop_tails(now, orders);
        if swarm.has_met() {
            self.review_pieces(swarm, now, orders);
        }
        if !self.redundancy.is_empty() {
            self.review_copies(now, orders);
        }
        // They are few: each time the next of them is found by looking at all, which is less code than a sort.
        let mut by_deadline: Vec<(Instant, Asset)> = Vec::new();
        while let Some(next) = self
            .jobs
            .iter()
            .map(|(&a, j)| (j.deadline, a))
            .filter(|next| by_deadline.last() < Some(next))
            .min()
        {
            by_deadline.push(next);
        }
        for &(_, asset) in &by_deadline {
            self.review(asset, swarm, now, orders);
        }
        for &(_, asset) in &by_deadline {
            self.make_way(asset, swarm, now, orders);
        }
        for &(_, asset) in &by_deadline {
            self.assign(asset, swarm, trust, ids, now, orders);
        }
        let open = self.jobs.values().any(|j| !matches!(j.route, Route::Resting { .. }));
        self.next_look = (open || !self.tails.is_empty()).then_some(now + TICK);
    }

    /// Takes a job away from a peer that is late or silent, from an origin that is silent.
    fn review(&mut self, asset: Asset, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
        let margin = self.margin();
        let (origin_rate, peer_rate) = (self.origin_rate, self.peer_rate);
        let (peer_silence, http_silence) = (self.peer_silence, self.http_silence);
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
                let (rate, rtt) = swarm.pace(connection);
                let left = job.deadline.since(now);
                let by_origin = origin_rate.time_for(job.remaining()) + margin + rtt;
                // Who has delivered before may be serving others first: it has half of the time that there is to spare.
                let quiet = now.since(heard_at);
                let spare = rate.is_some() && quiet + by_origin <= left && quiet < PEER_QUEUE;
                let silent = quiet >= peer_silence && !spare;
                let by_peer = rate.unwrap_or(peer_rate).time_for(job.remaining());
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
                let waiting = job.held && job.have() == response.from;
                if !waiting && now.since(response.heard_at) >= http_silence {
                    orders.push_back(Output::Abort { request: response.request });
                    self.silent.push((asset, response.began_at.is_some()));
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
        let crowded = self.is_in_the_way(asset, COMPANY, now);
        let slot_free = self.http_slot_free(asset) && !crowded;
        let link_free = !self.is_in_the_way(asset, ALONE, now);
        let quiet = !self.is_in_the_way(asset, QUIET, now);
        let Some(job) = self.jobs.get_mut(&asset) else {
            return;
        };
        if !matches!(job.route, Route::Idle) {
            return;
        }
        if job.is_copied() {
            // All of it or nothing: what a stranger brought in part would leave twice the time to the origin.
            job.restart();
        }
        let slot_free = slot_free && self.reach.may_ask(&job.place.url, now);
        let left = job.deadline.since(now);
        let by_rest = self.origin_rate.time_for(job.remaining());
        // Where they may be altered, all bytes may have to come again.
        let all = job.early.doubtful.then(|| self.origin_rate.time_for(job.length.unwrap_or(job.guess)));
        let by_origin = all.unwrap_or(by_rest) + margin + Millis(HOLE.0 * job.holes());
        let mut in_vain = false;
        if let Some(segment) = job.name
            && !job.origin_only
            && left > by_origin
        {
            // Where the origin is quick, little time is enough to wait in: live viewers have no more of it.
            // A part is small, and most of what the origin takes is margin.
            let spare = Millis(margin.0 / 3);
            let twice = if segment.is_part() { by_origin + spare + spare } else { by_origin + by_origin };
            let lean = left > self.lean_window.max(by_origin).min(twice);
            let verifiable = trust.is_verifiable(segment, &job.place);
            // Digests of parts follow them within moments, and whoever is to fetch one does so before it is there.
            if verifiable || segment.is_part() {
                let pieces = trust.pieces(segment, &job.place);
                job.early.unlisted = pieces == Pieces::Unlisted;
                let by_itself = pieces != Pieces::Together;
                // A lie about one of several costs all of them.
                let whole = self.origin_rate.time_for(job.length.unwrap_or(job.guess)) + margin;
                if verifiable && (by_itself || left > whole) && quiet {
                    let under_way = swarm.asked_in_all();
                    let most = room_for_pieces(self.origin_rate).saturating_sub(under_way);
                    let kept = if by_itself { by_origin } else { whole };
                    let patience = Millis(left.0.saturating_sub(kept.0 * HASTE));
                    let order = Order { rarest_first: by_itself && patience > Millis(0), patience };
                    job.ask_neighbours(segment, swarm, (order, most), now, orders);
                    if under_way == 0 && swarm.asked_in_all() > 0 {
                        self.swarm_meter.begin(now);
                    }
                }
                let supply = swarm.supply(segment, &job.not_from, now);
                let asked = swarm.asked(segment).next().is_some();
                if let Some(best) = supply.best
                    && !asked
                    && peers_busy < PEER_SLOTS
                    && link_free
                {
                    let needed = match best.rate {
                        Some(rate) => rate.time_for(job.remaining()) + by_origin + best.rtt + best.rtt,
                        // Unproven: it is tried while the origin could still do it twice over; `review` takes it back.
                        None => by_origin + by_origin,
                    };
                    if left >= needed {
                        if peers_busy == 0 {
                            self.swarm_meter.begin(now);
                        }
                        swarm.ask(best.connection, segment, job.have(), job.length, now, orders);
                        job.route = Route::Peer(best.connection);
                        return;
                    }
                }
                // Somebody has it or will have it; twice the origin's time is kept in hand, with a smaller margin where all
                // that came until then is kept, and what is left is known to the piece.
                let spare = if supply.by_pieces { spare } else { margin };
                let patience = by_origin + by_rest + spare;
                if (supply.best.is_some() || supply.busy || supply.loading || asked) && left > patience {
                    return;
                }
                in_vain = supply.loading;
                let waits = supply.elected_elsewhere || now.since(job.since) < supply.turn(by_itself);
                if lean && (waits || swarm.may_find_someone(segment.rendition, now)) {
                    return;
                }
            } else if lean && trust.is_pending(segment) {
                return;
            }
        }
        if slot_free {
            // There is so little time for a part that an honest neighbour may often have none of it.
            if let Some(segment) = job.name.filter(|name| in_vain && !name.is_part()) {
                swarm.waited_in_vain(segment);
            }
            let request = RequestId(ids.draw());
            let listed = |name| !self.redundancy.is_empty() && trust.is_listed(name, &job.place);
            let (of, url) = job
                .name
                .filter(|&name| listed(name))
                .and_then(|_| job.copied_by(asset, &self.wants, &mut self.redundancy, (left, by_origin), now))
                .map_or_else(
                    || (Supplier::Origin, job.place.url.to_string()),
                    |(server, url)| (Supplier::Server(server), url),
                );
            if of == Supplier::Origin {
                self.reach.asked(&job.place.url, now);
            }
            let until = job.hole_ends();
            let range = job.next_range(until);
            if until == u64::MAX && std::mem::take(&mut job.claimed) {
                // The origin knows better than those who say so.
                job.length = None;
            }
            orders.push_back(Output::FetchStream { request, url, range });
            job.route = Route::Http(Response {
                request,
                of,
                skip: 0,
                surplus: false,
                open: is_open(job.place.range),
                from: job.have(),
                until,
                asked_at: now,
                heard_at: now,
                began_at: None,
                length: None,
            });
        }
    }

    pub(super) fn margin(&self) -> Millis {
        if self.hidden { MARGIN + HIDDEN_MARGIN } else { MARGIN }
    }
}
