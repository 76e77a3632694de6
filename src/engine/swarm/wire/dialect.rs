//! Which encoding is spoken in a swarm. Its name decides, not the id of a peer nor its first words: the incumbent's
//! generations hash their names differently, so whoever is met in a v1 swarm speaks v1, Sprats among themselves too.

use super::{Command, v1, v2};
use std::sync::Arc;

/// An encoding, and what it needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// p2p-media-loader 1.0.5 and later.
    #[default]
    V2,
    /// p2p-media-loader 0.x, in the swarm of this name.
    V1(Arc<str>),
}

impl Dialect {
    /// The messages that say `command`, in order, none of them longer than `max_message` where the encoding can cut
    /// them.
    #[must_use]
    pub fn encode(&self, command: &Command, max_message: usize) -> Vec<Vec<u8>> {
        match self {
            Self::V2 => v2::encode(command, max_message),
            Self::V1(name) => v1::encode(command, name).into_iter().collect(),
        }
    }

    /// Whether a segment is sent in one go: a v1 peer takes any command in between for the end of it.
    #[must_use]
    pub fn is_v1(&self) -> bool {
        matches!(self, Self::V1(_))
    }
}
