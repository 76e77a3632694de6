//! A media element as the engine sees one: a playhead that moves where there is something to play, and one
//! SourceBuffer for each track. On demand it has the troubles of browsers.

use sprat::engine::contract::Playhead;
use sprat::engine::id::Track;
use sprat::engine::time::{Instant, MediaTime, Span};
use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Element {
    pub(crate) at: MediaTime,
    pub(crate) buffers: BTreeMap<Track, Vec<Span>>,
    pub(crate) duration: Option<MediaTime>,
    pub(crate) ended_stream: bool,
    pub(crate) ended: bool,
    pub(crate) playing: bool,
    pub(crate) seeking: bool,
    pub(crate) starving: bool,
    pub(crate) first_frame: bool,
    pub(crate) stalls: u32,
    pub(crate) seek_began: Option<Instant>,
    /// `playbackRate`, less one.
    pub(crate) haste: f64,
    pub(crate) troubles: Vec<Trouble>,
    /// Nothing works any more but a new media source.
    pub(crate) dead: bool,
    /// The decoder has just failed.
    pub(crate) undecoded: bool,
    moved_at: Instant,
}

/// What goes wrong in a browser, each so many times.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// The decoder fails when the playhead gets there.
    Undecodable(MediaTime, u32),
    /// What plays there cannot be appended.
    Unappendable(MediaTime, u32),
    /// The playhead stands there although everything is buffered, until this was done.
    Stuck(MediaTime, Cure),
    /// Appending what plays there never ends, in this media source.
    Hung(MediaTime),
    /// The type of this track is refused, the first time.
    RefusedOnce(Track),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cure {
    Nudges(u32),
    Appending,
    Renewal,
    None,
}

impl Element {
    /// Time passed in which nothing moved.
    pub(crate) fn advance_to(&mut self, now: Instant) {
        self.moved_at = now;
    }

    /// Lets time pass; says whether the first frame was shown just now.
    pub(crate) fn advance(&mut self, now: Instant) -> bool {
        let passed = MediaTime::from_secs(now.since(self.moved_at).as_secs_f64() * (1.0 + self.haste));
        self.moved_at = now;
        if self.dead {
            return false;
        }
        let to = self.playable_to(self.at);
        let beyond = self.at + MediaTime::from_secs(0.1);
        let at = self.at;
        let held = |t: &Trouble| matches!(t, Trouble::Stuck(place, _) if *place >= at && *place < beyond);
        let held = self.troubles.iter().any(held);
        let buffered = to > beyond;
        for trouble in &mut self.troubles {
            if let Trouble::Undecodable(place, times @ 1..) = trouble
                && buffered
                && (at..to).contains(place)
                && *place < at + MediaTime::from_secs(0.2)
            {
                *times -= 1;
                (self.dead, self.undecoded) = (true, true);
                return false;
            }
        }
        let ready = to > self.at + MediaTime::from_secs(0.05) || (self.ended_stream && to > self.at);
        if self.seeking && ready {
            self.seeking = false;
        }
        let shown = ready && !self.first_frame;
        self.first_frame |= ready;
        if self.playing && !self.seeking && !self.ended && !held {
            self.at = (self.at + passed).min(to.max(self.at));
            let end = self.duration.unwrap_or(MediaTime::from_ticks(i64::MAX));
            if self.ended_stream && self.at + MediaTime::from_secs(0.05) >= to.min(end) {
                self.ended = true;
            }
            let dry = self.playable_to(self.at) <= self.at + MediaTime::from_secs(0.02);
            let starving = dry && !self.ended;
            if starving && !self.starving && self.first_frame {
                self.stalls += 1;
            }
            self.starving = starving;
        }
        shown
    }

    /// A new media source; zero is where an element begins.
    pub(crate) fn renew(&mut self) {
        self.buffers.clear();
        (self.dead, self.ended_stream, self.ended, self.seeking) = (false, false, false, false);
        self.at = MediaTime::ZERO;
        self.cured(Cure::Renewal);
        self.troubles.retain(|t| !matches!(t, Trouble::Hung(_)));
    }

    /// Whether a SourceBuffer takes what plays in `span`.
    pub(crate) fn takes(&mut self, span: Span) -> bool {
        let refused = self.troubles.iter_mut().any(|t| match t {
            Trouble::Unappendable(place, times @ 1..) if span.contains(*place) => {
                *times -= 1;
                true
            }
            _ => false,
        });
        self.dead |= refused;
        !self.dead
    }

    /// Whether appending what plays in `span` never ends.
    pub(crate) fn hangs(&self, span: Option<Span>) -> bool {
        let hangs =
            |t: &Trouble| matches!(t, Trouble::Hung(place) if span.is_some_and(|s| s.contains(*place)));
        self.troubles.iter().any(hangs)
    }

    fn cured(&mut self, by: Cure) {
        self.troubles.retain(|t| !matches!(t, Trouble::Stuck(_, cure) if *cure == by));
    }

    pub(crate) fn seek(&mut self, to: MediaTime, now: Instant) {
        if (to - self.at).ticks().abs() < MediaTime::RATE / 2 {
            for trouble in &mut self.troubles {
                if let Trouble::Stuck(place, cure) = trouble {
                    // The trouble goes along until it is cured.
                    *place = to;
                    if let Cure::Nudges(left) = cure {
                        *left -= 1;
                    }
                }
            }
            self.cured(Cure::Nudges(0));
        }
        self.at = to;
        self.moved_at = now;
        self.seeking = true;
        self.ended = false;
        self.starving = false;
        self.seek_began = Some(now);
    }

    /// Where what is buffered begins.
    pub(crate) fn start(&self) -> MediaTime {
        self.buffers.values().filter_map(|b| Some(b.first()?.start)).max().unwrap_or_default()
    }

    pub(crate) fn state(&self) -> Playhead {
        Playhead {
            paused: !self.playing,
            seeking: self.seeking,
            starving: self.starving,
            ended: self.ended,
            rate: 1.0 + self.haste,
        }
    }

    pub(crate) fn append(&mut self, track: Track, span: Span) -> Vec<Span> {
        let buffer = self.buffers.entry(track).or_default();
        buffer.push(span);
        buffer.sort_by_key(|s| s.start);
        let mut merged: Vec<Span> = Vec::new();
        for s in buffer.drain(..) {
            match merged.last_mut() {
                Some(last) if s.start <= last.end + MediaTime::from_ticks(900) => {
                    last.end = last.end.max(s.end)
                }
                _ => merged.push(s),
            }
        }
        *buffer = merged;
        buffer.clone()
    }

    pub(crate) fn remove(&mut self, track: Track, gone: Span) -> Vec<Span> {
        if gone.contains(self.at) {
            self.cured(Cure::Appending);
        }
        let buffer = self.buffers.entry(track).or_default();
        let mut left = Vec::new();
        for s in buffer.drain(..) {
            for piece in [Span::new(s.start, s.end.min(gone.start)), Span::new(s.start.max(gone.end), s.end)]
            {
                if !piece.is_empty() {
                    left.push(piece);
                }
            }
        }
        *buffer = left;
        buffer.clone()
    }

    fn playable_to(&self, at: MediaTime) -> MediaTime {
        let near = MediaTime::from_ticks(900);
        let end_of =
            |b: &Vec<Span>| b.iter().find(|s| s.start <= at + near && at < s.end).map_or(at, |s| s.end);
        self.buffers.values().map(end_of).min().unwrap_or(at)
    }
}
