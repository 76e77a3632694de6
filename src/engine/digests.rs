//! What the publisher says its segments are: the SHA-256 of each, as PeerTube lists them in
//! `segments-sha256.json`, and as `sprat-hash` writes them (`docs/digests.md`).
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
//! so the end of a URL's path, as written or percent-decoded, is the key. PeerTube lists the last component alone;
//! where renditions lie in folders and call their files alike, `sprat-hash` lists the folders too.

use super::id::ByteRange;
use super::payload::Digest;
use miniserde::de::{Deserialize, Map, Seq, Visitor};
use miniserde::json;
use sha1::{Digest as _, Sha1};
use std::collections::BinaryHeap;
use std::ops::Range;

/// The longest list read: a day of live segments in five renditions is 11 MB.
pub const MAX_BYTES: usize = 16 << 20;
/// Entries kept. More than fit in [`MAX_BYTES`] with file names of common length; 14 MB of memory.
const MAX_ENTRIES: usize = 1 << 18;
/// A member is no longer than this many slices: an entry has a hundred bytes.
const LONG_MEMBER: usize = 4;
/// Levels of nesting below the outermost object. The format has one; more than this is an attack on memory.
const MAX_DEPTH: u8 = 4;

/// Components of a path that a key may have.
pub const MAX_COMPONENTS: usize = 4;
/// What a file's name is followed by where the digests of its segments' pieces are. No path of a URL has it.
pub const PIECES: &str = "?pieces";
/// And where those of the parts of a low-latency live's segments are.
pub const PARTS: &str = "?parts";

/// Runs longer than this are not merged: a turn has no time for it. The longest list then has a dozen.
const LONG_RUN: usize = 1 << 14;

/// The range of an entry that stands for a whole file: no range of bytes is empty.
const WHOLE: ByteRange = ByteRange { start: 0, end: 0 };

/// Expected digests, by file and byte range.
#[derive(Clone, Debug, Default)]
pub struct DigestList {
    /// Each sorted.
    runs: Vec<Vec<Entry>>,
    /// Slashes in a key, at most: no longer end of a path is worth looking for.
    folders: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    file: FileName,
    range: ByteRange,
    digest: Digest,
}

/// The first 64 bits of a file name's SHA-1: names of one list differ in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FileName([u8; 8]);

impl FileName {
    fn of(name: &str) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&Sha1::digest(name)[..8]);
        Self(first)
    }
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
    /// Reads a list whole: for tests and tools.
    ///
    /// # Errors
    /// [`NotAList`]; never panics, whatever the bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotAList> {
        let mut reading = Reading::new(bytes.to_vec())?;
        loop {
            if let Some(result) = reading.step(usize::MAX) {
                return result;
            }
        }
    }

    /// The digest of a segment; `range` where the playlist gives one.
    #[must_use]
    pub fn get(&self, url: &str, range: Option<ByteRange>) -> Option<Digest> {
        self.listed(url, range, "")
    }

    /// The digest of a part of a segment (`EXT-X-PART`).
    #[must_use]
    pub fn part(&self, url: &str, range: Option<ByteRange>) -> Option<Digest> {
        self.listed(url, range, PARTS)
    }

    /// The digest of the digests of a segment's pieces of 64 KiB, one after the other.
    #[must_use]
    pub fn pieces(&self, url: &str, range: Option<ByteRange>) -> Option<Digest> {
        self.listed(url, range, PIECES)
    }

    fn listed(&self, url: &str, range: Option<ByteRange>, what: &str) -> Option<Digest> {
        let path = url.split(['?', '#']).next()?;
        let range = range.unwrap_or(WHOLE);
        let find = |name: &str| self.find(&[name, what].concat(), range);
        let mut found = None;
        // The longest key is the most particular: files of one name in two folders are two.
        let components = (self.folders + 1).min(MAX_COMPONENTS);
        for (slash, _) in path.rmatch_indices('/').chain([(usize::MAX, "")]).take(components) {
            let name = path.get(slash.wrapping_add(1)..)?;
            found = find(name).or_else(|| find(&percent_decoded(name)?)).or(found);
        }
        found
    }

    /// Number of digests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// Whether no segment has a digest.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn find(&self, name: &str, range: ByteRange) -> Option<Digest> {
        let key = (FileName::of(name), range);
        self.runs.iter().find_map(|run| {
            let at = run.binary_search_by_key(&key, |entry| (entry.file, entry.range)).ok()?;
            Some(run[at].digest)
        })
    }

    /// Takes more entries, in any order. Runs of like length become one, so that few are left to look through.
    fn add(&mut self, entries: Vec<Entry>) {
        let room = MAX_ENTRIES - self.len();
        let mut run = BinaryHeap::from(entries).into_sorted_vec();
        run.truncate(room);
        while let Some(last) = self.runs.pop_if(|last| last.len() <= run.len() && run.len() <= LONG_RUN) {
            run = merged(&last, &run);
        }
        if !run.is_empty() {
            self.runs.push(run);
        }
    }
}

/// Two sorted runs as one.
fn merged(mut a: &[Entry], mut b: &[Entry]) -> Vec<Entry> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x <= y {
            out.push(*x);
            a = &a[1..];
        } else {
            out.push(*y);
            b = &b[1..];
        }
    }
    out.extend_from_slice(a);
    out.extend_from_slice(b);
    out
}

/// A list that is being read, in slices: a long one takes longer than a turn may. JSON is read whole or not at all,
/// so the text is cut between members, and each piece completed to an object of its own.
pub struct Reading {
    text: Vec<u8>,
    /// Everything before it was read.
    at: usize,
    depth: usize,
    /// What puts the rest at `depth`: nothing, `{`, or `{"file":{`.
    opening: Vec<u8>,
    list: DigestList,
}

impl Reading {
    /// Begins.
    ///
    /// # Errors
    /// [`NotAList`], when it is too long.
    pub fn new(text: Vec<u8>) -> Result<Self, NotAList> {
        if text.len() > MAX_BYTES {
            return Err(NotAList::TooLong);
        }
        Ok(Self { text, at: 0, depth: 0, opening: Vec::new(), list: DigestList::default() })
    }

    /// Reads on for `budget` bytes and a member. None: there is more to read.
    pub fn step(&mut self, budget: usize) -> Option<Result<DigestList, NotAList>> {
        let rest = &self.text[self.at..];
        let cut = cut(rest, self.depth, budget);
        let is_last = cut.is_none();
        if is_last && rest.len() > budget.saturating_mul(LONG_MEMBER) {
            return Some(Err(NotAList::NotJson));
        }
        let Cut { at: to, depth, key } = cut.unwrap_or(Cut { at: rest.len(), depth: 0, key: None });
        let closing = &b"}}"[..depth];
        let piece = [&self.opening, &rest[..to], closing].concat();
        let piece = core::str::from_utf8(&piece).ok();
        let Some(Entries { entries, folders }) = piece.and_then(|piece| json::from_str(piece).ok()) else {
            return Some(Err(NotAList::NotJson));
        };
        self.list.add(entries);
        self.list.folders = self.list.folders.max(folders);
        if is_last {
            return Some(Ok(core::mem::take(&mut self.list)));
        }
        match (depth, key) {
            (1, _) => self.opening = b"{".to_vec(),
            (_, Some(key)) => self.opening = [b"{", &rest[key], b":{"].concat(),
            // Still in the object that the piece began in.
            (_, None) => {}
        }
        self.depth = depth;
        self.at += to + 1;
        None
    }
}

/// A comma between members of the outermost object, or of one directly in it.
struct Cut {
    at: usize,
    depth: usize,
    /// The inner object's key, as written, where that was seen.
    key: Option<Range<usize>>,
}

/// Where to cut `text`, which begins at `depth`: at the first such comma behind `budget` bytes. None: there is none as
/// far as a member reaches.
fn cut(text: &[u8], mut depth: usize, budget: usize) -> Option<Cut> {
    let (mut string, mut escaped, mut key, mut object) = (None, false, None, true);
    for (i, &byte) in text.iter().enumerate().take(budget.saturating_mul(LONG_MEMBER)) {
        match (byte, string) {
            _ if escaped => escaped = false,
            (b'\\', Some(_)) => escaped = true,
            (b'"', Some(from)) => {
                // At depth 1 a value overwrites its key, but what opens an object there is preceded by one.
                key = if depth == 1 { Some(from..i + 1) } else { key };
                string = None;
            }
            (_, Some(_)) => {}
            (b'"', None) => string = Some(i),
            (b'{' | b'[', None) => {
                depth += 1;
                object = if depth == 2 { byte == b'{' } else { object };
            }
            (b'}' | b']', None) => depth = depth.saturating_sub(1),
            (b',', None) if i >= budget && (depth == 1 || depth == 2 && object) => {
                return Some(Cut { at: i, depth, key });
            }
            _ => {}
        }
    }
    None
}

/// What a piece holds, in the order in which it stands there.
struct Entries {
    entries: Vec<Entry>,
    /// The most slashes of a key.
    folders: usize,
}

impl Deserialize for Entries {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        out.insert(Self { entries: Vec::new(), folders: 0 })
    }
}

impl Visitor for Entries {
    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(Level(Place { found: self, file: None, range: None, depth: 0 })))
    }
}

/// Where in the document a value stands, and so what a text there means.
struct Place<'a> {
    found: &'a mut Entries,
    /// The file whose key was read last.
    file: Option<FileName>,
    /// The range whose key was read last; [`WHOLE`] directly below the file.
    range: Option<ByteRange>,
    /// Keys above this place, less one.
    depth: u8,
}

impl Visitor for Place<'_> {
    fn string(&mut self, text: &str) -> miniserde::Result<()> {
        if let (Some(file), Some(range), Some(digest)) = (self.file, self.range, digest_of(text)) {
            self.found.entries.push(Entry { file, range, digest });
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
        Ok(Level(Place { found: self.found, file: self.file, range: None, depth: self.depth + 1 }))
    }
}

/// The inside of an object or array.
struct Level<'a>(Place<'a>);

impl Map for Level<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        match self.0.depth {
            0 => {
                self.0.file = Some(FileName::of(name));
                let slashes = name.bytes().filter(|&b| b == b'/').count();
                self.0.found.folders = self.0.found.folders.max(slashes);
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
