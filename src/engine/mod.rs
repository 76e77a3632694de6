//! The engine: a router between the stages of the path. It owns no policy.
//!
//! Facts come in through [`Engine::handle`], orders go out through [`Engine::poll`], and
//! [`Engine::next_wakeup`] says when to come back and why. Nothing else drives it.

pub mod abr;
pub mod config;
pub mod contract;
pub mod digests;
pub mod error;
pub mod id;
pub mod payload;
pub mod playlist;
pub mod swarm;
pub mod time;
pub mod timeline;
pub mod transmux;

use config::Config;
use contract::{Input, Output, Wakeup};
use payload::Payload;
use time::Instant;

/// One per page.
pub struct Engine<P: Payload> {
    config: Config,
    orders: std::collections::VecDeque<Output<P>>,
}

impl<P: Payload> Engine<P> {
    /// An engine with nothing to do.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config, orders: std::collections::VecDeque::new() }
    }

    /// Takes one fact.
    pub fn handle(&mut self, input: Input<P>, now: Instant) {
        let _ = (input, now, &self.config);
    }

    /// The next order, until there is none.
    pub fn poll(&mut self) -> Option<Output<P>> {
        self.orders.pop_front()
    }

    /// When to come back with `Input::Woke`, and why.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<(Instant, Wakeup)> {
        None
    }
}
