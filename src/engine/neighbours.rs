//! Other viewers, as far as they concern the router: whose swarms we are in, what is asked of the origin for their sake,
//! what they are told and may have. All of it, and what it alone calls, is code of a binary that is fetched when it is
//! first wanted: nothing here is called before [`Input::SwarmReady`].

use super::Engine;
use super::config::{Bitrate, Integrity};
use super::contract::{Event, Exchange, Input, Output, Wakeup};
use super::error::{Culprit, Fault, MediaErrorCode};
use super::id::{ConnectionId, PlayerId, RenditionId, SegmentId};
use super::payload::Payload;
use super::session::Session;
use super::swarm::Content;
use super::swarm::peer::Heard;
use super::swarm::wire::native::Has;
use super::time::Instant;
use super::transfer::Fetched;
use super::verify::{Suspicion, Verified};

/// Whether there can be neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// Nobody has wanted any yet.
    Absent,
    /// The code for them was asked for.
    Invited,
    /// It is here.
    Here,
}

impl<P: Payload> Engine<P> {
    /// Facts about trackers and connections. None when nothing follows from one.
    #[inline(never)]
    pub(super) fn met(&mut self, input: Input<P>) -> Option<()> {
        let now = self.now;
        match input {
            Input::TrackerOpened { tracker } => {
                self.swarm.tracker_opened(tracker, &mut self.ids, now, &mut self.orders);
            }
            Input::TrackerSaid { tracker, text } => {
                self.swarm.tracker_said(tracker, &text, &mut self.ids, now, &mut self.orders);
            }
            Input::TrackerClosed { tracker } => self.swarm.tracker_closed(tracker, now, &mut self.orders),

            Input::OfferReady { connection, sdp } => {
                self.swarm.offer_ready(connection, sdp, now, &mut self.orders);
            }
            Input::AnswerReady { connection, sdp } => {
                self.swarm.answer_ready(connection, &sdp, now, &mut self.orders);
            }
            Input::ChannelOpened { connection } => {
                self.swarm.channel_opened(connection, now, &mut self.orders);
            }
            Input::PeerSaid { connection, message } => return self.peer_said(connection, &message),
            Input::ChannelDrained { connection } => {
                self.share.drained(connection, now, &mut self.orders);
                self.serve();
                return None;
            }
            Input::ConnectionClosed { connection } => {
                self.swarm.connection_closed(connection, now, &mut self.orders);
            }
            // The router's own.
            _ => {}
        }
        Some(())
    }

    /// What precedes the question who brings what: of `wanted` renditions, the swarms are joined.
    #[inline(never)]
    pub(super) fn meet(&mut self, wanted: &[RenditionId]) {
        self.swarms(wanted);
        self.servers();
        self.lists(wanted);
        self.heads(wanted);
    }

    /// What follows from the answer: neighbours in the swarms of `shared` renditions learn what there is.
    #[inline(never)]
    pub(super) fn inform(&mut self, shared: &[RenditionId]) {
        self.upload_rules();
        self.tidy_relay();
        for &rendition in shared {
            let held: Vec<u64> = self.store.shared(rendition).collect();
            let length = |&number| self.store.shareable(SegmentId { rendition, number }).map_or(0, |s| s.len);
            let lengths = held.iter().map(length).collect();
            // Of parts only those hear who know what that is.
            let mut pieces = self.relay.progress(rendition);
            self.parts.tell(rendition, &mut pieces);
            let mut loading = Vec::new();
            for name in self.transfer.loading(rendition) {
                if name.is_part() {
                    pieces.push((name.number, Has::Loading));
                } else {
                    loading.push(name.number);
                }
            }
            for name in self.assembly.growing() {
                if name.rendition == rendition {
                    loading.push(name.number);
                }
            }
            self.swarm.set_content(rendition, Content { held, loading, lengths, pieces });
        }
        self.swarm.announce(&mut self.orders);
        self.swarm.tell(self.now, &mut self.orders);
        self.name_offenders();
    }

    /// A timer rang.
    #[inline(never)]
    pub(super) fn wake_neighbours(&mut self) {
        self.swarm.wake(&mut self.ids, self.now, &mut self.orders);
        self.share.pump(self.now, &mut self.orders);
        self.serve();
    }

    /// When to come back for the sake of neighbours, and why.
    #[inline(never)]
    pub(super) fn next_meeting(&self) -> [(Option<Instant>, Wakeup); 2] {
        [(self.share.next_wakeup(self.now), Wakeup::UploadRoom), (self.swarm.next_wakeup(), Wakeup::Announce)]
    }

    /// The page was left, or is back.
    #[inline(never)]
    pub(super) fn page_turned(&mut self) {
        if self.away {
            self.swarm.leave_page(self.now, &mut self.orders);
        } else {
            self.swarm.return_to_page(&mut self.orders);
        }
    }

    /// The viewers whom a player is connected to.
    #[inline(never)]
    pub(super) fn exchanges_of(&self, session: &Session) -> Vec<Exchange> {
        let theirs = self.swarm.received(|r| session.uses(r));
        theirs
            .map(|(connection, received)| Exchange {
                connection,
                received,
                sent: self.share.sent(connection),
            })
            .collect()
    }

    /// Whether a tracker has answered for what a player shows.
    #[inline(never)]
    pub(super) fn is_known(&self, session: &Session) -> bool {
        session.renditions().any(|r| self.swarm.is_known(r))
    }

    /// A neighbour said something: to whom it concerns. None when nothing follows from it.
    fn peer_said(&mut self, connection: ConnectionId, message: &P) -> Option<()> {
        let now = self.now;
        let news = self.swarm.hear(connection, message, now, &mut self.orders)?;
        let segment = |number| SegmentId { rendition: news.rendition, number };
        match news.heard {
            Heard::Availability => self.compare(),
            Heard::Data { segment: number, piece, .. } => {
                self.transfer.peer_data(connection, segment(number), piece, now);
                if !news.last {
                    return None;
                }
                let outcome = self.transfer.peer_done(connection, segment(number), now, &mut self.orders);
                self.transferred(outcome);
            }
            Heard::Done { segment: number } => {
                let outcome = self.transfer.peer_done(connection, segment(number), now, &mut self.orders);
                self.transferred(outcome);
            }
            Heard::Native(news) => return self.native_said(connection, news),
            Heard::Absent { .. } | Heard::Broke(_) => self.transfer.peer_lost(connection, now),
            Heard::Wanted { segment: number, request, from } => {
                let shareable = self.store.shareable(segment(number));
                let asked = (number, request, from, !self.swarm.gives(connection, now));
                self.share.wanted(connection, asked, news.dialect, shareable, now, &mut self.orders);
                return None;
            }
            Heard::Cancelled { request } => {
                self.share.cancelled(connection, request);
                return None;
            }
        }
        Some(())
    }

    /// Neighbours have something that they had not before.
    pub(super) fn compare(&mut self) {
        let (swarm, now) = (&self.swarm, self.now);
        for (_, session) in &mut self.sessions {
            session.compare(|segment| swarm.knows_of(segment), now);
        }
    }

    /// Joins and leaves swarms as players need them.
    fn swarms(&mut self, wanted: &[RenditionId]) {
        for &rendition in wanted {
            if self.swarm.has_joined(rendition) || self.catalogue.is_unlisted(rendition) {
                continue;
            }
            let mut players = self.sessions.values().filter(|s| s.uses(rendition)).map(Session::listed);
            let listed = players.find(|listed| !listed.is_empty()).unwrap_or_default();
            if let Some(meeting) = self.catalogue.meeting(rendition, listed) {
                self.swarm.join(rendition, &meeting, &mut self.ids, self.now, &mut self.orders);
            }
        }
        // Only then: a connection that serves one that is joined outlives one that is left.
        if !self.away {
            self.swarm.retain(|r| wanted.contains(&r), self.now, &mut self.orders);
        }
    }

    /// Players name the servers that have copies of what they play.
    fn servers(&mut self) {
        let (redundancy, sessions) = (&mut self.transfer.redundancy, &mut self.sessions);
        redundancy.retain(|player| sessions.contains_key(&player));
        for (&player, session) in sessions.iter_mut().filter(|(_, s)| s.has_copies()) {
            redundancy.named(player, std::mem::take(&mut session.options.redundancies));
        }
    }

    /// Something is not what the publisher says. The origin decides who is right; whoever had a hand in it gives nothing
    /// until then.
    #[inline(never)]
    pub(super) fn refuse(
        &mut self,
        name: Option<SegmentId>,
        fetched: Fetched<P>,
        suspicion: Suspicion,
        players: &[PlayerId],
    ) {
        let Some(name) = name else { return };
        if let Some(server) = fetched.server() {
            self.transfer.redundancy.suspect(server, name);
        }
        let suspicion = suspicion.named(|c| self.swarm.peer(c));
        self.note_rejected(players);
        self.suspicions.insert(name, suspicion);
        self.transfer.distrust(fetched.asset, fetched.place, self.now);
    }

    /// A segment is believed: what does that say of redundancy servers?
    pub(super) fn judge(&mut self, segment: SegmentId, fetched: &Fetched<P>, verified: &Verified) {
        let listed = verified.shareable().is_some();
        let redundancy = &mut self.transfer.redundancy;
        let Some((player, liar)) =
            redundancy.judge((fetched.server(), fetched.len), segment, listed, self.now)
        else {
            return;
        };
        let fault = Fault {
            culprit: Culprit::Peer,
            code: MediaErrorCode::Network,
            name: "redundancy-lied",
            message: ["The redundancy server ", liar, " sent bytes that are not the publisher's."].concat(),
            tried: "It was left; what it did not bring comes from others.".into(),
        };
        self.orders.push_back(Output::Notify { player, event: Event::Warned(fault) });
    }

    /// Fetches the digest lists of `shared` renditions as they fall due; those of lives while somebody could use them.
    fn lists(&mut self, shared: &[RenditionId]) {
        let (catalogue, swarm) = (&self.catalogue, &self.swarm);
        let of = |r: RenditionId, url: &str| {
            catalogue.get(r).is_some_and(|r| matches!(&r.integrity, Integrity::List(of) if of == url))
        };
        let copied = |s: &&Session| self.transfer.redundancy.serves(s.player);
        let copied: Vec<_> = self.sessions.values().filter(copied).flat_map(Session::renditions).collect();
        let allowed = |url: &str, live: bool| {
            let mut all = shared.iter().chain(&copied).filter(|&&r| of(r, url));
            if live { all.any(|&r| swarm.peers(|at| at == r) > 0) } else { all.next().is_some() }
        };
        let (documents, ids) = (&mut self.documents, &mut self.ids);
        self.ledger.fetch_due(documents, ids, self.now, &mut self.orders, allowed);
    }

    /// Asks the origin what those segments are that neighbours could bring and nobody else says it of.
    fn heads(&mut self, shared: &[RenditionId]) {
        self.ledger.heads.expire(self.now, &mut self.orders);
        for (segment, place) in self.transfer.waiting() {
            let known = self.catalogue.get(segment.rendition).filter(|_| shared.contains(&segment.rendition));
            if known.is_some_and(|r| r.integrity == Integrity::Unknown) {
                let supply = self.swarm.supply(segment, &[], self.now);
                if supply.best.is_some() || supply.busy || supply.loading {
                    self.ledger.heads.ask(place, self.now, &mut self.ids, &mut self.orders);
                }
            }
        }
    }

    /// Page-wide the strictest that any player asks for holds.
    fn upload_rules(&mut self) {
        let caps = self.sessions.values().filter_map(|s| s.options.max_upload.map(|b| b.0));
        let cap = caps.fold(f64::MAX, f64::min);
        let cap = if cap == f64::MAX { self.config.default_max_upload } else { Bitrate(cap) };
        self.share.set_cap(cap);
        let manners = || self.sessions.values().map(|s| &s.options.manners);
        self.share.set_ratio(manners().map(|m| m.upload_ratio).fold(f64::INFINITY, f64::min));
        let forbidden = self.metered && !manners().all(|m| m.metered_upload)
            || self.hidden && !manners().all(|m| m.hidden_upload);
        self.swarm.set_uplink(cap);
        let swarm = &self.swarm;
        self.share.retain(|connection| swarm.is_open(connection));
        self.share.set_allowed(!forbidden && !self.away);
        self.swarm.set_silent(!self.share.is_allowed());
        self.swarm.set_spare(self.share.spare(), self.now, &mut self.orders);
    }

    /// Tells who was left, and for what.
    fn name_offenders(&mut self) {
        while let Some(fault) = self.swarm.offences.take() {
            for session in self.sessions.values().filter(|s| s.is_alive() && s.may_share()) {
                session.notify(&mut self.orders, Event::Warned(fault.clone()));
            }
        }
    }
}
