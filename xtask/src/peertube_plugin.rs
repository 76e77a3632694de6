//! `cargo xtask peertube-plugin`: `dist/peertube-plugin-sprat/`, which a PeerTube instance installs from npm or from a folder.
//! `www/peertube-plugin.mjs` puts it together.

use crate::run::{Outcome, node, quiet, step};
use crate::site::{self, Profile};
use crate::tree;

/// PeerTube takes the name of the folder for that of the package.
const NAME: &str = "peertube-plugin-sprat";

pub(crate) fn package() -> Outcome {
    site::build(Profile::Release)?;
    step("dist/peertube-plugin-sprat", pack)
}

/// From the site as it is.
pub(crate) fn pack() -> Outcome {
    let script = tree::root().join("www/peertube-plugin.mjs");
    quiet(node(script).arg(tree::root().join("dist").join(NAME))).map(drop)
}
