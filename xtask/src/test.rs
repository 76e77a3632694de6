//! `cargo xtask test`: every check there is, each with its wall time, and one closing line for people and machines.
//!
//! The tally counts tests: native, of the local origin, the benches and what asks instances, browser cases, web servers,
//! consumers of the npm package, recipes for other systems, and steps of the guide. A check that is no test (formatting, lints,
//! types, sizes) counts only when it fails, as one. Later steps run even after a failure, because a contributor wants the whole list;
//! only what needs the built site is left out, and counted as failed, when it could not be built.

use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::npm::{self, Packages};
use crate::run::{self, Outcome, cargo, node, shown};
use crate::site::{self, Profile};
use crate::tally::{self, Skips, Tally};
use crate::wasm::{Binary, TARGET};
use crate::{browser, budget, recipes, selfhosted, tree, walk};

/// What the command line asked for.
pub(crate) struct Options {
    quick: bool,
    browsers: Vec<Browser>,
    filter: Option<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        match arguments {
            [] => Some(Self { quick: false, browsers: Browser::ALL.to_vec(), filter: None }),
            ["--quick", rest @ ..] => Some(Self { quick: true, ..Self::parse(rest)? }),
            ["--browser", name, rest @ ..] => {
                Some(Self { browsers: vec![Browser::named(name)?], ..Self::parse(rest)? })
            }
            ["--filter", name, rest @ ..] => {
                Some(Self { filter: Some((*name).to_owned()), ..Self::parse(rest)? })
            }
            _ => None,
        }
    }
}

/// A finished step, for the summary.
struct Done {
    name: &'static str,
    took: Duration,
    tally: Tally,
    failure: Option<String>,
}

pub(crate) fn test(options: &Options) -> ExitCode {
    let mut steps = Steps { began: Instant::now(), all: Vec::new() };
    steps.check("format", || shown(&mut cargo(&["fmt", "--all", "--check"])));
    let built = steps.check("build", || site::build(Profile::Release));
    steps.check("clippy", || clippy(&["--workspace", "--all-targets", "--features", "hash"]));
    steps.check("clippy, wasm32", || {
        clippy(&["--package", "sprat", "--lib", "--target", TARGET])?;
        clippy(&["--package", "sprat", "--lib", "--features", "benches", "--target", TARGET])
    });
    steps.check("rustdoc", || rustdoc(&["--workspace", "--features", "hash"]));
    steps.check("rustdoc, wasm32", || {
        rustdoc(&["--package", "sprat", "--target", TARGET])?;
        rustdoc(&["--package", "sprat", "--features", "benches", "--target", TARGET])
    });
    steps.check("types", types);
    steps.tests("native tests", native);
    steps.tests("origin tests", origin);
    if built {
        steps.check("sizes", budget::check);
        steps.check("one wasm address", one_wasm_address);
    }
    if !options.quick {
        steps.tests("browser cases", || {
            if built {
                browser_cases(&options.browsers, options.filter.as_deref())
            } else {
                Err("the site could not be built".to_owned())
            }
        });
        if options.filter.is_none() && options.browsers.contains(&Browser::Chromium) {
            // Each waits for the network, for programs that build, and for one browser: two at a time.
            steps.beside(built, [("consumers", consumers), ("web servers", web_servers)]);
            steps.beside(built, [("recipes", recipes), ("stranger's walk", strangers_walk)]);
        }
    }
    steps.summary()
}

/// What a step runs.
type Tests = fn() -> Outcome<Tally>;

struct Steps {
    began: Instant,
    all: Vec<Done>,
}

impl Steps {
    /// A step that is right or wrong; says which.
    fn check(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> bool {
        self.tests(name, || work().map(|()| Tally::default()));
        self.all.last().is_some_and(|done| done.failure.is_none())
    }

    /// A step that runs tests. Its own failure (it did not compile, it crashed) counts as one.
    fn tests(&mut self, name: &'static str, work: impl FnOnce() -> Outcome<Tally>) {
        self.all.push(done(name, work));
    }

    /// Steps that run tests on the built site, side by side; what they say is said one after the other, when all have ended.
    fn beside(&mut self, built: bool, all: [(&'static str, Tests); 2]) {
        thread::scope(|scope| {
            let work = |run: Tests| {
                if built { run() } else { Err("the site could not be built".to_owned()) }
            };
            let running = all.map(|(name, run)| scope.spawn(move || run::held(|| done(name, || work(run)))));
            for step in running {
                let (done, lines) = step.join().expect("a step that fails says so");
                println!("{}", lines.join("\n"));
                self.all.push(done);
            }
        });
    }

    fn summary(&self) -> ExitCode {
        println!("\n== summary");
        let mut sum = Tally::default();
        for Done { name, took, tally, failure } in &self.all {
            let seconds = took.as_secs_f32();
            let word = if failure.is_none() { "ok" } else { "FAILED" };
            let tests = if tally.passed > 0 { format!("{} passed", tally.passed) } else { String::new() };
            println!("  {word:<6} {seconds:>7.1} s  {name:<18} {tests}");
            sum = sum + *tally;
        }
        println!("  {:.0} s in all\n", self.began.elapsed().as_secs_f32());
        println!("{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn done(name: &'static str, work: impl FnOnce() -> Outcome<Tally>) -> Done {
    run::say(format_args!("\n== {name}"));
    let began = Instant::now();
    let (tally, failure) = match work() {
        Ok(tally) if tally.failed > 0 => (tally, Some(format!("{} failed", tally.failed))),
        Ok(tally) => (tally, None),
        Err(failure) => (Tally { passed: 0, failed: 1 }, Some(failure)),
    };
    let took = began.elapsed();
    if let Some(failure) = &failure {
        run::say(format_args!("!! {name}: {failure}"));
    }
    run::say(format_args!("   {:.1} s", took.as_secs_f32()));
    Done { name, took, tally, failure }
}

fn clippy(selection: &[&str]) -> Outcome {
    shown(cargo(&["clippy", "--quiet"]).args(selection).args(["--", "-D", "warnings"]))
}

fn rustdoc(selection: &[&str]) -> Outcome {
    let mut command = cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"]);
    shown(command.args(selection).env("RUSTDOCFLAGS", "-D warnings"))
}

fn types() -> Outcome {
    npm::install(Packages::Www)?;
    shown(node(tree::root().join("www/node_modules/typescript/bin/tsc")).args([
        "--noEmit",
        "--project",
        "www",
    ]))
}

fn native() -> Outcome<Tally> {
    tally::of_cargo(&mut cargo(&["test", "--workspace", "--features", "hash", "--no-fail-fast"]))
}

fn origin() -> Outcome<Tally> {
    npm::install(Packages::Playwright)?;
    npm::install(Packages::Www)?;
    let mut command = Command::new("node");
    command
        .args([
            "--test",
            "--test-reporter=spec",
            "playwright/server/",
            "playwright/bench/",
            "playwright/instance/",
            "playwright/share/",
            "playwright/locales/",
            "playwright/plugins/",
            "playwright/licences/",
            "playwright/doctor/",
            "playwright/peertube-plugin/",
            "playwright/pasted/",
        ])
        // The doctor is this very program.
        .env("SPRAT_XTASK", std::env::current_exe().unwrap_or_default())
        .current_dir(tree::root());
    tally::of_node(&mut command, Skips::Allowed)
}

fn browser_cases(browsers: &[Browser], filter: Option<&str>) -> Outcome<Tally> {
    let runner = tree::root().join("playwright/run.mjs");
    let mut command = run::node(&runner);
    browser::provide(browsers, &mut command)?;
    let names = browsers.iter().map(|browser| browser.name()).collect::<Vec<_>>().join(",");
    command.args(["--browser", &names]);
    if let Some(filter) = filter {
        command.args(["--filter", filter]);
    }
    tally::of_runner(&mut command)
}

/// The folder that people host, behind the servers that they have.
fn web_servers() -> Outcome<Tally> {
    tally::of_runner(&mut selfhosted::behind_servers()?)
}

/// The npm package, packed and used as others use it.
fn consumers() -> Outcome<Tally> {
    let mut command = run::node(tree::root().join("playwright/consumers/run.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    tally::of_runner(&mut command)
}

/// The player in the systems of others.
fn recipes() -> Outcome<Tally> {
    tally::of_node(&mut recipes::tests()?, Skips::Failures)
}

/// What the guide says, done.
fn strangers_walk() -> Outcome<Tally> {
    tally::of_runner(&mut walk::walk()?)
}

/// `esbuild`, `webpack` and the packages all find a binary by one literal; two would ship it twice.
fn one_wasm_address() -> Outcome {
    let ours = ["embed", "plugins", "demo"];
    let scripts = budget::scripts(&[&budget::SHIPPED[..], &ours].concat())?;
    let text: String = scripts.iter().filter_map(|script| std::fs::read_to_string(script).ok()).collect();
    for binary in Binary::ALL {
        let literal = format!(r#"new URL("{}",import.meta.url)"#, binary.file());
        let count = text.matches(&literal).count();
        if count != 1 {
            return Err(format!("`{literal}` stands {count} times in the shipped scripts, not once"));
        }
    }
    Ok(())
}
