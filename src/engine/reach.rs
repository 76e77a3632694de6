//! Whether the servers can be reached at all. A refusal is an answer to what was asked; no answer says nothing about
//! it, so a server that has answered before is asked again for as long as somebody waits: one request at a time, with
//! pauses that grow, and at once when the device is connected again. A server that never answered is not out of reach
//! but wrong, or forbids it (CORS), and what was asked of it is lost like anything else.

use super::time::{Instant, Millis};

/// First pause after a request without an answer; doubled each time.
const FIRST_PAUSE: Millis = Millis(400);
/// The longest: an outage of hours costs a request in so long, and its end is seen as soon.
const LONGEST_PAUSE: Millis = Millis(8_000);
/// A device that says it is offline may be wrong (virtual networks): it is tried this seldom.
const OFFLINE_PAUSE: Millis = Millis(20_000);
/// A request that asks whether a server is back has so long until another one may.
const PROBE: Millis = Millis(8_000);
/// Servers that are remembered, the latest: a stream has a few.
const MOST: usize = 32;

/// What a request without an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Nothing is known of this server but silence.
    Stranger,
    /// It has answered before; it is asked again later.
    Passing,
    /// The same, and now it has been too often to wait in silence. Said once until it answers.
    Outage,
}

/// The servers, as far as one kind of request has met them.
#[derive(Debug)]
pub struct Reach {
    servers: Vec<Server>,
    online: bool,
    /// Failures in a row that are no outage yet.
    patience: u32,
    chance: u64,
}

#[derive(Debug)]
struct Server {
    name: String,
    answered: bool,
    failures: u32,
    /// Not asked before then: it failed.
    rests_until: Instant,
    /// Nor before then, unless it answers: one request is under way.
    probed_until: Instant,
}

impl Reach {
    /// Nobody was asked yet. After `patience` failures in a row a server is out of reach; `seed` is for the jitter.
    #[must_use]
    pub fn new(patience: u32, seed: u64) -> Self {
        Self { servers: Vec::new(), online: true, patience, chance: seed | 1 }
    }

    /// The device is, or is not, connected to a network.
    pub fn set_online(&mut self, online: bool, now: Instant) {
        self.online = online;
        for server in &mut self.servers {
            server.failures = 0;
            server.probed_until = Instant::ZERO;
            server.rests_until = if online { now } else { now + OFFLINE_PAUSE };
        }
    }

    /// Whether the device is connected, by its own word.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.online
    }

    /// Whether the server of `url` may be asked now.
    #[must_use]
    pub fn may_ask(&self, url: &str, now: Instant) -> bool {
        self.next(url) <= now
    }

    /// It is asked: while it is out of reach, by this request alone.
    pub fn asked(&mut self, url: &str, now: Instant) {
        if let Some(i) = self.find(url)
            && (self.servers[i].failures > 1 || !self.online)
        {
            self.servers[i].probed_until = now + if self.online { PROBE } else { OFFLINE_PAUSE };
        }
    }

    /// It answered, whatever it said.
    pub fn answered(&mut self, url: &str) {
        let server = self.server(url);
        server.answered = true;
        server.failures = 0;
        server.rests_until = Instant::ZERO;
        server.probed_until = Instant::ZERO;
    }

    /// It did not answer: the request failed, or, if `hung`, was waited for in vain, as only a network makes one wait.
    pub fn unanswered(&mut self, url: &str, hung: bool, now: Instant) -> Silence {
        let (online, patience) = (self.online, self.patience);
        // xorshift64: enough to keep viewers apart whom one failure met at once.
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        let jitter = self.chance % 512;
        let server = self.server(url);
        server.probed_until = Instant::ZERO;
        if !online {
            server.rests_until = now + OFFLINE_PAUSE;
            return Silence::Passing;
        }
        if !server.answered && !hung {
            return Silence::Stranger;
        }
        // Requests that were under way side by side fail together; that is one failure.
        if server.rests_until > now {
            return Silence::Passing;
        }
        server.failures += 1;
        let pause = (FIRST_PAUSE.0 << (server.failures - 1).min(5)).min(LONGEST_PAUSE.0);
        server.rests_until = now + Millis(pause * (768 + jitter) / 1024);
        if server.failures == patience { Silence::Outage } else { Silence::Passing }
    }

    fn next(&self, url: &str) -> Instant {
        let until = |i: usize| self.servers[i].rests_until.max(self.servers[i].probed_until);
        self.find(url).map_or(Instant::ZERO, until)
    }

    fn find(&self, url: &str) -> Option<usize> {
        let name = server_of(url);
        self.servers.iter().position(|s| s.name == name)
    }

    fn server(&mut self, url: &str) -> &mut Server {
        let i = self.find(url).unwrap_or_else(|| {
            if self.servers.len() >= MOST {
                self.servers.remove(0);
            }
            let name = server_of(url).to_owned();
            self.servers.push(Server {
                name,
                answered: false,
                failures: 0,
                rests_until: Instant::ZERO,
                probed_until: Instant::ZERO,
            });
            self.servers.len() - 1
        });
        &mut self.servers[i]
    }
}

/// Scheme and authority.
pub(crate) fn server_of(url: &str) -> &str {
    // Up to the third slash: a search for a text would cost 2 KB of wasm.
    let third = url.bytes().enumerate().filter(|(_, b)| *b == b'/').nth(2);
    third.and_then(|(at, _)| url.get(..at)).unwrap_or(url)
}
