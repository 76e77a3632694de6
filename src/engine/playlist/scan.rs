//! Bytes to lines, lines to tags and URIs, attribute lists to pairs (RFC 8216 §4.1, §4.2), in one pass and
//! without copying. Forgives a byte order mark, leading blanks, any mix of LF, CRLF and CR, stray bytes that
//! are not UTF-8, and loose attribute lists. The bounds on bytes and lines stand here, so that whatever
//! reads lines is bounded too.

use super::PlaylistError;

/// Three times the largest playlist seen: 50,000 segments with dates take 5 MB.
const MAX_BYTES: usize = 16 << 20;
/// Line ends; CRLF counts twice. Eight for each of 100,000 segments.
const MAX_LINE_ENDS: usize = 800_000;
/// Bytes in a line: URLs with tokens have up to 8 KB, session data more.
const MAX_LINE: usize = 64 << 10;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// `#EXT…`; `name` without `#`, `value` what follows the first colon, or empty.
    Tag { name: &'a str, value: &'a str },
    /// Neither blank nor `#`. Empty when the line was longer than [`MAX_LINE`]: it still counts as one.
    Uri(&'a str),
    /// Blank, a comment, or a tag longer than [`MAX_LINE`].
    Nothing,
}

/// The lines of a playlist, one at a time.
pub(super) struct Lines {
    body: Vec<u8>,
    /// Where `#EXTM3U` begins.
    first: usize,
    at: usize,
    /// Line ends so far.
    ends: usize,
    /// The line at `at` goes on from one that was too long.
    overlong: bool,
    /// The last line, where it was not UTF-8.
    mended: String,
}

impl Lines {
    /// The lines from `#EXTM3U` on.
    pub(super) fn open(body: Vec<u8>) -> Result<Self, PlaylistError> {
        let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&body).trim_ascii_start();
        if !text.starts_with(b"#EXTM3U") {
            return Err(PlaylistError::NotAPlaylist { looks_like: looks_like(text) });
        }
        let first = body.len() - text.len();
        if text.len() > MAX_BYTES {
            return Err(PlaylistError::TooLarge);
        }
        Ok(Self { body, first, at: first, ends: 0, overlong: false, mended: String::new() })
    }

    /// Begins again.
    pub(super) fn rewind(&mut self) {
        (self.at, self.ends, self.overlong) = (self.first, 0, false);
    }

    /// The text from `#EXTM3U` on, and how much of it was read.
    pub(super) fn text(&self) -> (&[u8], usize) {
        (&self.body[self.first..], self.at - self.first)
    }

    /// Reads on at `at` bytes of the text, with `ends` line ends before it.
    pub(super) fn skip_to(&mut self, at: usize, ends: usize) {
        (self.at, self.ends, self.overlong) = (self.first + at, ends, false);
    }

    /// Line ends so far.
    pub(super) fn ends(&self) -> usize {
        self.ends
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next line, in time bounded by [`MAX_LINE`]; none at the end. Bytes that are not UTF-8 become U+FFFD, and
    /// nothing else is harmed by them: no line end can hide in a broken sequence.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, PlaylistError> {
        let rest = &self.body[self.at..];
        if rest.is_empty() {
            return Ok(None);
        }
        let near = &rest[..rest.len().min(MAX_LINE + 1)];
        let end = near.iter().position(|b| matches!(b, b'\n' | b'\r'));
        let line = near[..end.unwrap_or(near.len())].trim_ascii();
        self.at += end.map_or(near.len(), |end| end + 1);
        self.ends += usize::from(end.is_some());
        if self.ends > MAX_LINE_ENDS {
            return Err(PlaylistError::TooLarge);
        }
        let too_long = end.is_none() && near.len() > MAX_LINE;
        let continued = std::mem::replace(&mut self.overlong, too_long);
        if continued || line.is_empty() {
            return Ok(Some(Line::Nothing));
        }
        if too_long {
            return Ok(Some(if line.starts_with(b"#") { Line::Nothing } else { Line::Uri("") }));
        }
        let line = match core::str::from_utf8(line) {
            Ok(line) => line,
            Err(_) => {
                self.mended = String::from_utf8_lossy(line).into_owned();
                &self.mended
            }
        };
        Ok(Some(if line.starts_with("#EXT") {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let name = name.get(1..).unwrap_or_default();
            Line::Tag { name: name.trim_ascii_end(), value: value.trim_ascii_start() }
        } else if line.starts_with('#') {
            Line::Nothing
        } else {
            Line::Uri(line)
        }))
    }
}

/// The value of attribute `name` in an attribute list, without its quotes. The first counts, should there be
/// several.
pub(super) fn attribute<'a>(list: &'a str, name: &str) -> Option<&'a str> {
    Attributes::of(list).find_map(|(n, value)| (n == name).then_some(value))
}

/// Whether attribute `name` is `YES`, in whatever case.
pub(super) fn yes(list: &str, name: &str) -> bool {
    attribute(list, name).is_some_and(|value| value.eq_ignore_ascii_case("YES"))
}

/// Pairs of an attribute list. Blanks around names and values, empty strings, strings without quotes or with
/// the last one missing are taken as meant; an item without `=` is passed over.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(list: &'a str) -> Self {
        Self { rest: list }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (before, after) = self.rest.split_at_checked(self.rest.find(['=', ','])?)?;
            let Some(after) = after.strip_prefix('=') else {
                self.rest = after.get(1..)?;
                continue;
            };
            let name = before.trim_ascii();
            let after = after.trim_ascii_start();
            if let Some(string) = after.strip_prefix('"') {
                let (value, after) = string.split_once('"').unwrap_or((string, ""));
                self.rest = after.split_once(',').map_or("", |(_, next)| next);
                return Some((name, value));
            }
            let (value, next) = after.split_once(',').unwrap_or((after, ""));
            self.rest = next;
            return Some((name, value.trim_ascii_end()));
        }
    }
}

/// A guess at what a server sent instead, for people.
fn looks_like(body: &[u8]) -> &'static str {
    let head = &body[..body.len().min(512)];
    match head.first() {
        None => return "an empty document",
        Some(b'<') if head.starts_with(b"<?xml") || head.starts_with(b"<MPD") => return "XML",
        Some(b'<') => return "HTML",
        Some(b'{' | b'[') => return "JSON",
        Some(_) => {}
    }
    // The head may end in the middle of a character, which is no sign of binary data.
    let broken = core::str::from_utf8(head).is_err_and(|e| e.error_len().is_some());
    let control = head.iter().any(|b| *b < 0x20 && !b.is_ascii_whitespace());
    if broken || control { "binary data" } else { "text" }
}
