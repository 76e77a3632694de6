//! `cargo xtask …`: the only way anything here is built or checked.
//!
//! This file decides which command was asked for. Building is `wasm` and `split` (the engine) and `site` (the pages);
//! checking is `test` (counted by `tally`), `fuzz`, `corpus`, `live`, `peertube`, `sim` and `budget`, with what `browser`,
//! `selfhosted`, `recipes`, `walk` and `debian` bring for it; packing is `dist`, `peertube_plugin`, `wordpress_plugin`, `archive`
//! and `weight`; `share` and `doctor` are for sites that show videos.

mod archive;
mod bench;
mod browser;
mod budget;
mod corpus;
mod debian;
mod demo;
mod dist;
mod doctor;
mod fuzz;
mod live;
mod npm;
mod peertube;
mod peertube_plugin;
mod recipes;
mod run;
mod selfhosted;
mod share;
mod sim;
mod site;
mod split;
mod stamp;
mod swarm;
mod tally;
mod test;
mod tree;
mod walk;
mod wasm;
mod weight;
mod wordpress_plugin;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo                            build, serve, print the address (Ctrl-C ends it)
cargo xtask test [--quick]                  every check; --quick leaves the browsers out
           [--browser NAME] [--filter NAME] in one browser (chromium, firefox, webkit), cases whose name contains NAME
cargo xtask corpus DIR                      whether a browser plays the streams under a folder
           [--browser NAME] [--only NAME]   which browser, and streams whose folder's name contains NAME
           [--clear-key ID:KEY]             the key, in hexadecimal digits, of what is encrypted without saying where it is
           [--samples]                      instead, every sample of its transport streams beside ffprobe's word
cargo xtask peertube URL                    whether the player works on a PeerTube instance; `local`: on the local one
           [--vod ID] [--split ID] [--live ID] [--playlist ID] [--password ID=WORD]   what to play there
cargo xtask doctor URL                      what stands in the way of a page, a playlist, a tracker (wss:) or an instance; docs/doctor.md
           [--page URL] [--integrity URL]   the page on which it is to play, and where its digests are
           [--json]                         for machines
cargo xtask oembed FILE [DIR]               oEmbed files and lines for the pages of the videos that FILE describes; docs/share.md
cargo xtask card URL [--out DIR]            a page that networks show as a playable card, of a video or playlist; docs/share.md
           [--site FOLDER]                  where the page will lie, beside the player's files
           [--title TEXT] [--poster URL]    what its address does not tell
cargo xtask bench media [--runs N]          beside hls.js and mux.js in the same run; JSON in target/bench/
           [--only RACE]                    one of first-frame, transmux, playlists, main-thread
cargo xtask bench live [--minutes N]        a broadcast through nginx for 10 minutes: stalls, latency, memory
cargo xtask bench swarm [--runs N]          crowds of viewers, beside p2p-media-loader and hls.js alone; JSON in target/bench/
           [--only SCENARIO,…]              of vod-2, vod-4, vod-8, live-4, live-modes, shaped-4, interop-a, interop-b, soak
           [--player NAME]                  sprat, p2p-media-loader or hls.js alone
           [--short] [--minutes N]          40 s of each; how long the soak is
cargo xtask fuzz [TARGET] [--seconds N]     bytes by a stranger against the readers; see tests/fuzz/
cargo xtask sim [SCENARIO]                  crowds of viewers on a virtual clock; scenarios: tests/sim/scenarios/
           [--viewers N] [--minutes N] [--seed N]
           [--p2p on|off]                   only with peers, or only without; else one beside the other
           [--plot]                         an SVG beside the JSON, in target/sim/
cargo xtask dist                            packages in dist/, sizes beside their budget
cargo xtask weight                          which crates the code of the binaries comes from
cargo xtask peertube-plugin                 dist/peertube-plugin-sprat/, for an instance to install; docs/guide/peertube-plugin.md
cargo xtask build [--dev]                   what demo serves; --dev: readable, not optimised for size";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["demo"] => demo::demo(),
        ["bench", "media", options @ ..] => match bench::Options::parse(options) {
            Some(options) => bench::media(&options),
            None => return usage(),
        },
        ["bench", "live"] => live::live(None),
        ["bench", "live", "--minutes", minutes] => live::live(Some(minutes)),
        ["bench", "swarm", options @ ..] => match swarm::Options::parse(options) {
            Some(options) => swarm::swarm(&options),
            None => return usage(),
        },
        ["test", options @ ..] => match test::Options::parse(options) {
            // `test` prints its own last line and decides its own exit.
            Some(options) => return test::test(&options),
            None => return usage(),
        },
        ["corpus", options @ ..] => match corpus::Options::parse(options) {
            Some(options) => corpus::corpus(&options),
            None => return usage(),
        },
        ["peertube", options @ ..] => match peertube::Options::parse(options) {
            Some(options) => peertube::peertube(&options),
            None => return usage(),
        },
        ["doctor", options @ ..] => match doctor::Options::parse(options) {
            // It prints its own report and decides its own exit.
            Some(options) => return doctor::doctor(&options),
            None => return usage(),
        },
        ["oembed", options @ ..] => match share::Options::oembed(options) {
            Some(options) => share::share(&options),
            None => return usage(),
        },
        ["card", options @ ..] => match share::Options::card(options) {
            Some(options) => share::share(&options),
            None => return usage(),
        },
        ["fuzz", options @ ..] => match fuzz::Options::parse(options) {
            Some(options) => fuzz::fuzz(&options),
            None => return usage(),
        },
        ["sim", options @ ..] => sim::sim(options),
        ["dist"] => dist::dist(),
        ["weight"] => weight::weigh_all(),
        ["peertube-plugin"] => peertube_plugin::package(),
        ["build"] => site::build(site::Profile::Release),
        ["build", "--dev"] => site::build(site::Profile::Dev),
        _ => return usage(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
