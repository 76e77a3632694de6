//! What a playlist promises of codecs (RFC 8216bis §4.4.6.2), and how far it is believed. `CODECS` is written by hand, or
//! by one tool about the work of another: it is left out, cut short, or wrong. So it only sorts variants out while
//! others are left; what an initialization section or a stream says of itself is what counts in the end.

use crate::engine::playlist::Variant;
use crate::engine::transmux::is_mpeg_audio;

/// The variants that are worth trying: those of which the browser decodes everything that is said; if it is none, all.
pub(super) fn playable(variants: Vec<Variant>, supports: fn(&str) -> bool) -> Vec<Variant> {
    let is = |v: &Variant| v.codecs.split(',').map(str::trim).all(|codec| may_play(codec, supports));
    if variants.iter().any(is) { variants.into_iter().filter(is).collect() } else { variants }
}

/// Whether nothing that is said speaks against a track.
fn may_play(codec: &str, supports: fn(&str) -> bool) -> bool {
    let (letters, says_more) = codec.split_once('.').map_or((codec, false), |(letters, _)| (letters, true));
    match letters {
        // Text is not for the decoder.
        "" | "wvtt" | "stpp" => true,
        // Four letters that want a profile behind them, and have none.
        "mp4a" | "avc1" | "avc3" | "hvc1" | "hev1" | "av01" | "vp09" if !says_more => true,
        // Raw frames are another way in.
        _ => supports(codec) || is_mpeg_audio(codec) && supports("audio/mpeg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Chromium answers, in short.
    fn supports(codec: &str) -> bool {
        ["avc1.4d401e", "mp4a.40.2", "opus", "audio/mpeg"].contains(&codec)
    }

    fn left_of(all: &[&str]) -> Vec<String> {
        let variant = |codecs: &&str| Variant { codecs: (*codecs).to_owned(), ..Variant::default() };
        playable(all.iter().map(variant).collect(), supports).into_iter().map(|v| v.codecs).collect()
    }

    #[test]
    fn what_the_browser_refuses_makes_room_for_the_rest() {
        assert_eq!(left_of(&["hvc1.1.6.L93.b0", "avc1.4d401e,mp4a.40.2"]), ["avc1.4d401e,mp4a.40.2"]);
    }

    #[test]
    fn nonsense_and_silence_are_no_reason_to_leave_a_variant_out() {
        let all = ["", "avc1,mp4a", "avc1.4d401e, mp4a.40.34", "avc1.4d401e,stpp.ttml.im1t"];
        assert_eq!(left_of(&all), all);
    }

    #[test]
    fn with_none_left_all_are_tried() {
        let all = ["mp4v.20.9,mp4a.40.2", "H.264"];
        assert_eq!(left_of(&all), all);
    }
}
