//! Time expressions of TTML (TTML2 §12.3.1): `00:01:02.5`, `00:01:02:12` with frames, `62.5s`, `1500f`, `625000t`.
//! The root says how long frames and ticks are (§7.2).

use super::super::super::time::MediaTime;
use super::super::decimal::{self, ONE};
use super::xml::attribute;

/// How a document counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// So many frames take so many seconds.
    frames: (u64, u64),
    ticks_per_second: u64,
}

impl Clock {
    /// As the attributes of the root say.
    pub(super) fn read(root: &str) -> Self {
        let number = |text: &str| Some(decimal::read(text.trim())?.0 / ONE).filter(|n| *n > 0);
        let given = attribute(root, "frameRate").and_then(number);
        let rate = given.unwrap_or(30);
        let factor = attribute(root, "frameRateMultiplier").and_then(|f| f.trim().split_once([' ', ':']));
        let (times, over) = factor.and_then(|(n, d)| Some((number(n)?, number(d)?))).unwrap_or((1, 1));
        let parts = attribute(root, "subFrameRate").and_then(number).unwrap_or(1);
        let ticks = attribute(root, "tickRate").and_then(number);
        Self {
            frames: (rate.saturating_mul(times), over),
            ticks_per_second: ticks.unwrap_or(given.map_or(1, |rate| rate.saturating_mul(parts))),
        }
    }

    /// A time expression; none when it is none.
    pub(super) fn time(self, text: &str) -> Option<MediaTime> {
        let mut parts = text.trim().split(':');
        let (first, unit) = decimal::read(parts.next()?)?;
        let scaled = |n: u64, times: u64, over: u64| n.saturating_mul(times).saturating_add(over / 2) / over;
        let frames = |n| scaled(n, self.frames.1, self.frames.0);
        let mut place = |factor: u64| match parts.next().map(decimal::read) {
            None => Some(None),
            Some(Some((n, ""))) => Some(Some(n.saturating_mul(factor))),
            Some(_) => None,
        };
        let Some(minutes) = place(60)? else {
            return Some(decimal::seconds(match unit {
                "h" => first.saturating_mul(3600),
                "m" => first.saturating_mul(60),
                "s" => first,
                "ms" => first / 1000,
                "f" => frames(first),
                "t" => scaled(first, 1, self.ticks_per_second),
                _ => return None,
            }));
        };
        let seconds = place(1)??;
        let frames = frames(place(1)?.unwrap_or(0));
        let total =
            [minutes, seconds, frames].into_iter().fold(first.saturating_mul(3600), u64::saturating_add);
        (unit.is_empty() && parts.next().is_none()).then(|| decimal::seconds(total))
    }
}
