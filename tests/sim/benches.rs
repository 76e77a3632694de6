//! The benches of one viewer in a test: the real ones, one for each place, and a reader for each player.

use sprat::engine::bench::{self, Bench};
use sprat::engine::id::{PlayerId, Track};
use sprat::engine::task::{Made, Task, Unmade, Work};
use sprat::engine::text::Reader;
use std::collections::BTreeMap;

/// Bytes in a turn, so that a task has several.
const SLICE: usize = 10_000;

pub(crate) struct Benches {
    decodes: fn(&str) -> bool,
    benches: BTreeMap<Option<(PlayerId, Track)>, Bench>,
    readers: BTreeMap<PlayerId, Reader>,
}

impl Benches {
    pub(crate) fn new(decodes: fn(&str) -> bool) -> Self {
        Self { decodes, benches: BTreeMap::new(), readers: BTreeMap::new() }
    }

    /// Does a task on these bytes; `init`: the initialisation section that it names.
    pub(crate) fn make(
        &mut self,
        task: &Task,
        bytes: Vec<u8>,
        init: Option<Vec<u8>>,
    ) -> Result<(Made, Vec<u8>), Unmade> {
        if let (Work::Read { ask }, Some((player, _))) = (&task.work, task.bench) {
            let reader = self.readers.entry(player).or_default();
            let said = bench::read(reader, ask, task.lock, bytes);
            return Ok((Made { said, ..Made::default() }, Vec::new()));
        }
        let decodes = self.decodes;
        let bench = self.benches.entry(task.bench).or_insert_with(|| Bench::new(decodes));
        bench.begin(&task.work, task.lock, init.as_deref());
        bytes.chunks(SLICE).for_each(|slice| bench.push(slice));
        bench.finish()
    }

    /// A player left.
    pub(crate) fn clear(&mut self, player: PlayerId) {
        self.readers.remove(&player);
        self.benches.retain(|place, _| place.is_none_or(|(of, _)| of != player));
    }
}
