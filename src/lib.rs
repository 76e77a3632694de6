//! Sprat: a peer-assisted HLS player for the web. The engine decides, the web does.
//!
//! The path of one segment, which is also the order in which to read the code:
//!
//! ```text
//! text ─▶ playlist ─▶ timeline ─▶ schedule ─▶ transfer ─▶ verify ─▶ store ─▶ workshop ─▶ buffer ─▶ screen
//!                        abr ───────▲           ▲    ▲                │
//!                    playhead ──────┘        HTTP  swarm              └──▶ share ─▶ other viewers
//! ```
//!
//! [`engine`] is pure Rust: no clock, no socket, no JavaScript value. It takes facts
//! ([`engine::contract::Input`]) and gives orders ([`engine::contract::Output`]).
//! `web` (wasm32 only) turns browser events into facts and orders into browser calls.
//! What meets other viewers (`engine::neighbours` and all it alone calls) is shipped apart, fetched once it is wanted.
//! `tests/sim` drives the same engine on a virtual clock. `benches` (wasm32 only, a binary of its own) makes of bytes
//! what the browser takes, for streams that need it.
#![cfg_attr(not(test), forbid(unsafe_code))]

pub mod engine;

#[cfg(all(target_arch = "wasm32", feature = "benches"))]
mod benches;
#[cfg(all(target_arch = "wasm32", not(feature = "benches")))]
mod web;
