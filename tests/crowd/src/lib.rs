//! Crowds: a thousand viewers and more on one virtual clock, each with the engine that ships, a link, a NAT, a time to
//! come and a time to go. A scenario says who comes and what is on; the seed decides the rest, so that a run can be
//! had again exactly, and the same crowd can be seen without peers.
#![expect(missing_docs, reason = "figures are named for what they are; units stand in their names")]

mod chance;
pub mod chart;
#[path = "../../sim/element.rs"]
#[expect(dead_code, reason = "the troubles of browsers are for the stories of single viewers")]
mod element;
pub mod figures;
mod network;
mod origin;
mod payload;
pub mod scenario;
mod tally;
mod tracker;
mod world;

pub use figures::Figures;
pub use scenario::Scenario;

/// Runs a scenario to its end; `p2p` false: the same crowd without peers.
#[must_use]
pub fn run(scenario: &Scenario, seed: u64, p2p: bool) -> Figures {
    let mut world = world::World::new(scenario, seed, p2p);
    world.run((scenario.minutes * 60e6) as u64);
    Figures::of(&world, scenario, &scenario.trace(seed))
}
