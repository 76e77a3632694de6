//! A media element as the engine sees one: a playhead that moves where there is something to play, and one
//! SourceBuffer for each track.

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
    moved_at: Instant,
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
        let to = self.playable_to(self.at);
        let ready = to > self.at + MediaTime::from_secs(0.05) || (self.ended_stream && to > self.at);
        if self.seeking && ready {
            self.seeking = false;
        }
        let shown = ready && !self.first_frame;
        self.first_frame |= ready;
        if self.playing && !self.seeking && !self.ended {
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

    pub(crate) fn seek(&mut self, to: MediaTime, now: Instant) {
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
