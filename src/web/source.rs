//! The MediaSource of a player and its SourceBuffers, managed or not. One operation per track at a time is
//! the engine's promise; what concerns the whole source waits here until no buffer is updating.

use super::driver::Driver;
use super::handle::{Listener, Table, listen};
use super::js;
use crate::engine::contract::{BufferOutcome, Input};
use crate::engine::id::{PlayerId, Track};
use crate::engine::time::{MediaTime, Span};
use js_sys::{Array, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{MediaSource, MediaSourceReadyState, SourceBuffer, TimeRanges};

/// A media source; the element it is attached to is somebody else's.
pub(super) struct Source {
    source: MediaSource,
    tracks: Table<Track, Rc<Buffer>>,
    /// `SourceOpened` was reported: the event comes again when an ended source is appended to.
    opened: Cell<bool>,
    duration: Cell<Option<f64>>,
    ending: Cell<bool>,
    _listeners: Vec<Listener>,
}

struct Buffer {
    buffer: SourceBuffer,
    /// An operation is under way.
    busy: Cell<bool>,
    /// It failed; `updateend` is still to come.
    failed: Cell<bool>,
    /// What was last reported.
    known: RefCell<Vec<Span>>,
    _listeners: Vec<Listener>,
}

impl Source {
    /// Listens to a source, which [`begin`] then reports.
    pub(super) fn new(page: &'static Driver, player: PlayerId, source: MediaSource) -> Self {
        // The latter two are those of a ManagedMediaSource.
        let kinds = ["sourceopen", "startstreaming", "endstreaming"];
        let listeners = listen(page, &source, &kinds, move |kind, _| match kind {
            "sourceopen" => begin(page, player),
            _ => page.tell(Input::StreamingWanted { player, wanted: kind == "startstreaming" }),
        });
        Self {
            source,
            tracks: Table::default(),
            opened: Cell::new(false),
            duration: Cell::new(None),
            ending: Cell::new(false),
            _listeners: listeners,
        }
    }

    /// Adds a SourceBuffer.
    pub(super) fn add(&self, page: &'static Driver, player: PlayerId, track: Track, mime: &str) {
        let Ok(buffer) = self.source.add_source_buffer(mime) else {
            return page.tell(Input::TrackRefused { player, track });
        };
        let kinds = ["updateend", "error", "bufferedchange"];
        let listeners = listen(page, &buffer, &kinds, move |kind, _| heard(page, player, track, kind));
        self.tracks.put(
            track,
            Rc::new(Buffer {
                buffer,
                busy: Cell::new(false),
                failed: Cell::new(false),
                known: RefCell::default(),
                _listeners: listeners,
            }),
        );
    }

    /// Changes the type of what a SourceBuffer takes.
    pub(super) fn change_type(&self, page: &'static Driver, player: PlayerId, track: Track, mime: &str) {
        let changed = self.tracks.get(track).is_some_and(|buffer| buffer.buffer.change_type(mime).is_ok());
        if !changed {
            page.tell(Input::TrackRefused { player, track });
        }
    }

    /// Appends a blob.
    pub(super) fn append(
        &self,
        page: &'static Driver,
        player: PlayerId,
        track: Track,
        bytes: Option<&Uint8Array>,
        offset: MediaTime,
    ) {
        self.operate(page, player, track, |buffer| {
            let bytes = bytes.ok_or(JsValue::UNDEFINED)?;
            let offset = offset.secs();
            let difference = (buffer.timestamp_offset() - offset).abs();
            if difference > tolerance(buffer) {
                js::set(buffer, "timestampOffset", &offset.into())?;
            }
            buffer.append_buffer_with_array_buffer_view(bytes)
        });
    }

    /// Removes a span.
    pub(super) fn remove(&self, page: &'static Driver, player: PlayerId, track: Track, span: Span) {
        self.operate(page, player, track, |buffer| buffer.remove(span.start.secs(), span.end.secs()));
    }

    /// Sets the duration.
    pub(super) fn set_duration(&self, duration: Option<MediaTime>) {
        self.duration.set(Some(duration.map_or(f64::INFINITY, MediaTime::secs)));
        self.settle();
    }

    /// Sets what can be sought in a live stream; the next order replaces one that came too early.
    pub(super) fn set_seekable(&self, span: Span) {
        let _ = self.source.set_live_seekable_range(span.start.secs(), span.end.secs());
    }

    /// Says that all is appended.
    pub(super) fn end(&self) {
        self.ending.set(true);
        self.settle();
    }

    fn operate(
        &self,
        page: &'static Driver,
        player: PlayerId,
        track: Track,
        operation: impl FnOnce(&SourceBuffer) -> Result<(), JsValue>,
    ) {
        let Some(buffer) = self.tracks.get(track) else {
            return;
        };
        // Whatever is done to a buffer reopens its source; when all is there again, the engine says so again.
        self.ending.set(false);
        buffer.busy.set(true);
        if let Err(error) = operation(&buffer.buffer) {
            buffer.busy.set(false);
            let outcome = match js::error_name(&error).as_str() {
                "QuotaExceededError" => BufferOutcome::QuotaExceeded,
                "InvalidStateError" => BufferOutcome::Closed,
                _ => BufferOutcome::Failed(js::error_words(&error)),
            };
            page.tell(Input::BufferChanged { player, track, buffered: buffer.report(), outcome });
        }
    }

    /// Does what had to wait, once the source is open and calm.
    fn settle(&self) {
        let calm = self.tracks.all().iter().all(|buffer| !buffer.buffer.updating());
        if !calm || self.source.ready_state() != MediaSourceReadyState::Open {
            return;
        }
        if let Some(duration) = self.duration.take()
            && js::set(&self.source, "duration", &duration.into()).is_err()
        {
            // Not below what is buffered (MSE, duration change): segments were longer than the playlist said.
            let ends = self.tracks.all().into_iter().filter_map(|b| spans(&b.buffer).last().map(|s| s.end));
            let longest = ends.max().map_or(duration, MediaTime::secs);
            let _ = js::set(&self.source, "duration", &longest.into());
        }
        if self.ending.take() {
            let _ = self.source.end_of_stream();
        }
    }
}

impl Buffer {
    /// What is buffered now, remembered as reported.
    fn report(&self) -> Vec<Span> {
        let now = spans(&self.buffer);
        self.known.replace(now.clone());
        now
    }
}

/// Reports the source once, when it is open, and does what had to wait for it.
pub(super) fn begin(page: &'static Driver, player: PlayerId) {
    let Some(of) = page.source(player) else {
        return;
    };
    if of.source.ready_state() == MediaSourceReadyState::Open {
        of.settle();
        if !of.opened.replace(true) {
            page.tell(Input::SourceOpened { player });
        }
    }
}

fn heard(page: &'static Driver, player: PlayerId, track: Track, kind: &str) {
    let Some(source) = page.source(player) else {
        return;
    };
    let Some(buffer) = source.tracks.get(track) else {
        return;
    };
    match kind {
        "error" => buffer.failed.set(true),
        "updateend" => {
            source.settle();
            let failed = buffer.failed.take();
            if buffer.busy.take() {
                let outcome = if failed {
                    BufferOutcome::Failed("the browser could not parse what was appended".to_owned())
                } else {
                    BufferOutcome::Done
                };
                page.tell(Input::BufferChanged { player, track, buffered: buffer.report(), outcome });
            }
        }
        // `bufferedchange`: our own operations cause it too, but `updateend` has reported those.
        _ => {
            let known = buffer.known.borrow().clone();
            if !buffer.busy.get() && spans(&buffer.buffer) != known {
                page.tell(Input::BufferEvicted { player, track, buffered: buffer.report() });
            }
        }
    }
}

/// By how much an offset may be off. Frames without timestamps follow each other in a sequence whose end is the offset
/// (MSE §Coded Frame Processing): setting it a rounding error away would leave a gap between two of them.
fn tolerance(buffer: &SourceBuffer) -> f64 {
    let in_sequence = js::get(buffer, "mode").as_string().is_some_and(|mode| mode == "sequence");
    if in_sequence { 0.02 } else { 0.0 }
}

/// What is buffered; nothing once the buffer was removed from its source.
fn spans(buffer: &SourceBuffer) -> Vec<Span> {
    let Ok(ranges) = buffer.buffered() else {
        return Vec::new();
    };
    let edge = |read: fn(&TimeRanges, u32) -> Result<f64, JsValue>, at| {
        MediaTime::from_secs(read(&ranges, at).unwrap_or_default())
    };
    (0..ranges.length()).map(|at| Span::new(edge(TimeRanges::start, at), edge(TimeRanges::end, at))).collect()
}

/// Whether the browser's media source takes MP4 with these codecs, or what this MIME type names.
pub(super) fn supports(codecs: &str) -> bool {
    let mime: JsValue = match codecs.as_bytes().contains(&b'/') {
        true => codecs.into(),
        false => ["video/mp4; codecs=\"", codecs, "\""].concat().into(),
    };
    let global: JsValue = js_sys::global().into();
    // An iPhone has the managed one only.
    ["MediaSource", "ManagedMediaSource"].iter().any(|name| {
        let class = js::get(&global, name);
        !class.is_undefined()
            && js::call(&class, "isTypeSupported", &Array::of1(&mime)).is_ok_and(|yes| yes.is_truthy())
    })
}

/// Whether SourceBuffers can go over to another codec; those of WebKitGTK cannot.
pub(super) fn changes_type() -> bool {
    let prototype = js::get(&js::get(&js_sys::global(), "SourceBuffer"), "prototype");
    !js::get(&prototype, "changeType").is_undefined()
}
