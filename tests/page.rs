//! What a page opens, it closes; what two players need, it fetches once. One engine, driven by hand.

use sprat::engine::Engine;
use sprat::engine::config::{Config, Integrity, Naming, P2p, PlayerOptions, Preload};
use sprat::engine::contract::{Input, Output};
use sprat::engine::id::{ConnectionId, PlayerId, TrackerId};
use sprat::engine::payload::Bytes;
use sprat::engine::time::Instant;

const BASE: &str = "https://origin.test/vod/";

/// A page whose documents arrive at once and whose streams and sockets are left open.
struct Page {
    engine: Engine<Bytes>,
    seen: Vec<Output<Bytes>>,
    now: Instant,
}

impl Page {
    fn new() -> Self {
        let resolve =
            |base: &str, reference: &str| Some(url::Url::parse(base).ok()?.join(reference).ok()?.into());
        Self { engine: Engine::new(Config::new(1, resolve, |_| true)), seen: Vec::new(), now: Instant::ZERO }
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
                Output::OpenTracker { tracker, .. } => self.handle(Input::TrackerOpened { tracker }),
                Output::CreateOffer { connection, .. } => {
                    self.handle(Input::OfferReady { connection, sdp: "v=0".into() });
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, player: u32) {
        let options = PlayerOptions {
            source: format!("{BASE}master.m3u8"),
            trackers: vec!["wss://tracker.test/".into()],
            p2p: P2p::On,
            ice_servers: Vec::new(),
            swarm: None,
            naming: Naming::V2Position,
            integrity: Integrity::List(format!("{BASE}segments-sha256.json")),
            max_upload: None,
            start: None,
            start_bitrate: None,
            viewport: None,
            preload: Preload::Auto,
        };
        self.handle(Input::PlayerOpened { player: PlayerId(player), options });
        self.handle(Input::SourceOpened { player: PlayerId(player) });
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
