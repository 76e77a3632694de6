//! `cargo xtask dist`: an npm package and a self-hosted zip, from the templates in `pkg-config/`.

use std::io::Write;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

use crate::run::{Outcome, node, quiet, step};
use crate::site::{self, Profile};
use crate::wasm::Binary;
use crate::{budget, tree, weight};

/// Every shipped package has the one version of `Cargo.toml`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn dist() -> Outcome {
    site::build(Profile::Release)?;
    step("dist/npm", npm_package)?;
    step("dist/sprat-selfhosted.zip", self_hosted)?;
    for binary in Binary::ALL {
        println!("\n{}: wasm code by crate:", binary.name());
        weight::print(binary)?;
    }
    println!("\ndownload:");
    budget::check()
}

/// The template in `pkg-config/npm/`, our scripts as bundlers, servers and pages without either take them, the engine
/// and the declarations.
fn npm_package() -> Outcome {
    let script = tree::root().join("www/package.mjs");
    quiet(node(script).arg(VERSION).arg(tree::root().join("dist/npm"))).map(drop)
}

/// Pages of the site that are not for others to host.
const DEMO: [&str; 2] = ["index.html", "annotate.html"];

/// The iframe pages and all they load, under one folder, with settings for the usual servers.
fn self_hosted() -> Outcome {
    let path = tree::root().join("dist/sprat-selfhosted.zip");
    let file = std::fs::File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut archive = zip::ZipWriter::new(file);
    let mut add = |name: String, from: &Path| -> Outcome {
        // One date for all (the format's first): the same input gives the same archive.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let bytes = std::fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
        archive.start_file(format!("sprat/{name}"), options).map_err(|error| error.to_string())?;
        archive.write_all(&bytes).map_err(|error| error.to_string())
    };
    let demo = budget::scripts(&["demo"])?;
    for file in tree::files(&tree::site()) {
        let name = relative(&file, &tree::site());
        if !demo.contains(&file) && !DEMO.contains(&name.as_str()) {
            add(name, &file)?;
        }
    }
    let settings = tree::root().join("pkg-config/selfhosted");
    for file in tree::files(&settings) {
        add(relative(&file, &settings), &file)?;
    }
    for licence in licences() {
        add(file_name(&licence), &licence)?;
    }
    archive.finish().map(drop).map_err(|error| format!("{}: {error}", path.display()))
}

fn licences() -> [PathBuf; 2] {
    ["LICENSE-MIT", "LICENSE-APACHE"].map(|name| tree::root().join(name))
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn relative(path: &Path, base: &Path) -> String {
    // Zip names have forward slashes on every system.
    path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
