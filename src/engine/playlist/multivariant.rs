//! The multivariant playlist (RFC 8216 §4.3.4): variants and audio renditions, absolute and in order.
//!
//! `m3u8_rs` reads it, and this is the only file that names it. It loses or garbles what is not written as
//! it expects (a variant with one bad attribute hands its URI to the variant before), and takes quadratic
//! time over broken attribute lists. So it is never given a publisher's text, only canonical text that is
//! written here: tags that matter, attributes that parse, each variant followed by its URI.

use super::super::config::Bitrate;
use super::super::time::MediaTime;
use super::PlaylistError;
use super::address::Addresses;
use super::define::Variables;
use super::number::{integer, seconds, signed_seconds};
use super::scan::{self, Line, attribute};
use m3u8_rs::{AlternativeMedia, QuotedOrUnquoted, VariantStream};

/// Variants and renditions of each kind; the largest seen has 60.
const MAX_ENTRIES: usize = 1_000;
/// Attributes of ours in the canonical text, whose values come back as they were written.
const FRAME_RATE_TEXT: &str = "X-FRAME-RATE";
const VIDEO_RANGE: &str = "VIDEO-RANGE";

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

/// Reads a multivariant playlist.
pub(super) fn read(text: &str, addresses: &mut Addresses<'_>) -> Result<Multivariant, PlaylistError> {
    let Canonical { text, start } = canonical(text);
    // The text is our own, so a failure would be ours too; there would be no variants all the same.
    let parsed =
        m3u8_rs::parse_master_playlist_res(text.as_bytes()).map_err(|_| PlaylistError::NoVariants)?;
    let mut variants = Vec::with_capacity(parsed.variants.len());
    for stream in parsed.variants {
        if let Some(url) = addresses.url(&stream.uri)? {
            variants.push(variant(stream, url.as_ref().to_owned()));
        }
    }
    let mut audio = Vec::with_capacity(parsed.alternatives.len());
    for media in parsed.alternatives {
        let url = match &media.uri {
            // A rendition that is said to be elsewhere, but nowhere, cannot be played.
            Some(reference) => match addresses.url(reference)? {
                Some(url) => Some(url.as_ref().to_owned()),
                None => continue,
            },
            None => None,
        };
        audio.push(rendition(media, url));
    }
    if variants.is_empty() {
        Err(PlaylistError::NoVariants)
    } else {
        Ok(Multivariant {
            variants,
            audio,
            start,
        })
    }
}

struct Canonical {
    text: String,
    start: Option<MediaTime>,
}

/// The same playlist as `m3u8_rs` reads it without loss: one blank-free line per tag, strings in quotes, no
/// empty string, numbers that parse.
fn canonical(text: &str) -> Canonical {
    let mut out = Canonical {
        text: "#EXTM3U\n".to_owned(),
        start: None,
    };
    let mut variables = Variables::default();
    let mut pending: Option<&str> = None;
    let (mut variants, mut renditions) = (0, 0);
    for line in scan::lines(text) {
        match line {
            Line::Tag {
                name: "EXT-X-DEFINE",
                value,
            } => variables.define(value),
            Line::Tag {
                name: "EXT-X-STREAM-INF",
                value,
            } => pending = Some(value),
            Line::Tag {
                name: "EXT-X-START",
                value,
            } => {
                out.start = attribute(value, "TIME-OFFSET").and_then(signed_seconds);
            }
            Line::Tag {
                name: "EXT-X-MEDIA",
                value,
            } => {
                if attribute(value, "TYPE") == Some("AUDIO") && renditions < MAX_ENTRIES {
                    renditions += 1;
                    write_media(&mut out.text, value, &mut variables);
                }
            }
            Line::Tag { .. } => {}
            Line::Uri(reference) => {
                let reference = variables.apply(reference);
                // What a variable begins with '#' would be read as a tag.
                let usable = !reference.is_empty() && !reference.starts_with('#');
                if let Some(list) = pending.take()
                    && usable
                    && variants < MAX_ENTRIES
                {
                    variants += 1;
                    write_variant(&mut out.text, list, &mut variables);
                    out.text.push_str(&reference);
                    out.text.push('\n');
                }
            }
        }
    }
    out
}

fn write_variant(out: &mut String, list: &str, variables: &mut Variables) {
    let average = attribute(list, "AVERAGE-BANDWIDTH").and_then(integer);
    let bandwidth = attribute(list, "BANDWIDTH")
        .and_then(integer)
        .or(average)
        .unwrap_or(0);
    out.push_str("#EXT-X-STREAM-INF:BANDWIDTH=");
    out.push_str(&bandwidth.to_string());
    if let Some(average) = average {
        out.push_str(",AVERAGE-BANDWIDTH=");
        out.push_str(&average.to_string());
    }
    if let Some((width, height)) = attribute(list, "RESOLUTION").and_then(resolution) {
        out.push_str(",RESOLUTION=");
        out.push_str(&width.to_string());
        out.push('x');
        out.push_str(&height.to_string());
    }
    for name in ["CODECS", "AUDIO", VIDEO_RANGE] {
        write_string(out, name, attribute(list, name), variables);
    }
    let rate = attribute(list, "FRAME-RATE");
    write_string(out, FRAME_RATE_TEXT, rate, variables);
    out.push('\n');
}

fn write_media(out: &mut String, list: &str, variables: &mut Variables) {
    let (Some(group), name) = (attribute(list, "GROUP-ID"), attribute(list, "NAME")) else {
        return;
    };
    if group.is_empty() {
        return;
    }
    out.push_str("#EXT-X-MEDIA:TYPE=AUDIO");
    write_string(out, "GROUP-ID", Some(group), variables);
    // It must be there and must not be empty; the blank is taken off again.
    write_string(
        out,
        "NAME",
        name.filter(|n| !n.is_empty()).or(Some(" ")),
        variables,
    );
    for name in ["LANGUAGE", "CHANNELS", "URI"] {
        write_string(out, name, attribute(list, name), variables);
    }
    for name in ["DEFAULT", "AUTOSELECT"] {
        if attribute(list, name).is_some_and(|v| v.eq_ignore_ascii_case("YES")) {
            out.push(',');
            out.push_str(name);
            out.push_str("=YES");
        }
    }
    out.push('\n');
}

/// Appends `,NAME="value"`; nothing when there is none or it is empty.
fn write_string(out: &mut String, name: &str, value: Option<&str>, variables: &mut Variables) {
    let Some(value) = value.filter(|v| !v.is_empty()) else {
        return;
    };
    out.push(',');
    out.push_str(name);
    out.push_str("=\"");
    // A string cannot hold a quote (RFC 8216 §4.2), but a value without quotes can.
    out.extend(
        variables
            .apply(value)
            .chars()
            .map(|c| if c == '"' { '\'' } else { c }),
    );
    out.push('"');
}

fn resolution(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['x', 'X'])?;
    let side = |t: &str| integer(t.trim_ascii()).and_then(|n| u32::try_from(n).ok());
    Some((side(width)?, side(height)?))
}

fn variant(stream: VariantStream, url: String) -> Variant {
    let mut other = stream.other_attributes.unwrap_or_default();
    let mut text = |name: &str| match other.remove(name) {
        Some(QuotedOrUnquoted::Quoted(s) | QuotedOrUnquoted::Unquoted(s)) => s,
        None => String::new(),
    };
    let frame_rate_text = text(FRAME_RATE_TEXT);
    Variant {
        url,
        bitrate: Bitrate(stream.bandwidth as f64),
        average_bitrate: stream.average_bandwidth.map(|b| Bitrate(b as f64)),
        codecs: stream.codecs.unwrap_or_default(),
        // They were written from `u32`, so `as` loses nothing.
        resolution: stream.resolution.map(|r| (r.width as u32, r.height as u32)),
        // A rate is written like a time; 1/90,000 is exact enough for a menu.
        frame_rate: seconds(&frame_rate_text).map(MediaTime::secs),
        frame_rate_text,
        video_range: text(VIDEO_RANGE),
        audio_group: stream.audio,
    }
}

fn rendition(media: AlternativeMedia, url: Option<String>) -> AudioRendition {
    AudioRendition {
        group: media.group_id,
        name: media.name.trim().to_owned(),
        language: media.language.unwrap_or_default(),
        channels: media.channels.unwrap_or_default(),
        default: media.default,
        autoselect: media.autoselect,
        url,
    }
}
