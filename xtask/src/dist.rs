//! `cargo xtask dist`: an npm package, a self-hosted zip and plugins for PeerTube and WordPress, from the templates in
//! `pkg-config/`.

use crate::run::{Outcome, node, quiet, step};
use crate::site::{self, Profile};
use crate::{budget, peertube_plugin, selfhosted, tree, wordpress_plugin};

/// Every shipped package has the one version of `Cargo.toml`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn dist() -> Outcome {
    site::build(Profile::Release)?;
    step("dist/npm", npm_package)?;
    step("dist/sprat-selfhosted.zip", selfhosted::pack)?;
    step("dist/peertube-plugin-sprat", peertube_plugin::pack)?;
    step("dist/sprat-wordpress.zip", wordpress_plugin::pack)?;
    println!("\ndownload:");
    budget::check()
}

/// The template in `pkg-config/npm/`, our scripts as bundlers, servers and pages without either take them, the engine,
/// the declarations, digests and the notices of others.
fn npm_package() -> Outcome {
    let script = tree::root().join("www/package.mjs");
    quiet(node(script).arg(VERSION).arg(tree::root().join("dist/npm"))).map(drop)
}
