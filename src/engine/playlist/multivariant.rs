//! The multivariant playlist (RFC 8216 §4.3.4): variants and audio renditions, absolute and in order.
//!
//! A tag with a bad attribute loses that attribute, never its neighbours: where the value is no number, or is
//! empty, it is taken for absent.

use super::super::config::Bitrate;
use super::super::time::MediaTime;
use super::PlaylistError;
use super::address::Addresses;
use super::define::Variables;
use super::number::{integer, seconds, signed_seconds};
use super::scan::{Line, attribute};

/// Variants and renditions of each kind; the largest seen has 60.
const MAX_ENTRIES: usize = 1_000;

/// What there is to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Multivariant {
    /// At least one, in playlist order; redundant ones (equal but for the URL) are kept.
    pub variants: Vec<Variant>,
    /// Audio renditions of all groups, in playlist order.
    pub audio: Vec<AudioRendition>,
    /// `EXT-X-START`, where it stands here: for every media playlist without its own.
    pub start: Option<MediaTime>,
}

/// One `EXT-X-STREAM-INF` (RFC 8216 §4.3.4.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Absolute URL of its media playlist.
    pub url: String,
    /// `BANDWIDTH`, else `AVERAGE-BANDWIDTH`, else 0.
    pub bitrate: Bitrate,
    /// `AVERAGE-BANDWIDTH`.
    pub average_bitrate: Option<Bitrate>,
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
}

/// One `EXT-X-MEDIA` with `TYPE=AUDIO` (RFC 8216 §4.3.4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioRendition {
    /// `GROUP-ID`.
    pub group: String,
    /// `NAME`, possibly empty.
    pub name: String,
    /// `LANGUAGE` (BCP 47), possibly empty.
    pub language: String,
    /// `CHANNELS` as written, possibly empty.
    pub channels: String,
    /// `DEFAULT=YES`.
    pub default: bool,
    /// `AUTOSELECT=YES`.
    pub autoselect: bool,
    /// Absolute URL of its media playlist. None: it is in the variants' own segments.
    pub url: Option<String>,
}

/// What the lines so far have said.
#[derive(Default)]
pub(super) struct Reader {
    variables: Variables,
    /// The attribute list of the variant whose URI comes next.
    pending: Option<String>,
    variants: Vec<Variant>,
    audio: Vec<AudioRendition>,
    start: Option<MediaTime>,
}

impl Reader {
    /// Takes the next line.
    pub(super) fn take(&mut self, line: Line<'_>, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        let variables = &mut self.variables;
        match line {
            Line::Tag { name, value } => match name {
                "EXT-X-DEFINE" => variables.define(value),
                "EXT-X-STREAM-INF" => self.pending = Some(value.to_owned()),
                "EXT-X-START" => self.start = attribute(value, "TIME-OFFSET").and_then(signed_seconds),
                "EXT-X-MEDIA"
                    if attribute(value, "TYPE") == Some("AUDIO") && self.audio.len() < MAX_ENTRIES =>
                {
                    self.audio.extend(rendition(value, variables, addresses)?);
                }
                _ => {}
            },
            Line::Uri(reference) => {
                let reference = variables.apply(reference);
                // What a variable begins with '#' would name this very playlist.
                if let Some(list) = self.pending.take()
                    && !reference.starts_with('#')
                    && self.variants.len() < MAX_ENTRIES
                    && let Some(url) = addresses.url(&reference)?
                {
                    self.variants.push(variant(&list, &url, variables));
                }
            }
            Line::Nothing => {}
        }
        Ok(())
    }

    /// All lines were taken.
    pub(super) fn finish(self) -> Result<Multivariant, PlaylistError> {
        let Self { variants, audio, start, .. } = self;
        if variants.is_empty() {
            Err(PlaylistError::NoVariants)
        } else {
            Ok(Multivariant { variants, audio, start })
        }
    }
}

fn variant(list: &str, url: &str, variables: &mut Variables) -> Variant {
    let rate = |name| attribute(list, name).and_then(integer).map(|b| Bitrate(b as f64));
    let average_bitrate = rate("AVERAGE-BANDWIDTH");
    let mut text = |name| string(list, name, variables).unwrap_or_default();
    let frame_rate_text = text("FRAME-RATE");
    Variant {
        url: url.to_owned(),
        bitrate: rate("BANDWIDTH").or(average_bitrate).unwrap_or(Bitrate(0.0)),
        average_bitrate,
        codecs: text("CODECS"),
        resolution: attribute(list, "RESOLUTION").and_then(resolution),
        // A rate is written like a time; 1/90,000 is exact enough for a menu.
        frame_rate: seconds(&frame_rate_text).map(MediaTime::secs),
        frame_rate_text,
        video_range: text("VIDEO-RANGE"),
        audio_group: string(list, "AUDIO", variables),
    }
}

/// None: it has no group, or is said to be elsewhere, but nowhere; it cannot be played.
fn rendition(
    list: &str,
    variables: &mut Variables,
    addresses: &mut Addresses,
) -> Result<Option<AudioRendition>, PlaylistError> {
    let Some(group) = string(list, "GROUP-ID", variables) else {
        return Ok(None);
    };
    let url = match string(list, "URI", variables) {
        Some(reference) => match addresses.url(&reference)? {
            Some(url) => Some(url.as_ref().to_owned()),
            None => return Ok(None),
        },
        None => None,
    };
    let yes = |name| attribute(list, name).is_some_and(|v| v.eq_ignore_ascii_case("YES"));
    let mut text = |name| string(list, name, variables).unwrap_or_default();
    Ok(Some(AudioRendition {
        group,
        name: text("NAME").trim().to_owned(),
        language: text("LANGUAGE"),
        channels: text("CHANNELS"),
        default: yes("DEFAULT"),
        autoselect: yes("AUTOSELECT"),
        url,
    }))
}

/// An attribute with its variables replaced; none when it is missing or empty.
fn string(list: &str, name: &str, variables: &mut Variables) -> Option<String> {
    let value = attribute(list, name).filter(|v| !v.is_empty())?;
    Some(variables.apply(value).into_owned())
}

fn resolution(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['x', 'X'])?;
    let side = |t: &str| integer(t.trim_ascii()).and_then(|n| u32::try_from(n).ok());
    Some((side(width)?, side(height)?))
}
