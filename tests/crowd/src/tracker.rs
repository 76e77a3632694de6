//! A WebTorrent tracker: who is in which swarm, and to whom an offer goes. Members are drawn at random in constant time.

use crate::chance::Chance;
use crate::scenario;
use sprat::engine::id::TrackerId;
use std::collections::BTreeMap;

#[derive(Default)]
struct Swarm {
    members: Vec<(usize, TrackerId)>,
    places: BTreeMap<usize, usize>,
}

pub(crate) struct Tracker {
    knobs: scenario::Tracker,
    swarms: BTreeMap<String, Swarm>,
    chance: Chance,
    pub(crate) up: bool,
    /// Messages heard and said.
    pub(crate) messages: u64,
    pub(crate) bytes: u64,
}

/// To whom, at which of its sockets, what.
pub(crate) type Word = (usize, TrackerId, String);

impl Tracker {
    pub(crate) fn new(knobs: scenario::Tracker, seed: u64) -> Self {
        let chance = Chance::new(seed);
        Self { knobs, swarms: BTreeMap::new(), chance, up: true, messages: 0, bytes: 0 }
    }

    /// A viewer's socket is gone.
    pub(crate) fn forget(&mut self, node: usize) {
        self.swarms.values_mut().for_each(|s| s.remove(node));
    }

    /// It lost its memory.
    pub(crate) fn forget_all(&mut self) {
        self.swarms.clear();
    }

    pub(crate) fn hear(&mut self, node: usize, tracker: TrackerId, text: &str) -> Vec<Word> {
        self.messages += 1;
        self.bytes += text.len() as u64;
        let message: serde_json::Value = serde_json::from_str(text).expect("the engine speaks JSON");
        let info_hash = message["info_hash"].as_str().expect("every message has one").to_owned();
        let swarm = self.swarms.entry(info_hash.clone()).or_default();
        if message["event"] == "stopped" {
            swarm.remove(node);
            return Vec::new();
        }
        if !swarm.places.contains_key(&node) {
            swarm.places.insert(node, swarm.members.len());
            swarm.members.push((node, tracker));
        }
        let mut words = Vec::new();
        let relay = |key: &str, offer_id: &serde_json::Value, what: &serde_json::Value| {
            serde_json::json!({ "action": "announce", "info_hash": info_hash, "peer_id": message["peer_id"],
                "offer_id": offer_id, key: what })
            .to_string()
        };
        if let Some(answer) = message.get("answer") {
            let to = crate::world::offerer(answer["sdp"].as_str().unwrap_or_default());
            let socket = to.and_then(|to| swarm.members.get(*swarm.places.get(&to)?));
            words.extend(socket.map(|&(to, t)| (to, t, relay("answer", &message["offer_id"], answer))));
        } else {
            let reply = serde_json::json!({ "action": "announce", "info_hash": info_hash,
                "interval": self.knobs.interval_s, "complete": 0, "incomplete": swarm.members.len() });
            words.push((node, tracker, reply.to_string()));
            let mut met = vec![node];
            let offers = message["offers"].as_array().into_iter().flatten();
            for offer in offers.take(self.knobs.numwant.min(swarm.members.len() - 1)) {
                // In a small swarm some are drawn twice; a few throws find another.
                let drawn = (0..16).map(|_| swarm.members[self.chance.below(swarm.members.len())]);
                let Some((to, socket)) = drawn.into_iter().find(|(n, _)| !met.contains(n)) else {
                    break;
                };
                met.push(to);
                words.push((to, socket, relay("offer", &offer["offer_id"], &offer["offer"])));
            }
        }
        self.messages += words.len() as u64;
        self.bytes += words.iter().map(|(.., w)| w.len() as u64).sum::<u64>();
        words
    }
}

impl Swarm {
    fn remove(&mut self, node: usize) {
        if let Some(at) = self.places.remove(&node) {
            self.members.swap_remove(at);
            if let Some((moved, _)) = self.members.get(at) {
                self.places.insert(*moved, at);
            }
        }
    }
}
