//! Two Sprats on one channel: how they go over to our own protocol, and what they may ask of one another there.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::{Value, json};
use sprat::engine::config::Config;
use sprat::engine::contract::{Orders, Output};
use sprat::engine::id::{ConnectionId, Counter, RenditionId, SegmentId, TrackerId};
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::InfoHash;
use sprat::engine::swarm::native::NativeNews;
use sprat::engine::swarm::peer::{Heard, Violation};
use sprat::engine::swarm::wire::Dialect;
use sprat::engine::swarm::wire::native::{Has, Hello, Message, PIECE, Run};
use sprat::engine::swarm::{Content, Meeting, Swarm};
use sprat::engine::time::{Instant, Millis};

const VIDEO: RenditionId = RenditionId(0);
const AUDIO: RenditionId = RenditionId(1);
const LENGTH: u64 = 5 * PIECE + 7;

#[test]
fn two_sprats_go_over_whoever_is_heard_first() {
    for first in 0..2 {
        let mut pair = Pair::new();
        let made = pair.connect(VIDEO);
        pair.deliver(first, made, 1);
        pair.settle();
        assert!(pair.sides.iter().all(|s| s.switched(made)), "both have gone over");
        assert!(pair.sides.iter().all(|s| s.holder(VIDEO, 1).is_none()));
    }
}

#[test]
fn a_first_message_that_is_lost_is_said_again() {
    let mut pair = Pair::new();
    let made = pair.connect(VIDEO);
    // One that was lost: the one that says hello.
    pair.lose(0, 1);
    pair.settle();
    assert!(pair.sides.iter().all(|s| s.switched(made)), "the other's was heard, and answered");
    let mut pair = Pair::new();
    let made = pair.connect(VIDEO);
    pair.lose(0, 1);
    pair.lose(1, 1);
    pair.settle();
    assert!(!pair.sides.iter().any(|s| s.switched(made)));
    pair.wait(Millis(1_000));
    assert!(pair.sides.iter().all(|s| s.switched(made)), "both were lost, and said again");
}

#[test]
fn whoever_says_no_hello_is_asked_in_v2_after_two_seconds() {
    let mut pair = Pair::new();
    let made = pair.connect(VIDEO);
    let frames = Dialect::V2.encode(
        &sprat::engine::swarm::wire::Command::Announcement { held: vec![4], loading: vec![] },
        65_535,
    );
    pair.sides[0].hear(made[0], frames[0].clone(), pair.now);
    let best = |pair: &Pair, after| pair.sides[0].swarm.supply(video(4), &[], pair.now + Millis(after)).best;
    assert!(best(&pair, 1_900).is_none(), "it may be slow");
    assert_eq!(best(&pair, 2_000).map(|b| b.connection), Some(made[0]));
}

#[test]
fn what_one_has_the_other_hears_of_and_gets_piece_by_piece() {
    let mut pair = Pair::spoken();
    pair.content(0, VIDEO, Content { held: vec![3], lengths: vec![LENGTH], ..Content::default() });
    assert_eq!(pair.sides[1].holder(VIDEO, 3), Some((Has::Whole { length: LENGTH }, 1)));
    pair.ask(1, 3, (0, 1));
    let wanted = NativeNews::Wanted { segment: video(3), first: 0, count: 1 };
    assert_eq!(pair.take(0), [wanted]);
    assert_eq!(pair.sides[1].holder(VIDEO, 3).unwrap().1, 0, "one who proved nothing brings one");
    pair.give(0, 3, 0, PIECE);
    assert!(matches!(&pair.take(1)[..], [NativeNews::Piece { piece: 0, .. }]));
    let connection = pair.made[1];
    pair.sides[1].swarm.proved(connection);
    assert!(pair.sides[1].holder(VIDEO, 3).unwrap().1 > 1, "one who did is asked for more");
    // The last one is shorter.
    pair.ask(1, 3, (4, 2));
    pair.take(0);
    pair.give(0, 3, 5, 7);
    assert!(matches!(&pair.take(1)[..], [NativeNews::Piece { piece: 5, .. }]));
    // It leaves its shelf.
    pair.content(0, VIDEO, Content::default());
    assert_eq!(pair.sides[1].holder(VIDEO, 3), None);
}

#[test]
fn how_far_a_segment_has_come_is_told_piece_by_piece() {
    let mut pair = Pair::spoken();
    let pieces = |bits: u8| Content {
        pieces: vec![(3, Has::Pieces { length: LENGTH, bits: vec![bits] })],
        ..Content::default()
    };
    pair.wait(Millis(1_000));
    pair.content(0, VIDEO, pieces(0b1));
    pair.content(0, VIDEO, pieces(0b101));
    let has = pair.sides[1].holder(VIDEO, 3).unwrap().0;
    assert!(has.piece(0) && !has.piece(2), "news are gathered for a moment");
    pair.wait(Millis(100));
    let has = pair.sides[1].holder(VIDEO, 3).unwrap().0;
    assert!(has.piece(0) && !has.piece(1) && has.piece(2));
}

#[test]
fn who_is_choked_forgets_what_it_asked_for_until_it_is_not() {
    let mut pair = Pair::spoken();
    pair.content(0, VIDEO, Content { held: vec![3], lengths: vec![LENGTH], ..Content::default() });
    pair.ask(1, 3, (0, 1));
    pair.say(0, &Message::Choke);
    assert_eq!(pair.sides[1].swarm.asked(video(3)).count(), 0);
    assert_eq!(pair.sides[1].holder(VIDEO, 3).unwrap().1, 0);
    pair.say(0, &Message::Unchoke);
    assert_eq!(pair.sides[1].holder(VIDEO, 3).unwrap().1, 1);
    // What was on its way already is dropped without harm; a second time it is one too many.
    pair.take(1);
    pair.give(0, 3, 0, PIECE);
    assert_eq!(pair.take(1), []);
    pair.give(0, 3, 0, PIECE);
    assert_eq!(pair.sides[1].broke, [Violation::TooManyBytes]);
}

#[test]
fn what_is_taken_back_is_said_so() {
    let mut pair = Pair::spoken();
    pair.content(0, VIDEO, Content { held: vec![3], lengths: vec![LENGTH], ..Content::default() });
    pair.ask(1, 3, (2, 1));
    pair.take(0);
    let side = &mut pair.sides[1];
    side.swarm.drop_pieces(video(3), |_, _| true, &mut side.orders);
    pair.settle();
    assert_eq!(pair.take(0), [NativeNews::TakenBack { segment: video(3), first: 2, count: 1 }]);
}

#[test]
fn a_piece_of_another_length_ends_the_conversation() {
    let mut pair = Pair::spoken();
    pair.content(0, VIDEO, Content { held: vec![3], lengths: vec![LENGTH], ..Content::default() });
    pair.ask(1, 3, (0, 1));
    pair.give(0, 3, 0, PIECE - 1);
    assert_eq!(pair.sides[1].broke, [Violation::WrongLength]);
    assert!(!pair.sides[1].swarm.is_open(pair.made[1]));
}

#[test]
fn whoever_is_silent_three_times_is_left() {
    let mut pair = Pair::spoken();
    pair.content(0, VIDEO, Content { held: vec![3], lengths: vec![LENGTH], ..Content::default() });
    for times in 1..=3 {
        pair.ask(1, 3, (0, 1));
        pair.now = pair.now + Millis(2_000);
        let (now, side) = (pair.now, &mut pair.sides[1]);
        let silent = side.swarm.silent_natives(Millis(2_000), now, &mut side.orders);
        assert_eq!(silent, [pair.made[1]]);
        assert_eq!(pair.sides[1].swarm.is_open(pair.made[1]), times < 3, "{times}");
    }
}

#[test]
fn one_connection_serves_audio_and_every_quality_and_stays_when_its_first_is_left() {
    let mut pair = Pair::spoken();
    pair.join(AUDIO);
    pair.content(0, AUDIO, Content { held: vec![9], lengths: vec![70], ..Content::default() });
    assert_eq!(pair.sides[1].holder(AUDIO, 9), Some((Has::Whole { length: 70 }, 1)));
    assert_eq!(pair.sides[1].swarm.peers(|r| r == AUDIO), 1);
    assert_eq!(pair.sides[1].swarm.peers(|_| true), 1, "one neighbour is one, wherever it is met");
    for side in &mut pair.sides {
        side.swarm.retain(|r| r == AUDIO, pair.now, &mut side.orders);
    }
    pair.settle();
    assert!((0..2).all(|i| pair.sides[i].swarm.is_open(pair.made[i])));
    assert!(pair.sides[1].holder(AUDIO, 9).is_some());
    pair.sides[0].swarm.retain(|_| false, pair.now, &mut pair.sides[0].orders);
    assert!(!pair.sides[0].swarm.is_open(pair.made[0]), "with the last one it goes");
}

#[test]
fn of_two_connections_that_were_made_in_two_swarms_both_ends_keep_the_same() {
    let mut pair = Pair::new();
    pair.join(AUDIO);
    let video = pair.connect(VIDEO);
    let audio = pair.connect(AUDIO);
    pair.settle();
    let open = |pair: &Pair, made: [ConnectionId; 2]| {
        (0..2).map(|i| pair.sides[i].swarm.is_open(made[i])).collect::<Vec<_>>()
    };
    assert_eq!(open(&pair, video), [true, true]);
    assert_eq!(open(&pair, audio), [false, false]);
}

fn video(number: u64) -> SegmentId {
    SegmentId { rendition: VIDEO, number }
}

fn hash(rendition: RenditionId) -> InfoHash {
    InfoHash(*[b"wziFoizJPqsH8SnxvNiC", b"xziFoizJPqsH8SnxvNiC"][rendition.0 as usize])
}

struct Side {
    swarm: Swarm<Bytes>,
    orders: Orders<Bytes>,
    ids: Counter,
    tracker: Option<TrackerId>,
    news: Vec<(ConnectionId, NativeNews<Bytes>)>,
    broke: Vec<Violation>,
}

impl Side {
    fn hear(&mut self, connection: ConnectionId, message: Vec<u8>, now: Instant) {
        let news = self.swarm.hear(connection, &message.into(), now, &mut self.orders);
        match news.map(|n| n.heard) {
            Some(Heard::Native(news)) => self.news.push((connection, news)),
            Some(Heard::Broke(violation)) => self.broke.push(violation),
            _ => {}
        }
    }

    fn switched(&self, made: [ConnectionId; 2]) -> bool {
        let switched = |(c, news): &(ConnectionId, _)| made.contains(c) && *news == NativeNews::Switched;
        self.news.iter().filter(|n| switched(n)).count() == 1 && self.swarm.speaks_native()
    }

    /// What the neighbour has of a segment, and how many pieces it may be asked for.
    fn holder(&self, rendition: RenditionId, number: u64) -> Option<(Has, u64)> {
        self.swarm.holders(SegmentId { rendition, number }).next().map(|h| (h.has.clone(), h.room))
    }
}

/// Two viewers, and a wire between them that delivers when it is told to.
struct Pair {
    sides: [Side; 2],
    /// By the connection of either side.
    wires: Vec<[ConnectionId; 2]>,
    queues: [Vec<(ConnectionId, Vec<u8>)>; 2],
    made: [ConnectionId; 2],
    now: Instant,
}

impl Pair {
    fn new() -> Self {
        let side = |seed| {
            let config = Config::new(seed, |_, _| None, |_| true);
            Side {
                swarm: Swarm::new(&config),
                orders: Orders::new(),
                ids: Counter::default(),
                tracker: None,
                news: Vec::new(),
                broke: Vec::new(),
            }
        };
        let made = [ConnectionId(0); 2];
        let queues = [Vec::new(), Vec::new()];
        let mut pair =
            Self { sides: [side(1), side(2)], wires: Vec::new(), queues, made, now: Instant::ZERO };
        pair.join(VIDEO);
        pair
    }

    /// Both have gone over.
    fn spoken() -> Self {
        let mut pair = Self::new();
        pair.made = pair.connect(VIDEO);
        pair.settle();
        pair.sides.iter_mut().for_each(|s| s.news.clear());
        pair
    }

    fn join(&mut self, rendition: RenditionId) {
        let meeting = Meeting {
            info_hash: hash(rendition),
            dialect: Dialect::V2,
            trackers: vec!["wss://tracker.test/".into()],
            ice: sprat::engine::config::Ice::default(),
            min_viewers: 0,
        };
        for side in &mut self.sides {
            side.swarm.join(rendition, &meeting, &mut side.ids, self.now, &mut side.orders);
            let opened = side.orders.iter().find_map(|o| match o {
                Output::OpenTracker { tracker, .. } => Some(*tracker),
                _ => None,
            });
            if let Some(tracker) = opened {
                side.tracker = Some(tracker);
                side.orders.clear();
                side.swarm.tracker_opened(tracker, &mut side.ids, self.now, &mut side.orders);
            }
        }
        self.settle();
    }

    /// The second side's offer in a swarm is answered by the first; both channels open.
    fn connect(&mut self, rendition: RenditionId) -> [ConnectionId; 2] {
        let now = self.now;
        let tracker = self.sides.each_ref().map(|s| s.tracker.unwrap());
        let [a, b] = &mut self.sides;
        let before = b.ids.draw();
        // A seat at the tracker makes its offers anew.
        b.swarm.tracker_closed(tracker[1], now, &mut b.orders);
        b.orders.clear();
        b.swarm.tracker_opened(tracker[1], &mut b.ids, now, &mut b.orders);
        let offers: Vec<ConnectionId> = b
            .orders
            .drain(..)
            .filter_map(|o| match o {
                Output::CreateOffer { connection, .. } if connection.0 > before => Some(connection),
                _ => None,
            })
            .collect();
        offers.iter().for_each(|&c| b.swarm.offer_ready(c, format!("offer {}", c.0), now, &mut b.orders));
        let said = |orders: &mut Orders<Bytes>| -> Vec<Value> {
            let text = orders.drain(..).filter_map(|o| match o {
                Output::TellTracker { text, .. } => Some(serde_json::from_str(&text).unwrap()),
                _ => None,
            });
            text.collect()
        };
        let here = hash(rendition).to_string();
        let announce = said(&mut b.orders).into_iter().find(|m| m["info_hash"] == here).unwrap();
        let offer = &announce["offers"][0];
        let theirs: u32 =
            offer["offer"]["sdp"].as_str().unwrap().strip_prefix("offer ").unwrap().parse().unwrap();
        let relayed = json!({ "action": "announce", "info_hash": announce["info_hash"], "peer_id": announce["peer_id"],
            "offer_id": offer["offer_id"], "offer": offer["offer"] });
        a.swarm.tracker_said(tracker[0], &relayed.to_string(), &mut a.ids, now, &mut a.orders);
        let mine = a.orders.drain(..).find_map(|o| match o {
            Output::CreateAnswer { connection, .. } => Some(connection),
            _ => None,
        });
        let mine = mine.unwrap();
        a.swarm.answer_ready(mine, "answer", now, &mut a.orders);
        let answer = said(&mut a.orders).pop().unwrap();
        let relayed = json!({ "action": "announce", "info_hash": answer["info_hash"], "peer_id": answer["peer_id"],
            "offer_id": answer["offer_id"], "answer": answer["answer"] });
        b.swarm.tracker_said(tracker[1], &relayed.to_string(), &mut b.ids, now, &mut b.orders);
        let made = [mine, ConnectionId(theirs)];
        self.wires.push(made);
        b.orders.clear();
        a.swarm.channel_opened(made[0], now, &mut a.orders);
        b.swarm.channel_opened(made[1], now, &mut b.orders);
        self.collect();
        made
    }

    /// Moves what was said onto the wires, and closes what was closed.
    fn collect(&mut self) {
        for side in 0..2 {
            for order in std::mem::take(&mut self.sides[side].orders) {
                match order {
                    Output::Send { connection, message } => self.queues[side].push((connection, message)),
                    Output::CloseConnection { connection } => {
                        if let Some(wire) = self.wires.iter().find(|w| w[side] == connection) {
                            let other = &mut self.sides[1 - side];
                            other.swarm.connection_closed(wire[1 - side], self.now, &mut other.orders);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Delivers so many messages of a side.
    fn deliver(&mut self, side: usize, _: [ConnectionId; 2], count: usize) {
        let count = count.min(self.queues[side].len());
        let messages: Vec<_> = self.queues[side].drain(..count).collect();
        for (connection, message) in messages {
            let Some(wire) = self.wires.iter().find(|w| w[side] == connection) else { continue };
            self.sides[1 - side].hear(wire[1 - side], message, self.now);
        }
        self.collect();
    }

    fn lose(&mut self, side: usize, count: usize) {
        self.queues[side].drain(..count);
    }

    /// Delivers everything.
    fn settle(&mut self) {
        self.collect();
        while self.queues.iter().any(|q| !q.is_empty()) {
            for side in 0..2 {
                self.deliver(side, self.made, 1);
            }
        }
    }

    fn wait(&mut self, time: Millis) {
        self.now = self.now + time;
        for side in &mut self.sides {
            side.swarm.wake(&mut side.ids, self.now, &mut side.orders);
            side.swarm.tell(self.now, &mut side.orders);
        }
        self.settle();
    }

    fn content(&mut self, side: usize, rendition: RenditionId, content: Content) {
        let it = &mut self.sides[side];
        it.swarm.set_content(rendition, content);
        it.swarm.tell(self.now, &mut it.orders);
        self.settle();
        self.sides.iter_mut().for_each(|s| s.news.clear());
    }

    fn ask(&mut self, side: usize, segment: u64, run: (u64, u64)) {
        let (made, now, it) = (self.made, self.now, &mut self.sides[side]);
        it.swarm.ask_pieces(made[side], video(segment), run, LENGTH, now, &mut it.orders);
        self.settle();
    }

    /// A side sends a piece of so many bytes.
    fn give(&mut self, side: usize, segment: u64, piece: u64, bytes: u64) {
        let it = &mut self.sides[side];
        let room = it.swarm.number(self.made[side], VIDEO).unwrap();
        let header = Message::Piece(Run { room, segment, first: piece, count: 1 }).encode();
        for message in [header, vec![0; bytes as usize]] {
            it.orders.push_back(Output::Send { connection: self.made[side], message });
        }
        self.settle();
    }

    fn say(&mut self, side: usize, message: &Message) {
        let connection = self.made[side];
        self.sides[side].orders.push_back(Output::Send { connection, message: message.encode() });
        self.settle();
    }

    fn take(&mut self, side: usize) -> Vec<NativeNews<Bytes>> {
        let news = std::mem::take(&mut self.sides[side].news);
        news.into_iter().map(|(_, n)| n).filter(|n| *n != NativeNews::Refused).collect()
    }
}

#[test]
fn a_hello_that_comes_late_still_counts() {
    let mut pair = Pair::new();
    let made = pair.connect(VIDEO);
    pair.queues.iter_mut().for_each(Vec::clear);
    pair.now = pair.now + Millis(30_000);
    let hello = Hello { version: 1, outstanding: 8, message: 1 << 17, uplink: 3, heard: false };
    pair.sides[0].hear(made[0], hello.encode(), pair.now);
    assert!(pair.sides[0].switched(made));
}
