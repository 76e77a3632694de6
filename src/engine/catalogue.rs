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
    /// Where the instance's word decides: what was asked for, and the video's UUID.
    others: [String; 2],
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
    /// Renditions whose viewers meet nowhere.
    unlisted: Vec<RenditionId>,
}

/// Names that an instance may list, and which of a rendition's swarms each goes by: what answered, what was asked for,
/// the video's UUID.
const GENERATIONS: [(Naming, usize); 6] = [
    (Naming::V2Position, 0),
    (Naming::V2Identity, 0),
    (Naming::Resolution("v3"), 2),
    (Naming::Resolution("v-2"), 2),
    (Naming::Resolution("v2"), 2),
    (Naming::V1, 1),
];

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
            others: match naming {
                Naming::Published => {
                    [path(&options.source).to_owned(), options.swarm.clone().unwrap_or_default()]
                }
                _ => Default::default(),
            },
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

    /// An instance has listed its swarms: what was not listed may be now.
    pub(crate) fn relisted(&mut self) {
        self.unlisted.clear();
    }

    /// Whether its viewers meet nowhere: no swarm that an instance lists could be this rendition's, or there is none.
    pub(crate) fn is_unlisted(&self, id: RenditionId) -> bool {
        self.unlisted.contains(&id)
    }

    /// Where the viewers of a rendition meet, for whose source an instance has `listed` these; nowhere where that would be
    /// guesswork.
    pub(crate) fn meeting(&mut self, id: RenditionId, listed: &[[u8; 20]]) -> Option<Meeting> {
        let rendition = self.renditions.get(id.0 as usize)?;
        let meeting = match rendition.naming {
            Naming::Published => {
                let mut possible =
                    GENERATIONS.iter().filter_map(|&(naming, by)| rendition.meeting(naming, by));
                possible.find(|m| listed.contains(&m.info_hash.0))
            }
            naming => rendition.meeting(naming, 0),
        };
        if meeting.is_none() {
            self.unlisted.push(id);
        }
        meeting
    }

    /// What is known of a rendition.
    pub(crate) fn get(&self, id: RenditionId) -> Option<&Rendition> {
        self.renditions.get(id.0 as usize)
    }
}

impl Rendition {
    /// Where its viewers meet, as one generation names that, by one of its swarm's names.
    fn meeting(&self, naming: Naming, by: usize) -> Option<Meeting> {
        let Name { kind, position, identity } = &self.name;
        let swarm = by.checked_sub(1).map_or(&self.swarm, |other| &self.others[other]);
        let (kind, position) = (*kind, *position);
        let is_v1 = naming == Naming::V1;
        let dialect = if is_v1 {
            Dialect::V1(naming::stream_swarm_id(naming, swarm, kind, position, identity).into())
        } else {
            Dialect::V2
        };
        // v1 has no swarms for separate audio.
        let somewhere = !(is_v1 && kind == StreamKind::Secondary);
        somewhere.then(|| Meeting {
            info_hash: naming::info_hash(naming, swarm, kind, position, identity),
            dialect,
            trackers: self.trackers.clone(),
            ice: self.ice.clone(),
            min_viewers: self.min_viewers,
        })
    }
}

/// A URL as it names a swarm: without its query.
pub(crate) fn path(url: &str) -> &str {
    url.split('?').next().unwrap_or(url)
}
