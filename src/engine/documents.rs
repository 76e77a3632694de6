//! Fetches small texts (playlists, digest lists) whole, and tries again where trying helps. Decides when a
//! failure is final; what the text means is for its owner.

use super::contract::{Orders, Output};
use super::error::{Culprit, Fault, MediaErrorCode, NetworkFault, redacted};
use super::id::{Counter, RequestId};
use super::time::{Instant, Millis};
use litemap::LiteMap;

/// Larger than any playlist or digest list met in the wild (800 KB), small enough to hold in memory.
const LIMIT: usize = 16 << 20;
/// First pause before trying again; doubled each time.
const FIRST_PAUSE: Millis = Millis(500);
/// A request that brings nothing for this long is broken. Servers hold those for a live's next part for less.
const SILENCE: Millis = Millis(45_000);
/// A device that says it is offline may be wrong; it is tried this seldom.
const OFFLINE_PAUSE: Millis = Millis(20_000);

/// The name of the fault when there was no answer.
pub(crate) const UNREACHABLE: &str = "document-unreachable";

/// A document under way, for an owner who knows it by `T`.
struct Pending<T> {
    owner: T,
    url: String,
    attempts: u32,
    state: State,
}

enum State {
    Asked { at: Instant },
    Resting { until: Instant },
}

/// What became of a document.
pub(crate) enum Outcome<T> {
    /// Here it is; `url` is the response URL.
    Arrived { owner: T, url: String, body: Vec<u8> },
    /// It will not come.
    Lost { owner: T, fault: Fault },
}

/// All documents under way on the page.
pub(crate) struct Documents<T> {
    pending: LiteMap<RequestId, Pending<T>>,
    attempts: u32,
    online: bool,
    now: Instant,
}

impl<T: Clone + PartialEq> Documents<T> {
    /// None under way; each is tried at most `attempts` times.
    pub(crate) fn new(attempts: u32) -> Self {
        Self { pending: LiteMap::new(), attempts, online: true, now: Instant::ZERO }
    }

    /// What time it is.
    pub(crate) fn set_now(&mut self, now: Instant) {
        self.now = now;
    }

    /// Whether the device is connected to a network; no attempt counts while it is not.
    pub(crate) fn set_online(&mut self, online: bool) {
        self.online = online;
        for (_, p) in self.pending.iter_mut().filter(|_| online) {
            if matches!(p.state, State::Resting { .. }) {
                p.state = State::Resting { until: self.now };
            }
        }
    }

    /// Breaks off what is under way, to ask for it anew.
    pub(crate) fn ask_again<P>(&mut self, orders: &mut Orders<P>) {
        for (&request, p) in self.pending.iter_mut() {
            if matches!(p.state, State::Asked { .. }) {
                orders.push_back(Output::Abort { request });
            }
            p.attempts = 0;
            p.state = State::Resting { until: self.now };
        }
    }

    /// Fetches `url` for `owner` after a pause.
    pub(crate) fn fetch_after(&mut self, pause: Millis, owner: T, url: &str, ids: &mut Counter) {
        let state = State::Resting { until: self.now + pause };
        self.pending.insert(RequestId(ids.draw()), Pending { owner, url: url.into(), attempts: 0, state });
    }

    /// Fetches `url` for `owner`, unless that is under way already.
    pub(crate) fn fetch<P>(&mut self, owner: T, url: &str, ids: &mut Counter, orders: &mut Orders<P>) {
        if self.pending.values().any(|p| p.owner == owner) {
            return;
        }
        let request = RequestId(ids.draw());
        orders.push_back(Output::FetchDocument { request, url: url.into(), limit: LIMIT });
        self.pending.insert(
            request,
            Pending { owner, url: url.into(), attempts: 1, state: State::Asked { at: self.now } },
        );
    }

    /// Forgets, and aborts, what owners chosen by `whose` are waiting for.
    pub(crate) fn drop_if<P>(&mut self, whose: impl Fn(&T) -> bool, orders: &mut Orders<P>) {
        self.pending.retain(|&request, p| {
            let drop = whose(&p.owner);
            if drop && matches!(p.state, State::Asked { .. }) {
                orders.push_back(Output::Abort { request });
            }
            !drop
        });
    }

    /// A document arrived, possibly as an error page. `None` when it is not ours or will be tried again.
    pub(crate) fn arrived(
        &mut self,
        request: RequestId,
        status: u16,
        url: String,
        body: Vec<u8>,
        now: Instant,
    ) -> Option<Outcome<T>> {
        if (200..300).contains(&status) {
            let owner = self.pending.remove(&request)?.owner;
            return Some(Outcome::Arrived { owner, url, body });
        }
        // 408, 429 and 5xx may pass; other refusals are the server's last word.
        let passing = matches!(status, 408 | 425 | 429 | 500..=599);
        self.failed_with(request, now, passing, |url| Fault {
            culprit: Culprit::Origin,
            code: if passing { MediaErrorCode::Network } else { MediaErrorCode::SourceNotSupported },
            name: if status == 404 || status == 410 { "document-not-found" } else { "document-refused" },
            message: format!("The server answered {status} for {}.", redacted(url)),
            tried: String::new(),
        })
    }

    /// A request failed. `None` when it is not ours or will be tried again.
    pub(crate) fn failed(
        &mut self,
        request: RequestId,
        fault: &NetworkFault,
        now: Instant,
    ) -> Option<Outcome<T>> {
        let (passing, name, what) = match fault {
            NetworkFault::Unreachable => (
                true,
                UNREACHABLE,
                "could not be fetched: the server is down, or CORS or this page's connect-src forbids it",
            ),
            NetworkFault::Broken => (true, "document-broken", "broke off while it was being fetched"),
            NetworkFault::TooLarge => (false, "document-too-large", "is larger than 16 MB"),
        };
        self.failed_with(request, now, passing, |url| Fault {
            culprit: Culprit::Origin,
            code: MediaErrorCode::Network,
            name,
            message: format!("{} {what}.", redacted(url)),
            tried: String::new(),
        })
    }

    fn failed_with(
        &mut self,
        request: RequestId,
        now: Instant,
        passing: bool,
        fault: impl FnOnce(&str) -> Fault,
    ) -> Option<Outcome<T>> {
        let online = self.online;
        let p = self.pending.get_mut(&request)?;
        if !online {
            p.attempts = 0;
            p.state = State::Resting { until: now + OFFLINE_PAUSE };
            return None;
        }
        if passing && p.attempts < self.attempts {
            let pause = Millis(FIRST_PAUSE.0 << (p.attempts - 1).min(5));
            p.state = State::Resting { until: now + pause };
            return None;
        }
        let p = self.pending.remove(&request)?;
        let mut fault = fault(&p.url);
        fault.tried = format!("Asked {} time{}.", p.attempts, if p.attempts == 1 { "" } else { "s" });
        Some(Outcome::Lost { owner: p.owner, fault })
    }

    /// Asks again for what has rested long enough.
    pub(crate) fn wake<P>(&mut self, now: Instant, ids: &mut Counter, orders: &mut Orders<P>) {
        let due: Vec<RequestId> =
            self.pending.iter().filter(|(_, p)| p.state.ends() <= now).map(|(&r, _)| r).collect();
        for old in due {
            let Some(mut p) = self.pending.remove(&old) else {
                continue;
            };
            if matches!(p.state, State::Asked { .. }) {
                orders.push_back(Output::Abort { request: old });
            }
            let request = RequestId(ids.draw());
            orders.push_back(Output::FetchDocument { request, url: p.url.clone(), limit: LIMIT });
            p.attempts += 1;
            p.state = State::Asked { at: now };
            self.pending.insert(request, p);
        }
    }

    /// When the next one has rested long enough.
    pub(crate) fn next_wakeup(&self) -> Option<Instant> {
        self.pending.values().map(|p| p.state.ends()).min()
    }
}

impl State {
    fn ends(&self) -> Instant {
        match *self {
            Self::Asked { at } => at + SILENCE,
            Self::Resting { until } => until,
        }
    }
}
