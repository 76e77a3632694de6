//! The multivariant playlist (RFC 8216 §4.3.4, RFC 8216bis §4.4.6): variants, renditions, and what concerns all of
//! them, absolute and in order.
//!
//! A tag with a bad attribute loses that attribute, never its neighbours: where the value is no number, or is
//! empty, it is taken for absent.

use super::super::config::Bitrate;
use super::super::time::MediaTime;
use super::PlaylistError;
use super::address::Addresses;
use super::define::{Variable, Variables};
use super::key::{self, Key};
use super::number::{integer, seconds, signed_seconds};
use super::rendition::Rendition;
use super::scan::{Line, attribute};
use std::sync::Arc;

/// Variants and renditions of each kind; the largest seen has 60.
const MAX_ENTRIES: usize = 1_000;

/// What there is to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Multivariant {
    /// At least one, in playlist order; redundant ones (equal but for the URL) are kept.
    pub variants: Vec<Variant>,
    /// `EXT-X-I-FRAME-STREAM-INF`: variants of I-frames alone.
    pub i_frames: Vec<Variant>,
    /// Audio renditions of all groups, in playlist order.
    pub audio: Vec<Rendition>,
    /// Video renditions of all groups.
    pub video: Vec<Rendition>,
    /// Subtitles of all groups.
    pub subtitles: Vec<Rendition>,
    /// Closed captions of all groups; they have no URL, but an `INSTREAM-ID`.
    pub captions: Vec<Rendition>,
    /// `EXT-X-SESSION-DATA`.
    pub session_data: Vec<SessionData>,
    /// `EXT-X-SESSION-KEY`: keys that media playlists will name.
    pub session_keys: Vec<Key>,
    /// `EXT-X-CONTENT-STEERING`.
    pub steering: Option<Steering>,
    /// `EXT-X-INDEPENDENT-SEGMENTS`, for every media playlist.
    pub independent_segments: bool,
    /// `EXT-X-START`, where it stands here: for every media playlist without its own.
    pub start: Option<MediaTime>,
    /// `EXT-X-DEFINE`: what media playlists may import.
    pub variables: Arc<[Variable]>,
}

/// One `EXT-X-STREAM-INF` (RFC 8216 §4.3.4.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    /// Absolute URL of its media playlist.
    pub url: String,
    /// `BANDWIDTH`, else `AVERAGE-BANDWIDTH`, else 0.
    pub bitrate: Bitrate,
    /// `AVERAGE-BANDWIDTH`.
    pub average_bitrate: Option<Bitrate>,
    /// `SCORE`: the higher, the better, whatever the bit rate.
    pub score: Option<f64>,
    /// `CODECS`, possibly empty.
    pub codecs: String,
    /// `RESOLUTION`: width, height.
    pub resolution: Option<(u32, u32)>,
    /// `FRAME-RATE`, where it is a number.
    pub frame_rate: Option<f64>,
    /// `FRAME-RATE` as written, possibly empty: swarm names are made from it.
    pub frame_rate_text: String,
    /// `VIDEO-RANGE` as written, possibly empty.
    pub video_range: String,
    /// `AUDIO`: the group of its audio renditions.
    pub audio_group: Option<String>,
    /// `VIDEO`: the group of its video renditions.
    pub video_group: Option<String>,
    /// `SUBTITLES`: the group of its subtitles.
    pub subtitle_group: Option<String>,
    /// `CLOSED-CAPTIONS`: the group of its captions. None where it says `NONE`, too.
    pub caption_group: Option<String>,
    /// `PATHWAY-ID` (RFC 8216bis §4.4.6.2); "." where it is missing.
    pub pathway: String,
    /// `STABLE-VARIANT-ID`, possibly empty.
    pub stable_id: String,
}

/// One `EXT-X-SESSION-DATA` (RFC 8216 §4.3.4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionData {
    /// `DATA-ID`.
    pub id: String,
    /// `LANGUAGE`, possibly empty.
    pub language: String,
    /// `VALUE`, possibly empty.
    pub value: String,
    /// `URI`, absolute: where the value is, as JSON.
    pub url: Option<String>,
}

/// `EXT-X-CONTENT-STEERING` (RFC 8216bis §4.4.6.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steering {
    /// `SERVER-URI`, absolute.
    pub url: String,
    /// `PATHWAY-ID`: where to begin; "." where it is missing.
    pub pathway: String,
}

/// What the lines so far have said.
#[derive(Default)]
pub(super) struct Reader {
    found: Multivariant,
    variables: Variables,
    /// The attribute list of the variant whose URI comes next.
    pending: Option<String>,
}

impl Reader {
    /// Takes the next line.
    pub(super) fn take(&mut self, line: Line<'_>, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        match line {
            Line::Tag { name, value } => self.tag(name, value, addresses)?,
            Line::Uri(reference) => {
                let reference = self.variables.apply(reference);
                // What a variable begins with '#' would name this very playlist.
                if let Some(list) = self.pending.take()
                    && !reference.starts_with('#')
                    && self.found.variants.len() < MAX_ENTRIES
                    && let Some(url) = addresses.url(&reference)?
                {
                    self.found.variants.push(variant(&list, &url, &mut self.variables));
                }
            }
            Line::Nothing => {}
        }
        Ok(())
    }

    fn tag(&mut self, name: &str, value: &str, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        let Self { found, variables, pending } = self;
        match name {
            "EXT-X-DEFINE" => variables.define(value, addresses.base()),
            "EXT-X-STREAM-INF" => *pending = Some(value.to_owned()),
            "EXT-X-I-FRAME-STREAM-INF" => {
                let url = link(value, "URI", variables, addresses)?;
                if let (Some(url), true) = (url, found.i_frames.len() < MAX_ENTRIES) {
                    found.i_frames.push(variant(value, &url, variables));
                }
            }
            "EXT-X-MEDIA" => {
                let list = match attribute(value, "TYPE") {
                    Some("AUDIO") => &mut found.audio,
                    Some("VIDEO") => &mut found.video,
                    Some("SUBTITLES") => &mut found.subtitles,
                    Some("CLOSED-CAPTIONS") => &mut found.captions,
                    _ => return Ok(()),
                };
                if list.len() < MAX_ENTRIES {
                    list.extend(Rendition::read(value, variables, addresses)?);
                }
            }
            "EXT-X-SESSION-DATA" => {
                let url = link(value, "URI", variables, addresses)?;
                let [id, language, text] = texts(value, ["DATA-ID", "LANGUAGE", "VALUE"], variables);
                if !id.is_empty() && found.session_data.len() < MAX_ENTRIES {
                    found.session_data.push(SessionData { id, language, value: text, url });
                }
            }
            "EXT-X-SESSION-KEY" if found.session_keys.len() < MAX_ENTRIES => {
                found.session_keys.extend(key::read(value, variables, addresses)?);
            }
            "EXT-X-CONTENT-STEERING" => {
                let pathway = pathway(value, variables);
                let url = link(value, "SERVER-URI", variables, addresses)?;
                found.steering = url.map(|url| Steering { url, pathway });
            }
            "EXT-X-INDEPENDENT-SEGMENTS" => found.independent_segments = true,
            "EXT-X-START" => found.start = attribute(value, "TIME-OFFSET").and_then(signed_seconds),
            _ => {}
        }
        Ok(())
    }

    /// All lines were taken.
    pub(super) fn finish(self) -> Result<Multivariant, PlaylistError> {
        if self.found.variants.is_empty() {
            return Err(PlaylistError::NoVariants);
        }
        Ok(Multivariant { variables: self.variables.into_defined(), ..self.found })
    }
}

fn variant(list: &str, url: &str, variables: &mut Variables) -> Variant {
    let rate = |name| attribute(list, name).and_then(integer).map(|b| Bitrate(b as f64));
    let average_bitrate = rate("AVERAGE-BANDWIDTH");
    let pathway = pathway(list, variables);
    let names = ["CODECS", "FRAME-RATE", "VIDEO-RANGE", "STABLE-VARIANT-ID"];
    let [codecs, frame_rate_text, video_range, stable_id] = texts(list, names, variables);
    let names = ["AUDIO", "VIDEO", "SUBTITLES", "CLOSED-CAPTIONS"];
    let [audio, video, subtitles, captions] = texts(list, names, variables);
    let group = |name: String| Some(name).filter(|name| !name.is_empty());
    Variant {
        url: url.to_owned(),
        bitrate: rate("BANDWIDTH").or(average_bitrate).unwrap_or(Bitrate(0.0)),
        average_bitrate,
        // A score and a rate are written like a time; 1/90,000 is exact enough for either.
        score: attribute(list, "SCORE").and_then(seconds).map(MediaTime::secs),
        codecs,
        resolution: attribute(list, "RESOLUTION").and_then(resolution),
        frame_rate: seconds(&frame_rate_text).map(MediaTime::secs),
        frame_rate_text,
        video_range,
        audio_group: group(audio),
        video_group: group(video),
        subtitle_group: group(subtitles),
        caption_group: group(captions).filter(|g| g != "NONE"),
        pathway,
        stable_id,
    }
}

fn pathway(list: &str, variables: &mut Variables) -> String {
    string(list, "PATHWAY-ID", variables).unwrap_or_else(|| ".".into())
}

/// An attribute with its variables replaced; none when it is missing or empty.
pub(super) fn string(list: &str, name: &str, variables: &mut Variables) -> Option<String> {
    let value = attribute(list, name).filter(|v| !v.is_empty())?;
    Some(variables.apply(value).into_owned())
}

/// Several of them; empty where they are missing.
pub(super) fn texts<const N: usize>(list: &str, names: [&str; N], variables: &mut Variables) -> [String; N] {
    let mut texts = [const { String::new() }; N];
    fill(&mut texts, list, &names, variables);
    texts
}

/// One copy of the code for any number of them.
fn fill(texts: &mut [String], list: &str, names: &[&str], variables: &mut Variables) {
    for (text, name) in texts.iter_mut().zip(names) {
        *text = string(list, name, variables).unwrap_or_default();
    }
}

/// The URL that an attribute makes; none when it is missing or makes none.
pub(super) fn link(
    list: &str,
    name: &str,
    variables: &mut Variables,
    addresses: &mut Addresses,
) -> Result<Option<String>, PlaylistError> {
    let Some(reference) = string(list, name, variables) else {
        return Ok(None);
    };
    Ok(addresses.url(&reference)?.map(|url| url.as_ref().to_owned()))
}

fn resolution(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['x', 'X'])?;
    let side = |t: &str| integer(t.trim_ascii()).and_then(|n| u32::try_from(n).ok());
    Some((side(width)?, side(height)?))
}
