//! `sprat-hash`, run as its users run it: of films, of lives, and of streams that are no good.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

mod bad_streams;
mod films;
mod lives;
mod stage;
