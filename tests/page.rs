//! What a page opens, it closes; what two players need, it fetches once. One engine, driven by hand.

use sprat::engine::Engine;
use sprat::engine::config::{Config, Integrity, Naming, P2p, PlayerOptions, Preload};
use sprat::engine::contract::{Event, Input, Output, Sharing};
use sprat::engine::id::{ConnectionId, PlayerId, TrackerId};
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::{Identity, StreamKind, info_hash};
use sprat::engine::time::{Instant, Millis};

const BASE: &str = "https://origin.test/vod/";

/// A page whose documents arrive at once and whose streams and sockets are left open.
struct Page {
    engine: Engine<Bytes>,
    seen: Vec<Output<Bytes>>,
    now: Instant,
    /// The browser cannot make connections.
    barren: bool,
    /// What meets other viewers cannot be had.
    half: bool,
}

impl Page {
    fn new() -> Self {
        let resolve =
            |base: &str, reference: &str| Some(url::Url::parse(base).ok()?.join(reference).ok()?.into());
        let engine = Engine::new(Config::new(1, resolve, |_| true));
        Self { engine, seen: Vec::new(), now: Instant::ZERO, barren: false, half: false }
    }

    fn handle(&mut self, input: Input<Bytes>) {
        self.now = self.now + sprat::engine::time::Millis(1);
        self.engine.handle(input, self.now);
        while let Some(output) = self.engine.poll() {
            self.seen.push(output.clone());
            match output {
                Output::FetchDocument { request, url, .. } => {
                    let name = url.strip_prefix(BASE).expect("only this origin is asked");
                    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/www/media/vod/");
                    let body =
                        std::fs::read(format!("{dir}{name}")).expect("the sample clip is in the repository");
                    self.handle(Input::DocumentArrived { request, status: 200, url, body });
                }
                Output::FetchSwarm if !self.half => self.handle(Input::SwarmReady),
                Output::OpenTracker { tracker, .. } => self.handle(Input::TrackerOpened { tracker }),
                Output::CreateOffer { connection, .. } => self.handle(match self.barren {
                    true => Input::ConnectionClosed { connection },
                    false => Input::OfferReady { connection, sdp: "v=0".into() },
                }),
                _ => {}
            }
        }
    }

    fn open(&mut self, player: u32) {
        self.open_with(player, Self::options("master.m3u8", Naming::V2Position));
    }

    fn options(source: &str, naming: Naming) -> PlayerOptions {
        PlayerOptions {
            catch_up: true,
            source: format!("{BASE}{source}"),
            trackers: vec!["wss://tracker.test/".into()],
            p2p: P2p::On,
            ice_servers: Vec::new(),
            manners: Default::default(),
            latency_mode: Default::default(),
            swarm: None,
            naming,
            redundancies: Vec::new(),
            integrity: Integrity::List(format!("{BASE}segments-sha256.json")),
            max_upload: None,
            start: None,
            start_bitrate: None,
            viewport: None,
            preload: Preload::Auto,
        }
    }

    fn open_with(&mut self, player: u32, options: PlayerOptions) {
        self.handle(Input::PlayerOpened { player: PlayerId(player), options });
        self.handle(Input::SourceOpened { player: PlayerId(player) });
    }

    /// Lets time pass, and the engine do what is due.
    fn pass(&mut self, time: Millis) {
        let until = self.now + time;
        while let Some((at, _)) = self.engine.next_wakeup().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.handle(Input::Woke);
        }
        self.now = self.now.max(until);
    }

    /// The tracker that we last announced to, and what it was told.
    fn told(&self) -> (TrackerId, serde_json::Value) {
        let told = self.seen.iter().rev().find_map(|o| match o {
            Output::TellTracker { tracker, text } => Some((*tracker, text)),
            _ => None,
        });
        let (tracker, text) = told.expect("we announced");
        (tracker, serde_json::from_str(text).expect("announces are JSON"))
    }

    /// A viewer takes our first offer.
    fn answer_offer(&mut self) -> ConnectionId {
        let (tracker, ours) = self.told();
        let answer = serde_json::json!({
            "action": "announce", "info_hash": ours["info_hash"], "peer_id": "-XX0001-123456789012",
            "offer_id": ours["offers"][0]["offer_id"], "answer": { "type": "answer", "sdp": "v=0" },
        });
        self.handle(Input::TrackerSaid { tracker, text: answer.to_string() });
        let accepted = |o: &Output<Bytes>| match o {
            Output::AcceptAnswer { connection, .. } => Some(*connection),
            _ => None,
        };
        self.seen.iter().rev().find_map(accepted).expect("the answer was accepted")
    }

    /// What the last statistics say of peers.
    fn sharing(&self) -> Option<Sharing> {
        self.seen.iter().rev().find_map(|o| match o {
            Output::Notify { event: Event::Stats(stats), .. } => Some(stats.sharing),
            _ => None,
        })
    }

    fn sent(&self, to: ConnectionId) -> Vec<Vec<u8>> {
        let of = |o: &Output<Bytes>| match o {
            Output::Send { connection, message } if *connection == to => Some(message.clone()),
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }

    fn count(&self, which: impl Fn(&Output<Bytes>) -> bool) -> usize {
        self.seen.iter().filter(|o| which(o)).count()
    }

    /// Things opened and not closed again: streams, trackers, connections.
    fn left_open(&self) -> (usize, usize, usize) {
        let streams = self.count(|o| matches!(o, Output::FetchStream { .. }));
        let aborted = self.count(|o| matches!(o, Output::Abort { .. }));
        let (opened, closed) = (self.connections(true), self.connections(false));
        (
            streams - aborted,
            self.trackers(true).len() - self.trackers(false).len(),
            opened.len() - closed.len(),
        )
    }

    fn trackers(&self, opened: bool) -> Vec<TrackerId> {
        let of = |o: &Output<Bytes>| match o {
            Output::OpenTracker { tracker, .. } if opened => Some(*tracker),
            Output::CloseTracker { tracker } if !opened => Some(*tracker),
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }

    fn connections(&self, opened: bool) -> Vec<ConnectionId> {
        let of = |o: &Output<Bytes>| match o {
            Output::CreateOffer { connection, .. } | Output::CreateAnswer { connection, .. } if opened => {
                Some(*connection)
            }
            Output::CloseConnection { connection } if !opened => Some(*connection),
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }
}

#[test]
fn ten_players_of_one_stream_share_one_swarm_and_one_copy() {
    let mut page = Page::new();
    for player in 1..=10 {
        page.open(player);
    }
    assert_eq!(page.trackers(true).len(), 1);
    assert_eq!(page.connections(true).len(), 5, "one announce, five offers");
    let mut streams: Vec<String> = Vec::new();
    for output in &page.seen {
        if let Output::FetchStream { url, range, .. } = output {
            streams.push(format!("{url} {range:?}"));
        }
    }
    let all = streams.len();
    streams.sort();
    streams.dedup();
    assert_eq!(all, streams.len(), "nothing is fetched twice: {streams:?}");
}

#[test]
fn the_last_player_to_leave_closes_everything() {
    let mut page = Page::new();
    page.open(1);
    page.open(2);
    page.handle(Input::PlayerClosed { player: PlayerId(1) });
    assert_ne!(page.left_open(), (0, 0, 0));
    page.handle(Input::PlayerClosed { player: PlayerId(2) });
    assert_eq!(page.left_open(), (0, 0, 0));
    assert_eq!(page.engine.next_wakeup(), None);
    let last_words =
        page.count(|o| matches!(o, Output::TellTracker { text, .. } if text.contains("stopped")));
    assert_eq!(last_words, 1);
}

#[test]
fn a_page_that_is_left_closes_its_sockets_and_peers_and_opens_them_on_return() {
    let mut page = Page::new();
    page.open(1);
    page.handle(Input::PageLeft);
    let (_, trackers, connections) = page.left_open();
    assert_eq!((trackers, connections), (0, 0));
    page.handle(Input::PageReturned);
    assert_eq!(page.left_open().1, 1);
    assert_eq!(page.left_open().2, 5);
}

#[test]
fn consent_given_later_opens_the_tracker_and_taken_back_closes_it() {
    let mut page = Page::new();
    page.open(1);
    page.handle(Input::ConsentChanged { player: PlayerId(1), p2p: false });
    assert_eq!(page.left_open().1, 0);
    page.handle(Input::ConsentChanged { player: PlayerId(1), p2p: true });
    assert_eq!(page.left_open().1, 1);
}

#[test]
fn nobody_is_met_before_there_is_what_meets_them_and_that_is_asked_for_once() {
    let mut page = Page::new();
    page.half = true;
    page.open(1);
    page.open(2);
    page.pass(Millis(60_000));
    assert_eq!(page.count(|o| matches!(o, Output::FetchSwarm)), 1);
    assert!(page.count(|o| matches!(o, Output::FetchStream { .. })) > 0, "it plays meanwhile");
    assert_eq!((page.trackers(true).len(), page.sharing()), (0, Some(Sharing::Alone)));
    page.handle(Input::SwarmReady);
    assert_eq!(page.trackers(true).len(), 1);
    assert_eq!(page.connections(true).len(), 5);
}

#[test]
fn a_new_neighbour_is_told_twice_what_we_hold() {
    let mut page = Page::new();
    page.open(1);
    let connection = page.answer_offer();
    page.handle(Input::ChannelOpened { connection });
    let first = page.sent(connection);
    assert_eq!(first.len(), 1, "at once");
    page.pass(Millis(900));
    assert_eq!(page.sent(connection).len(), 1);
    page.pass(Millis(200));
    assert_eq!(page.sent(connection), [first[0].clone(), first[0].clone()], "in case the first was lost");
    page.pass(Millis(5_000));
    assert_eq!(page.sent(connection).len(), 2);
}

#[test]
fn a_browser_that_cannot_make_connections_is_alone_and_rarely_asked() {
    let mut page = Page::new();
    page.barren = true;
    page.open(1);
    assert_eq!(page.connections(true).len(), 5, "it was tried");
    let (tracker, ours) = page.told();
    let members = serde_json::json!({
        "action": "announce", "info_hash": ours["info_hash"], "interval": 20, "complete": 3, "incomplete": 0,
    });
    for _ in 0..8 {
        page.handle(Input::TrackerSaid { tracker, text: members.to_string() });
        page.pass(Millis(30_000));
    }
    assert_eq!(page.connections(true).len(), 5, "no offers for 5 minutes");
    assert_eq!(page.sharing(), Some(Sharing::Alone));
    page.barren = false;
    page.pass(Millis(120_000));
    assert!(page.connections(true).len() > 5, "then it is tried again");
    assert_eq!(page.sharing(), Some(Sharing::Active));
}

/// The address of whoever announces what a private tracker does not know is blocked.
#[test]
fn what_one_instance_lists_is_no_word_on_anothers() {
    let source = "240.m3u8";
    let name = [BASE, source].concat();
    let hash = info_hash(Naming::V2Position, &name, StreamKind::Alone, 0, &Identity::default());
    for (by, announced) in [(1, false), (2, true)] {
        let mut page = Page::new();
        page.open_with(1, Page::options("master.m3u8", Naming::Published));
        page.open_with(2, Page::options(source, Naming::Published));
        for player in [1, 2] {
            let info_hashes = if player == by { vec![hash.0] } else { vec![[7; 20]] };
            page.handle(Input::SwarmsPublished { player: PlayerId(player), info_hashes });
        }
        page.pass(Millis(5_000));
        let told = |o: &Output<Bytes>| matches!(o, Output::TellTracker { text, .. } if text.contains(&hash.to_string()));
        assert_eq!(page.seen.iter().any(told), announced, "listed for player {by}");
    }
}
