//! What a viewer of a movie over a recorded network sees, and what that is worth: the model of the public
//! simulator Sabre (Spiteri, Sitaraman, Sparacio, MMSys 2018), written anew. One segment after another is
//! fetched; each waits one latency, then flows at the trace's bandwidth while the buffer plays out.
//!
//! Times are in ms, sizes in bits, so that rates are in kbit/s.

use crate::traces::{Movie, Period};

/// A request may be given up no sooner than after so much news: bits, ms.
const NEWS: (f64, f64) = (12_000.0, 50.0);
/// What a second without picture costs, in units of utility.
const GAMMA: f64 = 5.0;

/// Whoever decides.
pub(crate) trait Viewer {
    /// Which quality to fetch first.
    fn first(&mut self, movie: &Movie) -> usize;
    /// Which quality to fetch next, and how long to wait before.
    fn choose(&mut self, player: &Player<'_>) -> (usize, f64);
    /// Which segment of the buffer to fetch again in `quality` instead of the next, by its place.
    fn replace(&mut self, _: &Player<'_>, _quality: usize) -> Option<usize> {
        None
    }
    /// Whether to leave a request, and what for.
    fn abandon(&mut self, _: &Player<'_>, _: &Fetch) -> Option<usize> {
        None
    }
    /// The buffer was full for so long.
    fn rested(&mut self, _: &Player<'_>, _time: f64) {}
    /// A request ended, or was left for another quality.
    fn fetched(&mut self, player: &Player<'_>, fetch: &Fetch);
}

/// A request, under way or ended.
pub(crate) struct Fetch {
    pub(crate) quality: usize,
    pub(crate) size: f64,
    pub(crate) bits: f64,
    /// Since it was asked for.
    pub(crate) time: f64,
    pub(crate) latency: f64,
    /// It takes the place of one that was in the buffer.
    pub(crate) replaces: bool,
    /// It was left for this quality.
    pub(crate) left_for: Option<usize>,
}

/// A player: its buffer and its clock.
pub(crate) struct Player<'a> {
    pub(crate) movie: &'a Movie,
    /// The buffer's limit.
    pub(crate) goal: f64,
    /// Qualities of the segments in the buffer.
    pub(crate) buffer: Vec<usize>,
    /// How much of the first of them is played.
    pub(crate) played: f64,
    /// The segment after the last in the buffer.
    pub(crate) next: usize,
    pub(crate) now: f64,
    last: Option<usize>,
    /// Bits of what was shown.
    shown: f64,
    tally: Tally,
}

/// What a session was like; `score` is the simulator's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) utility: f64,
    pub(crate) bitrate: f64,
    pub(crate) score: f64,
    /// Share of the time without picture after the start.
    pub(crate) rebuffer: f64,
    /// Changes of quality on screen.
    pub(crate) switches: f64,
    /// Bits that were fetched and not shown, as a share of all.
    pub(crate) waste: f64,
}

impl Player<'_> {
    /// How long the buffer lasts.
    pub(crate) fn level(&self) -> f64 {
        self.movie.segment * self.buffer.len() as f64 - self.played
    }

    fn play(&mut self, mut time: f64) {
        self.now += time;
        let segment = self.movie.segment;
        while time > 0.0 {
            let Some(&quality) = self.buffer.first() else {
                self.tally.rebuffer += time;
                return;
            };
            if self.played == 0.0 {
                self.tally.utility += self.movie.utility(quality);
                self.tally.bitrate += self.movie.bitrates[quality];
                self.shown += self.movie.sizes[self.next - self.buffer.len()][quality];
                self.tally.switches += f64::from(self.last.is_some_and(|last| last != quality));
                self.last = Some(quality);
            }
            if time + self.played < segment {
                self.played += time;
                return;
            }
            time -= segment - self.played;
            self.played = 0.0;
            self.buffer.remove(0);
        }
    }
}

/// A recorded network, played in a loop.
struct Network<'a> {
    trace: &'a [Period],
    at: usize,
    left: f64,
}

impl Network<'_> {
    fn period(&self) -> Period {
        self.trace[self.at]
    }

    fn go_on(&mut self, time: f64) {
        self.left -= time;
        if self.left <= 0.0 {
            self.at = (self.at + 1) % self.trace.len();
            self.left = self.trace[self.at].duration;
        }
    }

    fn wait(&mut self, mut time: f64) {
        while time > self.left {
            time -= self.left;
            self.go_on(self.left);
        }
        self.left -= time;
    }

    /// How long one latency takes now.
    fn latency(&mut self) -> f64 {
        let (mut share, mut total) = (1.0, 0.0);
        loop {
            let latency = self.period().latency;
            if share * latency <= self.left {
                self.left -= share * latency;
                return total + share * latency;
            }
            total += self.left;
            share -= self.left / latency;
            self.go_on(self.left);
        }
    }

    /// Lets up to `size` flow, until both `least` bits and `time` are over; says how much came in what time.
    fn flow(&mut self, size: f64, least: f64, time: f64) -> (f64, f64) {
        let (mut bits, mut spent) = (0.0, 0.0);
        loop {
            let rate = self.period().bandwidth;
            let needed = if rate > 0.0 { ((least - bits) / rate).max(time - spent) } else { f64::INFINITY };
            let needed = if rate <= 0.0 && bits >= least { time - spent } else { needed };
            let whole = if rate > 0.0 { (size - bits) / rate } else { f64::INFINITY };
            let step = needed.min(whole);
            if step <= self.left {
                self.left -= step;
                let came = if whole <= needed { size } else { bits + step * rate };
                return (came, spent + step);
            }
            bits += self.left * rate;
            spent += self.left;
            self.go_on(self.left);
        }
    }
}

/// Plays the whole movie.
pub(crate) fn watch(movie: &Movie, trace: &[Period], goal: f64, viewer: &mut impl Viewer) -> Tally {
    let mut network = Network { trace, at: 0, left: trace[0].duration };
    let mut player = Player {
        movie,
        goal,
        buffer: Vec::new(),
        played: 0.0,
        next: 0,
        now: 0.0,
        last: None,
        shown: 0.0,
        tally: Tally::default(),
    };
    let mut fetched = 0.0;
    let quality = viewer.first(movie);
    let size = movie.sizes[0][quality];
    let latency = network.latency();
    let (bits, flowing) = network.flow(size, size, 0.0);
    fetched += bits;
    let first =
        Fetch { quality, size, bits, time: latency + flowing, latency, replaces: false, left_for: None };
    // What comes before the first picture is no rebuffering.
    player.now += first.time;
    player.buffer.push(quality);
    player.next = 1;
    viewer.fetched(&player, &first);
    while player.next < movie.sizes.len() {
        let full = player.level() + movie.segment - goal;
        if full > 0.0 {
            player.play(full);
            network.wait(full);
            viewer.rested(&player, full);
        }
        let (quality, pause) = viewer.choose(&player);
        let place = viewer.replace(&player, quality);
        if pause > 0.0 && place.is_none() {
            player.play(pause);
            network.wait(pause);
        }
        // Counted from the buffer's end, which does not move while the buffer plays out.
        let back = place.map(|place| player.buffer.len() - place);
        let index = player.next - back.unwrap_or(0);
        let fetch = request(&mut player, &mut network, viewer, (index, quality), back);
        fetched += fetch.bits;
        if fetch.left_for.is_none() {
            match back {
                None => {
                    player.buffer.push(quality);
                    player.next += 1;
                }
                Some(back) => {
                    if let Some(place) = player.buffer.len().checked_sub(back)
                        && (place > 0 || player.played == 0.0)
                    {
                        player.buffer[place] = quality;
                    }
                }
            }
        }
        viewer.fetched(&player, &fetch);
    }
    let rest = player.level();
    player.play(rest);
    let mut tally = player.tally;
    let segments = player.now / movie.segment;
    let stalled = tally.rebuffer;
    tally.score = (tally.utility - GAMMA * stalled / movie.segment) / segments;
    tally.utility /= segments;
    tally.bitrate /= segments;
    tally.rebuffer = stalled / player.now;
    tally.waste = 1.0 - player.shown / fetched;
    tally
}

/// Fetches a segment, while the buffer plays out; the viewer may leave it on the way.
fn request(
    player: &mut Player<'_>,
    network: &mut Network<'_>,
    viewer: &mut impl Viewer,
    (index, quality): (usize, usize),
    back: Option<usize>,
) -> Fetch {
    let size = player.movie.sizes[index][quality];
    let latency = network.latency();
    player.play(latency);
    let mut fetch =
        Fetch { quality, size, bits: 0.0, time: latency, latency, replaces: back.is_some(), left_for: None };
    let mut least = (NEWS.1 - latency).max(0.0);
    loop {
        let (bits, time) = network.flow(size - fetch.bits, NEWS.0, least);
        least = NEWS.1;
        fetch.bits += bits;
        fetch.time += time;
        player.play(time);
        if fetch.bits >= size {
            return fetch;
        }
        let late = back.is_some_and(|back| player.buffer.len() < back);
        fetch.left_for = if late { Some(quality) } else { viewer.abandon(player, &fetch) };
        if fetch.left_for.is_some() {
            return fetch;
        }
    }
}
