//! A scenario: what is on, who comes and with what link, and what goes wrong when. Read from the TOML files in
//! `tests/sim/scenarios/`, which name the source of their figures. From scenario and seed follows the trace: the
//! same viewers, links and times whether they share or not.

use crate::chance::Chance;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it is about, in a sentence.
    pub about: String,
    /// Minutes simulated, where nobody says otherwise.
    pub minutes: f64,
    pub stream: Stream,
    pub audience: Audience,
    /// Kinds of links, by their share of the audience.
    pub link: Vec<Link>,
    #[serde(default)]
    pub origin: OriginLink,
    #[serde(default)]
    pub tracker: Tracker,
    /// Whether time goes in steps, for crowds that are too large to be simulated by the microsecond.
    #[serde(skip)]
    pub coarse: bool,
    /// What changes, and when.
    #[serde(default)]
    pub step: Vec<Step>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    pub kind: Kind,
    pub segment_s: f64,
    /// Segments listed while live.
    #[serde(default)]
    pub window: u64,
    /// Whether the digests are of pieces, too, and not of whole segments alone.
    #[serde(default)]
    pub pieces: bool,
    /// Seconds of a film.
    #[serde(default)]
    pub length_s: f64,
    /// One rendition for each, lowest first.
    pub renditions_kbit: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Live,
    Vod,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    pub viewers: usize,
    pub arrivals: Arrivals,
    /// Within so many seconds all come; 0: within all the time there is.
    #[serde(default)]
    pub over_s: f64,
    /// How long they stay on average (exponentially distributed); 0: to the end.
    #[serde(default)]
    pub stay_s: f64,
    /// The page's upload cap; by default the engine's.
    pub cap_mbit: Option<f64>,
    /// Share that sits behind a NAT through which two such cannot connect.
    #[serde(default)]
    pub hard_nat: f64,
    /// The first one comes at once, stays to the end, and writes down whose addresses it learns.
    #[serde(default)]
    pub observer: bool,
    /// Share that sends altered bytes.
    #[serde(default)]
    pub liars: f64,
    /// Whether who was left for that comes back at once under a new name: each second liar with a certificate for every
    /// connection, as browsers have, the others with one that they keep.
    #[serde(default)]
    pub liars_return: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arrivals {
    /// Independently of one another.
    Poisson,
    /// One after the other, at equal distance.
    Even,
    /// More and more until the middle, then fewer.
    Wave,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub share: f64,
    pub down_mbit: f64,
    pub up_mbit: f64,
    /// One way, to the middle of the network.
    pub delay_ms: u64,
    /// Share of packets lost.
    #[serde(default)]
    pub loss: f64,
    /// Whether upload costs its owner money: then nothing is given.
    #[serde(default)]
    pub metered: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub struct OriginLink {
    /// What it can send in all; 0: as much as is asked.
    pub mbit: f64,
    pub delay_ms: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tracker {
    pub interval_s: u64,
    /// Offers passed on for one announce.
    pub numwant: usize,
}

impl Default for Tracker {
    fn default() -> Self {
        Self { interval_s: 120, numwant: 10 }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When, as a share of the whole time.
    pub at: f64,
    pub origin_mbit: Option<f64>,
    pub tracker_up: Option<bool>,
}

/// One viewer of the trace.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    /// In µs.
    pub(crate) joins: u64,
    pub(crate) leaves: u64,
    pub(crate) link: Link,
    pub(crate) hard_nat: bool,
    pub(crate) liar: bool,
    pub(crate) seed: u64,
}

impl Scenario {
    /// # Errors
    /// The text is not a scenario; why, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let scenario: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        let sound = scenario.stream.segment_s > 0.0
            && !scenario.stream.renditions_kbit.is_empty()
            && scenario.link.iter().all(|l| l.down_mbit > 0.0 && l.up_mbit > 0.0)
            && match scenario.stream.kind {
                Kind::Live => scenario.stream.window >= 3,
                Kind::Vod => scenario.stream.length_s > 0.0,
            };
        if sound && !scenario.link.is_empty() { Ok(scenario) } else { Err("a figure is missing".into()) }
    }

    pub(crate) fn trace(&self, seed: u64) -> Vec<Viewer> {
        let mut chance = Chance::new(seed);
        let all = self.minutes * 60.0;
        let audience = &self.audience;
        let over = if audience.over_s > 0.0 { audience.over_s.min(all) } else { all };
        let shares: f64 = self.link.iter().map(|l| l.share).sum();
        let viewer = |i: usize| {
            let even = i as f64 / audience.viewers as f64;
            let at = match audience.arrivals {
                Arrivals::Even => even,
                Arrivals::Poisson => chance.unit(),
                Arrivals::Wave => (chance.unit() + chance.unit()) / 2.0,
            };
            let joins = at * over;
            let stay = match audience.stay_s {
                s if s > 0.0 => -s * (1.0 - chance.unit()).ln(),
                _ => all * 2.0,
            };
            let mut left = chance.unit() * shares;
            let link = self.link.iter().find(|l| {
                left -= l.share;
                left < 0.0
            });
            let link = link.or(self.link.last()).expect("a scenario has a link").clone();
            let micros = |s: f64| (s * 1e6) as u64;
            Viewer {
                joins: micros(joins),
                // Nobody leaves sooner than a look takes.
                leaves: micros(joins + stay.max(2.0)),
                link,
                hard_nat: chance.unit() < audience.hard_nat,
                liar: chance.unit() < audience.liars,
                seed: chance.next(),
            }
        };
        let mut viewers: Vec<Viewer> = (0..audience.viewers).map(viewer).collect();
        if let Some(first) = viewers.first_mut().filter(|_| audience.observer) {
            (first.joins, first.leaves, first.hard_nat) = (0, u64::MAX, false);
        }
        viewers
    }
}
