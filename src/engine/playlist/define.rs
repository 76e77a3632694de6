//! `EXT-X-DEFINE` (RFC 8216bis §4.4.2.3): names that stand for text in URIs and quoted strings. Their values stand in
//! the tag, in the multivariant playlist (`IMPORT`), or in the query of the playlist's own URL (`QUERYPARAM`). A
//! reference to what is not defined stays as it is.

use super::scan::attribute;
use std::borrow::Cow;
use std::sync::Arc;

/// Definitions beyond these are ignored; real playlists have a handful.
const MAX_VARIABLES: usize = 16;
/// Longest name, in bytes.
const MAX_NAME: usize = 64;
/// Bytes of text that substitution may make for one playlist: a short reference to a long value must not
/// multiply. What comes after is left as it is.
const MAX_OUTPUT: usize = 8 << 20;

/// A name and what it stands for.
pub type Variable = (String, String);

/// The names defined so far: a reference sees only definitions above it.
#[derive(Clone, Default)]
pub(super) struct Variables {
    /// What the multivariant playlist defined.
    imports: Arc<[Variable]>,
    defined: Vec<Variable>,
    /// Bytes made so far.
    output: usize,
}

impl Variables {
    /// None yet; `imports` can be imported.
    pub(super) fn new(imports: Arc<[Variable]>) -> Self {
        Self { imports, ..Self::default() }
    }

    /// Takes the attribute list of an `EXT-X-DEFINE` in the playlist at `url`. The first definition of a name counts.
    pub(super) fn define(&mut self, list: &str, url: &str) {
        let (name, value) = if let Some(name) = attribute(list, "NAME") {
            (name, attribute(list, "VALUE").map(str::to_owned))
        } else if let Some(name) = attribute(list, "IMPORT") {
            (name, self.imports.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()))
        } else if let Some(name) = attribute(list, "QUERYPARAM") {
            (name, parameter(url, name))
        } else {
            return;
        };
        if let Some(value) = value
            && name.len() <= MAX_NAME
            && self.defined.len() < MAX_VARIABLES
        {
            self.defined.push((name.to_owned(), value));
        }
    }

    /// All that was defined, for the media playlists that import it.
    pub(super) fn into_defined(self) -> Arc<[Variable]> {
        self.defined.into()
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
        let (name, rest) = (reference.get(..end)?, reference.get(end + 1..)?);
        let (_, value) = self.defined.iter().find(|(defined, _)| defined == name)?;
        Some((value, rest))
    }
}

/// The value of a parameter in the query of `url`, percent-decoded; none when it is missing or empty.
fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split('#').next()?.split_once('?')?.1;
    let value = query.split('&').find_map(|pair| pair.split_once('=').filter(|(n, _)| *n == name))?.1;
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned()).filter(|v| !v.is_empty())
}
