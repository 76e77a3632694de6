//! What the origin has failed at, for longer than a job lives: an asset that is dropped and wanted again, as when the
//! variant changes and changes back, has only the attempts left that it had.

use super::Asset;
use super::job::{Job, Place};
use crate::engine::payload::Payload;

/// Assets that are remembered; of more, the oldest are forgotten.
const REMEMBERED: usize = 64;

/// Failed attempts by asset and place.
#[derive(Default)]
pub(super) struct Failures(Vec<(Asset, Place, u32)>);

impl Failures {
    /// A job ends unfinished. `most` attempts leave one for when it is wanted again, much later perhaps.
    pub(super) fn keep<P: Payload>(&mut self, asset: Asset, job: &Job<P>, most: u32) {
        // What was asked for before it existed says nothing of later.
        if job.failures > 0 && !job.held {
            if self.0.len() == REMEMBERED {
                self.0.remove(0);
            }
            self.0.push((asset, job.place.clone(), job.failures.min(most.saturating_sub(1))));
        }
    }

    /// A job begins.
    pub(super) fn recall<P: Payload>(&mut self, asset: Asset, job: &mut Job<P>) {
        if let Some(i) = self.0.iter().position(|(a, place, _)| (*a, place) == (asset, &job.place)) {
            job.failures = self.0.swap_remove(i).2;
        }
    }

    /// The network is another one.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
