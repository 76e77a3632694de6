//! What a neighbour says in our own protocol: what is written reads back, and whatever comes, no more is remembered than
//! was agreed, no piece is taken that was not asked for, and nothing is heard of whoever broke the rules.

use super::Chance;
use sprat::engine::config::Config;
use sprat::engine::contract::{Orders, Output};
use sprat::engine::id::{ConnectionId, Counter, RenditionId, SegmentId};
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::InfoHash;
use sprat::engine::swarm::native::NativeNews;
use sprat::engine::swarm::peer::Heard;
use sprat::engine::swarm::wire::Dialect;
use sprat::engine::swarm::wire::native::{Has, Hello, MAX_CHANGES, Message, PIECE, pieces_of};
use sprat::engine::swarm::{Meeting, Swarm};
use sprat::engine::time::{Instant, Millis};

const HASH: InfoHash = InfoHash(*b"wziFoizJPqsH8SnxvNiC");
const RENDITION: RenditionId = RenditionId(0);
/// More than a neighbour is remembered to have.
const MOST: usize = 4_096;

pub(super) fn neighbours_may_say_anything(data: &[u8]) {
    if let Ok(Some(message)) = Message::decode(data) {
        if let Message::Have { changes, .. } = &message {
            assert!(changes.len() <= MAX_CHANGES);
        }
        assert_eq!(Message::decode(&message.encode()), Ok(Some(message)));
    }
    converse(data);
}

/// Messages, each behind its length; now and then something is asked of what they say they have.
fn converse(data: &[u8]) {
    let mut chance = Chance::of(data);
    let mut room = Room::open();
    let (mut rest, mut broke) = (data, false);
    while let Some((&length, more)) = rest.split_first() {
        let (message, more) = more.split_at(usize::from(length).min(more.len()));
        rest = more;
        room.now = room.now + Millis(chance.below(400) as u64);
        let asked: Vec<u64> = room.swarm.asked(segment(7)).map(|a| a.0).collect();
        let heard = room.hear(message.to_vec());
        assert!(!broke || heard.is_none(), "heard of after it broke");
        match heard {
            Some(Heard::Broke(_)) => broke = true,
            Some(Heard::Native(NativeNews::Piece { segment: s, piece, bytes })) => {
                assert!(s == segment(7) && asked.contains(&piece), "a piece that nobody asked for");
                drop(bytes);
            }
            _ => {}
        }
        room.ask();
        if chance.below(8) == 0 {
            room.swarm.drop_pieces(segment(7), |_, _| true, &mut room.orders);
        }
        let known = (0..256).filter(|&n| room.swarm.holders(segment(n)).next().is_some()).count();
        assert!(known <= MOST);
        assert!(room.swarm.asked(segment(7)).count() <= 8);
        room.orders.clear();
    }
}

fn segment(number: u64) -> SegmentId {
    SegmentId { rendition: RENDITION, number }
}

struct Room {
    swarm: Swarm<Bytes>,
    orders: Orders<Bytes>,
    connection: ConnectionId,
    now: Instant,
}

impl Room {
    /// A swarm with one neighbour, who said hello and joined.
    fn open() -> Self {
        let config = Config::new(1, |_, _| None, |_| true);
        let (mut ids, mut orders, now) = (Counter::default(), Orders::new(), Instant::ZERO);
        let mut swarm = Swarm::new(&config);
        let meeting = Meeting {
            info_hash: HASH,
            dialect: Dialect::V2,
            trackers: vec!["wss://tracker.test/".into()],
            ice: sprat::engine::config::Ice::default(),
            min_viewers: 0,
        };
        swarm.join(RENDITION, &meeting, &mut ids, now, &mut orders);
        let tracker = orders.iter().find_map(|o| match o {
            Output::OpenTracker { tracker, .. } => Some(*tracker),
            _ => None,
        });
        let tracker = tracker.expect("the tracker is opened");
        swarm.tracker_opened(tracker, &mut ids, now, &mut orders);
        let offer = "{\"action\":\"announce\",\"info_hash\":\"wziFoizJPqsH8SnxvNiC\",\"peer_id\":\"-SP0001-abcdefghijkl\",\"offer_id\":\"o\",\"offer\":{\"type\":\"offer\",\"sdp\":\"s\"}}";
        swarm.tracker_said(tracker, offer, &mut ids, now, &mut orders);
        let connection = orders.iter().find_map(|o| match o {
            Output::CreateAnswer { connection, .. } => Some(*connection),
            _ => None,
        });
        let connection = connection.expect("the offer is answered");
        swarm.answer_ready(connection, "s", now, &mut orders);
        swarm.channel_opened(connection, now, &mut orders);
        let mut room = Self { swarm, orders, connection, now };
        let hello = Hello { version: 1, outstanding: 8, message: 1 << 18, uplink: 3, heard: true };
        room.hear(hello.encode());
        room.hear(Message::Join { room: 0, info_hash: HASH }.encode());
        let has = Has::Whole { length: 9 * PIECE - 1 };
        room.hear(Message::Have { room: 0, changes: vec![(7, has)] }.encode());
        room.ask();
        assert!(room.swarm.asked(segment(7)).count() == 1, "one who proved nothing has one piece to bring");
        room
    }

    fn hear(&mut self, message: Vec<u8>) -> Option<Heard<Bytes>> {
        let news = self.swarm.hear(self.connection, &message.into(), self.now, &mut self.orders)?;
        Some(news.heard)
    }

    /// Asks for the next piece, where there is one and may be asked for one.
    fn ask(&mut self) {
        let asked: Vec<u64> = self.swarm.asked(segment(7)).map(|a| a.0).collect();
        let next = self.swarm.holders(segment(7)).find_map(|h| {
            let length = h.has.length().filter(|_| h.room > 0)?;
            let piece = (0..pieces_of(length)).find(|p| h.has.piece(*p) && !asked.contains(p))?;
            Some((h.connection, piece, length))
        });
        if let Some((connection, piece, length)) = next {
            let run = (piece, 1);
            self.swarm.ask_pieces(connection, segment(7), run, length, self.now, &mut self.orders);
        }
    }
}
