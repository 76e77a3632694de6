//! The player's own rule in the model's hands: the same objects, fed with the same kinds of facts.

use crate::model::{Fetch, Player, Viewer};
use crate::traces::Movie;
use sprat::engine::abr::{Abr, Flight, Ladder, Limits, Paths, Rule, View, replaceable};
use sprat::engine::config::Bitrate;
use sprat::engine::time::{Instant, MediaTime, Millis};

/// A player of ours.
pub(crate) struct Ours {
    rule: Rule,
    paths: Paths,
    ladder: Ladder,
    current: usize,
    pub(crate) fast: bool,
}

impl Ours {
    pub(crate) fn new(movie: &Movie, fast: bool) -> Self {
        let variants: Vec<_> = movie.bitrates.iter().map(|b| Some((Bitrate(b * 1000.0), (0, 0)))).collect();
        Self {
            rule: Rule::default(),
            paths: Paths::new(Bitrate(1_000_000.0)),
            ladder: Ladder::new(&variants, 0, Limits::default()),
            current: 0,
            fast,
        }
    }

    fn with<T>(&mut self, player: &Player<'_>, work: impl FnOnce(&mut Rule, &View<'_>) -> T) -> T {
        let ms = |ms: f64| MediaTime::from_secs(ms / 1000.0);
        let view = View {
            ladder: &self.ladder,
            paths: &self.paths,
            now: Instant::from_millis(player.now as u64),
            current: self.current,
            ahead: ms(player.level()),
            goal: ms(player.goal),
            shared: false,
            segment: ms(player.movie.segment),
            by_parts: false,
        };
        work(&mut self.rule, &view)
    }
}

fn millis(ms: f64) -> Millis {
    Millis(ms.round() as u64)
}

impl Viewer for Ours {
    fn first(&mut self, movie: &Movie) -> usize {
        let view = View {
            ladder: &self.ladder,
            paths: &self.paths,
            now: Instant::ZERO,
            current: 0,
            ahead: MediaTime::ZERO,
            goal: MediaTime::from_secs(25.0),
            shared: false,
            segment: MediaTime::from_secs(movie.segment / 1000.0),
            by_parts: false,
        };
        self.current = self.rule.choose(&view);
        self.current
    }

    fn choose(&mut self, player: &Player<'_>) -> (usize, f64) {
        self.current = self.with(player, |rule, view| rule.choose(view));
        (self.current, 0.0)
    }

    fn replace(&mut self, player: &Player<'_>, quality: usize) -> Option<usize> {
        if !self.fast {
            return None;
        }
        self.current = quality;
        let start = |i: usize| player.movie.segment * i as f64 - player.played;
        let buffered = player.buffer.iter().enumerate();
        let buffered: Vec<_> =
            buffered.map(|(i, &q)| (MediaTime::from_secs(start(i) / 1000.0), q, i)).collect();
        self.with(player, |_, view| replaceable(view, buffered))
    }

    fn rested(&mut self, _: &Player<'_>, time: f64) {
        self.rule.rested(MediaTime::from_secs(time / 1000.0));
    }

    fn abandon(&mut self, player: &Player<'_>, fetch: &Fetch) -> Option<usize> {
        if fetch.replaces {
            return None;
        }
        let flight = Flight {
            index: fetch.quality,
            bytes: (fetch.bits / 8.0) as u64,
            size: (fetch.size / 8.0) as u64,
            elapsed: millis(fetch.time),
            waited: millis(fetch.latency),
        };
        self.with(player, |rule, view| rule.abandon(view, &flight))
    }

    fn fetched(&mut self, player: &Player<'_>, fetch: &Fetch) {
        let now = Instant::from_millis(player.now as u64);
        self.paths.origin.answered(millis(fetch.latency));
        self.paths.origin.brought((fetch.bits / 8.0) as u64, millis(fetch.time - fetch.latency), now);
        match fetch.left_for {
            Some(quality) => self.current = if fetch.replaces { self.current } else { quality },
            None => self.with(player, |rule, view| rule.arrived(view, fetch.quality, fetch.replaces)),
        }
    }
}
