//! What is written: one JSON object in PeerTube's shape, one segment a line, in the order of the playlists. The same
//! bytes for the same stream; a reader finds the old file or the new one, never a part of either.

use crate::digest::{self, Digests};
use crate::listing::{Item, Rendition};
use crate::source::{Source, shown};
use crate::{Output, Trouble};
use sprat::engine::digests::PIECES;
use sprat::engine::id::ByteRange;
use sprat::engine::payload::Digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// A file, or a range of it.
type Name = (String, Option<ByteRange>);

/// Digests by file and range, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Sidecar {
    known: BTreeMap<Name, Digests>,
    /// Files in order, each with its ranges in order.
    files: Vec<(String, Vec<Option<ByteRange>>)>,
    places: BTreeMap<String, usize>,
}

/// Digests everything that is listed.
pub(crate) fn of_everything(source: &Source, renditions: &[Rendition]) -> Result<Sidecar, Trouble> {
    let mut sidecar = Sidecar::default();
    // What two playlists list under one address is read once.
    let mut read = BTreeMap::new();
    for item in renditions.iter().flat_map(|rendition| &rendition.items) {
        let place = (item.url.clone(), item.range);
        let digests = match read.get(&place) {
            Some(known) => *known,
            None => digest::of(source, item)?,
        };
        read.insert(place, digests);
        sidecar.add(item, digests)?;
    }
    if sidecar.files.is_empty() {
        return Err(Trouble::new(shown(&source.tops()[0]), "lists nothing that could be digested"));
    }
    Ok(sidecar)
}

impl Sidecar {
    /// Adds a segment. Two under one key have to be the same: a player could not tell them apart.
    pub(crate) fn add(&mut self, item: &Item, digests: Digests) -> Result<(), Trouble> {
        match self.known.get(&(item.key.clone(), item.range)) {
            Some(known) if known.whole == digests.whole => return Ok(()),
            Some(_) => {
                let what = format!("is another segment than one that players find as \"{}\" too", item.key);
                return Err(Trouble::new(shown(&item.url), what));
            }
            None => {}
        }
        self.known.insert((item.key.clone(), item.range), digests);
        let place = *self.places.entry(item.key.clone()).or_insert(self.files.len());
        if place == self.files.len() {
            self.files.push((item.key.clone(), Vec::new()));
        }
        self.files[place].1.push(item.range);
        Ok(())
    }

    /// How many segments and sections there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from("{");
        let mut comma = "";
        for (key, ranges) in &self.files {
            let entries = |of: fn(&Digests) -> Option<Digest>| {
                let found = ranges
                    .iter()
                    .filter_map(move |range| Some((*range, of(self.known.get(&(key.clone(), *range))?)?)));
                found.collect::<Vec<_>>()
            };
            for (what, found) in [("", entries(|d| Some(d.whole))), (PIECES, entries(|d| d.pieces))] {
                if !found.is_empty() {
                    text.push_str(comma);
                    comma = ",";
                    file(&mut text, &[key, what].concat(), &found);
                }
            }
        }
        text.push_str("\n}\n");
        text
    }

    /// Puts it in place of what is there, whole.
    pub(crate) fn write(&self, output: &Output) -> Result<(), Trouble> {
        let text = self.text();
        let path = match output {
            Output::Standard => {
                let written = std::io::stdout().write_all(text.as_bytes());
                return written.map_err(|e| Trouble::new("standard output", e));
            }
            Output::File(path) => path,
        };
        let name = path.file_name().unwrap_or_default();
        // In the same folder, so that it can be moved; under a name of its own, so that no server gives it away.
        let beside = path.with_file_name([".".as_ref(), name, ".part".as_ref()].join("".as_ref()));
        replace(path, &beside, text.as_bytes()).map_err(|e| {
            // What was begun is of no use to anybody; where that cannot be removed, the first error says why.
            let _ = fs::remove_file(&beside);
            Trouble::new(path.display(), e)
        })
    }
}

fn replace(path: &Path, beside: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(beside, path)
}

/// One file's member: its digest, or, where it was digested in ranges, that of each. A file that is listed both whole
/// and in ranges (a segment that holds its own initialisation section) counts as whole.
fn file(text: &mut String, key: &str, found: &[(Option<ByteRange>, Digest)]) {
    let _ = write!(text, "\n{}:", quoted(key));
    if let Some((_, digest)) = found.iter().find(|(range, _)| range.is_none()) {
        let _ = write!(text, "\"{}\"", hex(*digest));
        return;
    }
    let mut sign = '{';
    for (range, digest) in found.iter().filter_map(|(range, digest)| Some(((*range)?, *digest))) {
        let _ = write!(text, "{sign}\n\"{}-{}\":\"{}\"", range.start, range.end - 1, hex(digest));
        sign = ',';
    }
    text.push('}');
}

fn hex(digest: Digest) -> String {
    digest.0.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A JSON text. Keys are paths of URLs, in which quotes and controls are percent-encoded; a backslash may stand there.
fn quoted(key: &str) -> String {
    let escaped = key.replace('\\', "\\\\").replace('"', "\\\"");
    ["\"", &escaped, "\""].concat()
}
