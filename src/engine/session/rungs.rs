//! What becomes of what the origin will not give, rung by rung: the same from another place, another variant, a hole
//! that is jumped over, and only when nothing plays the end. And of a server that does not answer: another one, or
//! waiting, for as long as the viewer does.

use super::{Desk, Session};
use crate::engine::contract::{Event, Output};
use crate::engine::error::{Culprit, Fault, MediaErrorCode, redacted};
use crate::engine::id::SegmentId;
use crate::engine::keyring::{KeyUrl, usable};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};

/// Segments in a row that could be had nowhere, after which the stream is broken rather than holed.
const LOST: u32 = 3;
/// Lost segments that are remembered.
const REMEMBERED: usize = 64;
/// A variant that lacked something is left alone for so long at first; twice as long each time, up to five minutes.
const AVOIDED: Millis = Millis(20_000);
const DOUBLINGS: u32 = 4;

/// A variant that lacked something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Avoided {
    variant: usize,
    until: Instant,
    times: u32,
}

impl Session {
    /// The origin will not give a segment.
    pub(crate) fn segment_lost<P: Payload>(
        &mut self,
        segment: SegmentId,
        fault: &Fault,
        desk: &mut Desk<'_, P>,
    ) {
        if !self.uses(segment.rendition) {
            return;
        }
        let known = self.lost.contains(&segment);
        if !known {
            if self.lost.len() >= REMEMBERED {
                self.lost.remove(0);
            }
            self.lost.push(segment);
        }
        if self.leave(desk) || self.take_another(segment, desk) {
            return self.notify(desk.orders, Event::Warned(fault.clone()));
        }
        // The sound beside feeds on the same segments.
        let mut stale = false;
        for lane in self.lanes.iter_mut().filter(|l| l.rendition == segment.rendition) {
            lane.gone.push(segment.number);
            stale |= lane.failures > 0 || lane.awaited;
        }
        // What left the window of a live while its playlist could not be had says nothing of what is there now.
        self.holes += u32::from(!stale && !known);
        // Each variant gets another chance at the next segment.
        let now = desk.now;
        self.avoided.iter_mut().for_each(|a| a.until = now);
        let broken = self.holes >= LOST;
        let tried = if broken {
            "Other viewers, other places and other variants were asked where there were any."
        } else {
            "Nobody has it; it is skipped."
        };
        let fault = Fault { tried: [&fault.tried, " ", tried].concat(), ..fault.clone() };
        if broken {
            self.fail(desk, fault);
        } else {
            self.notify(desk.orders, Event::Warned(fault));
            self.begin_behind(desk);
        }
    }

    /// Nothing was shown yet, and what it was to begin with is not to be had: it begins behind that. An element that
    /// has nothing at its position never asks to play.
    fn begin_behind<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let Some(lane) = self.lanes.first().filter(|_| !self.report.has_begun()) else { return };
        let entries = lane.timeline.as_ref().map_or(&[][..], |t| t.entries_from(at));
        let Some(start) = entries.iter().find(|e| !lane.is_gap(e)).map(|e| e.span.start) else { return };
        if start > at {
            self.start = Some(start);
            self.playhead.0 = start;
            if lane.mime.is_some() {
                desk.orders.push_back(Output::Seek { player: self.player, to: start });
            }
        }
    }

    /// The origin will not give an initialisation section, and nothing of its variant plays without.
    pub(crate) fn init_lost<P: Payload>(&mut self, fault: &Fault, desk: &mut Desk<'_, P>) {
        let number = self.timeline().and_then(|t| t.entries().first()).map_or(0, |e| e.number);
        let first = self.lanes.first().map(|l| SegmentId { rendition: l.rendition, number });
        if self.leave(desk) || first.is_some_and(|s| self.take_another(s, desk)) {
            self.notify(desk.orders, Event::Warned(fault.clone()));
        } else {
            self.fail(desk, fault.clone());
        }
    }

    /// A key could not be had, or is none, and what it locks stays closed.
    pub(crate) fn key_lost<P: Payload>(&mut self, url: &KeyUrl, fault: &Fault, desk: &mut Desk<'_, P>) {
        self.text_key_lost(url, fault, desk);
        let mut entries = self.lanes.iter().filter_map(|l| l.timeline.as_ref()).flat_map(|t| t.entries());
        if entries.any(|e| usable(&e.segment.keys).is_some_and(|k| k.url == url.0)) {
            self.init_lost(fault, desk);
        }
    }

    /// A server that has answered before does not any more.
    pub(crate) fn out_of_reach<P: Payload>(&mut self, url: &str, desk: &mut Desk<'_, P>) {
        let tried = if self.leave(desk) {
            "Another server is asked."
        } else {
            "What is buffered plays on; it is asked again until it answers."
        };
        let fault = Fault {
            culprit: Culprit::Origin,
            code: MediaErrorCode::Network,
            name: "origin-unreachable",
            message: ["There is no answer from ", redacted(url), ": the server or the network is down."]
                .concat(),
            tried: tried.into(),
        };
        self.notify(desk.orders, Event::Warned(fault));
    }

    /// The device is offline. Nothing is lost by that, for nothing can be asked for.
    pub(crate) fn gone_offline<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if self.failed {
            return;
        }
        let fault = Fault {
            culprit: Culprit::Origin,
            code: MediaErrorCode::Network,
            name: "offline",
            message: "This device is not connected to a network.".into(),
            tried: "What is buffered plays on; it goes on by itself once there is a network again.".into(),
        };
        self.notify(desk.orders, Event::Warned(fault));
    }

    /// The network is back, or the device awake: a live is asked where it is by now, before anything else of it.
    pub(crate) fn catch_up<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let player = self.player;
        self.unstick.awoke(desk.now);
        for lane in &mut self.lanes {
            if lane.timeline.as_ref().is_some_and(|t| t.is_live()) && lane.next.is_none() {
                lane.awaited = true;
                lane.ask_anew(player, desk);
            }
        }
    }

    /// Goes over to another variant, for this one lacks a segment; false where all others lack it too.
    fn take_another<P: Payload>(&mut self, lost: SegmentId, desk: &mut Desk<'_, P>) -> bool {
        let of_video = self.lanes.first().is_some_and(|l| l.rendition == lost.rendition);
        let Some(&variant) = self.variant_of.get(&lost.rendition).filter(|_| of_video) else {
            return false;
        };
        self.avoid(variant, desk.now);
        let rate = |i: usize| self.variants[i].bitrate;
        let others = (0..self.variants.len()).filter(|&i| i != variant && !self.dead.contains(&i));
        let others = others.filter(|&i| !self.has_lacked(i, desk.now));
        // The next lower one comes through where this one did; only then a higher one.
        let closeness = |&i: &usize| (rate(i) > rate(variant), (rate(i).0 - rate(variant).0).abs() as u64);
        let Some(other) = others.min_by_key(closeness) else { return false };
        self.manual = false;
        self.choice.late = true;
        self.go_to_variant(other, desk);
        true
    }

    fn avoid(&mut self, variant: usize, now: Instant) {
        let known = self.avoided.iter().position(|a| a.variant == variant).unwrap_or_else(|| {
            self.avoided.push(Avoided { variant, until: now, times: 0 });
            self.avoided.len() - 1
        });
        let avoided = &mut self.avoided[known];
        avoided.until = now + Millis(AVOIDED.0 << avoided.times.min(DOUBLINGS));
        avoided.times += 1;
    }

    /// Whether this variant lacked something a moment ago.
    pub(super) fn has_lacked(&self, variant: usize, now: Instant) -> bool {
        self.avoided.iter().any(|a| a.variant == variant && a.until > now)
    }
}
