//! The benches of one simulated viewer: the real ones, on whatever bytes the simulation has. What shows no bytes is
//! passed on as it is.

use crate::payload::Content;
use sprat::engine::bench::{self, Bench};
use sprat::engine::contract::Input;
use sprat::engine::id::{BlobId, PlayerId, Track};
use sprat::engine::task::{Made, Task, Work};
use sprat::engine::text::Reader;
use std::collections::BTreeMap;

/// Bytes in a turn, so that a task has several.
const SLICE: usize = 10_000;

#[derive(Default)]
pub(crate) struct Benches(BTreeMap<Option<(PlayerId, Track)>, Bench>, BTreeMap<PlayerId, Reader>);

impl Benches {
    /// Does a task: what was made is on the shelf before the engine hears of it.
    pub(crate) fn make<P: Content>(
        &mut self,
        task: Task,
        shelf: &mut BTreeMap<BlobId, P>,
    ) -> Option<Input<P>> {
        let source = shelf.get(&task.bytes)?.clone();
        let outcome = match (source.to_vec(), &task.work) {
            (None, _) => Ok((Made::default(), source)),
            (Some(bytes), Work::Read { ask }) => {
                let reader = self.1.entry(task.bench?.0).or_default();
                let said = bench::read(reader, ask, task.lock, bytes);
                Ok((Made { said, ..Made::default() }, Vec::new().into()))
            }
            (Some(bytes), work) => {
                let init = match work {
                    Work::Segment { init: Some(blob), .. } => shelf.get(blob).and_then(P::to_vec),
                    _ => None,
                };
                let bench = self.0.entry(task.bench).or_insert_with(|| Bench::new(|_| true));
                bench.begin(work, task.lock, init.as_deref());
                bytes.chunks(SLICE).for_each(|slice| bench.push(slice));
                bench.finish().map(|(made, bytes)| (made, bytes.into()))
            }
        };
        let outcome = outcome.map(|(made, bytes)| {
            shelf.insert(task.into, bytes);
            made
        });
        Some(Input::Made { blob: task.into, outcome })
    }

    /// A player left.
    pub(crate) fn clear(&mut self, player: PlayerId) {
        self.1.remove(&player);
        self.0.retain(|place, _| place.is_none_or(|(of, _)| of != player));
    }
}
