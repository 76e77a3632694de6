//! A live: its playlists are looked at again and again, what is new is digested once, and what has left their windows is
//! dropped, though not at once: viewers with an older playlist still ask for it (RFC 8216 §6.2.2). What cannot be read
//! now is tried again at the next look, and is left out until then; the file stays as it was last written.

use crate::digest::{self, Digests};
use crate::listing::{self, Item, Rendition};
use crate::sidecar::Sidecar;
use crate::source::Source;
use crate::{Output, Trouble};
use sprat::engine::id::ByteRange;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

/// Looks are half a target duration apart (RFC 8216 §6.3.4), or half a part's, within this.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// A live whose playlists cannot be read for so long is over.
const PATIENCE: Duration = Duration::from_secs(300);
/// Looks for files that are still missing when nothing will be added any more.
const LAST_LOOKS: u32 = 10;
/// What was said once is remembered, but not without end.
const SAID: usize = 1_000;
/// Windows that are kept: the present one, and what left it while it went by.
const WINDOWS: u64 = 2;

/// One segment of one playlist: its number, its file, its range. Initialisation sections and parts have no number.
type Name = (Option<u64>, String, Option<ByteRange>);

/// One playlist, with what is known of its segments.
struct Followed {
    now: Rendition,
    known: BTreeMap<Name, (Item, Digests)>,
}

/// Follows a live to its end.
pub(crate) fn run(source: &Source, output: &Output) -> Result<String, Trouble> {
    let found = listing::renditions(source)?;
    let mut followed: Vec<_> =
        found.into_iter().map(|now| Followed { now, known: BTreeMap::new() }).collect();
    let mut written = String::new();
    let mut complaints = Complaints::default();
    let mut read_at = Instant::now();
    let mut last_looks = 0;
    loop {
        source.forget_stamps();
        let mut missing = false;
        for one in &mut followed {
            missing |= one.digest_new(source, &mut complaints);
        }
        let sidecar = sidecar(&followed, &mut complaints);
        let text = sidecar.text();
        if sidecar.len() > 0 && text != written {
            sidecar.write(output)?;
            written = text;
        }
        if followed.iter().all(|one| one.now.ended) {
            if !missing {
                return Ok(format!("the live has ended; {} digests, {} bytes", sidecar.len(), written.len()));
            }
            last_looks += 1;
            if last_looks > LAST_LOOKS {
                return Err(Trouble::new("the live has ended, but something is missing", complaints.last));
            }
        }
        let pace = followed.iter().map(|one| one.now.pace.as_millis().0).min().unwrap_or(0);
        thread::sleep(Duration::from_millis(pace / 2).clamp(SHORTEST, LONGEST));
        source.forget_stamps();
        for one in &mut followed {
            match one.now.again(source) {
                Ok(now) => {
                    read_at = Instant::now();
                    one.replaced(now);
                }
                Err(trouble) => complaints.add(&trouble),
            }
        }
        if read_at.elapsed() > PATIENCE {
            let what = format!("no playlist could be read for {} s", PATIENCE.as_secs());
            return Err(Trouble::new(what, complaints.last));
        }
    }
}

impl Followed {
    fn replaced(&mut self, now: Rendition) {
        let end = |rendition: &Rendition| rendition.first + rendition.window;
        if now.first < self.now.first || end(&now) < end(&self.now) {
            // The live began again: old numbers and names mean something else.
            self.known.clear();
        }
        self.now = now;
    }

    /// Digests what is new and forgets what is old. Whether something listed could not be read.
    fn digest_new(&mut self, source: &Source, complaints: &mut Complaints) -> bool {
        let listed = |item: &Item| (item.number, item.key.clone(), item.range);
        let mut missing = false;
        for item in &self.now.items {
            if self.known.contains_key(&listed(item)) {
                continue;
            }
            match digest::of(source, item) {
                Ok(digests) => {
                    self.known.insert(listed(item), (item.clone(), digests));
                }
                Err(trouble) => {
                    complaints.add(&trouble);
                    missing = true;
                }
            }
        }
        let oldest = self.now.first.saturating_sub(self.now.window * (WINDOWS - 1));
        let now = &self.now;
        self.known.retain(|(number, ..), (item, _)| match number {
            Some(number) => *number >= oldest,
            None => now.items.contains(item),
        });
        missing
    }
}

/// What is known of all playlists, in order. Where a live uses a name again, the newest segment of that name counts.
fn sidecar(followed: &[Followed], complaints: &mut Complaints) -> Sidecar {
    let mut newest = BTreeMap::new();
    let all = || followed.iter().flat_map(|one| one.known.values());
    for (item, _) in all() {
        let number = newest.entry((&item.key, item.range)).or_insert(item.number);
        *number = item.number.max(*number);
    }
    let mut sidecar = Sidecar::default();
    for (item, digests) in all().filter(|(item, _)| newest[&(&item.key, item.range)] == item.number) {
        // Two playlists may disagree; players are then given the first one's.
        if let Err(trouble) = sidecar.add(item, *digests) {
            complaints.add(&trouble);
        }
    }
    sidecar
}

/// What went wrong, each thing said once.
#[derive(Default)]
struct Complaints {
    said: BTreeSet<String>,
    last: String,
}

impl Complaints {
    fn add(&mut self, trouble: &Trouble) {
        self.last = trouble.to_string();
        if self.said.len() < SAID && self.said.insert(self.last.clone()) {
            eprintln!("sprat-hash: {}; tried again at the next look", self.last);
        }
    }
}
