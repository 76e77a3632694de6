//! The renditions of the page: one entry for each media playlist, whoever plays it, with all that names the swarm it
//! belongs to and where its digests come from.

use super::config::{Ice, Integrity, Naming, PlayerOptions};
use super::id::RenditionId;
use super::swarm::Meeting;
use super::swarm::naming::{self, Identity, StreamKind};
use super::swarm::wire::Dialect;

/// A rendition as peers and digests know it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rendition {
    url: String,
    naming: Naming,
    swarm: String,
    name: Name,
    trackers: Vec<String>,
    ice: Ice,
    min_viewers: u32,
    pub(crate) integrity: Integrity,
}

/// What names a rendition's swarm, besides the swarm's own name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    /// Variants or separate audio.
    pub(crate) kind: StreamKind,
    /// Position among its kind.
    pub(crate) position: usize,
    /// What identifies it.
    pub(crate) identity: Identity,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    renditions: Vec<Rendition>,
}

impl Catalogue {
    /// The rendition whose media playlist is at `url`, for those who meet by the same rules.
    pub(crate) fn intern(
        &mut self,
        url: &str,
        options: &PlayerOptions,
        swarm: &str,
        name: Name,
    ) -> RenditionId {
        let naming = options.naming;
        let rendition = Rendition {
            url: url.into(),
            naming,
            swarm: swarm.into(),
            name: Name { identity: name.identity.for_naming(naming), ..name },
            trackers: options.trackers.clone(),
            ice: Ice { servers: options.ice_servers.clone(), candidates: options.manners.candidates },
            min_viewers: options.manners.min_viewers,
            integrity: options.integrity.clone(),
        };
        // A page that is opened anew by other rules meets others by those, even if it is the same stream.
        let known = self.renditions.iter().position(|r| *r == rendition);
        let index = known.unwrap_or_else(|| {
            self.renditions.push(rendition);
            self.renditions.len() - 1
        });
        RenditionId(index as u32)
    }

    /// What is known of a rendition.
    pub(crate) fn get(&self, id: RenditionId) -> Option<&Rendition> {
        self.renditions.get(id.0 as usize)
    }
}

impl Rendition {
    /// Where its viewers meet.
    pub(crate) fn meeting(&self) -> Meeting {
        let Name { kind, position, identity } = &self.name;
        let (swarm, kind, position) = (&self.swarm, *kind, *position);
        let is_v1 = self.naming == Naming::V1;
        let dialect = if is_v1 {
            Dialect::V1(naming::stream_swarm_id(self.naming, swarm, kind, position, identity).into())
        } else {
            Dialect::V2
        };
        // v1 has no swarms for separate audio.
        let nowhere = is_v1 && kind == StreamKind::Secondary;
        Meeting {
            info_hash: naming::info_hash(self.naming, swarm, kind, position, identity),
            dialect,
            trackers: if nowhere { Vec::new() } else { self.trackers.clone() },
            ice: self.ice.clone(),
            min_viewers: self.min_viewers,
        }
    }
}
