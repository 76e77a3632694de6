//! `cargo xtask sim`: runs scenarios, prints a table for people and writes JSON for machines.

use sprat_crowd::{Figures, Scenario, run};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "sim [SCENARIO] [--viewers N] [--minutes N] [--seed N] [--p2p on|off] [--pieces on|off] [--coarse] [--plot]";

struct Options {
    scenario: Option<String>,
    viewers: Option<usize>,
    minutes: Option<f64>,
    seed: u64,
    /// With peers, without, or one beside the other.
    p2p: Option<bool>,
    /// Digests of pieces, or of whole segments alone.
    pieces: Option<bool>,
    /// Time in steps.
    coarse: bool,
    plot: bool,
}

impl Options {
    fn parse(arguments: &[String]) -> Option<Self> {
        let mut options = Self {
            scenario: None,
            viewers: None,
            minutes: None,
            seed: 1,
            p2p: None,
            pieces: None,
            coarse: false,
            plot: false,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--viewers" => options.viewers = Some(arguments.next()?.parse().ok()?),
                "--minutes" => options.minutes = Some(arguments.next()?.parse().ok()?),
                "--seed" => options.seed = arguments.next()?.parse().ok()?,
                "--p2p" => options.p2p = Some(arguments.next()? == "on"),
                "--pieces" => options.pieces = Some(arguments.next()? == "on"),
                "--coarse" => options.coarse = true,
                "--plot" => options.plot = true,
                name if !name.starts_with('-') && options.scenario.is_none() => {
                    options.scenario = Some(name.into());
                }
                _ => return None,
            }
        }
        Some(options)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(options) = Options::parse(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match simulate(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("sim: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn simulate(options: &Options) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("tests/sim/scenarios");
    let out = root.join("target/sim");
    std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let names = match &options.scenario {
        Some(name) => vec![name.clone()],
        None => scenarios(&folder)?,
    };
    println!("{}", header());
    for name in names {
        let path = folder.join(format!("{name}.toml"));
        let text = std::fs::read_to_string(&path)
            .map_err(|_| format!("there is no scenario `{name}`; there are {}", list(&folder)))?;
        let mut scenario = Scenario::read(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        scenario.audience.viewers = options.viewers.unwrap_or(scenario.audience.viewers);
        scenario.minutes = options.minutes.unwrap_or(scenario.minutes);
        scenario.stream.pieces = options.pieces.unwrap_or(scenario.stream.pieces);
        scenario.coarse = options.coarse;
        let name = if options.coarse { name + "~" } else { name };
        let mut document = serde_json::Map::new();
        document.insert("scenario".into(), name.clone().into());
        document.insert("seed".into(), options.seed.into());
        document.insert("minutes".into(), scenario.minutes.into());
        for p2p in [true, false] {
            if options.p2p.is_some_and(|only| only != p2p) {
                continue;
            }
            let began = Instant::now();
            let figures = run(&scenario, options.seed, p2p);
            let wall = began.elapsed().as_secs_f64();
            println!("{}", row(&name, p2p, &figures, wall));
            if let Some(learned) = figures.addresses_learned {
                let (all, minutes) = (figures.viewers - 1, scenario.minutes);
                println!(
                    "  in {minutes} minutes an observer learned the addresses of {learned} of {all} others"
                );
            }
            if scenario.audience.liars > 0.0 {
                let (honest, shown) = (figures.offload_honest * 100.0, figures.altered_shown);
                let relayed = figures.altered_relayed;
                println!(
                    "  offload of the honest {honest:.1} %; altered bytes shown {shown}, passed on {relayed} times"
                );
            }
            if let Some((mean, most)) = figures.liar_names {
                println!("  a liar used {mean:.1} names, {most} at most");
            }
            let key = if p2p { "p2p" } else { "alone" };
            let cost = serde_json::json!({ "wall_s": wall, "peak_memory_mb": memory_mb() });
            document.insert(format!("cost_{key}"), cost);
            if options.plot && p2p {
                let path = out.join(format!("{name}.svg"));
                write(&path, &sprat_crowd::chart::svg(&name, &scenario.about, &figures))?;
            }
            let figures = serde_json::to_value(&figures).map_err(|e| e.to_string())?;
            document.insert(key.into(), figures);
        }
        let json = serde_json::to_string_pretty(&document).map_err(|e| e.to_string())?;
        write(&out.join(format!("{name}.json")), &json)?;
    }
    Ok(())
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn scenarios(folder: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let name = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        Some(name.strip_suffix(".toml")?.to_owned())
    };
    let mut names: Vec<String> = entries.filter_map(Result::ok).filter_map(name).collect();
    names.sort();
    Ok(names)
}

fn list(folder: &Path) -> String {
    scenarios(folder).unwrap_or_default().join(", ")
}

fn header() -> String {
    format!(
        "{:<18} {:<5} {:>7} {:>7} {:>7} {:>6} {:>6} {:>7} {:>6} {:>7} {:>7} {:>7} {:>8} {:>8} {:>7} {:>8} {:>8} {:>6} {:>7} {:>6} {:>8} {:>6} {:>7}",
        "scenario",
        "peers",
        "viewers",
        "offload",
        "bound",
        "eff.",
        "whole",
        "measure",
        "cop50",
        "cop99",
        "stalls",
        "dry %",
        "start50",
        "start99",
        "lat50",
        "lat95",
        "fair",
        "up50",
        "upmost",
        "ctl %",
        "facts",
        "wall",
        "memory"
    )
}

fn row(name: &str, p2p: bool, f: &Figures, wall: f64) -> String {
    let seconds = |s: Option<f64>| s.map_or("-".to_owned(), |s| format!("{s:.1} s"));
    format!(
        "{name:<18} {:<5} {:>7} {:>6.1}% {:>6.1}% {:>6.3} {:>6} {:>6.0}% {:>6.2} {:>7.2} {:>7} {:>7.3} {:>6.2} s {:>6.2} s {:>7} {:>8} {:>8.2} {:>6.2} {:>7.2} {:>6.2} {:>8} {:>4.0} s {:>4} MB",
        if p2p { "on" } else { "off" },
        f.viewers,
        f.offload * 100.0,
        f.bound * 100.0,
        f.efficiency,
        f.bound_whole_segments.map_or("-".to_owned(), |b| format!("{:.1}%", b * 100.0)),
        f.measure * 100.0,
        f.copies_p50,
        f.copies_p99,
        f.stalls,
        f.stalled_share * 100.0,
        f.start_up_p50_s,
        f.start_up_p99_s,
        seconds(f.latency_p50_s),
        seconds(f.latency_p95_s),
        f.upload_fairness,
        f.upload_p50,
        f.upload_most,
        f.control_overhead * 100.0,
        f.facts,
        wall,
        memory_mb()
    )
}

/// The most memory this process ever took, where the system tells.
fn memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    peak.and_then(|p| p.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
