//! `cargo xtask weight`: which crate the code bytes come from: the optimised wasm, read by its name section.
//!
//! A generic function counts for the crate that wrote it, not for the one that asked for the instance; a method of a
//! trait counts for the type it is implemented on. Read it as a hint where to look, not as an account.

use std::collections::BTreeMap;

use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::run::Outcome;
use crate::site::{self, Profile};
use crate::wasm::{self, Binary};

/// Crates below this many bytes are summed up in one line.
const SHOWN_FROM: u64 = 1024;

/// Of each binary. The optimiser has to run once more for it, to leave the names in.
pub(crate) fn weigh_all() -> Outcome {
    site::build(Profile::Release)?;
    for binary in Binary::ALL {
        println!("\n{}: wasm code by crate:", binary.name());
        print(binary)?;
    }
    Ok(())
}

/// Prints code bytes by crate, largest first, then the data.
fn print(binary: Binary) -> Outcome {
    let weight = weigh(&wasm::named(binary)?).map_err(|error| format!("the optimised wasm: {error}"))?;
    let mut crates: Vec<_> = weight.code.into_iter().collect();
    crates.sort_by_key(|&(_, bytes)| std::cmp::Reverse(bytes));
    let (large, small): (Vec<_>, Vec<_>) = crates.into_iter().partition(|&(_, bytes)| bytes >= SHOWN_FROM);
    for (name, bytes) in large {
        println!("  {bytes:>8} B  {name}");
    }
    println!("  {:>8} B  {} smaller crates", small.iter().map(|&(_, bytes)| bytes).sum::<u64>(), small.len());
    println!("  {:>8} B  data", weight.data);
    Ok(())
}

#[derive(Default)]
struct Weight {
    code: BTreeMap<String, u64>,
    data: u64,
}

fn weigh(wasm: &[u8]) -> wasmparser::Result<Weight> {
    let mut weight = Weight::default();
    let mut imported = 0;
    let mut sizes = Vec::new();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len() as u64),
            Payload::DataSection(data) => weight.data = data.range().len() as u64,
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for subsection in subsections {
                        if let Name::Function(functions) = subsection? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (index, bytes) in (imported..).zip(sizes) {
        let name = names.get(&index).map_or("(unnamed)", |symbol| symbol);
        *weight.code.entry(crate_of(name)).or_default() += bytes;
    }
    Ok(weight)
}

/// The crate in a symbol: `core` of `core::fmt::write`, `sprat` of `<sprat::Engine as core::fmt::Debug>::fmt`.
fn crate_of(symbol: &str) -> String {
    let demangled = format!("{:#}", rustc_demangle::demangle(symbol));
    let path = demangled.trim_start_matches(|c: char| !is_name(c));
    let path = ["dyn ", "mut ", "const "].iter().fold(path, |path, word| path.trim_start_matches(word));
    // A type without a path is a parameter or built in (`F`, `u32`, `[T]`): the trait's crate wrote the method.
    let head =
        path.split_once(" as ").map_or(path, |(kind, rest)| if kind.contains("::") { path } else { rest });
    match head.split_once("::") {
        Some((name, _)) if name.chars().all(is_name) => name.to_owned(),
        // Inherent methods of built-in types: `<str>::trim`.
        Some(_) => "core".to_owned(),
        None => "(no crate)".to_owned(),
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_symbol_names_its_crate() {
        assert_eq!(crate_of("core::fmt::write"), "core");
        assert_eq!(crate_of("<sprat::engine::Engine as core::fmt::Debug>::fmt"), "sprat");
        assert_eq!(crate_of("<&mut m3u8_rs::Playlist as core::fmt::Debug>::fmt"), "m3u8_rs");
        assert_eq!(crate_of("<u32 as core::fmt::Display>::fmt"), "core");
        assert_eq!(crate_of("<str>::trim"), "core");
        assert_eq!(crate_of("__rustc_alloc"), "(no crate)");
    }
}
