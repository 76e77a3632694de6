//! How good can it be? Facts about the network and the buffer go in, the index of a variant comes out.
//!
//! [`Abr`] is the seam: a session knows no more of a rule than this. [`Rule`] is the one there is, one per player;
//! [`Paths`] is what the page has measured, the origin and the swarm apart. A rule asks what the origin could
//! sustain if every peer left now. Peers are a bonus: they show in a fuller buffer, never as bandwidth.

mod abandon;
mod bola;
mod dynamic;
mod edge;
mod ladder;
mod replace;
mod throughput;

pub use dynamic::Rule;
pub use ladder::{Ladder, Limits};
pub use replace::replaceable;
pub use throughput::{Path, Paths};

use super::time::{Instant, MediaTime, Millis};

/// A rule for choosing variants. It may be asked at any moment; asking changes nothing that time does not.
pub trait Abr {
    /// Which variant to fetch next, by its index; the present one where nothing may be chosen.
    fn choose(&mut self, view: &View<'_>) -> usize;

    /// A segment of the variant `index` came, from whomever; `replaced` when it takes another's place in the
    /// buffer.
    fn arrived(&mut self, view: &View<'_>, index: usize, replaced: bool);

    /// Nothing was fetched while so much was played: the buffer was full.
    fn rested(&mut self, played: MediaTime);

    /// The viewer went elsewhere: what the buffer told is void.
    fn sought(&mut self);

    /// Which variant to fetch in place of what is under way from the origin; none when it may go on.
    fn abandon(&mut self, view: &View<'_>, flight: &Flight) -> Option<usize>;
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What may be chosen.
    pub ladder: &'a Ladder,
    /// What was measured.
    pub paths: &'a Paths,
    /// The moment.
    pub now: Instant,
    /// The variant that is fetched now.
    pub current: usize,
    /// From the playhead to the end of what is here.
    pub ahead: MediaTime,
    /// How far ahead may be fetched.
    pub goal: MediaTime,
    /// Neighbours help: what is not here yet may be waited for by choice.
    pub shared: bool,
    /// Length of the next segment, or part.
    pub segment: MediaTime,
    /// It is played part by part, as close to the live edge as may be.
    pub by_parts: bool,
}

/// A request to the origin under way.
#[derive(Clone, Copy, Debug)]
pub struct Flight {
    /// The variant it is of.
    pub index: usize,
    /// Bytes here.
    pub bytes: u64,
    /// Bytes in all, or a guess.
    pub size: u64,
    /// Since it was asked for.
    pub elapsed: Millis,
    /// Of that, until it was answered.
    pub waited: Millis,
}
