//! What the publisher says its segments are: the SHA-256 of each, as PeerTube lists them in
//! `segments-sha256.json`.
//!
//! A file that is one segment (live) has its digest; a file that holds many (VOD) has one for each byte range,
//! named by its first and last byte:
//!
//! ```json
//! { "0-000017.ts": "9f86…", "1080-fragmented.mp4": { "1363-303084": "60303a…" } }
//! ```
//!
//! Entries that make no sense are passed over, since a segment without a digest merely stays with the origin;
//! a document that is no such list at all is an error. The list is asked by URL: publishers list file names,
//! so a URL's last path component, as written or percent-decoded, is the key.

use super::id::ByteRange;
use super::payload::Digest;
use miniserde::de::{Deserialize, Map, Seq, Visitor};
use miniserde::json;
use std::collections::BinaryHeap;

/// The longest list read: a day of live segments in five renditions is 11 MB.
pub const MAX_BYTES: usize = 16 << 20;
/// Entries kept. More than fit in [`MAX_BYTES`] with file names of common length; 14 MB of memory.
const MAX_ENTRIES: usize = 1 << 18;
/// Files kept.
const MAX_FILES: usize = 1 << 16;
/// Levels of nesting below the outermost object. The format has one; more than this is an attack on memory.
const MAX_DEPTH: u8 = 4;

/// The range of an entry that stands for a whole file: no range of bytes is empty.
const WHOLE: ByteRange = ByteRange { start: 0, end: 0 };

/// Expected digests, by file and byte range.
#[derive(Clone, Debug, Default)]
pub struct DigestList {
    files: Vec<Box<str>>,
    /// Sorted.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Index in `files`.
    file: u32,
    range: ByteRange,
    digest: Digest,
}

/// Why a document is no list of digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAList {
    /// Longer than [`MAX_BYTES`].
    TooLong,
    /// Not a JSON object, or nested beyond reason.
    NotJson,
}

impl DigestList {
    /// Reads a list, in time linear in its length but for one sort.
    ///
    /// # Errors
    /// [`NotAList`]; never panics, whatever the bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotAList> {
        if bytes.len() > MAX_BYTES {
            return Err(NotAList::TooLong);
        }
        let text = core::str::from_utf8(bytes).map_err(|_| NotAList::NotJson)?;
        let mut list: Self = json::from_str(text).map_err(|_| NotAList::NotJson)?;
        list.entries = BinaryHeap::from(list.entries).into_sorted_vec();
        Ok(list)
    }

    /// The digest of a segment; `range` where the playlist gives one.
    #[must_use]
    pub fn get(&self, url: &str, range: Option<ByteRange>) -> Option<Digest> {
        let name = url.split(['?', '#']).next()?.rsplit('/').next()?;
        let file = self.find(name).or_else(|| self.find(&percent_decoded(name)?))?;
        let key = (file, range.unwrap_or(WHOLE));
        let at = self.entries.binary_search_by_key(&key, |entry| (entry.file, entry.range)).ok()?;
        Some(self.entries[at].digest)
    }

    /// Number of digests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no segment has a digest.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn find(&self, name: &str) -> Option<u32> {
        self.files.iter().position(|file| **file == *name).map(|at| at as u32)
    }

    fn add_file(&mut self, name: &str) -> Option<u32> {
        if self.files.len() >= MAX_FILES {
            return None;
        }
        self.files.push(name.into());
        Some(self.files.len() as u32 - 1)
    }
}

impl Deserialize for DigestList {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        out.insert(<Self as Default>::default())
    }
}

impl Visitor for DigestList {
    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(Level(Place { list: self, file: None, range: None, depth: 0 })))
    }
}

/// Where in the document a value stands, and so what a text there means.
struct Place<'a> {
    list: &'a mut DigestList,
    /// The file whose key was read last.
    file: Option<u32>,
    /// The range whose key was read last; [`WHOLE`] directly below the file.
    range: Option<ByteRange>,
    /// Keys above this place, less one.
    depth: u8,
}

impl Visitor for Place<'_> {
    fn string(&mut self, text: &str) -> miniserde::Result<()> {
        if let (Some(file), Some(range), Some(digest)) = (self.file, self.range, digest_of(text))
            && self.list.entries.len() < MAX_ENTRIES
        {
            self.list.entries.push(Entry { file, range, digest });
        }
        Ok(())
    }

    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(self.below()?))
    }

    fn seq(&mut self) -> miniserde::Result<Box<dyn Seq + '_>> {
        Ok(Box::new(self.below()?))
    }

    fn null(&mut self) -> miniserde::Result<()> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> miniserde::Result<()> {
        Ok(())
    }

    fn negative(&mut self, _: i64) -> miniserde::Result<()> {
        Ok(())
    }

    fn nonnegative(&mut self, _: u64) -> miniserde::Result<()> {
        Ok(())
    }

    fn float(&mut self, _: f64) -> miniserde::Result<()> {
        Ok(())
    }
}

impl Place<'_> {
    fn below(&mut self) -> miniserde::Result<Level<'_>> {
        if self.depth == MAX_DEPTH {
            return Err(miniserde::Error);
        }
        Ok(Level(Place { list: self.list, file: self.file, range: None, depth: self.depth + 1 }))
    }
}

/// The inside of an object or array.
struct Level<'a>(Place<'a>);

impl Map for Level<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        match self.0.depth {
            0 => {
                self.0.file = self.0.list.add_file(name);
                self.0.range = Some(WHOLE);
            }
            1 => self.0.range = range_of(name),
            _ => {}
        }
        Ok(&mut self.0)
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

impl Seq for Level<'_> {
    fn element(&mut self) -> miniserde::Result<&mut dyn Visitor> {
        Ok(&mut self.0)
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

/// `first-last`, both inclusive.
fn range_of(text: &str) -> Option<ByteRange> {
    let (first, last) = text.split_once('-')?;
    let range = ByteRange { start: first.parse().ok()?, end: last.parse::<u64>().ok()?.checked_add(1)? };
    (!range.is_empty()).then_some(range)
}

/// 64 hexadecimal digits of either case.
fn digest_of(text: &str) -> Option<Digest> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let mut digest = [0; 32];
    if pairs.len() != digest.len() {
        return None;
    }
    for (byte, pair) in digest.iter_mut().zip(pairs) {
        *byte = hex(pair)?;
    }
    Some(Digest(digest))
}

fn hex(pair: &[u8; 2]) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16);
    Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8)
}

/// RFC 3986 §2.1; `None` when there is nothing to decode or the result is no text.
fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after.first_chunk().and_then(hex).filter(|_| byte == b'%');
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}
