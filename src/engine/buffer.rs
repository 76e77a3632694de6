//! In which order, what goes, what stays: a model of one SourceBuffer. One operation at a time; what was placed
//! is remembered by the programme's time, and forgotten where the browser says it is gone.

use super::contract::{BufferOutcome, Orders, Output};
use super::id::{BlobId, PlayerId, RenditionId, Track};
use super::time::{MediaTime, Span};
use super::transfer::InitId;

/// Appends of one stretch that brought nothing to the buffer; then it is taken for a gap, lest it be fetched
/// for ever.
const TRIES: u8 = 2;
/// Pieces of a buffered range this short, at its ends, do not count as content.
const CRUMB: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 20);

/// An operation under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An initialisation section.
    Init(InitId),
    /// A segment.
    Media(Piece),
    /// A removal.
    Remove(Span),
}

/// A segment in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it plays, by the playlist.
    pub span: Span,
    /// Of which rendition it is.
    pub rendition: RenditionId,
    /// Its size.
    pub bytes: u64,
}

#[derive(Debug)]
struct Placed {
    piece: Piece,
    /// Appends so far; those that left no trace count towards [`TRIES`].
    tries: u8,
    present: bool,
}

/// By how much the sound of one segment may begin before its pictures do.
const OVERLAP: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 10);

/// One SourceBuffer.
#[derive(Debug)]
pub struct TrackBuffer {
    player: PlayerId,
    track: Track,
    under_way: Option<Operation>,
    /// Operations so far.
    ordered: u32,
    buffered: Vec<Span>,
    placed: Vec<Placed>,
    init: Option<InitId>,
    /// A removal that removed nothing.
    futile: Option<Span>,
}

impl TrackBuffer {
    /// An empty one.
    #[must_use]
    pub fn new(player: PlayerId, track: Track) -> Self {
        Self {
            player,
            track,
            under_way: None,
            ordered: 0,
            buffered: Vec::new(),
            placed: Vec::new(),
            init: None,
            futile: None,
        }
    }

    /// The media source is another one: nothing is in it, and nothing under way.
    pub fn reset(&mut self) {
        *self = Self::new(self.player, self.track);
    }

    /// Whether the next operation can be ordered.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.under_way.is_none()
    }

    /// Operations ordered so far, by which it is seen whether one of them ever ends.
    #[must_use]
    pub fn ordered(&self) -> u32 {
        self.ordered
    }

    /// The initialisation section in force.
    #[must_use]
    pub fn init(&self) -> Option<InitId> {
        self.init
    }

    /// What the browser holds.
    #[must_use]
    pub fn buffered(&self) -> &[Span] {
        &self.buffered
    }

    /// Whether `span` is placed, being placed, or known to be a gap: its middle in one piece, or nearly all of it in
    /// parts.
    #[must_use]
    pub fn has(&self, span: Span) -> bool {
        self.is_placed(span, |_| true)
    }

    /// The same by pieces of one rendition alone.
    #[must_use]
    pub fn holds(&self, span: Span, rendition: RenditionId) -> bool {
        self.is_placed(span, |piece| piece.rendition == rendition)
    }

    fn is_placed(&self, span: Span, counts: impl Fn(&Piece) -> bool) -> bool {
        let middle = middle(span);
        let coming = self.under_way.iter().filter_map(|operation| match operation {
            Operation::Media(piece) => Some(piece),
            Operation::Init(_) | Operation::Remove(_) => None,
        });
        let placed = self.placed.iter().filter(|p| p.present || p.tries >= TRIES).map(|p| &p.piece);
        let mut parts = MediaTime::ZERO;
        for piece in placed.chain(coming).filter(|p| counts(p)) {
            if piece.span.len().ticks() * 2 < span.len().ticks() {
                parts += span.covered_by(&[piece.span]);
            } else if piece.span.contains(middle) {
                return true;
            }
        }
        parts.ticks() * 10 >= span.len().ticks() * 9
    }

    /// Up to where the browser holds content without a break from `at` on; `at` itself when it holds none.
    #[must_use]
    pub fn filled_to(&self, at: MediaTime) -> MediaTime {
        let mut to = at;
        for range in &self.buffered {
            if range.start <= to + CRUMB && range.end > to {
                to = range.end;
            }
        }
        to
    }

    /// Bytes of what is placed, as far as the browser still holds it.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.placed.iter().filter(|p| p.present).map(|p| p.piece.bytes).sum()
    }

    /// How much of the programme that is.
    #[must_use]
    pub fn placed_len(&self) -> MediaTime {
        let placed = self.placed.iter().filter(|p| p.present);
        placed.fold(MediaTime::ZERO, |len, p| len + p.piece.span.len())
    }

    /// All content before `at`.
    #[must_use]
    pub fn before(&self, at: MediaTime) -> Option<Span> {
        let first = self.buffered.first()?.start.max(MediaTime::ZERO);
        (first < at).then(|| Span::new(first, at))
    }

    /// The last content that is not joined to what lies from `at` to `to`.
    #[must_use]
    pub fn apart_from(&self, at: MediaTime, to: MediaTime) -> Option<Span> {
        let last = self.buffered.last()?;
        (last.start > to.max(at) + CRUMB).then(|| Span::new(last.start, last.end))
    }

    /// The start of the first content after `at`.
    #[must_use]
    pub fn next_content(&self, at: MediaTime) -> Option<MediaTime> {
        self.buffered.iter().find(|r| r.end > at + CRUMB).map(|r| r.start)
    }

    /// Of which rendition the middle of `span` is, where content is placed.
    #[must_use]
    pub fn rendition_at(&self, span: Span) -> Option<RenditionId> {
        let middle = middle(span);
        self.placed.iter().find(|p| p.present && p.piece.span.contains(middle)).map(|p| p.piece.rendition)
    }

    /// Orders an initialisation section.
    pub fn append_init<P>(&mut self, init: InitId, blob: BlobId, offset: MediaTime, orders: &mut Orders<P>) {
        self.begin(Operation::Init(init));
        self.append(blob, offset, orders);
    }

    /// Orders a segment.
    pub fn append_media<P>(&mut self, piece: Piece, blob: BlobId, offset: MediaTime, orders: &mut Orders<P>) {
        self.begin(Operation::Media(piece));
        self.append(blob, offset, orders);
    }

    fn begin(&mut self, operation: Operation) {
        self.under_way = Some(operation);
        self.ordered = self.ordered.wrapping_add(1);
    }

    fn append<P>(&self, blob: BlobId, timestamp_offset: MediaTime, orders: &mut Orders<P>) {
        let (player, track) = (self.player, self.track);
        orders.push_back(Output::Append { player, track, blob, timestamp_offset });
    }

    /// Orders a removal.
    pub fn remove<P>(&mut self, span: Span, orders: &mut Orders<P>) {
        self.begin(Operation::Remove(span));
        let (player, track) = (self.player, self.track);
        orders.push_back(Output::Remove { player, track, span });
    }

    /// The operation under way ended. Says which it was.
    pub fn changed(&mut self, buffered: Vec<Span>, outcome: &BufferOutcome) -> Option<Operation> {
        let operation = self.under_way.take()?;
        let before = std::mem::replace(&mut self.buffered, buffered);
        match (operation, outcome) {
            (Operation::Init(init), BufferOutcome::Done) => self.init = Some(init),
            (Operation::Media(piece), BufferOutcome::Done | BufferOutcome::Failed(_)) => {
                let tries =
                    1 + self.placed.iter().find(|p| p.piece.span == piece.span).map_or(0, |p| p.tries);
                // What another rendition had there is overwritten; its spans differ by a few frames.
                self.placed.retain(|p| !piece.span.contains(middle(p.piece.span)));
                self.placed.push(Placed { piece, tries, present: *outcome == BufferOutcome::Done });
            }
            (Operation::Remove(span), BufferOutcome::Done) => {
                self.placed.retain(|p| p.piece.span.end <= span.start || p.piece.span.start >= span.end);
                self.futile = (self.buffered == before).then_some(span);
            }
            _ => {}
        }
        self.compare();
        Some(operation)
    }

    /// The browser evicted something by itself.
    pub fn evicted(&mut self, buffered: Vec<Span>) {
        self.buffered = buffered;
        self.compare();
    }

    /// Content that may go: far behind or far ahead of the playhead, at least a second of it.
    #[must_use]
    pub fn surplus(&self, playhead: MediaTime, behind: MediaTime, ahead: MediaTime) -> Option<Span> {
        let second = MediaTime::from_ticks(MediaTime::RATE);
        let (from, to) = (playhead - behind, playhead + ahead);
        let first = self.buffered.first()?;
        let last = self.buffered.last()?;
        // Cut a little before a segment starts: the first sound of a segment begins before its first picture, and
        // without it a hole of a few frames would stay when the segment before is appended again.
        let cut = |at| {
            self.placed.iter().map(|p| p.piece.span.start).filter(|&s| s <= at).max().map(|s| s - OVERLAP)
        };
        let from = cut(from).unwrap_or(from);
        let start = last.start.max(to);
        let surplus = if first.start + second < from {
            // From the very beginning: what the browser calls a start may be rounded, and a frame that begins a hair
            // before it would stay, and with it the reason to remove.
            Span::new(MediaTime::ZERO, from)
        } else if start + second < last.end {
            Span::new(start, last.end + second)
        } else {
            return None;
        };
        // What cannot be removed is not worth a second try; the buffer is needed for more.
        (self.futile != Some(surplus)).then_some(surplus)
    }

    /// Strikes out what the browser does not hold (any more): less than half of a placed span.
    fn compare(&mut self) {
        for p in &mut self.placed {
            let covered = p.piece.span.covered_by(&self.buffered);
            let present = covered.ticks() * 2 >= p.piece.span.len().ticks();
            if present {
                p.tries = 0;
            }
            p.present = present;
        }
        // Evicted after it was there: it may be fetched again. Never there: its tries count.
        self.placed.retain(|p| p.present || p.tries > 0);
    }

    /// Forgets failed tries around a new position: the viewer asked again.
    pub fn pardon(&mut self) {
        self.placed.retain(|p| p.present);
    }
}

fn middle(span: Span) -> MediaTime {
    span.start + MediaTime::from_ticks(span.len().ticks() / 2)
}
