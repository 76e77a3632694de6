//! Two kinds of content for one simulation: real bytes, and lengths with an identity. The engine cannot tell.

use sprat::engine::payload::{Bytes, ContentHasher, Digest, Payload, Sha256Hasher};
use std::sync::Arc;

/// What the simulated world needs to make and move.
pub(crate) trait Content: Payload + From<Vec<u8>> + std::fmt::Debug + 'static {
    /// The contents of file number `id`.
    fn of_file(id: u64, bytes: &[u8]) -> Self;
    /// One payload out of consecutive ones.
    fn joined(parts: &[Self]) -> Self;
    /// The same length with other content.
    fn altered(&self) -> Self;
}

impl Content for Bytes {
    fn of_file(_: u64, bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }

    fn joined(parts: &[Self]) -> Self {
        match parts {
            [one] => one.clone(),
            _ => parts.iter().flat_map(|p| p.as_slice().iter().copied()).collect::<Vec<u8>>().into(),
        }
    }

    fn altered(&self) -> Self {
        let mut bytes = self.as_slice().to_vec();
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        bytes.into()
    }
}

/// Content known by its origin and place in it, or, for commands, by its bytes.
#[derive(Clone)]
pub(crate) enum Lengths {
    Command(Arc<[u8]>),
    Media(Vec<Run>),
}

impl std::fmt::Debug for Lengths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

/// Bytes `from..to` of file `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    id: u64,
    from: usize,
    to: usize,
}

impl From<Vec<u8>> for Lengths {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Command(bytes.into())
    }
}

impl Payload for Lengths {
    type Hasher = RunHasher;

    fn len(&self) -> usize {
        match self {
            Self::Command(bytes) => bytes.len(),
            Self::Media(runs) => runs.iter().map(|r| r.to - r.from).sum(),
        }
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        match self {
            Self::Command(bytes) => Self::Command(bytes[from.min(bytes.len())..to.min(bytes.len())].into()),
            Self::Media(runs) => {
                let mut at = 0;
                let mut cut = Vec::new();
                for run in runs {
                    let len = run.to - run.from;
                    let (start, end) = (from.max(at), to.min(at + len));
                    if start < end {
                        push(
                            &mut cut,
                            Run { id: run.id, from: run.from + start - at, to: run.from + end - at },
                        );
                    }
                    at += len;
                }
                Self::Media(cut)
            }
        }
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        match self {
            Self::Command(bytes) => {
                let bytes = bytes.get(at..).unwrap_or_default();
                let n = bytes.len().min(into.len());
                into[..n].copy_from_slice(&bytes[..n]);
                n
            }
            Self::Media(_) => 0,
        }
    }
}

impl Content for Lengths {
    fn of_file(id: u64, bytes: &[u8]) -> Self {
        Self::Media(vec![Run { id, from: 0, to: bytes.len() }])
    }

    fn joined(parts: &[Self]) -> Self {
        let mut runs = Vec::new();
        for part in parts {
            match part {
                Self::Media(more) => more.iter().for_each(|&run| push(&mut runs, run)),
                Self::Command(bytes) => return Self::Command(bytes.clone()),
            }
        }
        Self::Media(runs)
    }

    fn altered(&self) -> Self {
        Self::Media(vec![Run { id: u64::MAX, from: 0, to: self.len() }])
    }
}

fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.id == run.id && last.to == run.from => last.to = run.to,
        _ => runs.push(run),
    }
}

/// Hashes which content it was, not the content; one answer for every way of cutting it.
#[derive(Clone, Default)]
pub(crate) struct RunHasher(Vec<Run>);

impl ContentHasher<Lengths> for RunHasher {
    fn feed(&mut self, piece: &Lengths) {
        if let Lengths::Media(runs) = piece {
            runs.iter().for_each(|&run| push(&mut self.0, run));
        }
    }

    fn finish(self) -> Digest {
        let mut hasher = Sha256Hasher::default();
        for run in &self.0 {
            hasher.update(&run.id.to_be_bytes());
            hasher.update(&(run.from as u64).to_be_bytes());
            hasher.update(&(run.to as u64).to_be_bytes());
        }
        hasher.digest()
    }
}
