//! A viewer that speaks v1, from a script: what p2p-media-loader 0.x does on a data channel, in JSON that is not
//! written by the engine. It begins with the first half of every rendition and wants all the rest of its neighbours.

use crate::origin::{BASE, Origin};
use crate::payload::Content;
use crate::world::World;
use crate::{assert_smooth, seconds, viewer};
use serde_json::{Value, json};
use sprat::engine::config::Naming;
use sprat::engine::id::ConnectionId;
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::{Identity, StreamKind, info_hash};
use std::collections::BTreeMap;

/// Its place among the nodes of the world.
pub(crate) const STRANGER: usize = u32::MAX as usize;
const PEER_ID: &str = "-WW0006-7AQgq5gg274e";
const CHUNK: usize = 65_535;

#[derive(Default)]
pub(crate) struct Stranger {
    /// Which variant is spoken of with whom.
    talks: BTreeMap<ConnectionId, Talk>,
    /// Segments it has, by variant and number, and those it got.
    held: BTreeMap<(usize, u64), Vec<u8>>,
    pub(crate) given: u32,
    pub(crate) taken: u32,
    /// Commands in the middle of a segment: the end of it, for v1.
    pub(crate) interrupted: u32,
}

struct Talk {
    variant: usize,
    wanted: Option<u64>,
    /// Bytes that are to come.
    left: usize,
    bytes: Vec<u8>,
}

impl Stranger {
    pub(crate) fn new<P: Content>(origin: &Origin<P>) -> Self {
        let mut held = BTreeMap::new();
        for variant in 0..2 {
            let segments = segments(origin, variant);
            let half = segments.len() / 2;
            held.extend(segments.into_iter().take(half).enumerate().map(|(n, s)| ((variant, n as u64), s)));
        }
        Self { held, ..Self::default() }
    }

    /// An announce: the first offer is answered.
    pub(crate) fn answers(&mut self, message: &Value) -> Option<Value> {
        let hash = message["info_hash"].as_str()?;
        let any = Identity::default();
        let variant = (0..2)
            .find(|&v| info_hash(Naming::V1, &master(), StreamKind::Main, v, &any).to_string() == hash)?;
        let offer = message["offers"].as_array()?.first()?;
        let mine = ConnectionId(self.talks.len() as u32);
        self.talks.insert(mine, Talk { variant, wanted: None, left: 0, bytes: Vec::new() });
        let sdp = format!("answer {STRANGER} {} to {}", mine.0, offer["offer"]["sdp"].as_str()?);
        Some(
            json!({ "action": "announce", "info_hash": hash, "peer_id": PEER_ID, "offer_id": offer["offer_id"],
            "answer": { "type": "answer", "sdp": sdp } }),
        )
    }

    /// A channel opened: it tells what it has.
    pub(crate) fn opens(&self, connection: ConnectionId) -> Vec<Vec<u8>> {
        vec![self.map(self.talks[&connection].variant)]
    }

    fn map(&self, variant: usize) -> Vec<u8> {
        let numbers: Vec<String> =
            self.held.keys().filter(|(v, _)| *v == variant).map(|(_, n)| n.to_string()).collect();
        let states = vec![0; numbers.len()];
        json!({ "c": 2, "m": { (name(variant)): [numbers.join("|"), states] } }).to_string().into()
    }

    /// Takes a message; says what there is to say.
    pub(crate) fn hears(&mut self, connection: ConnectionId, message: Vec<u8>) -> Vec<Vec<u8>> {
        let Some(talk) = self.talks.get_mut(&connection) else { return Vec::new() };
        let command = (message.starts_with(b"{\"") && message.ends_with(b"}"))
            .then(|| serde_json::from_slice::<Value>(&message).ok())
            .flatten();
        let Some(command) = command else {
            return self.piece(connection, &message);
        };
        if talk.left > 0 {
            self.interrupted += 1;
            (talk.left, talk.wanted) = (0, None);
            return Vec::new();
        }
        let variant = talk.variant;
        let number = |id: &Value| -> u64 {
            let id = id.as_str().expect("an id is text");
            id.strip_prefix(&name(variant))
                .and_then(|n| n.strip_prefix('+'))
                .expect("of this swarm")
                .parse()
                .expect("a number")
        };
        match command["c"].as_u64() {
            Some(0) => {
                assert_eq!(Some(number(&command["i"])), talk.wanted, "what was asked for");
                talk.left = command["s"].as_u64().expect("a size") as usize;
                talk.bytes.clear();
            }
            Some(1) => talk.wanted = None,
            Some(2) => {
                let Some(listed) = command["m"].get(name(variant)) else { return Vec::new() };
                let numbers = listed[0]
                    .as_str()
                    .expect("numbers")
                    .split('|')
                    .map(|n| n.parse::<u64>().expect("a number"));
                let states = listed[1].as_array().expect("states");
                let there = numbers.zip(states).filter(|(_, s)| s.as_u64() == Some(0)).map(|(n, _)| n);
                let under_way: Vec<_> =
                    self.talks.values().filter_map(|t| Some((t.variant, t.wanted?))).collect();
                let mut missing = there.filter(|n| {
                    !self.held.contains_key(&(variant, *n)) && !under_way.contains(&(variant, *n))
                });
                let talk = self.talks.get_mut(&connection).expect("it was there");
                if talk.wanted.is_none() {
                    talk.wanted = missing.next();
                    let ask = |n| json!({ "c": 3, "i": format!("{}+{n}", name(variant)) }).to_string().into();
                    return talk.wanted.map(ask).into_iter().collect();
                }
            }
            Some(3) => {
                let n = number(&command["i"]);
                let id = &command["i"];
                let Some(bytes) = self.held.get(&(variant, n)) else {
                    return vec![json!({ "c": 1, "i": id }).to_string().into()];
                };
                self.given += 1;
                let mut said = vec![json!({ "c": 0, "i": id, "s": bytes.len() }).to_string().into_bytes()];
                said.extend(bytes.chunks(CHUNK).map(<[u8]>::to_vec));
                return said;
            }
            // It keeps pushing: a cancel comes too late.
            Some(4) => {}
            other => panic!("v1 has no command {other:?}"),
        }
        Vec::new()
    }

    fn piece(&mut self, connection: ConnectionId, piece: &[u8]) -> Vec<Vec<u8>> {
        let talk = self.talks.get_mut(&connection).expect("it was there");
        if talk.left == 0 {
            return Vec::new();
        }
        talk.left = talk.left.checked_sub(piece.len()).expect("no more than was said");
        talk.bytes.extend(piece);
        if talk.left > 0 {
            return Vec::new();
        }
        let n = talk.wanted.take().expect("it was asked for");
        let (variant, bytes) = (talk.variant, std::mem::take(&mut talk.bytes));
        self.held.insert((variant, n), bytes);
        self.taken += 1;
        vec![self.map(variant)]
    }

    /// Whether all it has is what the publisher sent.
    fn is_honest(&self, origin: &Origin<Bytes>) -> bool {
        let all = [segments(origin, 0), segments(origin, 1)];
        self.held.iter().all(|((variant, n), bytes)| all[*variant][*n as usize] == *bytes)
    }
}

fn master() -> String {
    format!("{BASE}master.m3u8")
}

fn name(variant: usize) -> String {
    format!("{}+V{variant}", master())
}

fn segments<P: Content>(origin: &Origin<P>, variant: usize) -> Vec<Vec<u8>> {
    let file = ["240-fragmented.mp4", "360-fragmented.mp4"][variant];
    let of = origin.segments.iter().filter(|(name, ..)| name == file);
    of.map(|(name, range, _)| {
        let whole = std::fs::read(format!("{}/www/media/vod/{name}", env!("CARGO_MANIFEST_DIR")));
        whole.expect("the sample clip")[range.start as usize..range.end as usize].to_vec()
    })
    .collect()
}

#[test]
fn two_viewers_and_a_peer_that_speaks_v1_give_one_another_what_they_lack() {
    let mut world = World::<Bytes>::new(7);
    world.naming = Naming::V1;
    world.stranger = Some(Stranger::new(&world.origin));
    world.add(viewer(0));
    world.add(viewer(5));
    let outcomes = world.run(seconds(90));
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    let stranger = world.stranger.take().expect("it stayed");
    println!("given {}, taken {}", stranger.given, stranger.taken);
    for o in &outcomes {
        println!(
            "{} from the origin, {} from peers, {} given",
            o.stats.http_bytes, o.stats.p2p_bytes, o.stats.uploaded_bytes
        );
    }
    assert_smooth(&outcomes);
    assert!(stranger.given >= 3 && stranger.taken >= 3, "{} given, {} taken", stranger.given, stranger.taken);
    assert_eq!(stranger.interrupted, 0, "no command in the middle of a segment");
    assert!(stranger.is_honest(&world.origin));
    assert!(outcomes.iter().all(|o| o.stats.p2p_bytes > 0 && o.stats.segments_rejected == 0));
}
