//! The engine's whole conversation with the world: facts in ([`Input`], past tense), orders out ([`Output`],
//! imperative). The driver carries orders out in the sequence given; it decides nothing.

use super::config::{Bitrate, Ice, PlayerOptions};
use super::error::{Fault, NetworkFault};
use super::id::{BlobId, ByteRange, ConnectionId, PlayerId, RequestId, Track, TrackerId};
use super::payload::Digest;
use super::task::{Made, Task, Unmade};
use super::time::{MediaTime, Span};

/// Something that happened.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "fields are named for what they hold; units stand in their types")]
pub enum Input<P> {
    /// Time passed: the answer to `Engine::next_wakeup`.
    Woke,

    /// A player was made for a source. Playlists are fetched at once.
    PlayerOpened { player: PlayerId, options: PlayerOptions },
    /// The player left the page; nothing is reported for it any more.
    PlayerClosed { player: PlayerId },
    /// The media source, the first or a renewed one, is attached and open; tracks can be added.
    SourceOpened { player: PlayerId },
    /// The playhead's position and state: on `timeupdate`, `seeking`, `seeked`, `play`, `pause`, `waiting`,
    /// `playing`, `ratechange`.
    PlayheadMoved { player: PlayerId, at: MediaTime, state: Playhead },
    /// The first frame was presented.
    FirstFrameShown { player: PlayerId },
    /// An `Append` or `Remove` order is done, or failed; `buffered` is what the track holds now.
    BufferChanged { player: PlayerId, track: Track, buffered: Vec<Span>, outcome: BufferOutcome },
    /// The browser evicted data by itself (`bufferedchange` of a ManagedSourceBuffer).
    BufferEvicted { player: PlayerId, track: Track, buffered: Vec<Span> },
    /// The browser refused `AddTrack` or `ChangeType`.
    TrackRefused { player: PlayerId, track: Track },
    /// `startstreaming` (true) or `endstreaming` (false) of a ManagedMediaSource.
    StreamingWanted { player: PlayerId, wanted: bool },
    /// The media element failed to decode (`error` event of the element).
    DecodeFailed { player: PlayerId, message: String },
    /// The viewer chose a variant by its index in `Loaded`, or automatic choice.
    QualityChosen { player: PlayerId, choice: Option<usize> },
    /// The element takes so many device pixels on screen; nothing higher is chosen than covers it. 0 × 0: no limit.
    ViewportChanged { player: PlayerId, width: u32, height: u32 },
    /// The viewer chose an audio rendition by its index in `Loaded`.
    AudioChosen { player: PlayerId, index: usize },
    /// The viewer or the page chose subtitles by their index in `Loaded`, or none.
    TextChosen { player: PlayerId, index: Option<usize> },
    /// The viewer or the site allowed or forbade peers.
    ConsentChanged { player: PlayerId, p2p: bool },
    /// The instance lists the swarms of this player's stream, for [`Naming::Published`](super::config::Naming); none: it has none.
    SwarmsPublished { player: PlayerId, info_hashes: Vec<[u8; 20]> },
    /// The upload cap changed.
    UploadCapped { player: PlayerId, cap: Option<Bitrate> },

    /// `saveData` or a metered connection: nothing is uploaded while true.
    MeteredChanged { metered: bool },
    /// `saveData`: nothing much above 480 rows is chosen while true.
    SavingChanged { saving: bool },
    /// The page became hidden or visible; timers are coarse while hidden.
    VisibilityChanged { hidden: bool },
    /// `online` or `offline`: whether the device is connected to a network.
    ConnectivityChanged { online: bool },
    /// `pagehide`: every socket and peer is to be closed.
    PageLeft,
    /// `pageshow` after `PageLeft`.
    PageReturned,

    /// A whole document (playlist, digest list) arrived. `url` is the response URL, after redirects.
    DocumentArrived { request: RequestId, status: u16, url: String, body: Vec<u8> },
    /// The head of a streamed response arrived. `length` is `Content-Length`, where readable.
    ResponseStarted { request: RequestId, status: u16, length: Option<u64> },
    /// What the origin says of the representation that a streamed response is part of (`Repr-Digest`, RFC 9530): before
    /// its head, and only where it says so. The answer to `FetchHead`, too.
    DigestTold { request: RequestId, digest: Option<Digest> },
    /// The next bytes of a streamed response.
    ChunkArrived { request: RequestId, chunk: P },
    /// A streamed response is complete, as far as HTTP can tell.
    ResponseEnded { request: RequestId },
    /// The answer to `Make`, by the name of what was made. What was made lies on the shelf already.
    Made { blob: BlobId, outcome: Result<Made, Unmade> },
    /// A request of either kind failed. Not sent after `Abort`.
    RequestFailed { request: RequestId, fault: NetworkFault },

    /// The answer to `FetchSwarm`: other viewers may be met from now on.
    SwarmReady,
    /// The tracker's socket opened.
    TrackerOpened { tracker: TrackerId },
    /// A text message of the tracker.
    TrackerSaid { tracker: TrackerId, text: String },
    /// The tracker's socket closed or could not be opened. Not sent after `CloseTracker`.
    TrackerClosed { tracker: TrackerId },

    /// `CreateOffer` is done: the offer with its candidates.
    OfferReady { connection: ConnectionId, sdp: String },
    /// `CreateAnswer` is done: the answer with its candidates.
    AnswerReady { connection: ConnectionId, sdp: String },
    /// The data channel opened.
    ChannelOpened { connection: ConnectionId },
    /// A binary message of the peer.
    PeerSaid { connection: ConnectionId, message: P },
    /// The channel has room again: sent after every `SendBlob`, once `bufferedAmount` is ≤ 64 KiB.
    ChannelDrained { connection: ConnectionId },
    /// The connection or its channel closed or failed, or could not be made. Not sent after `CloseConnection`.
    ConnectionClosed { connection: ConnectionId },
}

/// What the media element is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playhead {
    /// `paused` of the element.
    pub paused: bool,
    /// `seeking` of the element.
    pub seeking: bool,
    /// Playing is wanted but `readyState` is below `HAVE_FUTURE_DATA`.
    pub starving: bool,
    /// `ended` of the element.
    pub ended: bool,
    /// `playbackRate`.
    pub rate: f64,
}

/// How a SourceBuffer operation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BufferOutcome {
    /// As ordered.
    Done,
    /// `QuotaExceededError`: nothing was appended.
    QuotaExceeded,
    /// `error` on the SourceBuffer, or an exception.
    Failed(String),
    /// The media source takes nothing any more: something else has failed before this.
    Closed,
}

/// Orders in the sequence in which they are to be carried out.
pub type Orders<P> = std::collections::VecDeque<Output<P>>;

/// Something to do now.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "fields are named for what they hold; units stand in their types")]
pub enum Output<P> {
    /// Fetch a document whole, at most `limit` bytes; answer `DocumentArrived` or `RequestFailed`.
    FetchDocument { request: RequestId, url: String, limit: usize },
    /// Fetch and stream; send `Range: bytes=start-(end-1)` when a range is given (`bytes=start-` when `end` is
    /// `u64::MAX`), and no other header.
    FetchStream { request: RequestId, url: String, range: Option<ByteRange> },
    /// Ask for the head alone; answer `DigestTold` or `RequestFailed`.
    FetchHead { request: RequestId, url: String },
    /// Abort a request of either kind.
    Abort { request: RequestId },

    /// Keep these bytes, joined, under this name, outside linear memory.
    Shelve { blob: BlobId, parts: Vec<P> },
    /// Forget them.
    Unshelve { blob: BlobId },
    /// Get a bench ready: there will be something to make.
    FetchBench,
    /// Make something of what lies on the shelf, in turns of a few milliseconds; answer `Made`. What is not on the
    /// shelf any more is not answered, nor is what a newer task of the same bench replaced.
    Make(Task),
    /// Forget what the benches of this player know, and what was to be made there.
    ClearBenches { player: PlayerId },

    /// Get ready what meets other viewers: the host may have left it out until now. Answer `SwarmReady`; without an answer
    /// there are no viewers but ours, and nothing else is missing.
    FetchSwarm,
    /// Open a WebSocket.
    OpenTracker { tracker: TrackerId, url: String },
    /// Send a text message.
    TellTracker { tracker: TrackerId, text: String },
    /// Close the socket; what was told before is still sent.
    CloseTracker { tracker: TrackerId },

    /// Make an RTCPeerConnection with one data channel (ordered, reliable); gather for at most 1 s after the
    /// first candidate, then answer `OfferReady`.
    CreateOffer { connection: ConnectionId, ice: Ice },
    /// Make an RTCPeerConnection for this offer; likewise answer `AnswerReady`.
    CreateAnswer { connection: ConnectionId, ice: Ice, offer: String },
    /// Complete an offer of ours.
    AcceptAnswer { connection: ConnectionId, sdp: String },
    /// Close channel and connection; nothing is reported of it any more.
    CloseConnection { connection: ConnectionId },
    /// Send one binary message.
    Send { connection: ConnectionId, message: Vec<u8> },
    /// Send part of a blob as one binary message; answer `ChannelDrained` when there is room again.
    SendBlob { connection: ConnectionId, blob: BlobId, range: ByteRange },

    /// Add a SourceBuffer. All tracks are added before anything is appended.
    AddTrack { player: PlayerId, track: Track, mime: String },
    /// `changeType` of a SourceBuffer.
    ChangeType { player: PlayerId, track: Track, mime: String },
    /// Give the element a new media source, paused or playing as it is; answer `SourceOpened`. Nothing more is
    /// reported of the old one, whose tracks are gone.
    Renew { player: PlayerId },
    /// Append a whole blob with this `timestampOffset`; answer `BufferChanged`. One per track at a time.
    Append { player: PlayerId, track: Track, blob: BlobId, timestamp_offset: MediaTime },
    /// Remove a span; answer `BufferChanged`. Shares the one-at-a-time rule with `Append`.
    Remove { player: PlayerId, track: Track, span: Span },
    /// Set `duration`; none means live: infinite, with `setLiveSeekableRange` to follow.
    SetDuration { player: PlayerId, duration: Option<MediaTime> },
    /// `setLiveSeekableRange`.
    SetSeekable { player: PlayerId, span: Span },
    /// `endOfStream()`.
    EndStream { player: PlayerId },
    /// Set `playbackRate`: a live viewer catches up with the edge, or falls back from it.
    SetRate { player: PlayerId, rate: f64 },
    /// Move the playhead: to the start position, over a gap, back into a live window.
    Seek { player: PlayerId, to: MediaTime },

    /// Tell the page.
    Notify { player: PlayerId, event: Event },
}

/// News for the page.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "fields are named for what they hold; units stand in their types")]
pub enum Event {
    /// The playlists were read.
    Loaded(Loaded),
    /// This variant is now being fetched; `auto` tells who chose.
    VariantChanged { index: usize, auto: bool },
    /// This audio rendition is now being fetched.
    AudioChanged { index: usize },
    /// Cues of a text track, in programme time; each comes once, for as long as it is not dropped.
    Cues { track: TextTrack, cues: Vec<Cue> },
    /// Cues of this track that lie wholly outside of `span` are dropped; they come again where they are needed again.
    CuesKept { track: TextTrack, span: Span },
    /// Timed metadata, for the one track that it has. One with the `id` and `key` of an earlier one replaces it.
    Metadata(Vec<Datum>),
    /// The live window or the live position moved.
    LiveMoved {
        /// What can be sought.
        window: Span,
        /// Where live playback should be.
        target: MediaTime,
    },
    /// A live stream ended; its duration is final.
    LiveEnded,
    /// Samples are encrypted, and the browser has to be given the keys.
    KeysNeeded(KeysNeeded),
    /// Playback goes on.
    Warned(Fault),
    /// Playback cannot go on.
    Failed(Fault),
    /// Once a second while anything moves.
    Stats(Stats),
}

/// What keys of encrypted samples are asked for with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeysNeeded {
    /// `cenc`, `cbcs` and the like.
    pub scheme: [u8; 4],
    /// Codec strings of what is encrypted; empty where there is no such track.
    pub video: String,
    /// See `video`.
    pub audio: String,
    /// Of all tracks, once each.
    pub key_ids: Vec<[u8; 16]>,
    /// `pssh` boxes, one after the other.
    pub pssh: Vec<u8>,
    /// `KEYFORMAT` and `URI` of the keys in force, by the playlist.
    pub keys: Vec<(std::sync::Arc<str>, std::sync::Arc<str>)>,
}

/// What the playlists offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Length of the programme; none while live.
    pub duration: Option<MediaTime>,
    /// Playable variants, in playlist order.
    pub variants: Vec<VariantInfo>,
    /// Audio renditions of the chosen variant's group, in playlist order; empty when muxed.
    pub audio: Vec<AudioInfo>,
    /// Subtitles of its group, in playlist order, then its closed captions.
    pub text: Vec<TextInfo>,
}

/// A variant as menus show it (RFC 8216 §4.3.4.2).
#[derive(Clone, Debug, PartialEq)]
pub struct VariantInfo {
    /// `BANDWIDTH`.
    pub bitrate: Bitrate,
    /// `RESOLUTION`, or 0 × 0.
    pub width: u32,
    /// See `width`.
    pub height: u32,
    /// `CODECS`, possibly empty.
    pub codecs: String,
    /// `FRAME-RATE`.
    pub frame_rate: Option<f64>,
}

/// An audio rendition as menus show it (RFC 8216 §4.3.4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioInfo {
    /// `NAME`.
    pub name: String,
    /// `LANGUAGE` (BCP 47), possibly empty.
    pub language: String,
    /// `DEFAULT=YES`.
    pub default: bool,
    /// `CHARACTERISTICS` (UTIs, separated by commas), possibly empty.
    pub characteristics: String,
}

/// Subtitles or closed captions as menus show them (RFC 8216bis §4.4.6.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextInfo {
    /// `NAME`.
    pub name: String,
    /// `LANGUAGE` (BCP 47), possibly empty.
    pub language: String,
    /// `DEFAULT=YES`.
    pub default: bool,
    /// `AUTOSELECT=YES`.
    pub autoselect: bool,
    /// `FORCED=YES`.
    pub forced: bool,
    /// `CHARACTERISTICS` (UTIs, separated by commas), possibly empty.
    pub characteristics: String,
    /// `INSTREAM-ID` of closed captions, `CC1` to `CC4`; none of subtitles.
    pub service: Option<u8>,
}

/// Whose cues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTrack {
    /// Of the subtitles with this index in `Loaded`.
    Subtitles(usize),
    /// Of closed captions `CC1` to `CC4`, listed or not.
    Captions(u8),
    /// Of timed metadata.
    Metadata,
}

/// Something said from `start` to `end`, as WebVTT has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// Its identifier; mostly empty.
    pub id: String,
    /// When it appears.
    pub start: MediaTime,
    /// When it goes.
    pub end: MediaTime,
    /// WebVTT cue settings as they stand on a timing line: `line:80% align:start`; may be empty, or nonsense.
    pub settings: String,
    /// WebVTT cue text, with its markup, lines ending in LF.
    pub text: String,
}

impl Cue {
    /// The same, later by `by`.
    #[must_use]
    pub fn moved(self, by: MediaTime) -> Self {
        Self { start: self.start + by, end: self.end + by, ..self }
    }
}

/// One thing that timed metadata tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// What it is: `org.id3`, `com.apple.quicktime.HLS` for an attribute of `EXT-X-DATERANGE`, else the
    /// `scheme_id_uri` of an event message.
    pub scheme: String,
    /// `ID` of a date range, `id` of an event message; else empty.
    pub id: String,
    /// When it begins to hold, in programme time.
    pub start: MediaTime,
    /// Until when; none where nobody says yet.
    pub end: Option<MediaTime>,
    /// Name of the ID3 frame or of the attribute, `value` of an event message.
    pub key: String,
    /// What the frame says its data are (`TXXX`, `PRIV`); mostly empty.
    pub info: String,
    /// What it tells.
    pub data: Data,
}

/// The content of a [`Datum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// Text.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
}

/// How a player has fared since it was opened. Bytes are media bytes (segments and inits).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Bytes that came from the origin, aborted requests included.
    pub http_bytes: u64,
    /// Bytes that came from other viewers and were verified.
    pub p2p_bytes: u64,
    /// Bytes given to other viewers (page-wide).
    pub uploaded_bytes: u64,
    /// Connected viewers in this player's swarms.
    pub peers: u32,
    /// What went to and fro between us and each of them.
    pub exchanges: Vec<Exchange>,
    /// Times that playback ran dry after the first frame, seeks not counted.
    pub stalls: u32,
    /// Time spent in them, in ms.
    pub stalled_ms: u64,
    /// From opening to the first frame, in ms.
    pub first_frame_ms: Option<u64>,
    /// Seconds behind the live edge as the playlist gives it, and as it must have moved since.
    pub latency: Option<f64>,
    /// Where `latency` should be.
    pub target_latency: Option<f64>,
    /// Segments that came whole or mostly from the origin.
    pub segments_http: u32,
    /// Segments that came whole or mostly from peers.
    pub segments_p2p: u32,
    /// Segments whose digest did not match.
    pub segments_rejected: u32,
    /// What the origin sustains, where it was measured.
    pub throughput: Option<Bitrate>,
    /// Why there are, or are not, peers.
    pub sharing: Sharing,
    /// Servers with copies that the page has named, once they may be asked.
    pub redundancies: Vec<Copies>,
}

/// One connected viewer, and the bytes that went through its channel since that opened: media, whether or not they were
/// verified, and of what comes also the words that are spoken about them (page-wide).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Which.
    pub connection: ConnectionId,
    /// Bytes that came.
    pub received: u64,
    /// Bytes that went.
    pub sent: u64,
}

/// What a redundancy server came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// The folder that the page named, without a slash at its end.
    pub base: String,
    /// Bytes that it brought and that were verified.
    pub bytes: u64,
    /// It brought others than the publisher's, and is asked no more.
    pub lied: bool,
}

/// The state of peer assistance, in the order in which obstacles are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sharing {
    /// `p2p="off"`, no trackers, or a browser without WebRTC.
    #[default]
    Off,
    /// Waiting for consent.
    Asking,
    /// No digests: nothing may come from strangers.
    Unverifiable,
    /// The instance lists no swarm that this stream's could be.
    Unlisted,
    /// No tracker answers, or none of the viewers that it tells of can be reached.
    Alone,
    /// Under way.
    Active,
}

impl Sharing {
    /// The word in `stats.sharing`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Asking => "asking",
            Self::Unverifiable => "unverifiable",
            Self::Unlisted => "unlisted",
            Self::Alone => "alone",
            Self::Active => "active",
        }
    }
}

/// Why the engine wants to be woken; each is a line of `Engine::next_wakeup`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wakeup {
    /// When a turn ended before its work did.
    MoreWork,
    /// When a peer may have become too late for a deadline, or gone silent.
    LatePeer,
    /// When a request that failed is to be tried again, or one is silent for too long.
    Retry,
    /// When a live playlist is due, or a digest list that lags behind it.
    Reload,
    /// When the upload cap allows the next message.
    UploadRoom,
    /// When a tracker expects an announce, or a lost one is to be tried again.
    Announce,
    /// When the schedule has to look again at the buffer.
    Schedule,
    /// When the next statistics are due.
    Report,
}
