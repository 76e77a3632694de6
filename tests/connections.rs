//! Who is connected to whom: what a page does with offers, answers and neighbours, driven by hand.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::{Value, json};
use sprat::engine::config::{Candidates, Config, Ice};
use sprat::engine::contract::{Orders, Output};
use sprat::engine::id::{ConnectionId, Counter, RenditionId, SegmentId, TrackerId};
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::candidates::is_private;
use sprat::engine::swarm::naming::InfoHash;
use sprat::engine::swarm::wire::v2::MAX_MESSAGE;
use sprat::engine::swarm::wire::{Command, Dialect};
use sprat::engine::swarm::{Content, Meeting, Swarm};
use sprat::engine::time::{Instant, Millis};

const FILM: RenditionId = RenditionId(0);
const HASH: &str = "ChY9t+WNQlmyyxCNfEJK";
/// What a browser with a camera's permission, two networks, STUN and TURN makes.
const SDP: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\nm=application 54321 UDP/DTLS/SCTP webrtc-datachannel\r\n\
    c=IN IP4 192.168.1.5\r\n\
    a=candidate:1 1 udp 2122260223 192.168.1.5 54321 typ host generation 0\r\n\
    a=candidate:2 1 udp 2122260222 fd12:3456::1 54321 typ host generation 0\r\n\
    a=candidate:3 1 udp 2122260221 f81d4fae-7dec-11d0-a765-00a0c91e6bf6.local 54321 typ host generation 0\r\n\
    a=candidate:4 1 udp 2122260220 203.0.113.9 54321 typ host generation 0\r\n\
    a=candidate:5 1 udp 1686052607 198.51.100.7 50000 typ srflx raddr 192.168.1.5 rport 54321 generation 0\r\n\
    a=candidate:6 1 udp 41885695 192.0.2.77 3478 typ relay raddr 198.51.100.7 rport 50000 generation 0\r\n\
    a=mid:0\r\n";

struct Page {
    swarm: Swarm<Bytes>,
    ids: Counter,
    now: Instant,
    tracker: TrackerId,
    meeting: Meeting,
}

impl Page {
    fn on(host: &str, candidates: Candidates) -> Self {
        Self::with_places(3, host, candidates)
    }

    fn with_places(max_peers: usize, host: &str, candidates: Candidates) -> Self {
        let mut config = Config::new(1, |_, _| None, |_| true);
        config.page_host = host.into();
        config.max_peers = max_peers;
        let ice = Ice { servers: Vec::new(), candidates };
        let meeting = Meeting {
            info_hash: InfoHash(*b"ChY9t+WNQlmyyxCNfEJK"),
            dialect: Dialect::V2,
            trackers: vec!["wss://tracker.test/".into()],
            ice,
            min_viewers: 0,
        };
        let (swarm, now) = (Swarm::new(&config), Instant::from_millis(1_000));
        Self { swarm, ids: Counter::default(), now, tracker: TrackerId(0), meeting }
    }

    fn joined() -> Self {
        let mut page = Self::on("example.org", Candidates::Public);
        let _ = page.join();
        page
    }

    /// Joins; the connections that are to make offers.
    fn join(&mut self) -> Vec<ConnectionId> {
        let mut orders = Orders::new();
        self.swarm.join(FILM, &self.meeting, &mut self.ids, self.now, &mut orders);
        for order in &orders {
            if let Output::OpenTracker { tracker, .. } = order {
                self.tracker = *tracker;
            }
        }
        let mut orders = Orders::new();
        self.swarm.tracker_opened(self.tracker, &mut self.ids, self.now, &mut orders);
        offers(&orders)
    }

    fn pass(&mut self, by: u64) -> Orders<Bytes> {
        self.now = self.now + Millis(by);
        let mut orders = Orders::new();
        self.swarm.wake(&mut self.ids, self.now, &mut orders);
        orders
    }

    fn told(&mut self, message: &Value) -> Orders<Bytes> {
        let mut orders = Orders::new();
        self.swarm.tracker_said(self.tracker, &message.to_string(), &mut self.ids, self.now, &mut orders);
        orders
    }

    /// A viewer's offer arrives; what is made of it.
    fn offered(&mut self, peer: &str, sdp: &str) -> Option<(ConnectionId, String)> {
        let offer = json!({ "type": "offer", "sdp": sdp });
        let orders = self.told(&json!({ "action": "announce", "info_hash": HASH, "peer_id": peer,
            "offer_id": "01234567890123456789", "offer": offer }));
        orders.into_iter().find_map(|o| match o {
            Output::CreateAnswer { connection, offer, .. } => Some((connection, offer)),
            _ => None,
        })
    }

    /// A viewer's offer is answered and its channel opens.
    fn meets(&mut self, peer: &str) -> Option<ConnectionId> {
        let (connection, _) = self.offered(peer, "v=0")?;
        let mut orders = Orders::new();
        self.swarm.answer_ready(connection, "v=0", self.now, &mut orders);
        self.swarm.channel_opened(connection, self.now, &mut orders);
        self.swarm.is_open(connection).then_some(connection)
    }

    fn hears(&mut self, connection: ConnectionId, command: &Command) {
        for frame in Dialect::V2.encode(command, MAX_MESSAGE) {
            let _ = self.swarm.hear(connection, &frame.into(), self.now, &mut Orders::new());
        }
    }

    fn peers(&self) -> u32 {
        self.swarm.peers(|_| true)
    }
}

fn offers(orders: &Orders<Bytes>) -> Vec<ConnectionId> {
    let offer = |o: &Output<Bytes>| match o {
        Output::CreateOffer { connection, .. } => Some(*connection),
        _ => None,
    };
    orders.iter().filter_map(offer).collect()
}

fn closed(orders: &Orders<Bytes>, connection: ConnectionId) -> bool {
    orders.iter().any(|o| matches!(o, Output::CloseConnection { connection: c } if *c == connection))
}

/// All that a page tells its tracker, an offer and an answer among it.
fn said(host: &str, candidates: Candidates) -> String {
    let mut page = Page::on(host, candidates);
    let mut orders = Orders::new();
    for connection in page.join() {
        page.swarm.offer_ready(connection, SDP.into(), page.now, &mut orders);
    }
    let (connection, _) = page.offered("-PM0202-0BaURUfVprvF", "v=0").unwrap();
    page.swarm.answer_ready(connection, SDP, page.now, &mut orders);
    let texts: Vec<String> = orders
        .into_iter()
        .filter_map(|o| match o {
            Output::TellTracker { text, .. } => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!(texts.len(), 2, "an announce and an answer");
    texts.concat()
}

#[test]
fn a_public_page_tells_nobody_of_private_networks_unless_it_is_asked_to() {
    let private = ["192.168.1.5", "fd12:3456::1", ".local"];
    let public = ["203.0.113.9", "198.51.100.7", "192.0.2.77"];
    let text = said("example.org", Candidates::Public);
    assert!(private.iter().all(|a| !text.contains(a)), "{text}");
    assert!(public.iter().all(|a| text.contains(a)), "{text}");
    assert!(text.contains("a=mid:0") && text.contains("raddr 0.0.0.0 rport 0"), "{text}");
    for (host, candidates) in [
        ("192.168.1.2", Candidates::Public),
        ("localhost", Candidates::Public),
        ("example.org", Candidates::All),
    ] {
        let text = said(host, candidates);
        assert!(private.iter().chain(&public).all(|a| text.contains(a)), "{host}: {text}");
    }
}

#[test]
fn relayed_viewers_tell_nobody_an_address_of_theirs() {
    for host in ["example.org", "localhost"] {
        let text = said(host, Candidates::Relayed);
        for address in ["192.168.1.5", "fd12:3456::1", ".local", "203.0.113.9", "198.51.100.7"] {
            assert!(!text.contains(address), "{address} on {host}: {text}");
        }
        assert!(text.contains("192.0.2.77 3478 typ relay raddr 0.0.0.0 rport 0"), "{text}");
    }
}

#[test]
fn a_stranger_sends_nobodys_browser_into_its_own_network() {
    let (_, offer) = Page::joined().offered("-PM0202-0BaURUfVprvF", SDP).unwrap();
    for address in ["192.168.1.5 54321", "fd12:3456::1", ".local"] {
        assert!(!offer.contains(address), "{offer}");
    }
    assert!(offer.contains("203.0.113.9") && offer.contains("198.51.100.7"), "{offer}");
    let mut page = Page::on("localhost", Candidates::Public);
    let _ = page.join();
    assert_eq!(page.offered("-PM0202-0BaURUfVprvF", SDP).unwrap().1, SDP);
}

#[test]
fn private_addresses_are_known_in_every_spelling() {
    for host in [
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.7.7",
        "127.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "::ffff:10.0.0.1",
        "::FFFF:192.168.0.1",
        "[::1]",
        "::",
        "fe80::1",
        "FE80::1",
        "febf::1",
        "fd00::1",
        "FC00::",
        "localhost",
        "player",
        "player.local",
        "Player.LOCAL",
        "a.localhost",
        "",
    ] {
        assert!(is_private(host), "{host}");
    }
    for host in [
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.167.0.1",
        "11.0.0.1",
        "2001:db8::1",
        "2a00::fd00",
        "fec0::1",
        "example.org",
        "10.example.org",
        "local.example",
        "::ffff:8.8.8.8",
    ] {
        assert!(!is_private(host), "{host}");
    }
}

/// Both have made each other an offer, and both were answered: ours stays if our id is the smaller one.
fn crossing(peer: &str) -> (Page, ConnectionId, ConnectionId) {
    let mut page = Page::on("example.org", Candidates::Public);
    let offered = page.join();
    let mut orders = Orders::new();
    for &connection in &offered {
        page.swarm.offer_ready(connection, "v=0".into(), page.now, &mut orders);
    }
    let announce = orders
        .iter()
        .find_map(|o| match o {
            Output::TellTracker { text, .. } => serde_json::from_str::<Value>(text).ok(),
            _ => None,
        })
        .unwrap();
    let (theirs, _) = page.offered(peer, "v=0").unwrap();
    page.swarm.answer_ready(theirs, "v=0", page.now, &mut orders);
    let answered = page.told(&json!({ "action": "announce", "info_hash": HASH, "peer_id": peer,
        "offer_id": announce["offers"][0]["offer_id"], "answer": { "type": "answer", "sdp": "v=0" } }));
    let ours = answered
        .iter()
        .find_map(|o| match o {
            Output::AcceptAnswer { connection, .. } => Some(*connection),
            _ => None,
        })
        .unwrap();
    (page, ours, theirs)
}

#[test]
fn of_two_connections_between_sprats_the_smaller_ids_offer_stays_and_the_other_closes_after_two_seconds() {
    // Ours begins with a letter or digit of the middle.
    for (peer, ours_stays) in [("-SP0001-~~~~~~~~~~~~", true), ("-SP0001-!!!!!!!!!!!!", false)] {
        for ours_first in [true, false] {
            let (mut page, ours, theirs) = crossing(peer);
            let (first, second) = if ours_first { (ours, theirs) } else { (theirs, ours) };
            let (winner, loser) = if ours_stays { (ours, theirs) } else { (theirs, ours) };
            let mut orders = Orders::new();
            page.swarm.channel_opened(first, page.now, &mut orders);
            page.swarm.channel_opened(second, page.now, &mut orders);
            assert_eq!(page.peers(), 1, "one viewer is one neighbour");
            assert!(!closed(&orders, loser) && page.swarm.is_open(loser), "what is under way may end");
            assert!(!closed(&page.pass(1_000), loser));
            let orders = page.pass(1_100);
            assert!(closed(&orders, loser) && !closed(&orders, winner), "{peer} {ours_first}");
            assert_eq!(page.peers(), 1);
        }
    }
}

#[test]
fn of_two_connections_to_a_stranger_the_first_stays() {
    let (mut page, ours, theirs) = crossing("-PM0202-0BaURUfVprvF");
    let mut orders = Orders::new();
    page.swarm.channel_opened(theirs, page.now, &mut orders);
    page.swarm.channel_opened(ours, page.now, &mut orders);
    assert!(closed(&orders, ours) && page.swarm.is_open(theirs));
}

#[test]
fn in_a_full_room_a_neighbour_of_no_use_makes_way_and_one_of_use_does_not() {
    let mut page = Page::joined();
    let peer = |i: u32| format!("-SP0001-abcdefghij{i:02}");
    let ids: Vec<ConnectionId> = (0..3).map(|i| page.meets(&peer(i)).unwrap()).collect();
    page.swarm.set_content(FILM, Content { held: vec![1, 2], ..Content::default() });
    // The first has what we lack, the second what we have, the third nothing.
    page.hears(ids[0], &Command::Announcement { held: vec![3], loading: Vec::new() });
    page.hears(ids[1], &Command::Announcement { held: vec![1, 2], loading: Vec::new() });
    assert!(page.meets(&peer(3)).is_none(), "they have only just come");
    page.now = page.now + Millis(61_000);
    page.hears(ids[1], &Command::Request { segment: 1, request: 1, from: 0 });
    assert!(page.meets(&peer(4)).is_some());
    assert_eq!(page.peers(), 3);
    assert!(page.swarm.is_open(ids[0]), "it has what we lack");
    assert!(page.swarm.is_open(ids[1]), "it asks us");
    assert!(!page.swarm.is_open(ids[2]));
    assert!(page.meets(&peer(5)).is_none(), "nobody else is of no use");
}

#[test]
fn when_the_last_neighbour_is_gone_others_are_looked_for_soon_and_ever_more_seldom() {
    let mut page = Page::joined();
    let mut pauses = Vec::new();
    for i in 0..4 {
        // Whatever offers there are have been announced, and nobody has taken them.
        let _ = page.pass(4_000);
        let answered = json!({ "action": "announce", "info_hash": HASH, "interval": 1_800, "complete": 0,
            "incomplete": 1 });
        let _ = page.told(&answered);
        let connection = page.meets(&format!("-SP0001-abcdefghij{i:02}")).unwrap();
        page.swarm.connection_closed(connection, page.now, &mut Orders::new());
        let gone = page.now;
        while offers(&page.pass(500)).is_empty() {
            assert!(page.now.since(gone) < Millis(120_000), "nobody is looked for");
        }
        pauses.push(page.now.since(gone).0);
    }
    println!("{pauses:?} ms");
    assert!((2_500..=8_000).contains(&pauses[0]), "{pauses:?}");
    assert!(pauses[3] >= 8 * 2_500, "{pauses:?}");
}

#[test]
fn who_neither_holds_nor_brings_anything_is_known_for_it() {
    let mut page = Page::joined();
    let giver = page.meets("-SP0001-abcdefghijkl").unwrap();
    let taker = page.meets("-SP0001-mnopqrstuvwx").unwrap();
    page.hears(giver, &Command::Announcement { held: vec![3], loading: Vec::new() });
    assert!(page.swarm.gives(taker, page.now), "it has only just come");
    page.now = page.now + Millis(31_000);
    assert!(page.swarm.gives(giver, page.now) && !page.swarm.gives(taker, page.now));
}

/// Of a crowd only the first few fetch a new segment at once, and the others take their turns; two viewers take none.
#[test]
fn the_more_viewers_there_are_the_longer_leave_a_new_segment_to_those_before_them() {
    let turns_of = |population: u32, by_pieces: bool| {
        let mut page = Page::joined();
        page.told(&json!({ "action": "announce", "info_hash": HASH, "interval": 120, "complete": 0,
            "incomplete": population }));
        let supply = |number| page.swarm.supply(SegmentId { rendition: FILM, number }, &[], page.now);
        (0..400).map(|number| supply(number).turn(by_pieces).0).collect::<Vec<u64>>()
    };
    let turns = |population| turns_of(population, true);
    assert!(turns(2).iter().all(|t| *t == 0), "both may be first");
    let (few, many) = (turns(40), turns(1_000));
    let at_once = |turns: &[u64]| turns.iter().filter(|t| **t == 0).count();
    println!("at once, of 400 segments: {} of 40 viewers, {} of 1,000", at_once(&few), at_once(&many));
    assert!((8..40).contains(&at_once(&few)), "one in twenty");
    assert!(at_once(&many) < 8, "one in five hundred");
    assert!(few.iter().max() < many.iter().max());
    // Whole segments double where pieces flow: more have to begin.
    let whole = turns_of(1_000, false);
    println!("of 1,000 where only whole segments are passed on: {}", at_once(&whole));
    assert!((80..120).contains(&at_once(&whole)), "a quarter");
}

#[test]
fn of_two_trackers_one_that_is_down_changes_nothing_and_is_tried_again_at_ever_longer_random_pauses() {
    let mut page = Page::on("example.org", Candidates::Public);
    page.meeting.trackers = vec!["wss://down.test/".into(), "wss://tracker.test/".into()];
    let mut orders = Orders::new();
    page.swarm.join(FILM, &page.meeting, &mut page.ids, page.now, &mut orders);
    let opened = |orders: &Orders<Bytes>| -> Vec<TrackerId> {
        let open = |o: &Output<Bytes>| match o {
            Output::OpenTracker { tracker, .. } => Some(*tracker),
            _ => None,
        };
        orders.iter().filter_map(open).collect()
    };
    let [down, up] = opened(&orders)[..] else { panic!("both are opened") };
    page.tracker = up;
    page.swarm.tracker_closed(down, page.now, &mut orders);
    page.swarm.tracker_opened(up, &mut page.ids, page.now, &mut orders);
    for connection in offers(&orders) {
        page.swarm.offer_ready(connection, "v=0".into(), page.now, &mut orders);
    }
    let announced = |o: &Output<Bytes>| matches!(o, Output::TellTracker { tracker, .. } if *tracker == up);
    assert!(orders.iter().any(announced));
    assert!(page.meets("-SP0001-abcdefghijkl").is_some());
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let gone = page.now;
        while opened(&page.pass(100)).is_empty() {
            assert!(page.now.since(gone) < Millis(60_000), "it is not tried again");
        }
        pauses.push(page.now.since(gone).0);
        page.swarm.tracker_closed(down, page.now, &mut Orders::new());
    }
    println!("{pauses:?} ms");
    for (i, pause) in pauses.iter().enumerate() {
        // From half to one and a half of 3 s, doubled each time.
        let usual = 3_000u64 << i;
        assert!((usual / 2..=usual * 3 / 2 + 100).contains(pause), "{pauses:?}");
    }
    assert_eq!(page.peers(), 1, "a tracker's end is no neighbour's");
}

#[test]
fn who_leaves_says_so_to_the_tracker_and_closes_every_connection() {
    let mut page = Page::joined();
    let _ = page.pass(4_000);
    let neighbour = page.meets("-SP0001-abcdefghijkl").unwrap();
    let mut orders = Orders::new();
    page.swarm.leave_page(page.now, &mut orders);
    let farewell =
        |o: &Output<Bytes>| matches!(o, Output::TellTracker { text, .. } if text.contains("\"stopped\""));
    assert!(orders.iter().any(farewell), "{orders:?}");
    assert!(closed(&orders, neighbour));
}

/// Whoever knows a few of many looks for more soon, then ever more seldom; whoever knows all there are, or enough, does
/// not.
#[test]
fn who_knows_few_of_many_looks_for_more_and_who_knows_all_does_not() {
    let pauses = |population: u32, met: u32| {
        let mut page = Page::with_places(24, "example.org", Candidates::Public);
        let _ = page.join();
        let _ = page.pass(4_000);
        for i in 0..met {
            let _ = page.meets(&format!("-SP0001-abcdefghij{i:02}")).unwrap();
        }
        let mut pauses = Vec::new();
        let answered = json!({ "action": "announce", "info_hash": HASH, "interval": 120, "complete": 0,
            "incomplete": population });
        for _ in 0..3 {
            let _ = page.told(&answered);
            let asked = page.now;
            while offers(&page.pass(500)).is_empty() {
                if page.now.since(asked) > Millis(130_000) {
                    return pauses;
                }
            }
            pauses.push(page.now.since(asked).0 / 1_000);
            let _ = page.pass(4_000);
        }
        pauses
    };
    assert_eq!(pauses(200, 3), [15, 30, 60], "three of two hundred");
    assert_eq!(pauses(4, 3), [0; 0], "all there are");
    assert_eq!(pauses(200, 12), [120, 120, 120], "enough");
}

/// Every offer costs the browser a connection. Who comes makes offers, and the answer to an announce without any says
/// whether there are more.
#[test]
fn once_all_the_tracker_told_of_are_here_nobody_is_offered_a_connection_until_it_tells_of_more() {
    let looks = |met: u32| {
        let mut page = Page::with_places(24, "example.org", Candidates::Public);
        let _ = page.join();
        let _ = page.pass(4_000);
        let _ = page.told(&json!({ "action": "announce", "info_hash": HASH, "interval": 120, "complete": 0,
            "incomplete": 4 }));
        for i in 0..met {
            let _ = page.meets(&format!("-SP0001-abcdefghij{i:02}")).unwrap();
        }
        let mut orders = page.pass(130_000);
        if offers(&orders).is_empty() {
            let tells = |o: &Output<Bytes>| matches!(o, Output::TellTracker { text, .. } if text.contains("announce"));
            assert!(orders.iter().any(tells), "the tracker hears of us all the same");
            let _ = page
                .told(&json!({ "action": "announce", "info_hash": HASH, "interval": 120, "complete": 0,
                "incomplete": 6 }));
            let told = page.now;
            while offers(&orders).is_empty() {
                assert!(page.now.since(told) <= Millis(20_000), "nobody is looked for");
                orders = page.pass(500);
            }
            return false;
        }
        true
    };
    assert!(looks(2), "one is lacking");
    assert!(!looks(3), "none is");
}
