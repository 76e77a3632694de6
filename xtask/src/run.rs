//! Running other programs: what is shown while they work, and what is said when they fail.

use std::cell::RefCell;
use std::fmt::Display;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// One sentence for the person at the terminal.
pub(crate) type Failure = String;
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

thread_local! {
    /// What a thread has to say, while another speaks.
    static HELD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// A line for the person at the terminal.
pub(crate) fn say(line: impl Display) {
    HELD.with_borrow_mut(|held| match held {
        Some(lines) => lines.push(line.to_string()),
        None => println!("{line}"),
    });
}

/// Works without a word, and returns the lines that are to be said of it. What other programs write by themselves is not held.
pub(crate) fn held<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    HELD.set(Some(Vec::new()));
    let value = work();
    (value, HELD.take().unwrap_or_default())
}

/// Says what begins, does it, says how long it took.
pub(crate) fn step<T>(what: impl Display, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    say(format_args!("· {what}"));
    let began = Instant::now();
    let value = work()?;
    say(format_args!("  {what}: {:.1} s", began.elapsed().as_secs_f32()));
    Ok(value)
}

/// The cargo that runs us, in the repository.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(crate::tree::root());
    command
}

/// Node on a script of ours or of a package, in the repository.
pub(crate) fn node(script: impl AsRef<Path>) -> Command {
    let mut command = Command::new("node");
    command.arg(script.as_ref()).current_dir(crate::tree::root());
    command
}

/// Runs a program whose own output is the progress.
pub(crate) fn shown(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs a program silently; its output is shown only if it fails, and returned if it does not.
pub(crate) fn quiet(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed ({})\n{text}{errors}", line(command), output.status))
}

/// Runs a program, shows its standard output and hands each line of it to `read` too; says whether it succeeded.
pub(crate) fn observed(command: &mut Command, mut read: impl FnMut(&str)) -> Outcome<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let stdout = child.stdout.take().expect("stdout was piped above");
    for text in BufReader::new(stdout).lines().map_while(Result::ok) {
        say(&text);
        read(&text);
    }
    let status = child.wait().map_err(|error| format!("`{}`: {error}", line(command)))?;
    Ok(status.success())
}

/// Runs a program to its end in our place. On Unix it takes our process id, so that no signal can end us and leave it.
pub(crate) fn become_program(command: &mut Command) -> Outcome {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(command);
        Err(cannot_start(command, &error))
    }
    #[cfg(not(unix))]
    shown(command)
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    match &*program {
        "node" | "npm" => {
            format!("`{program}` cannot be started ({error}). Install Node 20 or later: https://nodejs.org")
        }
        _ => format!("`{}` cannot be started: {error}", line(command)),
    }
}
