//! Where in the programme does a WebVTT segment's time lie? `X-TIMESTAMP-MAP` ties it to the clock of the media,
//! which turns over every 26.5 hours (RFC 8216 §3.5); the discontinuity's timestamp offset ties that to the
//! programme. A segment without a map is tied at zero.

use super::super::time::MediaTime;
use super::webvtt::timestamp;

/// MPEG-2 timestamps have 33 bits (ISO/IEC 13818-1 §2.4.3.7).
const TURN: i64 = 1 << 33;

/// `X-TIMESTAMP-MAP`: cue time `local` is media time `mpegts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimestampMap {
    /// On the clock of the media, in ticks of 90 kHz, `0..2³³`.
    pub mpegts: MediaTime,
    /// On the clock of the cues.
    pub local: MediaTime,
}

impl TimestampMap {
    /// What to add to the times of a cue that starts at `cue`, for their places in the programme. `offset` is the
    /// discontinuity's timestamp offset, programme minus media time; `near` is where in the programme the segment
    /// lies. Of the turns of the 33-bit clock the one counts that brings the cue nearest to that.
    #[must_use]
    pub fn distance(self, cue: MediaTime, near: MediaTime, offset: MediaTime) -> MediaTime {
        let distance = self.mpegts - self.local + offset;
        let away = (near - (cue + distance)).ticks();
        let turns = away.saturating_add(TURN / 2).div_euclid(TURN);
        distance + MediaTime::from_ticks(turns.saturating_mul(TURN))
    }

    /// Reads what stands behind `X-TIMESTAMP-MAP`: an equals sign, `MPEGTS:` and `LOCAL:` in either order. None,
    /// when it lacks one of them, or one is no time.
    pub(super) fn read(value: &str) -> Option<Self> {
        let (mut mpegts, mut local) = (None, None);
        for part in value.trim_start().strip_prefix('=')?.split(',') {
            let (name, value) = part.split_once(':')?;
            match name.trim() {
                "MPEGTS" => mpegts = value.trim().parse::<u64>().ok(),
                "LOCAL" => local = timestamp(value.trim()),
                _ => {}
            }
        }
        // A writer that counts beyond 33 bits means the same place as one that does not.
        let mpegts = (mpegts? % TURN as u64) as i64;
        Some(Self { mpegts: MediaTime::from_ticks(mpegts), local: local? })
    }
}
