//! `EXT-X-DEFINE` (RFC 8216bis §4.4.2.3): names that stand for text in URIs and quoted strings. `NAME` with
//! `VALUE` is understood; `IMPORT` and `QUERYPARAM` are not yet, and their references stay as they are.

use super::scan::attribute;
use std::borrow::Cow;

/// Definitions beyond these are ignored; real playlists have a handful.
const MAX_VARIABLES: usize = 16;
/// Longest name, in bytes.
const MAX_NAME: usize = 64;
/// Bytes of text that substitution may make for one playlist: a short reference to a long value must not
/// multiply. What comes after is left as it is.
const MAX_OUTPUT: usize = 8 << 20;

/// The names defined so far: a reference sees only definitions above it.
#[derive(Default)]
pub(super) struct Variables {
    defined: Vec<(String, String)>,
    /// Bytes made so far.
    output: usize,
}

impl Variables {
    /// Takes the attribute list of an `EXT-X-DEFINE`. The first definition of a name counts.
    pub(super) fn define(&mut self, list: &str) {
        if let (Some(name), Some(value)) = (attribute(list, "NAME"), attribute(list, "VALUE"))
            && name.len() <= MAX_NAME
            && self.defined.len() < MAX_VARIABLES
        {
            self.defined.push((name.to_owned(), value.to_owned()));
        }
    }

    /// `text` with every `{$name}` that is defined replaced, once: values are not looked into again.
    pub(super) fn apply<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if self.defined.is_empty() || !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, brace)) = rest.split_once('{') {
            out.push_str(before);
            let found = brace.strip_prefix('$').and_then(|name| self.value(name));
            let (value, after) = found.unwrap_or(("{", brace));
            out.push_str(value);
            rest = after;
            if self.output + out.len() > MAX_OUTPUT {
                self.output = MAX_OUTPUT;
                return Cow::Borrowed(text);
            }
        }
        out.push_str(rest);
        self.output += out.len();
        Cow::Owned(out)
    }

    /// The value of the name that ends at the first brace of `reference`, and what follows the brace.
    fn value<'a>(&self, reference: &'a str) -> Option<(&str, &'a str)> {
        let end = reference.bytes().take(MAX_NAME + 1).position(|b| b == b'}')?;
        let (_, value) = self.defined.iter().find(|(name, _)| *name == reference[..end])?;
        Some((value, &reference[end + 1..]))
    }
}
