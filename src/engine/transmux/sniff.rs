//! What is this? Judged by the bytes alone: names and content types of segments lie too often.

use super::boxes::boxes;
use super::frame::{self, AudioCodec, NoFrame};
use super::{id3, ts};

/// How a segment is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Fragmented MP4, which a SourceBuffer takes as it is.
    Fmp4,
    /// An MPEG-2 transport stream.
    Ts,
    /// Packed audio (RFC 8216bis §3.4): AAC in ADTS.
    Aac,
    /// Packed audio: MP3, and the other layers.
    MpegAudio,
    /// Packed audio: AC-3.
    Ac3,
    /// Packed audio: Enhanced AC-3.
    Eac3,
    /// WebVTT.
    WebVtt,
}

impl Container {
    /// The codec of packed audio.
    pub(super) const fn packed(self, sbr: Option<bool>) -> Option<AudioCodec> {
        match self {
            Self::Aac => Some(AudioCodec::Aac { sbr }),
            Self::MpegAudio => Some(AudioCodec::Mpeg),
            Self::Ac3 => Some(AudioCodec::Ac3),
            Self::Eac3 => Some(AudioCodec::Eac3),
            Self::Fmp4 | Self::Ts | Self::WebVtt => None,
        }
    }
}

/// What a segment is, by its first bytes (4 KB are plenty); none when they are too few, or of something else. Looks
/// past ID3 tags, and for a transport stream past junk.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Container> {
    let mut head = head;
    while id3::begins(head) {
        head = head.get(id3::tag_len(head)?..).filter(|rest| !rest.is_empty())?;
    }
    if head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).starts_with(b"WEBVTT") {
        return Some(Container::WebVtt);
    }
    let sync = |at: usize| head.get(at).is_none_or(|b| *b == ts::SYNC);
    let ts =
        |at: usize| head.get(at) == Some(&ts::SYNC) && sync(at + ts::PACKET) && sync(at + 2 * ts::PACKET);
    if ts(0) {
        return Some(Container::Ts);
    }
    if boxes(head).next().is_some_and(|b| {
        matches!(
            &b.kind,
            b"ftyp" | b"styp" | b"moov" | b"moof" | b"sidx" | b"emsg" | b"prft" | b"mdat" | b"free" | b"skip"
        )
    }) {
        return Some(Container::Fmp4);
    }
    let audio = [
        (AudioCodec::Aac { sbr: None }, Container::Aac),
        (AudioCodec::Mpeg, Container::MpegAudio),
        (AudioCodec::Ac3, Container::Ac3),
    ];
    for (codec, container) in audio {
        let Ok(first) = frame::read(codec, head) else { continue };
        let next = head.get(first.len..).unwrap_or(&[]);
        if frame::read(codec, next) != Err(NoFrame::Bad) {
            // The version of the bit stream tells them apart.
            let enhanced = container == Container::Ac3 && head.get(5).is_some_and(|b| b >> 3 > 10);
            return Some(if enhanced { Container::Eac3 } else { container });
        }
    }
    // Behind junk only two packets in a row are believed.
    (1..head.len()).find(|at| head.get(at + ts::PACKET).is_some() && ts(*at)).map(|_| Container::Ts)
}
