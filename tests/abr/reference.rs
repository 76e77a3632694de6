//! Two published rules in the form in which their results were published, to calibrate the model by: BOLA
//! (Spiteri, Urgaonkar, Sitaraman, 2016, in the form BOLA-O) and the throughput rule of dash.js, both as
//! described with the simulator (MMSys 2018). They are no part of the player.

use crate::model::{Fetch, Player, Viewer};
use crate::traces::Movie;

/// The throughput and latency by two exponential averages each, the more careful of which counts.
#[derive(Default)]
struct History {
    throughput: [f64; 2],
    latency: [f64; 2],
    time: f64,
    count: f64,
}

const HALF_LIVES: [f64; 2] = [3_000.0, 8_000.0];

impl History {
    fn add(&mut self, fetch: &Fetch, segment: f64) {
        let flowing = fetch.time - fetch.latency;
        for (i, half_life) in HALF_LIVES.into_iter().enumerate() {
            let keep = 0.5f64.powf(flowing / half_life);
            self.throughput[i] = self.throughput[i] * keep + (1.0 - keep) * fetch.bits / flowing;
            let keep = 0.5f64.powf(segment / half_life);
            self.latency[i] = self.latency[i] * keep + (1.0 - keep) * fetch.latency;
        }
        self.time += flowing;
        self.count += segment;
    }

    fn throughput(&self) -> f64 {
        let mean = |i: usize| self.throughput[i] / (1.0 - 0.5f64.powf(self.time / HALF_LIVES[i]));
        mean(0).min(mean(1))
    }

    fn latency(&self) -> f64 {
        let mean = |i: usize| self.latency[i] / (1.0 - 0.5f64.powf(self.count / HALF_LIVES[i]));
        mean(0).max(mean(1))
    }

    /// The best quality whose segments arrive in the time they play.
    fn fitting(&self, movie: &Movie, throughput: f64) -> usize {
        let fits = |b: &&f64| self.latency() + movie.segment * **b / throughput <= movie.segment;
        movie.bitrates.iter().skip(1).take_while(fits).count()
    }
}

/// The throughput rule, with its rule for an insufficient buffer.
pub(crate) struct Throughput {
    history: History,
    safety: f64,
}

impl Default for Throughput {
    fn default() -> Self {
        Self { history: History::default(), safety: 0.9 }
    }
}

impl Viewer for Throughput {
    fn first(&mut self, _: &Movie) -> usize {
        0
    }

    fn choose(&mut self, player: &Player<'_>) -> (usize, f64) {
        let throughput = self.history.throughput();
        let fitting = self.history.fitting(player.movie, throughput * 0.9);
        let safe = self.safety * (player.level() - self.history.latency()) * throughput;
        self.safety = (self.safety * 0.9).max(0.5);
        let quick = |b: &&f64| **b * player.movie.segment <= safe;
        let arriving = player.movie.bitrates.iter().skip(1).take_while(quick).count();
        (fitting.min(arriving), 0.0)
    }

    fn abandon(&mut self, player: &Player<'_>, fetch: &Fetch) -> Option<usize> {
        let flowing = fetch.time - fetch.latency;
        if fetch.time < 500.0 || flowing <= 0.0 {
            return None;
        }
        let (rate, left) = (fetch.bits / flowing, fetch.size - fetch.bits);
        if fetch.time + left / rate <= 1.8 * player.movie.segment {
            return None;
        }
        let quality = self.history.fitting(player.movie, rate * 0.9);
        let bitrates = &player.movie.bitrates;
        let size = fetch.size * bitrates[quality] / bitrates[fetch.quality];
        (quality < fetch.quality && size < left).then_some(quality)
    }

    fn fetched(&mut self, player: &Player<'_>, fetch: &Fetch) {
        if fetch.left_for.is_none() {
            self.history.add(fetch, player.movie.segment);
        }
    }
}

/// BOLA-O: it waits rather than go up to what the network cannot carry.
#[derive(Default)]
pub(crate) struct Bola {
    history: History,
    last: usize,
    /// How much buffer a unit of utility is worth, in ms.
    v: f64,
}

/// Utility of having no pause, over that of the lowest quality.
const GP: f64 = 5.0;

impl Viewer for Bola {
    fn first(&mut self, _: &Movie) -> usize {
        0
    }

    fn choose(&mut self, player: &Player<'_>) -> (usize, f64) {
        let movie = player.movie;
        let (top, segments) = (movie.bitrates.len() - 1, movie.sizes.len());
        // Near either end of the movie the buffer is smaller.
        let near = player.next.min(segments - player.next) as f64 / 2.0;
        let buffer = player.goal.min(near.max(3.0) * movie.segment);
        self.v = (buffer - movie.segment) / (movie.utility(top) + GP);
        let score = |q: usize| (self.v * (movie.utility(q) + GP) - player.level()) / movie.bitrates[q];
        let mut best = 0;
        for q in 1..=top {
            if score(q) > score(best) {
                best = q;
            }
        }
        let mut pause = 0.0;
        if best > self.last {
            let fitting = self.history.fitting(movie, self.history.throughput());
            if best > fitting {
                best = self.last.max(fitting);
                if self.last <= fitting && best < top {
                    pause = (player.level() - self.v * (GP + movie.utility(best))).max(0.0);
                }
            }
        }
        self.last = best;
        (best, pause)
    }

    fn abandon(&mut self, player: &Player<'_>, fetch: &Fetch) -> Option<usize> {
        let (movie, level, left) = (player.movie, player.level(), fetch.size - fetch.bits);
        let worth = |q: usize| self.v * (GP + movie.utility(q)) - level;
        let mut best = (worth(fetch.quality) / left, None);
        if best.0 < 0.0 || fetch.bits <= 0.0 {
            return None;
        }
        for q in 0..fetch.quality {
            let size = fetch.size * movie.bitrates[q] / movie.bitrates[fetch.quality];
            if size < left && worth(q) / size > best.0 {
                best = (worth(q) / size, Some(q));
            }
        }
        self.last = best.1.unwrap_or(self.last);
        best.1
    }

    fn fetched(&mut self, player: &Player<'_>, fetch: &Fetch) {
        if fetch.left_for.is_none() {
            self.history.add(fetch, player.movie.segment);
        }
    }
}
