//! The engine: a router between the stages of the path. It owns no policy.
//!
//! Facts come in through [`Engine::handle`], orders go out through [`Engine::poll`], and
//! [`Engine::next_wakeup`] says when to come back and why. Nothing else drives it.

pub mod abr;
mod assembly;
pub mod bench;
pub mod buffer;
mod captions;
mod catalogue;
pub mod config;
pub mod contract;
pub mod decrypt;
pub mod digests;
mod documents;
pub mod error;
pub mod heads;
pub mod id;
mod inits;
mod keyring;
mod ledger;
mod made;
mod neighbours;
mod outage;
mod parts;
mod partwork;
pub mod payload;
mod piecework;
pub mod playlist;
pub mod reach;
mod reading;
mod relay;
pub mod report;
mod schedule;
mod session;
mod settle;
pub mod share;
pub mod store;
pub mod swarm;
pub mod task;
pub mod text;
pub mod time;
pub mod timeline;
pub mod transfer;
pub mod transmux;
pub mod verify;
mod workshop;

use abr::Paths;
use assembly::Assembly;
use captions::Captions;
use catalogue::Catalogue;
use config::Config;
use contract::{Input, Orders, Output, Wakeup};
use documents::Documents;
use id::{Counter, PlayerId, SegmentId};
use inits::Inits;
use keyring::{Keyring, not_a_key};
use ledger::Ledger;
use litemap::LiteMap;
use neighbours::Company;
use parts::Parts;
use payload::Payload;
use reading::{Finding, Readings};
use relay::Relay;
use session::{Desk, Owner, Session, TextPart};
use share::Share;
use store::Store;
use swarm::Swarm;
use swarm::naming::PeerId;
use time::{Instant, Millis};
use transfer::Transfer;
use verify::Suspicion;
use workshop::Workshop;

/// One per page.
pub struct Engine<P: Payload> {
    config: Config,
    ids: Counter,
    orders: Orders<P>,
    documents: Documents<Owner>,
    readings: Readings<(Owner, String)>,
    catalogue: Catalogue,
    ledger: Ledger,
    inits: Inits,
    workshop: Workshop,
    captions: Captions,
    keyring: Keyring,
    parts: Parts,
    assembly: Assembly<P>,
    store: Store,
    relay: Relay,
    paths: Paths,
    swarm: Swarm<P>,
    transfer: Transfer<P>,
    share: Share,
    company: Company,
    sessions: LiteMap<PlayerId, Session>,
    /// Digests that did not match, until the origin's bytes tell who lied.
    suspicions: LiteMap<SegmentId, Suspicion<PeerId>>,
    /// Pieces that did not match, and who brought them, until another's do.
    suspects: Vec<(SegmentId, u64, PeerId)>,
    metered: bool,
    saving: bool,
    hidden: bool,
    away: bool,
    now: Instant,
    /// When it was last looked at what follows.
    settled_at: Instant,
}

/// A playhead that is where it was to be, which is said four times a second, is looked at no oftener than that.
const LULL: Millis = Millis(500);

impl<P: Payload> Engine<P> {
    /// An engine with nothing to do.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            ids: Counter::default(),
            orders: Orders::new(),
            documents: Documents::new(config.document_attempts),
            readings: Readings::new(),
            catalogue: Catalogue::default(),
            ledger: Ledger::default(),
            inits: Inits::default(),
            workshop: Workshop::default(),
            captions: Captions::default(),
            keyring: Keyring::default(),
            parts: Parts::default(),
            assembly: Assembly::new(),
            store: Store::new(config.shelf_limit),
            relay: Relay::default(),
            paths: Paths::new(config.start_bitrate),
            swarm: Swarm::new(&config),
            transfer: Transfer::new(&config),
            share: Share::new(config.default_max_upload),
            company: Company::Absent,
            sessions: LiteMap::new(),
            suspicions: LiteMap::new(),
            suspects: Vec::new(),
            metered: false,
            saving: false,
            hidden: false,
            away: false,
            now: Instant::ZERO,
            settled_at: Instant::ZERO,
            config,
        }
    }

    /// Takes one fact, and all that follows from it.
    pub fn handle(&mut self, input: Input<P>, now: Instant) {
        if self.take(input, now) {
            self.settle();
        }
    }

    /// Takes one fact; says whether something may follow from it. Who has several at once looks at what follows after
    /// the last of them ([`Self::settle`]).
    pub fn take(&mut self, input: Input<P>, now: Instant) -> bool {
        self.notice_sleep(now);
        self.now = now.max(self.now);
        let now = self.now;
        self.documents.set_now(now);
        match input {
            Input::Woke => self.wake(),

            Input::PlayerOpened { player, options } => {
                if let Some(start) = options.start_bitrate {
                    self.paths.start = start;
                }
                let session = Session::open(player, options, &mut self.desk().0);
                self.sessions.insert(player, session);
            }
            Input::PlayerClosed { player } => self.close(player),
            Input::SourceOpened { player } => self.with(player, |s, _| s.source_opened()),
            Input::PlayheadMoved { player, at, state } => {
                let mut foreseen = false;
                self.with(player, |s, d| foreseen = s.playhead_moved(at, state, d.now));
                if foreseen && now.since(self.settled_at) < LULL {
                    return false;
                }
            }
            Input::FirstFrameShown { player } => self.with(player, |s, d| s.report.first_frame(d.now)),
            Input::BufferChanged { player, track, buffered, outcome } => {
                self.with(player, |s, d| s.buffer_changed(track, buffered, &outcome, d));
            }
            Input::BufferEvicted { player, track, buffered } => {
                self.with(player, |s, d| s.buffer_evicted(track, buffered, d.now));
            }
            Input::TrackRefused { player, track } => self.with(player, |s, d| s.track_refused(track, d)),
            Input::StreamingWanted { player, wanted } => self.with(player, |s, _| s.streaming_wanted(wanted)),
            Input::DecodeFailed { player, message } => {
                self.with(player, |s, d| s.decode_failed(&message, d));
            }
            Input::QualityChosen { player, choice } => self.with(player, |s, d| s.choose_quality(choice, d)),
            Input::ViewportChanged { player, width, height } => {
                self.with(player, |s, _| s.viewport_changed(width, height));
            }
            Input::AudioChosen { player, index } => self.with(player, |s, d| s.choose_audio(index, d)),
            Input::TextChosen { player, index } => self.with(player, |s, d| s.choose_text(index, d)),
            Input::ConsentChanged { player, p2p } => self.with(player, |s, _| s.consent = p2p),
            Input::SwarmsPublished { player, info_hashes } => {
                self.with(player, |s, _| s.published = Some(info_hashes));
                self.catalogue.relisted();
            }
            Input::UploadCapped { player, cap } => self.with(player, |s, _| s.options.max_upload = cap),

            Input::MeteredChanged { metered } => self.metered = metered,
            Input::SavingChanged { saving } => {
                self.saving = saving;
                self.sessions.iter_mut().for_each(|(_, s)| s.limits_changed());
            }
            Input::VisibilityChanged { hidden } => {
                self.hidden = hidden;
                self.transfer.set_hidden(hidden);
            }
            Input::ConnectivityChanged { online } => self.connectivity(online),
            Input::PageLeft | Input::PageReturned => {
                self.away = matches!(input, Input::PageLeft);
                if self.has_company() {
                    self.page_turned();
                }
            }

            Input::DocumentArrived { request, status, url, body } => {
                let outcome = self.documents.arrived(request, status, url, body, now);
                self.document(outcome);
            }
            Input::Made { blob, outcome } => self.made(blob, outcome),
            Input::ResponseStarted { request, status, length } => {
                let outcome = self.transfer.started(request, status, length, now, &mut self.orders);
                self.transferred(outcome);
            }
            Input::DigestTold { request, digest } => {
                let heads = &mut self.ledger.heads;
                if !heads.answered(request, digest)
                    && let Some((place, digest)) = self.transfer.segment_at(request).zip(digest)
                {
                    heads.said(place, digest);
                }
            }
            Input::ChunkArrived { request, chunk } => {
                let outcome = self.transfer.chunk(request, &chunk, now, &mut self.orders);
                if outcome.is_none() {
                    // Nothing follows from bytes that complete nothing, and there are many of them.
                    return false;
                }
                self.transferred(outcome);
            }
            Input::ResponseEnded { request } => {
                let outcome = self.transfer.ended(request, now, &mut self.orders);
                self.transferred(outcome);
            }
            Input::RequestFailed { request, fault } => {
                self.ledger.heads.answered(request, None);
                let outcome = self.documents.failed(request, &fault, now);
                self.document(outcome);
                let outcome = self.transfer.failed(request, &fault, now);
                self.transferred(outcome);
            }

            Input::SwarmReady => self.company = Company::Here,
            of_neighbours => return self.met(of_neighbours).is_some(),
        }
        true
    }

    /// The next order, until there is none.
    pub fn poll(&mut self) -> Option<Output<P>> {
        self.orders.pop_front()
    }

    /// When to come back with `Input::Woke`, and why.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<(Instant, Wakeup)> {
        let reports = self.sessions.values().filter(|s| s.is_alive()).map(|s| s.report.due()).min();
        let reloads = self.sessions.values().filter_map(|s| s.next_wakeup(self.now)).min();
        [
            (self.readings.is_busy().then_some(self.now), Wakeup::MoreWork),
            (self.transfer.next_wakeup(), Wakeup::LatePeer),
            (self.documents.next_wakeup(), Wakeup::Retry),
            (reloads.into_iter().chain(self.ledger.next_wakeup()).min(), Wakeup::Reload),
            (reports, Wakeup::Report),
        ]
        .into_iter()
        .chain(self.has_company().then(|| self.next_meeting()).into_iter().flatten())
        .filter_map(|(at, why)| Some((at?, why)))
        .min()
    }

    fn wake(&mut self) {
        let now = self.now;
        self.read();
        self.documents.wake(now, &mut self.ids, &mut self.orders);
        if self.has_company() {
            self.wake_neighbours();
        }
    }

    fn close(&mut self, player: PlayerId) {
        self.sessions.remove(&player);
        self.documents.drop_if(|o| o.is_of(player), &mut self.orders);
        self.readings.drop_if(|(o, _)| o.is_of(player));
        self.workshop.close(player, &mut self.orders);
        self.captions.close(player, &mut self.orders);
        self.transfer.forget(player, &mut self.swarm, self.now, &mut self.orders);
        let sessions = &self.sessions;
        self.store.retain(|r| sessions.values().any(|s| s.uses(r)), &mut self.orders);
    }

    /// A document is here, or lost: to its owner.
    fn document(&mut self, outcome: Option<documents::Outcome<Owner>>) {
        match outcome {
            None => {}
            Some(documents::Outcome::Arrived { owner, url, body }) => {
                match owner {
                    Owner::Source(player)
                    | Owner::Media(player, ..)
                    | Owner::Text(player, _, TextPart::Playlist) => {
                        let session = self.sessions.get(&player);
                        let context = session.map(|s| s.read_with(&owner)).unwrap_or_default();
                        let resolve = self.config.resolve;
                        self.readings.playlist((owner, url.clone()), body, &url, resolve, &context);
                    }
                    Owner::Text(player, index, part) => {
                        self.with(player, |s, _| s.text_arrived(index, &part, body));
                    }
                    Owner::Steering(player) => {
                        self.with(player, |s, d| s.steering_arrived(Some((&url, &body)), d));
                    }
                    Owner::List(_) => self.readings.digests((owner, url), body),
                    Owner::Key(key) => {
                        if !self.keyring.arrived(&key, &body) {
                            self.key_lost(&key, &not_a_key(&url, body.len()));
                        }
                    }
                }
                self.read();
            }
            Some(documents::Outcome::Lost { owner, fault }) => match owner {
                Owner::Source(player) => self.with(player, |s, d| s.fail(d, fault)),
                Owner::Steering(player) => self.with(player, |s, d| s.steering_arrived(None, d)),
                Owner::Text(player, index, part) => {
                    self.with(player, |s, d| s.text_lost(index, &part, &fault, d));
                }
                Owner::Media(player, track, rendition) => {
                    self.with(player, |s, d| s.media_lost(track, rendition, fault, d));
                }
                Owner::List(list) => {
                    self.ledger.lost(&list);
                    self.warn_of_list(&list, "could not be had");
                }
                Owner::Key(key) => self.key_not_had(key, &fault),
            },
        }
    }

    /// Reads on, and hands what was read to its owner.
    fn read(&mut self) {
        match self.readings.step() {
            None => {}
            Some(((Owner::Source(player), url), Finding::Playlist(found))) => {
                self.with(player, |s, d| s.source_arrived(&url, found, d));
            }
            Some(((Owner::Media(player, track, rendition), url), Finding::Playlist(found))) => {
                self.with(player, |s, d| s.media_arrived(track, rendition, &url, found, d));
            }
            Some(((Owner::Text(player, index, _), _), Finding::Playlist(found))) => {
                self.with(player, |s, d| s.text_listed(index, found, d));
            }
            Some(((Owner::List(list), _), Finding::Digests(found))) => {
                if self.ledger.arrived(&list, found, self.now).is_err() {
                    self.warn_of_list(&list, "is not a list of digests");
                }
                self.confirm();
            }
            Some(
                ((Owner::List(_) | Owner::Steering(_) | Owner::Key(_), _), Finding::Playlist(_))
                | (_, Finding::Digests(_)),
            ) => {}
        }
    }

    /// Lets a player work with the page's things.
    fn with(&mut self, player: PlayerId, work: impl FnOnce(&mut Session, &mut Desk<'_, P>)) {
        let (mut desk, sessions) = self.desk();
        if let Some(session) = sessions.get_mut(&player) {
            work(session, &mut desk);
        }
    }

    fn desk(&mut self) -> (Desk<'_, P>, &mut LiteMap<PlayerId, Session>) {
        let desk = Desk {
            now: self.now,
            config: &self.config,
            ids: &mut self.ids,
            orders: &mut self.orders,
            documents: &mut self.documents,
            catalogue: &mut self.catalogue,
            store: &mut self.store,
            inits: &mut self.inits,
            workshop: &mut self.workshop,
            captions: &mut self.captions,
            keyring: &mut self.keyring,
            parts: &mut self.parts,
            ledger: &mut self.ledger,
            paths: &self.paths,
            transfer: &self.transfer,
            saving: self.saving,
        };
        (desk, &mut self.sessions)
    }
}
