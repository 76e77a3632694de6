//! WebVTT segments (W3C WebVTT §6.1, RFC 8216 §3.5): blocks of lines between empty ones. One with `-->` in its
//! first or second line is a cue; before the first cue one may be a style; any other is passed over. As browsers
//! do, an author's mistake costs its own block only. Timestamps are read more kindly than by the book: any number
//! of digits, and a comma for the point.

use super::super::time::MediaTime;
use super::{Cue, MAX_LEN, TextError, TimestampMap, decimal};

/// A segment, and the place in it: an iterator over its cues, which a caller may take in turns. Cues that end
/// before they begin are left out; times are on the segment's own clock, which [`Self::timestamp_map`] ties to the media's.
#[derive(Clone, Debug)]
pub struct WebVtt {
    text: String,
    /// Byte offset of the next line.
    at: usize,
    map: Option<TimestampMap>,
    styles: Vec<String>,
    seen_cue: bool,
}

impl WebVtt {
    /// Reads a whole segment's header. Without a single byte it is a segment without cues.
    ///
    /// # Errors
    /// [`TextError::NotWebVtt`], [`TextError::TooLong`].
    pub fn open(bytes: &[u8]) -> Result<Self, TextError> {
        if bytes.len() > MAX_LEN {
            return Err(TextError::TooLong);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let is_signed = bytes
            .strip_prefix(b"WEBVTT")
            .is_some_and(|rest| rest.first().is_none_or(|next| matches!(next, b' ' | b'\t' | b'\n' | b'\r')));
        if !is_signed && !bytes.is_empty() {
            return Err(TextError::NotWebVtt);
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut segment = Self { text, at: 0, map: None, styles: Vec::new(), seen_cue: false };
        // The header ends at an empty line, or, against the rules, at the first cue.
        while let Some((line, next)) = segment.line() {
            if line.contains("-->") {
                break;
            }
            let (is_empty, map) = (line.is_empty(), timestamp_map(line));
            segment.at = next;
            segment.map = segment.map.or(map);
            if is_empty {
                break;
            }
        }
        Ok(segment)
    }

    /// `X-TIMESTAMP-MAP`; where there is none, the specification has cue time 0 be media time 0.
    #[must_use]
    pub fn timestamp_map(&self) -> Option<TimestampMap> {
        self.map
    }

    /// The style sheets passed so far, as they stand there; all of them, once there was a cue. They are CSS by a
    /// stranger: whoever applies them has to confine them to cues.
    #[must_use]
    pub fn styles(&self) -> &[String] {
        &self.styles
    }

    /// The line at `self.at`, and where the next one begins: after LF, CR, or both.
    fn line(&self) -> Option<(&str, usize)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.bytes().position(|b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        let end = match rest.as_bytes()[len..] {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        Some((&rest[..len], self.at + len + end))
    }

    /// The next block; none at the end. The block of a cue without a sensible time is an empty cue.
    fn block(&mut self) -> Option<Cue> {
        let mut cue = Cue::default();
        let mut timed = false;
        // The lines before the times, then those after.
        let mut lines = String::new();
        self.line()?;
        for number in 0.. {
            let Some((line, next)) = self.line().filter(|(line, _)| !line.is_empty()) else {
                break;
            };
            if line.contains("-->") {
                if timed || number > 1 {
                    // The next cue begins without an empty line between.
                    break;
                }
                timed = true;
                if let Some((start, end, settings)) = times(line) {
                    cue = Cue { start, end, settings: settings.to_owned(), ..cue };
                }
                cue.id = core::mem::take(&mut lines);
            } else {
                if !lines.is_empty() {
                    lines.push('\n');
                }
                lines.push_str(line);
            }
            self.at = next;
        }
        while let Some((_, next)) = self.line().filter(|(line, _)| line.is_empty()) {
            self.at = next;
        }
        if timed {
            self.seen_cue = true;
            cue.text = lines.replace('\0', "\u{fffd}");
        } else if !self.seen_cue {
            self.map = self.map.or_else(|| timestamp_map(&lines));
            let style = lines.split_once('\n').filter(|(title, _)| title.trim_end() == "STYLE");
            self.styles.extend(style.map(|(_, style)| style.to_owned()));
        }
        Some(cue)
    }
}

impl Iterator for WebVtt {
    type Item = Cue;

    fn next(&mut self) -> Option<Cue> {
        loop {
            let cue = self.block()?;
            if cue.start < cue.end {
                return Some(cue);
            }
        }
    }
}

/// `00:00:01.000 --> 00:00:02.000 align:start`: two times, and settings.
fn times(line: &str) -> Option<(MediaTime, MediaTime, &str)> {
    let (start, rest) = line.split_once("-->")?;
    let rest = rest.trim_start();
    let (end, settings) = rest.split_once([' ', '\t', '\u{c}']).unwrap_or((rest, ""));
    Some((timestamp(start.trim())?, timestamp(end)?, settings.trim()))
}

/// `mm:ss.ttt` or `hh:mm:ss.ttt`, to the nearest tick.
pub(super) fn timestamp(text: &str) -> Option<MediaTime> {
    let (mut total, mut parts) = (0_u64, 0);
    for part in text.split(':') {
        let (seconds, rest) = decimal::read(part)?;
        if !rest.is_empty() {
            return None;
        }
        total = total.saturating_mul(60).saturating_add(seconds);
        parts += 1;
    }
    matches!(parts, 2 | 3).then(|| decimal::seconds(total))
}

fn timestamp_map(line: &str) -> Option<TimestampMap> {
    TimestampMap::read(line.strip_prefix("X-TIMESTAMP-MAP")?)
}
