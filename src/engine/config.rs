//! Every knob of the engine, its default and the reason. Nothing else in the engine holds a tunable number
//! that more than one module needs.

use super::time::{MediaTime, Millis};

/// Bits per second.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default)]
pub struct Bitrate(pub f64);

impl Bitrate {
    /// How long `bytes` take at this rate; a day when the rate is not positive.
    #[must_use]
    pub fn time_for(self, bytes: u64) -> Millis {
        if self.0 > 0.0 { Millis::from_secs_f64(bytes as f64 * 8.0 / self.0) } else { Millis(86_400_000) }
    }
}

/// Page-wide settings, fixed for the engine's life.
#[derive(Clone, Debug)]
pub struct Config {
    /// Seed of every random choice: peer id, offer ids, jitter.
    pub seed: u64,
    /// Resolves a reference against a base URL (WHATWG URL). The browser's own on the web.
    pub resolve: fn(base: &str, reference: &str) -> Option<String>,
    /// Whether the browser's media source takes MP4 with this codec (RFC 6381), or what this MIME type names.
    pub supports: fn(codecs: &str) -> bool,
    /// Whether peers are possible at all (`RTCPeerConnection` exists).
    pub peers_possible: bool,
    /// The page's host, empty where it has none: one on a private network may connect within that.
    pub page_host: String,
    /// Whether a SourceBuffer can go over to another codec (`changeType` exists).
    pub changes_type: bool,
    /// How far ahead of the playhead to fill: enough to outlive a slow peer and a slow origin in turn.
    pub buffer_goal: MediaTime,
    /// How much behind the playhead stays in the SourceBuffer: a short seek back needs no network.
    pub buffer_behind: MediaTime,
    /// Bytes kept on the shelf for this page and its neighbours (96 MB on a phone).
    pub shelf_limit: u64,
    /// Rate assumed before the first measurement: 1 Mbit/s starts 360p without a stall on most links.
    pub start_bitrate: Bitrate,
    /// Upload cap where the page sets none: a tenth of a common uplink stays free for the viewer's calls.
    pub default_max_upload: Bitrate,
    /// Connections to other viewers (offers under way not counted).
    pub max_peers: usize,
    /// Offers per announce; the incumbent's number, and what trackers hand out at once.
    pub offers_per_announce: usize,
    /// Origin requests for segments under way at once, per player.
    pub http_slots: usize,
    /// Until the first neighbour is connected, or could have been, only what is due within this comes over
    /// HTTP: an eager player has filled its buffer before WebRTC connects.
    pub lean_window: Millis,
    /// How long after a tracker's first answer a neighbour may still be expected.
    pub lean_patience: Millis,
    /// A peer that sends nothing for this long is late, unless it has delivered before and there is time to spare.
    pub peer_silence: Millis,
    /// A request to the origin that brings nothing for this long is broken.
    pub http_silence: Millis,
    /// Attempts at one segment from the origin before the fault is final.
    pub http_attempts: u32,
    /// Attempts at one playlist or digest list; the browser makes some of its own where a connection breaks.
    pub document_attempts: u32,
}

impl Config {
    /// Defaults; the three doors to the browser have none.
    #[must_use]
    pub fn new(seed: u64, resolve: fn(&str, &str) -> Option<String>, supports: fn(&str) -> bool) -> Self {
        Self {
            seed,
            resolve,
            supports,
            peers_possible: true,
            page_host: String::new(),
            changes_type: true,
            buffer_goal: MediaTime::from_ticks(30 * MediaTime::RATE),
            buffer_behind: MediaTime::from_ticks(20 * MediaTime::RATE),
            shelf_limit: 256 << 20,
            start_bitrate: Bitrate(1_000_000.0),
            default_max_upload: Bitrate(5_000_000.0),
            max_peers: 24,
            offers_per_announce: 5,
            http_slots: 2,
            lean_window: Millis(6_000),
            lean_patience: Millis(3_000),
            peer_silence: Millis(2_000),
            http_silence: Millis(8_000),
            http_attempts: 4,
            document_attempts: 3,
        }
    }
}

/// Whether a player may exchange segments with other viewers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum P2p {
    /// Never.
    Off,
    /// Not before `ConsentChanged`.
    Ask,
    /// From the start.
    On,
}

/// How the incumbent's swarms are named (generations that never meet), and with that which encoding is spoken there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// p2p-media-loader 1.0.4–2.2.2, PeerTube 7.1–8.2: MD5 of swarm, type and position.
    V2Position,
    /// p2p-media-loader 2.3 and later: SHA-1 of swarm, type and identity hash.
    V2Identity,
    /// p2p-media-loader 0.x and PeerTube up to 7.0: SHA-1 of swarm and position, in the v1 encoding.
    V1,
    /// PeerTube after 8.2: SHA-1 of this version token, the video's UUID (as the swarm's name), type and resolution.
    /// Which token it will be released with is not settled, so that the page says.
    Resolution(&'static str),
    /// Whichever of these names the instance publishes (`Input::SwarmsPublished`): a private tracker blocks the address
    /// of whoever announces another. The swarm's name is the video's UUID then, for those that go by it.
    Published,
}

/// Where the publisher's digests come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integrity {
    /// Nowhere: no digest, no peers.
    Unknown,
    /// The page owner wrote `integrity="none"`: unverified bytes may be shared.
    Waived,
    /// A list in the shape of PeerTube's `segments-sha256.json`, at this URL.
    List(String),
}

/// Which candidates (RFC 8839 §5.1) leave in our session descriptions, and with that what others learn of where we are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Candidates {
    /// All: viewers of one network find one another there.
    All,
    /// None of a private network, unless the page itself is on one.
    #[default]
    Public,
    /// Those of relays alone: nobody learns an address of ours.
    Relayed,
}

/// How connections to other viewers are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ice {
    /// STUN and TURN URLs.
    pub servers: Vec<String>,
    /// What leaves of what they and the browser find.
    pub candidates: Candidates,
}

/// What the page asks of its viewers, and spares them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manners {
    /// See [`Candidates`].
    pub candidates: Candidates,
    /// Bytes given are at most so many times those that were brought and verified; page-wide the smallest.
    pub upload_ratio: f64,
    /// Whether anything is given over a connection that costs, or while data is to be saved.
    pub metered_upload: bool,
    /// Whether a hidden page gives.
    pub hidden_upload: bool,
    /// As long as a tracker tells of fewer viewers, ourselves included, nobody is connected to.
    pub min_viewers: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            candidates: Candidates::Public,
            // Somebody has to give for those who cannot; half as much again is nobody's burden.
            upload_ratio: 1.5,
            metered_upload: false,
            hidden_upload: true,
            min_viewers: 0,
        }
    }
}

/// How far behind the live edge to stand: the further, the more neighbours can bring in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LatencyMode {
    /// As near as the publisher allows, part by part where there are parts.
    Low,
    /// Where the publisher wants a viewer of whole segments; as near as [`Self::Low`] where nobody is to be met.
    #[default]
    Balanced,
    /// As far as the window allows, within reason.
    Shared,
}

/// How much to load before playback is asked for (the `preload` attribute).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preload {
    /// The playlists and the first segment.
    Metadata,
    /// Up to the buffer goal.
    Auto,
}

/// What one player was asked to do; fixed for its life, but for consent and the upload cap.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayerOptions {
    /// Absolute URL of the playlist.
    pub source: String,
    /// WebSocket trackers, ws or wss. None: no peers.
    pub trackers: Vec<String>,
    /// Peers allowed?
    pub p2p: P2p,
    /// STUN and TURN URLs handed to RTCPeerConnection; none by default.
    pub ice_servers: Vec<String>,
    /// Name of the swarm; by default the response URL of the multivariant playlist, cut at `?`.
    pub swarm: Option<String>,
    /// Generation of swarm names.
    pub naming: Naming,
    /// Source of digests.
    pub integrity: Integrity,
    /// Where other servers have the same files: a URL that is followed by a slash and a file's name. Strangers, as far as their
    /// bytes go.
    pub redundancies: Vec<String>,
    /// Upload cap in bit/s; the page-wide cap is the smallest that any player asks for.
    pub max_upload: Option<Bitrate>,
    /// What else the page asks.
    pub manners: Manners,
    /// How far behind the live edge.
    pub latency_mode: LatencyMode,
    /// Where to start; by default the beginning, or the live position.
    pub start: Option<MediaTime>,
    /// Rate to assume before the first measurement, such as an earlier visit's; for all players from now on.
    pub start_bitrate: Option<Bitrate>,
    /// What the element takes on screen at first, in device pixels; see `Input::ViewportChanged`.
    pub viewport: Option<(u32, u32)>,
    /// How much to load before `play()`.
    pub preload: Preload,
    /// Whether a live viewer may catch up by playing a little faster; not what one wants for music.
    pub catch_up: bool,
}

impl PlayerOptions {
    /// How far behind the live edge: there is nothing to wait for where nobody is to be met.
    #[must_use]
    pub fn stands(&self) -> LatencyMode {
        match self.latency_mode {
            LatencyMode::Balanced if self.p2p == P2p::Off || self.trackers.is_empty() => LatencyMode::Low,
            mode => mode,
        }
    }
}
