//! What follows from a fact, in the order of the path: bytes are verified and kept, every player plans, wants are
//! assigned, neighbours are told, statistics go out. The second half of the router; it owns no policy either.

use super::Engine;
use super::catalogue::Catalogue;
use super::config::{Integrity, P2p};
use super::contract::{Event, Output, Sharing};
use super::error::{Culprit, Fault, MediaErrorCode, redacted};
use super::id::{BlobId, PlayerId, RenditionId, SegmentId};
use super::keyring::KeyUrl;
use super::ledger::{Ledger, ListUrl};
use super::neighbours::Company;
use super::payload::Payload;
use super::relay::Relay;
use super::session::Session;
use super::time::MediaTime;
use super::transfer::{Asset, Fetched, Outcome, Pieces, Place, Trust};
use super::verify::{Expected, verify};

/// What `transfer` asks about trust: the ledger's word, for renditions in whose swarms we are.
struct Word<'a> {
    catalogue: &'a Catalogue,
    ledger: &'a Ledger,
    relay: &'a Relay,
    shared: &'a [RenditionId],
    /// Whether some may soon be added to those.
    opening: bool,
}

impl Word<'_> {
    fn integrity(&self, segment: SegmentId) -> Option<&Integrity> {
        let rendition = segment.rendition;
        self.shared
            .contains(&rendition)
            .then(|| self.catalogue.get(rendition))
            .flatten()
            .map(|r| &r.integrity)
    }
}

impl Trust for Word<'_> {
    fn is_verifiable(&self, segment: SegmentId, place: &Place) -> bool {
        self.integrity(segment).is_some_and(|i| self.ledger.expected(i, place) != Expected::Unknown)
    }

    fn is_listed(&self, segment: SegmentId, place: &Place) -> bool {
        let known = self.catalogue.get(segment.rendition);
        known.is_some_and(|r| matches!(self.ledger.expected(&r.integrity, place), Expected::Digest(_)))
    }

    fn is_pending(&self, segment: SegmentId) -> bool {
        self.opening || self.integrity(segment).is_some_and(|i| self.ledger.is_pending(i))
    }

    fn pieces(&self, segment: SegmentId, place: &Place) -> Pieces {
        match self.integrity(segment).and_then(|i| self.ledger.pieces(i, place)) {
            None => Pieces::Together,
            Some(_) if self.relay.list(segment).is_none() => Pieces::Unlisted,
            Some(_) => Pieces::Listed,
        }
    }
}

impl<P: Payload> Engine<P> {
    /// Looks at everything that a fact may have changed.
    pub fn settle(&mut self) {
        self.settled_at = self.now;
        let measured = self.transfer.measured();
        self.paths.origin.brought(measured.origin.bytes, measured.origin.flowing, self.now);
        self.paths.swarm.brought(measured.swarm.bytes, measured.swarm.flowing, self.now);
        for wait in measured.waits {
            self.paths.origin.answered(wait);
        }
        let origin = self.paths.origin.rate().unwrap_or(self.paths.start);
        self.transfer.set_rates(origin, self.paths.swarm.rate());
        let players: Vec<PlayerId> = self.sessions.keys().copied().collect();
        let mut again = true;
        while std::mem::take(&mut again) {
            for &player in &players {
                let mut wants = Vec::new();
                self.with(player, |s, d| wants = s.plan(d));
                self.transfer.set_wants(player, wants, &mut self.swarm, self.now, &mut self.orders);
            }
            // A plan may tell where a part ends that is here already, and what comes after it is to be planned for.
            while let Some(outcome) = self.transfer.rounded_off(self.now, &mut self.orders) {
                self.transferred(Some(outcome));
                again = true;
            }
        }
        let shared = self.wanted();
        let shared = self.welcome(shared);
        let opening = self.is_opening();
        let (catalogue, ledger, relay) = (&self.catalogue, &self.ledger, &self.relay);
        let word = Word { catalogue, ledger, relay, shared: &shared, opening };
        self.transfer.decide(&mut self.swarm, &word, &mut self.ids, self.now, &mut self.orders);
        while let Some(outcome) = self.transfer.overdue(self.now) {
            self.transferred(Some(outcome));
        }
        if self.has_company() {
            self.assemble(&shared);
            self.inform(&shared);
        }
        self.report();
    }

    /// Renditions whose viewers may share.
    fn wanted(&self) -> Vec<RenditionId> {
        let possible = self.config.peers_possible && !self.away;
        let mut wanted = Vec::new();
        for session in self.sessions.values().filter(|s| possible && s.is_alive() && s.may_share()) {
            for rendition in session.renditions() {
                let known = self.catalogue.get(rendition);
                let hopeful = known.is_some_and(|r| self.ledger.is_hopeful(&r.integrity));
                if hopeful && !wanted.contains(&rendition) {
                    wanted.push(rendition);
                }
            }
        }
        wanted
    }

    /// Whether a player that has just begun may still come to neighbours: the instance has not said where they meet.
    fn is_opening(&self) -> bool {
        let (patience, now) = (self.config.lean_patience, self.now);
        let awaits = |s: &Session| s.awaits_names() && s.report.is_early(patience, now);
        self.config.peers_possible && !self.away && self.sessions.values().any(awaits)
    }

    /// In the swarms of which renditions we are: of those `wanted`, once there can be neighbours.
    fn welcome(&mut self, wanted: Vec<RenditionId>) -> Vec<RenditionId> {
        match self.company {
            Company::Absent if !wanted.is_empty() || self.sessions.values().any(Session::has_copies) => {
                self.company = Company::Invited;
                self.orders.push_back(Output::FetchSwarm);
            }
            Company::Absent | Company::Invited => {}
            Company::Here => {
                self.meet(&wanted);
                let catalogue = &self.catalogue;
                return wanted.into_iter().filter(|&r| !catalogue.is_unlisted(r)).collect();
            }
        }
        Vec::new()
    }

    pub(super) const fn has_company(&self) -> bool {
        matches!(self.company, Company::Here)
    }

    /// What became of a transfer.
    pub(super) fn transferred(&mut self, outcome: Option<Outcome<P>>) {
        match outcome {
            None => {}
            Some(Outcome::Fetched(fetched, players)) => match fetched.asset {
                Asset::Init(_) => self.init_fetched(fetched),
                Asset::Segment(segment) => self.media_fetched(Some(segment), fetched, &players),
                Asset::Part(part) => self.media_fetched(self.parts.named(part), fetched, &players),
            },
            Some(Outcome::GivenUp { asset, url, status }) => self.given_up(asset, &url, status),
            Some(Outcome::Unreachable { asset, url }) => {
                for player in self.players() {
                    let needs = |s: &Session| match asset {
                        Asset::Segment(segment) => s.uses(segment.rendition),
                        Asset::Init(id) => self.inits.place(id).is_some_and(|place| s.needs_init(&place)),
                        Asset::Part(_) => true,
                    };
                    if self.sessions.get(&player).is_some_and(needs) {
                        self.with(player, |s, d| s.out_of_reach(&url, d));
                    }
                }
            }
        }
    }

    /// A key will not come: to whom it matters.
    pub(super) fn key_lost(&mut self, key: &KeyUrl, fault: &Fault) {
        let players: Vec<PlayerId> = self.sessions.keys().copied().collect();
        for player in players {
            self.with(player, |s, d| s.key_lost(key, fault, d));
        }
    }

    /// A segment is here, or a part, under the name that neighbours know it by. What nobody waits for has come already,
    /// part by part.
    pub(super) fn media_fetched(
        &mut self,
        name: Option<SegmentId>,
        fetched: Fetched<P>,
        players: &[PlayerId],
    ) {
        let known = name.and_then(|name| self.catalogue.get(name.rendition));
        let integrity = known.map_or(Integrity::Unknown, |r| r.integrity.clone());
        if fetched.is_from_origin() && self.ledger.heads.brought(&fetched.place, fetched.digest) {
            self.confirm();
        }
        let expected = self.ledger.expected(&integrity, &fetched.place);
        let blob = BlobId(self.ids.draw());
        match verify(&fetched, blob, expected) {
            Ok(verified) => {
                let shareable = verified.shareable().is_some();
                if let Some(suspicion) = name.and_then(|name| self.suspicions.remove(&name))
                    && shareable
                {
                    let liars: Vec<_> = suspicion.liars(&fetched).collect();
                    for peer in liars {
                        self.swarm.ban(peer, &mut self.orders);
                    }
                }
                if matches!(expected, Expected::Digest(_)) && !shareable {
                    self.ledger.disputed(&integrity, self.now);
                    self.note_rejected(players);
                }
                for player in players {
                    if let Some(session) = self.sessions.get_mut(player) {
                        if let Asset::Segment(segment) = fetched.asset {
                            session.report.segment(fetched.len, fetched.peer_bytes());
                            session.segment_came(segment);
                        } else {
                            session.report.part(fetched.peer_bytes());
                        }
                    }
                }
                if !players.is_empty() {
                    self.share.brought(fetched.len);
                }
                match fetched.asset {
                    Asset::Part(part) => {
                        if self.has_company() {
                            self.part_came(part, &fetched, &verified);
                        }
                        self.parts.arrived(part, verified, fetched.parts, &mut self.orders);
                        self.sessions.iter_mut().for_each(|(_, s)| s.part_came());
                    }
                    Asset::Segment(segment) => {
                        if self.has_company() {
                            self.whole_came(segment, &fetched, &verified);
                        }
                        self.store.keep(segment, verified, (fetched.place, fetched.parts), &mut self.orders);
                        let (sessions, now) = (&self.sessions, self.now);
                        let distance = |s| sessions.values().filter_map(|p| p.distance(s, now)).min();
                        if sessions.values().all(Session::is_live) {
                            self.store.forget_past(distance, &mut self.orders);
                        }
                        self.store.evict(distance, &mut self.orders);
                    }
                    Asset::Init(_) => {}
                }
            }
            Err(suspicion) => self.refuse(name, fetched, suspicion, players),
        }
    }

    pub(super) fn note_rejected(&mut self, players: &[PlayerId]) {
        for player in players {
            if let Some(session) = self.sessions.get_mut(player) {
                session.report.rejected();
            }
        }
    }

    fn given_up(&mut self, asset: Asset, url: &str, status: u16) {
        let answer = match status {
            0 => "did not deliver".to_owned(),
            status => format!("answered {status} for"),
        };
        let fault = Fault {
            culprit: Culprit::Origin,
            code: MediaErrorCode::Network,
            name: "segment-unavailable",
            message: format!("The server {answer} {}.", redacted(url)),
            tried: format!(
                "Asked {} times, and other viewers where there were any.",
                self.config.http_attempts
            ),
        };
        match asset {
            Asset::Segment(segment) => {
                let players: Vec<PlayerId> =
                    self.sessions.values().filter(|s| s.uses(segment.rendition)).map(|s| s.player).collect();
                for player in players {
                    self.with(player, |s, d| s.segment_lost(segment, &fault, d));
                }
            }
            Asset::Part(part) => {
                let players: Vec<PlayerId> = self.sessions.keys().copied().collect();
                for player in players {
                    self.with(player, |s, d| s.part_lost(part, d));
                }
            }
            Asset::Init(id) => {
                let Some(place) = self.inits.place(id) else { return };
                let needing = self.sessions.values().filter(|s| s.needs_init(&place)).map(|s| s.player);
                for player in needing.collect::<Vec<_>>() {
                    self.with(player, |s, d| s.init_lost(&fault, d));
                }
            }
        }
    }

    /// Digests came: segments that came before them may become shareable.
    pub(super) fn confirm(&mut self) {
        let (catalogue, ledger) = (&self.catalogue, &self.ledger);
        self.parts.confirm(|name, place| {
            let known = catalogue.get(name.rendition);
            known.map_or(Expected::Unknown, |r| ledger.expected(&r.integrity, place))
        });
        for rendition in self.sessions.values().flat_map(Session::renditions) {
            let Some(r) = self.catalogue.get(rendition) else {
                continue;
            };
            let ledger = &self.ledger;
            self.store.confirm(rendition, |place| ledger.expected(&r.integrity, place));
        }
    }

    pub(super) fn warn_of_list(&mut self, list: &ListUrl, what: &str) {
        let fault = Fault {
            culprit: Culprit::Origin,
            code: MediaErrorCode::Network,
            name: "digests-unavailable",
            message: format!("{} {what}.", redacted(&list.0)),
            tried: "Playback goes on over HTTP; nothing is exchanged with other viewers.".into(),
        };
        for session in self.sessions.values() {
            if session.options.integrity == Integrity::List(list.0.clone()) {
                session.notify(&mut self.orders, Event::Warned(fault.clone()));
            }
        }
    }

    pub(super) fn fail_all(&mut self, which: impl Fn(&Session) -> bool, fault: &Fault) {
        let players: Vec<PlayerId> = self.sessions.values().filter(|s| which(s)).map(|s| s.player).collect();
        for player in players {
            self.with(player, |s, d| s.fail(d, fault.clone()));
        }
    }

    fn report(&mut self) {
        let due: Vec<PlayerId> = self
            .sessions
            .iter()
            .filter(|(_, s)| s.is_alive() && s.report.is_due(self.now))
            .map(|(&p, _)| p)
            .collect();
        for player in due {
            let Some(session) = self.sessions.get(&player) else {
                continue;
            };
            let sharing = self.sharing(session);
            let exchanges = if self.has_company() { self.exchanges_of(session) } else { Vec::new() };
            let (latency, target) = (session.latency(self.now), session.target_latency());
            let Some(session) = self.sessions.get_mut(&player) else {
                continue;
            };
            let mut stats = session.report.take(self.now);
            stats.http_bytes = self.transfer.http_bytes.get(&player).copied().unwrap_or(0);
            stats.uploaded_bytes = self.share.uploaded_bytes;
            stats.peers = exchanges.len() as u32;
            stats.exchanges = exchanges;
            stats.latency = latency.map(MediaTime::secs);
            stats.target_latency = latency.and(target).map(MediaTime::secs);
            stats.throughput = self.paths.origin.rate();
            stats.sharing = sharing;
            if self.has_company() {
                stats.redundancies = self.transfer.redundancy.account(player);
            }
            self.orders.push_back(Output::Notify { player, event: Event::Stats(stats) });
        }
    }

    fn sharing(&self, session: &Session) -> Sharing {
        let options = &session.options;
        if options.p2p == P2p::Off || options.trackers.is_empty() || !self.config.peers_possible {
            return Sharing::Off;
        }
        if !session.consent {
            return Sharing::Asking;
        }
        if !self.ledger.is_hopeful(&options.integrity) {
            return Sharing::Unverifiable;
        }
        let mut renditions = session.renditions();
        if session.published.is_some()
            && (session.listed().is_empty() || renditions.all(|r| self.catalogue.is_unlisted(r)))
        {
            return Sharing::Unlisted;
        }
        let known = self.has_company() && self.is_known(session);
        if known { Sharing::Active } else { Sharing::Alone }
    }
}
