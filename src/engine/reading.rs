//! Texts that are being read, a slice per turn: a playlist of days or a digest list of megabytes takes longer than
//! a turn may. Usual ones fit in the first slice, and are read the moment they arrive.

use super::digests::{self, DigestList, NotAList};
use super::playlist::{self, Playlist, PlaylistError, Resolve, Resume, Variable};
use std::collections::VecDeque;
use std::sync::Arc;

/// Bytes in a turn: 1 to 2 ms of wasm, and more than most playlists have.
const SLICE: usize = 32 << 10;

/// What is known that helps in reading a playlist.
#[derive(Default)]
pub(crate) struct Context {
    /// What it may import.
    pub(crate) imports: Arc<[Variable]>,
    /// Where its text may be taken up.
    pub(crate) resume: Option<Arc<Resume>>,
}

/// What a text is read as.
enum Text {
    Playlist(Box<playlist::Reading>),
    Digests(digests::Reading),
    NotAPlaylist(PlaylistError),
    NotAList(NotAList),
}

/// What a text turned out to say.
#[expect(clippy::large_enum_variant, reason = "handed on at once, never kept")]
pub(crate) enum Finding {
    /// A playlist, or why not.
    Playlist(Result<Playlist, PlaylistError>),
    /// A digest list, or why not.
    Digests(Result<DigestList, NotAList>),
}

/// The texts of the page that are not read to their end, in the order in which they arrived. `T` names who waits,
/// and where the text came from.
pub(crate) struct Readings<T> {
    waiting: VecDeque<(T, Text)>,
}

impl<T> Readings<T> {
    /// None.
    pub(crate) fn new() -> Self {
        Self { waiting: VecDeque::new() }
    }

    /// A playlist arrived from `url`.
    pub(crate) fn playlist(
        &mut self,
        owner: T,
        body: Vec<u8>,
        url: &str,
        resolve: Resolve,
        context: &Context,
    ) {
        let text = match playlist::Reading::new(body, url, resolve) {
            Ok(reading) => {
                let reading = reading.importing(Arc::clone(&context.imports));
                Text::Playlist(Box::new(reading.resuming(context.resume.as_deref())))
            }
            Err(e) => Text::NotAPlaylist(e),
        };
        self.waiting.push_back((owner, text));
    }

    /// A digest list arrived.
    pub(crate) fn digests(&mut self, owner: T, body: Vec<u8>) {
        let text = match digests::Reading::new(body) {
            Ok(reading) => Text::Digests(reading),
            Err(e) => Text::NotAList(e),
        };
        self.waiting.push_back((owner, text));
    }

    /// Whether there is something to read.
    pub(crate) fn is_busy(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Reads a slice of the first text, and says what it was, once it is known whole.
    pub(crate) fn step(&mut self) -> Option<(T, Finding)> {
        let finding = match &mut self.waiting.front_mut()?.1 {
            Text::Playlist(reading) => Finding::Playlist(reading.step(SLICE)?),
            Text::Digests(reading) => Finding::Digests(reading.step(SLICE)?),
            Text::NotAPlaylist(e) => Finding::Playlist(Err(*e)),
            Text::NotAList(e) => Finding::Digests(Err(*e)),
        };
        let (owner, _) = self.waiting.pop_front()?;
        Some((owner, finding))
    }

    /// Stops reading for owners chosen by `whose`.
    pub(crate) fn drop_if(&mut self, whose: impl Fn(&T) -> bool) {
        self.waiting.retain(|(owner, _)| !whose(owner));
    }
}
