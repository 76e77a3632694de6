//! The renditions of the page: one entry for each media playlist, whoever plays it, with the swarm it belongs
//! to and where its digests come from.

use super::config::{Integrity, PlayerOptions};
use super::id::RenditionId;
use super::swarm::Meeting;
use super::swarm::naming::{self, Identity, StreamKind};

/// A rendition as peers and digests know it.
#[derive(Clone, Debug)]
pub(crate) struct Rendition {
    url: String,
    pub(crate) meeting: Meeting,
    pub(crate) integrity: Integrity,
}

/// What names a rendition's swarm, besides the swarm's own name.
pub(crate) struct Name<'a> {
    /// Variants or separate audio.
    pub(crate) kind: StreamKind,
    /// Position among its kind.
    pub(crate) position: usize,
    /// What identifies it.
    pub(crate) identity: &'a Identity,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    renditions: Vec<Rendition>,
}

impl Catalogue {
    /// The rendition whose media playlist is at `url`.
    pub(crate) fn intern(
        &mut self,
        url: &str,
        options: &PlayerOptions,
        swarm: &str,
        name: &Name<'_>,
    ) -> RenditionId {
        let known = self.renditions.iter().position(|r| r.url == url && r.integrity == options.integrity);
        let index = known.unwrap_or_else(|| {
            let info_hash = naming::info_hash(options.naming, swarm, name.kind, name.position, name.identity);
            self.renditions.push(Rendition {
                url: url.into(),
                meeting: Meeting {
                    info_hash,
                    trackers: options.trackers.clone(),
                    ice_servers: options.ice_servers.clone(),
                },
                integrity: options.integrity.clone(),
            });
            self.renditions.len() - 1
        });
        RenditionId(index as u32)
    }

    /// What is known of a rendition.
    pub(crate) fn get(&self, id: RenditionId) -> Option<&Rendition> {
        self.renditions.get(id.0 as usize)
    }
}
