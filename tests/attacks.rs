//! Who means harm, against one page: found out by what no honest viewer does, left, named once, and bounded until then;
//! and beside each, an honest one that is busy and is not named.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::json;
use sprat::engine::config::{Config, Ice};
use sprat::engine::contract::{Orders, Output};
use sprat::engine::id::{ConnectionId, Counter, RenditionId, TrackerId};
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::InfoHash;
use sprat::engine::swarm::peer::{Heard, Violation};
use sprat::engine::swarm::wire::native::{Hello, Message, Run};
use sprat::engine::swarm::wire::v2::MAX_MESSAGE;
use sprat::engine::swarm::wire::{Command, Dialect};
use sprat::engine::swarm::{Meeting, Swarm};
use sprat::engine::time::{Instant, Millis};

const FILM: RenditionId = RenditionId(0);
const HASH: &str = "ChY9t+WNQlmyyxCNfEJK";
const STRANGER: &str = "-PM0202-abcdefghijkl";
const SPRAT: &str = "-SP0100-abcdefghijkl";

#[test]
fn who_asks_without_end_is_left_named_once_and_not_let_in_again() {
    let mut page = Page::joined();
    let flood = page.meets(STRANGER, 1).unwrap();
    let heard =
        (0..5_000).find_map(|n| page.hears_every(flood, &request(n % 40, n), Millis(1)).filter(broke));
    assert_eq!(heard, Some(Heard::Broke(Violation::TooMuch)));
    assert!(!page.swarm.is_open(flood));
    assert_eq!(page.named(), ["peer-flooded-requests"]);
    assert_eq!(page.meets(STRANGER, 2), None, "not under that name");
    assert_eq!(page.named(), Vec::<&str>::new(), "once");
}

#[test]
fn who_asks_whenever_it_is_answered_is_no_flood() {
    let mut page = Page::joined();
    let busy = page.meets(STRANGER, 1).unwrap();
    for n in 0..20_000 {
        page.hears_every(busy, &request(n % 40, n), Millis(20));
    }
    assert!(page.swarm.is_open(busy));
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn who_takes_back_all_it_asks_is_named_for_that() {
    let mut page = Page::joined();
    let storm = page.meets(STRANGER, 1).unwrap();
    for n in 0..2_000 {
        page.hears_every(storm, &request(1, n), Millis(0));
        page.hears_every(storm, &Command::Cancel { segment: 1, request: n }, Millis(1));
    }
    assert!(!page.swarm.is_open(storm));
    assert_eq!(page.named(), ["peer-flooded-cancels"]);
}

#[test]
fn who_seeks_about_asks_and_takes_back_and_is_not_named() {
    let mut page = Page::joined();
    let restless = page.meets(STRANGER, 1).unwrap();
    for n in 0..3_000 {
        page.hears_every(restless, &request(n % 100, n), Millis(50));
        page.hears_every(restless, &Command::Cancel { segment: n % 100, request: n }, Millis(50));
    }
    assert!(page.swarm.is_open(restless), "ten times a second for five minutes");
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn who_tells_of_ever_other_segments_is_named_and_who_has_a_long_film_is_not() {
    for (segments, every, named) in [(64_000, 20, true), (7_200, 1_000, false)] {
        let mut page = Page::joined();
        let teller = page.meets(STRANGER, 1).unwrap();
        for n in 0..60 {
            let held = (0..segments).map(|i| i * 2 + n % 2).collect();
            page.hears_every(teller, &Command::Announcement { held, loading: Vec::new() }, Millis(every));
        }
        assert_eq!(page.swarm.is_open(teller), !named);
        assert_eq!(page.named() == ["peer-flooded-news"], named);
    }
}

#[test]
fn who_drips_is_left_within_seconds_and_a_slow_line_is_not() {
    for (bytes, every, named) in
        [(16, 500, true), (900, 1_000, true), (16_000, 9_000, false), (900, 20, false)]
    {
        let mut page = Page::joined();
        let slow = page.meets(STRANGER, 1).unwrap();
        page.hears_every(slow, &Command::Announcement { held: vec![3], loading: Vec::new() }, Millis(0));
        let mut orders = Orders::new();
        let segment = sprat::engine::id::SegmentId { rendition: FILM, number: 3 };
        page.swarm.ask(slow, segment, 0, None, page.now, &mut orders);
        page.hears_every(slow, &Command::Data { segment: 3, request: 1, length: 1 << 20 }, Millis(0));
        let began = page.now;
        for _ in 0..20 {
            if page.swarm.is_open(slow) {
                page.hears_bytes(slow, vec![7; bytes], Millis(every));
            }
        }
        assert_eq!(page.swarm.is_open(slow), !named, "{bytes} bytes every {every} ms");
        assert_eq!(page.named() == ["peer-dripped"], named, "{bytes} bytes every {every} ms");
        assert!(!named || page.now.since(began) <= Millis(5_000), "{:?}", page.now.since(began));
    }
}

#[test]
fn in_our_own_protocol_more_than_the_hello_allows_is_named_and_a_full_line_is_not() {
    let want = |first, count| Message::Want(Run { room: 0, segment: 3, first, count }).encode();
    let mut page = Page::joined();
    let greedy = page.meets_sprat(1);
    page.hears_bytes(greedy, want(0, 4_096), Millis(0));
    assert!(!page.swarm.is_open(greedy));
    assert_eq!(page.named(), ["peer-flooded-requests"]);

    let mut page = Page::joined();
    let storm = page.meets_sprat(1);
    for _ in 0..1_000 {
        page.hears_bytes(storm, want(0, 1), Millis(0));
        page.hears_bytes(
            storm,
            Message::Drop(Run { room: 0, segment: 3, first: 0, count: 1 }).encode(),
            Millis(1),
        );
    }
    assert_eq!(page.named(), ["peer-flooded-cancels"]);

    let mut page = Page::joined();
    let busy = page.meets_sprat(1);
    // Eight pieces at once, and one for each that came at the 5 Mbit/s that are given at most.
    page.hears_bytes(busy, want(0, 8), Millis(0));
    for n in 0..10_000 {
        page.hears_bytes(busy, want(n % 4_000, 1), Millis(104));
    }
    assert!(page.swarm.is_open(busy));
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn one_viewer_under_many_names_has_three_and_is_named_once() {
    let mut page = Page::joined();
    let met = (0..20).filter_map(|n| page.meets(&format!("-PM0202-poser{n:07}"), 7)).count();
    assert_eq!(met, 3);
    assert_eq!(page.named(), ["peer-many-names"]);
    assert!(page.meets(STRANGER, 8).is_some(), "another viewer is another viewer");
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn who_answers_under_many_names_is_one_viewer_too() {
    let mut page = Page::joined();
    let mut open = 0;
    for (n, (connection, offer_id)) in page.offers().into_iter().enumerate() {
        let sdp = json!({ "type": "answer", "sdp": "v=0\r\na=fingerprint:sha-256 07\r\n" });
        page.told(
            &json!({ "action": "announce", "info_hash": HASH, "peer_id": format!("-PM0202-poser{n:07}"),
            "offer_id": offer_id, "answer": sdp }),
        );
        page.swarm.channel_opened(connection, page.now, &mut Orders::new());
        open += u32::from(page.swarm.is_open(connection));
    }
    assert_eq!((open, page.named()), (3, vec!["peer-many-names"]));
}

#[test]
fn a_flood_of_offers_is_named_costs_a_few_places_and_honest_viewers_meet_afterwards() {
    let mut page = Page::joined();
    let (mut most, mut answered) = (0, 0);
    let mut pending: Vec<(Instant, ConnectionId)> = Vec::new();
    for n in 0..3_000_u32 {
        page.pass(Millis(20));
        pending.retain(|(_, c)| page.swarm.peer(*c).is_some());
        if let Some(connection) = page.offered(&format!("-PM0202-ghost{n:07}"), 1_000 + n) {
            page.swarm.answer_ready(connection, "v=0", page.now, &mut Orders::new());
            answered += 1;
            pending.push((page.now, connection));
        }
        most = most.max(pending.len());
    }
    println!("{answered} of 3000 answered in a minute, {most} at once");
    assert!(most <= 8, "{most} at once");
    assert!(answered <= 40, "{answered} answered");
    assert_eq!(page.named(), ["tracker-flooded"]);
    // The tracker has come to its senses. What we offer reached it all along.
    let announced = page.announces;
    page.pass_for(Millis(125_000));
    assert!(page.announces > announced, "there is budget for an announce");
    assert!(page.meets(STRANGER, 1).is_some(), "and an answer");
}

#[test]
fn a_crowd_that_comes_at_once_is_answered_and_nobody_is_named() {
    let mut page = Page::joined();
    let mut met = 0;
    for n in 0..40_u32 {
        page.pass(Millis(750));
        met += u32::from(page.meets(&format!("-PM0202-crowd{n:07}"), n).is_some());
    }
    // The tracker's budget for five minutes, less what is kept for announces.
    assert!(met >= 15, "{met} met");
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn a_name_with_nobody_behind_it_waits_for_the_next_announce() {
    let mut page = Page::joined();
    assert!(page.stood_up(STRANGER, 1));
    page.pass_for(Millis(16_000));
    assert!(!page.stood_up(STRANGER, 2), "it did not come");
    assert!(page.stood_up("-PM0202-zyxwvutsrqpo", 3), "one that was not tried comes first");
    page.pass_for(Millis(120_000));
    assert!(page.stood_up(STRANGER, 4), "its next chance");
    assert_eq!(page.named(), Vec::<&str>::new());
}

#[test]
fn whoever_is_tried_and_cannot_be_reached_leaves_us_alone_until_one_can() {
    let mut page = Page::joined();
    page.told(
        &json!({ "action": "announce", "info_hash": HASH, "interval": 120, "complete": 0, "incomplete": 3 }),
    );
    assert!(page.swarm.is_known(FILM));
    assert!(page.stood_up(STRANGER, 1));
    page.pass_for(Millis(16_000));
    assert!(page.swarm.is_known(FILM), "one may be gone");
    assert!(page.stood_up("-PM0202-zyxwvutsrqpo", 2));
    page.pass_for(Millis(16_000));
    assert!(!page.swarm.is_known(FILM));
    page.meets("-PM0202-mnopqrstuvwx", 3).unwrap();
    assert!(page.swarm.is_known(FILM));
    assert!(page.stood_up("-PM0202-aaaaaaaaaaaa", 4) && page.stood_up("-PM0202-bbbbbbbbbbbb", 5));
    page.pass_for(Millis(16_000));
    assert!(page.swarm.is_known(FILM), "one is here");
}

struct Page {
    swarm: Swarm<Bytes>,
    ids: Counter,
    now: Instant,
    tracker: TrackerId,
    announces: u32,
    /// Connections that make our first offers, and the ids of these.
    made: Vec<ConnectionId>,
}

impl Page {
    fn joined() -> Self {
        let config = Config::new(1, |_, _| None, |_| true);
        let meeting = Meeting {
            info_hash: InfoHash(*b"ChY9t+WNQlmyyxCNfEJK"),
            dialect: Dialect::V2,
            trackers: vec!["wss://tracker.test/".into()],
            ice: Ice::default(),
            min_viewers: 0,
        };
        let (swarm, now) = (Swarm::new(&config), Instant::from_millis(1_000));
        let mut page = Self {
            swarm,
            ids: Counter::default(),
            now,
            tracker: TrackerId(0),
            announces: 0,
            made: Vec::new(),
        };
        let mut orders = Orders::new();
        page.swarm.join(FILM, &meeting, &mut page.ids, page.now, &mut orders);
        page.tracker = orders
            .iter()
            .find_map(|o| match o {
                Output::OpenTracker { tracker, .. } => Some(*tracker),
                _ => None,
            })
            .unwrap();
        let mut orders = Orders::new();
        page.swarm.tracker_opened(page.tracker, &mut page.ids, page.now, &mut orders);
        page.made.extend(orders.iter().filter_map(|o| match o {
            Output::CreateOffer { connection, .. } => Some(*connection),
            _ => None,
        }));
        page
    }

    fn pass(&mut self, by: Millis) {
        self.now = self.now + by;
        let mut orders = Orders::new();
        self.swarm.wake(&mut self.ids, self.now, &mut orders);
        self.announces += orders.iter().filter(|o| matches!(o, Output::TellTracker { .. })).count() as u32;
    }

    fn pass_for(&mut self, time: Millis) {
        (0..time.0 / 1_000).for_each(|_| self.pass(Millis(1_000)));
    }

    /// Our first offers are announced: over which connections, and by which ids.
    fn offers(&mut self) -> Vec<(ConnectionId, String)> {
        let mut orders = Orders::new();
        for &connection in &self.made {
            self.swarm.offer_ready(connection, "v=0".into(), self.now, &mut orders);
        }
        let text = orders.into_iter().find_map(|o| match o {
            Output::TellTracker { text, .. } => Some(text),
            _ => None,
        });
        let announce: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
        let ids =
            announce["offers"].as_array().unwrap().iter().map(|o| o["offer_id"].as_str().unwrap().to_owned());
        self.made.iter().copied().zip(ids).collect()
    }

    fn told(&mut self, message: &serde_json::Value) -> Orders<Bytes> {
        let mut orders = Orders::new();
        self.swarm.tracker_said(self.tracker, &message.to_string(), &mut self.ids, self.now, &mut orders);
        orders
    }

    /// An offer of a viewer with this certificate arrives; the connection that is to answer it.
    fn offered(&mut self, peer: &str, certificate: u32) -> Option<ConnectionId> {
        let offer =
            json!({ "type": "offer", "sdp": format!("v=0\r\na=fingerprint:sha-256 {certificate:08X}\r\n") });
        let message = json!({ "action": "announce", "info_hash": HASH, "peer_id": peer,
            "offer_id": "01234567890123456789", "offer": offer });
        self.told(&message).into_iter().find_map(|o| match o {
            Output::CreateAnswer { connection, .. } => Some(connection),
            _ => None,
        })
    }

    /// A viewer's offer is answered and its channel opens.
    fn meets(&mut self, peer: &str, certificate: u32) -> Option<ConnectionId> {
        let connection = self.offered(peer, certificate)?;
        let mut orders = Orders::new();
        self.swarm.answer_ready(connection, "v=0", self.now, &mut orders);
        self.swarm.channel_opened(connection, self.now, &mut orders);
        self.swarm.is_open(connection).then_some(connection)
    }

    /// A viewer's offer is answered, and nothing comes of it. Whether it was answered.
    fn stood_up(&mut self, peer: &str, certificate: u32) -> bool {
        let connection = self.offered(peer, certificate);
        connection.into_iter().for_each(|c| self.swarm.answer_ready(c, "v=0", self.now, &mut Orders::new()));
        connection.is_some()
    }

    /// One who speaks our own protocol, in our swarm.
    fn meets_sprat(&mut self, certificate: u32) -> ConnectionId {
        let connection = self.meets(SPRAT, certificate).unwrap();
        let hello = Hello { version: 1, outstanding: 8, message: 196_608, uplink: 3, heard: true };
        self.hears_bytes(connection, hello.encode(), Millis(0));
        let join = Message::Join { room: 0, info_hash: InfoHash(*b"ChY9t+WNQlmyyxCNfEJK") };
        self.hears_bytes(connection, join.encode(), Millis(0));
        connection
    }

    /// A neighbour says this, and then time passes.
    fn hears_every(
        &mut self,
        connection: ConnectionId,
        command: &Command,
        then: Millis,
    ) -> Option<Heard<Bytes>> {
        let mut heard = None;
        for frame in Dialect::V2.encode(command, MAX_MESSAGE) {
            heard = self.hears_bytes(connection, frame, Millis(0));
        }
        self.now = self.now + then;
        heard
    }

    fn hears_bytes(
        &mut self,
        connection: ConnectionId,
        bytes: Vec<u8>,
        then: Millis,
    ) -> Option<Heard<Bytes>> {
        let heard = self.swarm.hear(connection, &bytes.into(), self.now, &mut Orders::new());
        self.now = self.now + then;
        heard.map(|news| news.heard)
    }

    /// What the page is to be told of since the last time.
    fn named(&mut self) -> Vec<&'static str> {
        std::iter::from_fn(|| self.swarm.offences.take()).map(|fault| fault.name).collect()
    }
}

fn request(segment: u64, request: u64) -> Command {
    Command::Request { segment, request, from: 0 }
}

fn broke(heard: &Heard<Bytes>) -> bool {
    matches!(heard, Heard::Broke(_))
}
