//! Makes the fragment of what has come of a segment: which tracks are in it, what their initialization section says,
//! and where their data lies. Only now are codec strings exact, so the browser is asked about each once more.

use super::super::task::{Unplayable, Why};
use super::super::time::{MediaTime, Span};
use super::ContainerError;
use super::audio::Audio;
use super::fragment::{Cue, Fragment, Run, Sample};
use super::frame::AudioCodec;
use super::init::{InitInfo, TrackKind, read_init};
use super::video::Video;
use super::write::{self, Entry};

const VIDEO_TRACK: u32 = 1;
const AUDIO_TRACK: u32 = 2;

/// What has come of a segment. Samples and data are taken out of the tracks.
pub(super) struct Parts<'a> {
    pub(super) video: Option<&'a mut Video>,
    pub(super) audio: Option<&'a mut Audio>,
    pub(super) unplayable: Vec<Unplayable>,
    pub(super) cues: Vec<Cue>,
    /// Of the `moof`.
    pub(super) sequence: u32,
    /// Whether the browser decodes a codec string.
    pub(super) decodes: fn(&str) -> bool,
    /// Sound of MPEG audio stays as it is.
    pub(super) raw: bool,
}

/// Puts it together.
pub(super) fn assemble(mut parts: Parts<'_>) -> Result<Fragment, ContainerError> {
    if parts.raw && parts.audio.as_ref().is_none_or(|audio| audio.codec() == AudioCodec::Mpeg) {
        return Ok(raw(parts));
    }
    let mut entries = Vec::new();
    if let Some((video, (setup, picture))) = parts.video.as_ref().and_then(|v| Some((v, v.config()?))) {
        let (entry, inside) = write::names(video.codec());
        let timescale = MediaTime::RATE as u32;
        let picture = Some(picture);
        entries.push(Entry { id: VIDEO_TRACK, timescale, entry, inside, setup, picture, channels: 0 });
    }
    if let Some(config) = parts.audio.as_ref().and_then(|audio| audio.config.as_ref()) {
        entries.push(Entry {
            id: AUDIO_TRACK,
            timescale: config.rate,
            entry: config.entry,
            inside: config.inside,
            setup: config.setup.clone(),
            picture: None,
            channels: config.channels,
        });
    }
    if entries.is_empty() {
        return Err(match parts.unplayable.first() {
            Some(Unplayable { why: Why::Encrypted, .. }) => ContainerError::Encrypted,
            Some(_) => ContainerError::Undecodable,
            None => ContainerError::NoFrames,
        });
    }
    let mut init = write::init(&entries);
    let mut info = read_init(&init)?;
    let refused = info.tracks.iter().filter(|t| !(parts.decodes)(&t.codec));
    let refused: Vec<_> = refused.cloned().collect();
    let mut named = parts.unplayable;
    if !refused.is_empty() {
        for track in refused {
            entries.retain(|e| e.id != track.id);
            named.push(Unplayable { kind: track.kind, codec: track.codec, why: Why::Undecodable });
        }
        if entries.is_empty() {
            return Err(ContainerError::Undecodable);
        }
        init = write::init(&entries);
        info = read_init(&init)?;
    }
    let mut runs = Vec::new();
    let (mut media, mut sound) = (Vec::new(), Vec::new());
    for entry in &entries {
        let (kind, samples, data) = match (entry.id, &mut parts.video, &mut parts.audio) {
            (VIDEO_TRACK, Some(video), _) => (TrackKind::Video, &mut video.samples, &mut video.data),
            (_, _, Some(audio)) => (TrackKind::Audio, &mut audio.samples, &mut audio.data),
            _ => continue,
        };
        let samples = core::mem::take(samples);
        if samples.is_empty() {
            continue;
        }
        let data = core::mem::take(data);
        if media.is_empty() {
            media = data
        } else {
            sound = data
        }
        let (track, timescale) = (entry.id, entry.timescale);
        runs.push(Run { track, kind, timescale, span: span(&samples, timescale), samples });
    }
    if runs.is_empty() {
        return Err(ContainerError::NoFrames);
    }
    let mut cues = parts.cues;
    cues.sort_by_key(|cue| cue.time);
    let head = write::moof(parts.sequence, &runs);
    // The larger data stays where it is but for one move within its memory.
    let size = media.len();
    media.reserve_exact(head.len() + sound.len());
    media.resize(size + head.len(), 0);
    media.copy_within(..size, head.len());
    if let Some(place) = media.get_mut(..head.len()) {
        place.copy_from_slice(&head);
    }
    media.extend_from_slice(&sound);
    Ok(Fragment { init, info, media, runs, unplayable: named, cues })
}

/// Frames one after the other, which are a stream by themselves. Empty where there are none: sound may begin late.
fn raw(parts: Parts<'_>) -> Fragment {
    let (mut media, mut runs) = (Vec::new(), Vec::new());
    if let Some(audio) = parts.audio
        && let Some(config) = &audio.config
        && !audio.samples.is_empty()
    {
        let (samples, timescale) = (core::mem::take(&mut audio.samples), config.rate);
        media = core::mem::take(&mut audio.data);
        let span = span(&samples, timescale);
        runs.push(Run { track: AUDIO_TRACK, kind: TrackKind::Audio, timescale, span, samples });
    }
    let info = InitInfo::default();
    Fragment { init: Vec::new(), info, media, runs, unplayable: parts.unplayable, cues: parts.cues }
}

/// From the first moment at which one of the samples is presented to the last.
fn span(samples: &[Sample], timescale: u32) -> Span {
    let shown = |s: &Sample| s.dts + i64::from(s.cts);
    let time = |units: i64| MediaTime::from_timescale(units.max(0) as u64, timescale);
    let start = samples.iter().map(shown).min().unwrap_or(0);
    let end = samples.iter().map(|s| shown(s) + i64::from(s.duration)).max().unwrap_or(0);
    Span::new(time(start), time(end))
}
