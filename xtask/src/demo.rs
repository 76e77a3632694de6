//! `cargo xtask demo`: needs Rust and Node, nothing else; ends with Ctrl-C.

use crate::run::{Outcome, become_program, node};
use crate::site::{self, Profile};
use crate::tree;

pub(crate) fn demo() -> Outcome {
    site::build(Profile::Release)?;
    println!("\nThe demo, until Ctrl-C, at");
    become_program(&mut node(tree::root().join("playwright/server/main.mjs")))
}
