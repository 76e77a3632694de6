//! Names of things. Each is a small copyable number that only its maker hands out; what it stands for is
//! kept by the module that made it.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
    };
}

id!(
    /// One player on the page; chosen by the driver.
    PlayerId
);
id!(
    /// One rendition, page-wide: two players of one stream meet here. Interned by media playlist URL.
    RenditionId
);
id!(
    /// One HTTP request of the engine.
    RequestId
);
id!(
    /// Bytes on the shelf (outside linear memory).
    BlobId
);
id!(
    /// One tracker socket; interned by URL.
    TrackerId
);
id!(
    /// One RTCPeerConnection, from offer or answer to close.
    ConnectionId
);
id!(
    /// One redundancy server of one player.
    ServerId
);

/// One media segment. `number` is what peers call it: the index in the playlist of a stream with
/// `EXT-X-ENDLIST`, the media sequence number of a live one (RFC 8216 §4.3.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId {
    /// The rendition it belongs to.
    pub rendition: RenditionId,
    /// Its number there.
    pub number: u64,
}

/// Parts of segments have numbers from here on.
pub const PARTS: u64 = 1 << 62;
/// So many may a segment have.
const MOST_PARTS: u64 = 1 << 12;

impl SegmentId {
    /// What neighbours call a part of this segment, which to them is a small segment itself. None beyond what numbers
    /// there are.
    #[must_use]
    pub fn part(self, index: u64) -> Option<Self> {
        let room = self.number < PARTS / MOST_PARTS && index < MOST_PARTS;
        room.then(|| Self { number: PARTS + self.number * MOST_PARTS + index, ..self })
    }

    /// Whether it is a part.
    #[must_use]
    pub const fn is_part(self) -> bool {
        self.number >= PARTS
    }

    /// The numbers of what comes before it: whoever has any of that has come this far.
    #[must_use]
    pub const fn before(self) -> std::ops::Range<u64> {
        let most = if self.is_part() { MOST_PARTS } else { 1 };
        self.number.saturating_sub(most)..self.number
    }
}

/// Which SourceBuffer something is for. Muxed streams have a `Video` track only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// Video, video with audio, or audio alone when there is nothing else.
    Video,
    /// A separate audio rendition.
    Audio,
}

/// Bytes `start..end` of a resource; half-open, unlike the inclusive pair of an HTTP `Range` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// First byte inside.
    pub start: u64,
    /// First byte after.
    pub end: u64,
}

impl ByteRange {
    /// Number of bytes; zero when `end` is not later.
    #[must_use]
    pub const fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// Gives out ids in order.
#[derive(Debug, Default)]
pub struct Counter(u32);

impl Counter {
    /// The next number, never the same twice in 2³² calls.
    pub fn draw(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(1);
        self.0
    }
}
