//! `cargo xtask dist`: an npm package, a self-hosted zip and a plugin for WordPress, from the templates in `pkg-config/`.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, node, quiet, step};
use crate::site::{self, Profile};
use crate::wasm::Binary;
use crate::{budget, selfhosted, tree, weight};

/// Every shipped package has the one version of `Cargo.toml`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn dist() -> Outcome {
    site::build(Profile::Release)?;
    step("notices of others", third_party)?;
    step("dist/npm", npm_package)?;
    step("dist/sprat-selfhosted.zip", selfhosted::zip)?;
    step("dist/sprat-wordpress.zip", selfhosted::wordpress)?;
    for binary in Binary::ALL {
        println!("\n{}: wasm code by crate:", binary.name());
        weight::print(binary)?;
    }
    println!("\ndownload:");
    budget::check()
}

/// What `<script type="module" src="…/sprat.js">` or an import needs: no pages, no demo.
fn npm_package() -> Outcome {
    let package = tree::root().join("dist/npm");
    let template = tree::root().join("pkg-config/npm");
    emptied(&package)?;
    write(&package.join("package.json"), manifest(&template.join("package.json"))?.as_bytes())?;
    copy(&template.join("README.md"), &package.join("README.md"))?;
    for licence in licences() {
        copy(&licence, &package.join(file_name(&licence)))?;
    }
    for file in budget::scripts(&budget::SHIPPED)?
        .into_iter()
        .chain(budget::scripts(&["variants"])?)
        .chain(Binary::ALL.map(|binary| tree::site().join(binary.file())))
    {
        copy(&file, &package.join("dist").join(file_name(&file)))?;
    }
    selfhosted::digests(&package.join("dist"), &on_cdn(&package.join("package.json"))?)?;
    types(&package.join("types"))
}

/// The template with the version and the dependencies put in. The scripts are bundled and need none at run time, but
/// their declarations speak of Lit and of the media element's base class.
fn manifest(template: &Path) -> Outcome<String> {
    let www = json(&tree::root().join("www/package.json"))?;
    let mut manifest = json(template)?;
    manifest["version"] = VERSION.into();
    manifest["dependencies"] = www["dependencies"].clone();
    serde_json::to_string_pretty(&manifest).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// Where the package's scripts lie for everyone, at exactly this version.
fn on_cdn(manifest: &Path) -> Outcome<String> {
    let name = json(manifest)?["name"].as_str().ok_or("the package has no name")?.to_owned();
    Ok(format!("https://cdn.jsdelivr.net/npm/{name}@{VERSION}/dist/"))
}

fn json(path: &Path) -> Outcome<serde_json::Value> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// Declarations of `sprat.ts` and all it imports, as `pkg-config/npm/tsconfig.json` selects them.
fn types(into: &Path) -> Outcome {
    let tsc = tree::root().join("www/node_modules/typescript/bin/tsc");
    let project = tree::root().join("pkg-config/npm/tsconfig.json");
    quiet(node(tsc).arg("--project").arg(project).arg("--outDir").arg(into))?;
    // The compiler leaves out what we declared by hand; a reference in the entry brings it to whoever imports us.
    let mut entry = String::new();
    for file in tree::files(&tree::root().join("www/src")) {
        let name = file_name(&file);
        if name.ends_with(".d.ts") {
            copy(&file, &into.join(&name))?;
            entry += &format!("/// <reference path=\"./{name}\" />\n");
        }
    }
    let path = into.join("sprat.d.ts");
    write(&path, (entry + &read(&path)?).as_bytes())
}

/// Our own, and the notices of what we ship of others.
fn licences() -> [PathBuf; 3] {
    ["LICENSE-MIT", "LICENSE-APACHE", NOTICES].map(|name| tree::root().join(name))
}

/// Gathered from the crates and packages that the built site is made of.
const NOTICES: &str = "target/THIRD-PARTY.txt";

fn third_party() -> Outcome {
    let script = tree::root().join("www/licences.mjs");
    quiet(node(script).arg("notices").arg(tree::root().join(NOTICES))).map(drop)
}

fn emptied(folder: &Path) -> Outcome {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let bytes = std::fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    write(to, &bytes)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
