//! `cargo xtask demo`: needs Rust and Node, nothing else; ends with Ctrl-C.

use crate::run::{Outcome, node, shown};
use crate::site::{self, Profile};
use crate::tree;

pub(crate) fn demo() -> Outcome {
    site::build(Profile::Release)?;
    println!("\nThe demo, until Ctrl-C, at");
    // The server is in our process group: Ctrl-C reaches it directly.
    shown(&mut node(tree::root().join("playwright/server/main.mjs")))
}
