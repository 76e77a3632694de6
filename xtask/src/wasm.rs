//! The binaries as the browser gets them: rustc links the engine and its benches, then come the bindings, then the engine
//! is taken apart in two, then the size optimiser.
//!
//! `wasm-bindgen-cli-support` is linked in at the crate's own version, and `wasm-opt` comes from npm, so no tool has
//! to be installed and none can be of the wrong version.

use std::path::{Path, PathBuf};
use std::thread;

use wasm_bindgen_cli_support::Bindgen;

use crate::run::{Outcome, cargo, node, quiet, shown, step};
use crate::site::Profile;
use crate::{split, stamp, tree};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc 1.95 emits for the target, by name. Never `-all`: Binaryen 132 would then write compact imports, which
/// Chromium 156 and Firefox 153 refuse.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What counts is the size after Brotli. Functions with one caller stay apart unless they are tiny: that is longer,
/// but repeats itself more (7 % less than plain `-Oz`). By name, the instances of one generic stand side by side (2 %).
/// The lowest kilobyte of memory is the far end of the stack, so no object lies there.
const PASSES: &[&str] = &[
    "--flatten",
    "--rereloop",
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=30",
    "--reorder-functions-by-name",
];

/// 1.4 KB less for SHA-256 at half the speed, which is still 250 MB/s on a desktop: a hundred times the fastest stream.
const COMPACT_SHA256: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// What the engine calls only once `Input::SwarmReady` was said, by the paths of its functions; it is checked nowhere but
/// by running: a page without neighbours that calls one of them traps.
const GATES: &[&str] = &[
    "sprat::engine::neighbours::",
    "sprat::engine::partwork::",
    "sprat::engine::piecework::",
    "sprat::engine::swarm::",
    "sprat::engine::relay::",
    "sprat::engine::digests::",
    "sprat::engine::share::Share::pump",
    "sprat::engine::share::slots::",
    "sprat::engine::transfer::pieces::<impl sprat::engine::transfer::job::Job<P>>::ask_neighbours",
    "sprat::engine::transfer::pieces::<impl sprat::engine::transfer::Transfer<P>>::",
    "sprat::engine::transfer::redundancy::",
    "sprat::web::peers::",
    "sprat::web::tracker::",
];

/// Of those, what every page calls: an empty swarm is made and asked, and what may name a rendition is kept.
const OPEN: &[&str] = &[
    "sprat::engine::swarm::Swarm<P>::new",
    "sprat::engine::swarm::Swarm<P>::has_met",
    "sprat::engine::swarm::naming::Identity::of_",
    "sprat::engine::swarm::naming::Identity::for_naming",
    "sprat::engine::swarm::naming::PeerId::from_seed",
    "sprat::engine::swarm::naming::alphanumerics",
    "sprat::engine::swarm::naming::only",
    "sprat::engine::swarm::Chance::",
    "sprat::engine::swarm::candidates::",
    "sprat::engine::swarm::wire::dialect::",
    "sprat::engine::transfer::redundancy::Redundancy::new",
];

fn is_gate(function: &str) -> bool {
    let path = function.trim_start_matches('<');
    let is_in = |paths: &[&str]| paths.iter().any(|of| path.starts_with(of));
    is_in(GATES) && !is_in(OPEN)
}

/// One of the binaries that are built from the crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binary {
    Engine,
    /// The half of it that meets other viewers.
    Swarm,
    Benches,
}

impl Binary {
    pub(crate) const ALL: [Self; 3] = [Self::Engine, Self::Swarm, Self::Benches];

    /// What its files are called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Engine => "sprat",
            Self::Swarm => "sprat_swarm",
            Self::Benches => "sprat_benches",
        }
    }

    /// The file that is shipped.
    pub(crate) fn file(self) -> String {
        format!("{}_bg.wasm", self.name())
    }

    /// Rustc calls both the same, so each has a folder of its own.
    pub(crate) fn target_dir(self) -> PathBuf {
        match self {
            Self::Engine | Self::Swarm => tree::target(),
            Self::Benches => tree::target().join("benches"),
        }
    }

    /// The wasm as rustc left it.
    fn linked(self) -> PathBuf {
        self.target_dir().join(TARGET).join("release/sprat.wasm")
    }

    /// The wasm between the bindings and the optimiser, which takes its function names away.
    fn bound(self) -> PathBuf {
        tree::root().join("target").join(format!("{}_bound.wasm", self.name()))
    }
}

/// The linked wasm of both, names and all. Each is one long step on one core: they go side by side.
pub(crate) fn link() -> Outcome {
    add_target()?;
    thread::scope(|scope| {
        let benches = scope.spawn(|| link_one(Binary::Benches));
        let engine = link_one(Binary::Engine);
        benches.join().expect("no panic in link_one").and(engine)
    })
}

fn link_one(binary: Binary) -> Outcome {
    step(format!("{}: cargo build for wasm32", binary.name()), || {
        let features: &[&str] = if binary == Binary::Benches { &["--features", "benches"] } else { &[] };
        build("sprat", &binary.target_dir(), features)
    })
}

/// What the benchmarks measure of the engine alone, in [`tree::bench`]: made as the engine is, so that it is as fast.
pub(crate) fn bench() -> Outcome {
    add_target()?;
    step("playlists: cargo build for wasm32", || build("sprat-bench", &tree::target(), &[]))?;
    let linked = tree::target().join(TARGET).join("release/sprat_bench.wasm");
    let output = tree::bench().join("playlists_bg.wasm");
    stamp::unless_done(&output, &[linked.clone(), stamp::this_program()], "", || {
        step("playlists: bindings and wasm-opt", || {
            let mut bindgen = Bindgen::new();
            let bindgen = bindgen.input_path(&linked).out_name("playlists").web(true);
            bindgen
                .and_then(|b| b.generate(tree::bench()))
                .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
            quiet(wasm_opt(&["--strip-debug"]).arg(&output).arg("-o").arg(&output)).map(drop)
        })
    })
}

fn build(package: &str, target_dir: &Path, features: &[&str]) -> Outcome {
    let mut flags = remapped_paths().to_vec();
    flags.push(COMPACT_SHA256.to_owned());
    let flags = format!("target.{TARGET}.rustflags={flags:?}");
    let mut build = cargo(&["build", "--release", "--lib", "--package", package, "--target", TARGET]);
    shown(build.args(["--config", &flags]).arg("--target-dir").arg(target_dir).args(features))
}

/// Panic messages name source files: without the folders of whoever built it, and the same for everyone.
fn remapped_paths() -> [String; 2] {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let folders = [tree::root().to_owned(), home.unwrap_or_default().join("registry/src")];
    folders.map(|folder| format!("--remap-path-prefix={}/=", folder.display()))
}

/// Bindings and binaries in [`tree::web`]; the linked wasm and the npm packages must be there.
pub(crate) fn bind(profile: Profile) -> Outcome {
    thread::scope(|scope| {
        let benches = scope.spawn(|| bind_one(Binary::Benches, profile));
        let engine = bind_one(Binary::Engine, profile);
        benches.join().expect("no panic in bind_one").and(engine)
    })
}

fn bind_one(binary: Binary, profile: Profile) -> Outcome {
    let linked = binary.linked();
    let output = tree::web().join(binary.file());
    let inputs = [linked.clone(), stamp::this_program()];
    stamp::unless_done(&output, &inputs, profile.name(), || {
        step(format!("{}: bindings", binary.name()), || bindings(binary, &linked))?;
        let made: &[Binary] = if binary == Binary::Engine {
            take_apart(&output)?;
            &[Binary::Engine, Binary::Swarm]
        } else {
            &[binary]
        };
        match profile {
            Profile::Dev => Ok(()),
            Profile::Release => made.iter().try_for_each(|binary| {
                step(format!("{}: wasm-opt -Oz", binary.name()), || optimise(*binary))
            }),
        }
    })
}

/// The engine's binary keeps what every page needs.
fn take_apart(engine: &Path) -> Outcome {
    let whole = std::fs::read(engine).map_err(|error| format!("{}: {error}", engine.display()))?;
    let halves = split::split(&whole, is_gate)?;
    for (path, half) in [(engine, &halves.first), (&tree::web().join(Binary::Swarm.file()), &halves.second)] {
        std::fs::write(path, half).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn bindings(binary: Binary, linked: &Path) -> Outcome {
    Bindgen::new()
        .input_path(linked)
        .out_name(binary.name())
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                // The loader fetches the binary itself, early; a second URL in the glue would ship it twice.
                .omit_default_module_path(true)
                // After a trap the page makes a new instance of the same module.
                .reset_state_function(true)
                .generate(tree::web())
        })
        .map_err(|error| format!("wasm-bindgen: {error:#}"))
}

/// The bound wasm, names and all, is kept for [`named`].
fn optimise(binary: Binary) -> Outcome {
    let wasm = &tree::web().join(binary.file());
    let bound = binary.bound();
    std::fs::copy(wasm, &bound).map_err(|error| format!("{}: {error}", bound.display()))?;
    quiet(wasm_opt(&["--strip-debug", "--strip-producers"]).arg(&bound).arg("-o").arg(wasm)).map(drop)
}

/// The optimised wasm once more, with its function names, for `weight` to read.
pub(crate) fn named(binary: Binary) -> Outcome<Vec<u8>> {
    let named = binary.bound().with_extension("named.wasm");
    quiet(wasm_opt(&["--debuginfo"]).arg(binary.bound()).arg("-o").arg(&named))?;
    std::fs::read(&named).map_err(|error| format!("{}: {error}", named.display()))
}

/// [`PASSES`], then what becomes of the names.
fn wasm_opt(names: &[&str]) -> std::process::Command {
    let mut command = node(tree::root().join("www/node_modules/binaryen/bin/wasm-opt"));
    command.args(PASSES).args(names).args(FEATURES);
    command
}

fn add_target() -> Outcome {
    let missing = "the Rust target wasm32-unknown-unknown is missing";
    let sysroot = quiet(std::process::Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    step("adding the Rust target wasm32-unknown-unknown", || {
        shown(std::process::Command::new("rustup").args(["target", "add", TARGET])).map_err(|failure| {
            format!(
                "{missing}, and rustup could not add it ({failure}). Either install Rust with https://rustup.rs, \
                 or your system's package of the target (Debian: libstd-rust-dev-wasm32, Fedora: \
                 rust-std-static-wasm32-unknown-unknown)"
            )
        })
    })
}
