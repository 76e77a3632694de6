//! What follows when the network or the time itself was away: the device went offline and came back, or slept. The
//! third part of the router; it owns no policy but how a sleep is told from a busy page.

use super::Engine;
use super::documents::UNREACHABLE;
use super::error::Fault;
use super::id::PlayerId;
use super::keyring::KeyUrl;
use super::payload::Payload;
use super::time::{Instant, Millis};

/// Nothing at all happened for this much longer than a timer was asked to take: the device slept. The slowest timers
/// of a page that is awake and has anything under way ring once a second; those of an idle hidden one once a minute,
/// and to it what follows here costs nothing.
const ASLEEP: Millis = Millis(10_000);
/// Between attempts at a key of a server that is out of reach, three requests each.
const KEY_PAUSE: Millis = Millis(5_000);

impl<P: Payload> Engine<P> {
    /// Whether the device is connected. Players keep what they have; when it is back, everything is asked for at once.
    pub(super) fn connectivity(&mut self, online: bool) {
        self.documents.set_online(online);
        self.transfer.set_online(online, self.now, &mut self.orders);
        for player in self.players() {
            self.with(player, |s, d| if online { s.catch_up(d) } else { s.gone_offline(d) });
        }
        self.documents.wake(self.now, &mut self.ids, &mut self.orders);
    }

    /// Looks at how much time has passed since anything happened.
    pub(super) fn notice_sleep(&mut self, now: Instant) {
        // In this order: it is asked before every fact, and the second question is dear.
        let overdue = || self.next_wakeup().is_some_and(|(at, _)| now.since(at) >= ASLEEP);
        if now.since(self.now) < ASLEEP || !overdue() {
            return;
        }
        // Connections that were open then are dead, though nobody says so; what lives is as old as the sleep was long.
        self.now = now;
        self.documents.set_now(now);
        self.documents.ask_again(&mut self.orders);
        self.transfer.ask_again(now, &mut self.orders);
        for player in self.players() {
            self.with(player, |s, d| s.catch_up(d));
        }
        self.documents.wake(now, &mut self.ids, &mut self.orders);
    }

    /// A key could not be had. One that is needed in the middle of a film, of a server that is out of reach, is asked
    /// for again; whoever waits for it waits.
    pub(super) fn key_not_had(&mut self, key: KeyUrl, fault: &Fault) {
        if fault.name == UNREACHABLE && self.sessions.values().any(|s| s.report.has_begun()) {
            let url = key.0.clone();
            return self.documents.fetch_after(KEY_PAUSE, key.into(), &url, &mut self.ids);
        }
        self.keyring.lost(&key);
        self.key_lost(&key, fault);
    }

    pub(super) fn players(&self) -> Vec<PlayerId> {
        self.sessions.keys().copied().collect()
    }
}
