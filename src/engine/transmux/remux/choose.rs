//! Which streams of a programme are taken: of several of a kind the first playable one, as in the order of the programme
//! map; the others are named, and why not.

use super::streams::{Role, Stream};
use super::{Audio, AudioCodec, Remuxer, TrackKind, Video, VideoCodec, Why};
use crate::engine::transmux::mpeg_audio;
use crate::engine::transmux::ts::{Announced, Carries};

impl Remuxer {
    /// Whether the browser takes sound of this codec as raw frames, and not in MP4.
    pub(super) fn is_raw(&self, codec: AudioCodec) -> bool {
        let decodes = self.options.decodes;
        codec == AudioCodec::Mpeg && !decodes(usual_string(Carries::Audio(codec))) && decodes(mpeg_audio::RAW)
    }

    /// The streams are others, or a segment begins: which are taken?
    pub(super) fn choose(&mut self) {
        self.unplayable.clear();
        let before = core::mem::take(&mut self.streams);
        let (mut video, mut audio) = (false, false);
        let decodes = self.options.decodes;
        let pictures = |a: &Announced| match a.carries {
            Carries::Video(codec) => decodes(usual_string(Carries::Video(codec))),
            _ => false,
        };
        self.raw = self.beside || !self.tables.streams.iter().any(pictures);
        for announced in self.tables.streams.clone() {
            let kind = match announced.carries {
                Carries::Video(_) | Carries::Else(TrackKind::Video, ..) => TrackKind::Video,
                Carries::Id3 => TrackKind::Other,
                Carries::Audio(_) | Carries::Else(..) if self.options.without_audio => continue,
                Carries::Audio(_) | Carries::Else(..) => TrackKind::Audio,
            };
            let name = usual_string(announced.carries);
            let taken = if kind == TrackKind::Video { video } else { audio };
            let why = match announced.carries {
                Carries::Id3 => None,
                _ if self.beside && kind == TrackKind::Video => Some(Why::Spare),
                Carries::Else(_, _, why) => Some(why),
                _ if announced.locked && self.key.is_none() => Some(Why::Encrypted),
                Carries::Audio(codec) if self.is_raw(codec) => match self.raw {
                    true if taken => Some(Why::Spare),
                    true => None,
                    false => Some(Why::Beside),
                },
                _ if self.beside => Some(Why::Spare),
                _ if !decodes(name) => Some(Why::Undecodable),
                _ if taken => Some(Why::Spare),
                _ => None,
            };
            if let Some(why) = why {
                self.refuse(kind, name, why);
                continue;
            }
            // A track that has samples in this segment keeps its codec to the segment's end.
            let role = match announced.carries {
                Carries::Video(codec) => {
                    video = true;
                    self.locked.0 = announced.locked;
                    if !self.video.as_ref().is_some_and(|v| v.codec() == codec) {
                        if self.video.as_ref().is_some_and(|v| !v.samples.is_empty()) {
                            continue;
                        }
                        self.video = Some(Video::new(codec));
                    }
                    Role::Video
                }
                Carries::Audio(codec) => {
                    audio = true;
                    self.locked.1 = announced.locked;
                    if !self.audio.as_ref().is_some_and(|a| a.codec() == codec) {
                        if self.audio.as_ref().is_some_and(|a| !a.samples.is_empty()) {
                            continue;
                        }
                        self.audio = Some(Audio::new(codec));
                    }
                    Role::Audio
                }
                Carries::Id3 | Carries::Else(..) => Role::Id3,
            };
            self.streams.push(Stream {
                pid: announced.pid,
                role,
                bytes: Vec::new(),
                counter: None,
                waiting: true,
            });
        }
        for stream in before {
            let same = |s: &&mut Stream| s.pid == stream.pid && s.role == stream.role;
            if let Some(now) = self.streams.iter_mut().find(same) {
                *now = stream;
            }
        }
        self.video.take_if(|v| !video && v.samples.is_empty());
        self.audio.take_if(|a| !audio && a.samples.is_empty());
    }
}

/// The codec string of a stream whose parameters are not known yet, to ask the browser whether it decodes the like;
/// a name where there is none.
pub(super) fn usual_string(carries: Carries) -> &'static str {
    match carries {
        Carries::Video(VideoCodec::H264) => "avc1.42e01e",
        Carries::Video(VideoCodec::Hevc) => "hvc1.1.6.L93.b0",
        Carries::Audio(AudioCodec::Aac { .. }) => "mp4a.40.2",
        Carries::Audio(AudioCodec::Mpeg) => "mp4a.6B",
        Carries::Audio(AudioCodec::Ac3) => "ac-3",
        Carries::Audio(AudioCodec::Eac3) => "ec-3",
        Carries::Audio(AudioCodec::Opus { .. }) => "opus",
        Carries::Id3 => "ID3",
        Carries::Else(_, name, _) => name,
    }
}
