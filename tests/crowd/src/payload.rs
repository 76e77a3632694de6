//! Content without bytes: media are known by their file and place in it, commands by their bytes. The engine
//! cannot tell, and a thousand viewers fit into memory.

use sprat::engine::payload::{ContentHasher, Digest, Payload, Sha256Hasher};
use std::sync::Arc;

/// Set in the number of a file whose bytes were altered.
const ALTERED: u64 = 1 << 63;

#[derive(Clone)]
pub(crate) enum Content {
    Command(Arc<[u8]>),
    Media(Run),
}

/// Bytes `from..to` of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    file: u64,
    from: u64,
    to: u64,
}

impl Content {
    pub(crate) fn file(file: u64, length: u64) -> Self {
        Self::Media(Run { file, from: 0, to: length })
    }

    /// Which file this is, whole or in part, if its bytes are the publisher's.
    pub(crate) fn origin(&self) -> Option<u64> {
        match self {
            Self::Media(run) if run.file & ALTERED == 0 => Some(run.file),
            Self::Media(_) | Self::Command(_) => None,
        }
    }

    /// Consecutive pieces as one. What does not belong together is what nobody published.
    pub(crate) fn joined(parts: &[Self]) -> Self {
        let mut whole: Option<Run> = None;
        let mut length = 0;
        let mut odd = false;
        for part in parts {
            let Self::Media(run) = part else {
                return part.clone();
            };
            length += run.to - run.from;
            match &mut whole {
                Some(w) if w.file == run.file && w.to == run.from => w.to = run.to,
                Some(_) => odd = true,
                None => whole = Some(*run),
            }
        }
        match whole {
            Some(run) if !odd => Self::Media(run),
            _ => Self::file(ALTERED, length),
        }
    }

    /// The same length with other bytes.
    pub(crate) fn altered(&self) -> Self {
        match self {
            Self::Media(run) => Self::Media(Run { file: run.file | ALTERED, ..*run }),
            Self::Command(_) => self.clone(),
        }
    }
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Command(bytes.into())
    }
}

impl Payload for Content {
    type Hasher = RunHasher;

    fn len(&self) -> usize {
        match self {
            Self::Command(bytes) => bytes.len(),
            Self::Media(run) => (run.to - run.from) as usize,
        }
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        let (from, to) = (from.min(self.len()), to.min(self.len()));
        match self {
            Self::Command(bytes) => Self::Command(bytes[from..to.max(from)].into()),
            Self::Media(run) => {
                Self::Media(Run { from: run.from + from as u64, to: run.from + to.max(from) as u64, ..*run })
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

/// Hashes which content it was, not the content; one answer for every way of cutting it.
#[derive(Clone, Default)]
pub(crate) struct RunHasher(Vec<Run>);

impl ContentHasher<Content> for RunHasher {
    fn feed(&mut self, piece: &Content) {
        let Content::Media(run) = piece else { return };
        match self.0.last_mut() {
            Some(last) if last.file == run.file && last.to == run.from => last.to = run.to,
            _ => self.0.push(*run),
        }
    }

    fn finish(self) -> Digest {
        let mut hasher = Sha256Hasher::default();
        for run in &self.0 {
            [run.file, run.from, run.to].iter().for_each(|n| hasher.update(&n.to_be_bytes()));
        }
        hasher.digest()
    }
}
