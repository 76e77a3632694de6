//! The recorded networks and the movies that are watched over them.

use std::fs;
use std::path::PathBuf;

/// A stretch of a recorded network: ms, kbit/s, ms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) duration: f64,
    pub(crate) bandwidth: f64,
    pub(crate) latency: f64,
}

/// A movie in several qualities, lowest first.
pub(crate) struct Movie {
    /// Length of every segment in ms.
    pub(crate) segment: f64,
    /// In kbit/s.
    pub(crate) bitrates: Vec<f64>,
    /// In bits, per segment and quality.
    pub(crate) sizes: Vec<Vec<f64>>,
}

impl Movie {
    /// What a segment in this quality is worth.
    pub(crate) fn utility(&self, quality: usize) -> f64 {
        (self.bitrates[quality] / self.bitrates[0]).ln()
    }
}

/// Reads `traces/<name>-movie.txt`: the length of a segment, the bitrates, the sizes of each segment.
pub(crate) fn movie(name: &str) -> Movie {
    let text = read(&format!("{name}-movie.txt"));
    let mut lines = text.lines().map(|line| line.split(' ').map(number).collect::<Vec<f64>>());
    let segment = lines.next().expect("a length")[0];
    let bitrates = lines.next().expect("bitrates");
    Movie { segment, bitrates, sizes: lines.collect() }
}

/// Reads `traces/<name>.txt`: one trace a line, its name, its latency, and `ms over 1000:kbit/s` for each period.
pub(crate) fn traces(name: &str) -> Vec<Vec<Period>> {
    let text = read(&format!("{name}.txt"));
    let trace = |line: &str| {
        let mut words = line.split(' ').skip(1);
        let latency = number(words.next().expect("a latency"));
        let period = |word: &str| {
            let (over, bandwidth) = word.split_once(':').unwrap_or(("0", word));
            Period { duration: 1000.0 + number(over), bandwidth: number(bandwidth), latency }
        };
        words.map(period).collect()
    };
    text.lines().map(trace).collect()
}

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/abr/traces").join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn number(word: &str) -> f64 {
    word.parse().unwrap_or_else(|e| panic!("{word}: {e}"))
}
