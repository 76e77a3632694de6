//! How do tasks, and what comes of them, get to the benches' memory and back? As bytes that both sides cut alike:
//! numbers as eight bytes, little end first, and everything of any length with its length before it. Both sides
//! are of one build, so nothing here has a version; what is cut short or odd is nothing.

use super::super::contract::{Cue, Data, Datum};
use super::super::time::MediaTime;
use super::super::transmux::{self, CueKind};
use super::{Channel, Pictures, Said, Task, TextError};

/// What is asked of a reader, and the bytes that it is asked about; those of [`Task::Pictures`] lie elsewhere.
#[must_use]
pub fn pack(task: Task) -> (Vec<u8>, Vec<u8>) {
    let mut ask = Packed::default();
    let content = match task {
        Task::Subtitles { bytes, init, at, offset } => {
            ask.number(0).time(at).time(offset).bytes(init.as_deref().unwrap_or_default());
            bytes
        }
        Task::Captions { pictures, anew, end, offset } => {
            ask.number(1).number(anew.into()).time(end).time(offset);
            pack_list(&pictures)
        }
        Task::Pictures { bytes, of, anew, end, offset } => {
            ask.number(2).number(anew.into()).time(end).time(offset).number(of.track.into());
            ask.number(of.timescale.into()).number(of.hevc.into()).time(of.length);
            bytes
        }
        Task::Tags { tags, end, offset } => {
            ask.number(3).time(end).time(offset);
            pack_list(&tags)
        }
        Task::Events { head, at, offset } => {
            ask.number(4).time(at).time(offset);
            head
        }
    };
    (ask.0, content)
}

/// The other way round.
#[must_use]
pub fn unpack(ask: &[u8], content: Vec<u8>) -> Option<Task> {
    let mut ask = Cut(ask);
    Some(match ask.number()? {
        0 => {
            let (at, offset) = (ask.time()?, ask.time()?);
            let init = Some(ask.bytes()?).filter(|i| !i.is_empty()).map(Into::into);
            Task::Subtitles { bytes: content, init, at, offset }
        }
        1 => {
            let (anew, end, offset) = (ask.number()? != 0, ask.time()?, ask.time()?);
            Task::Captions { pictures: unpack_list(&content), anew, end, offset }
        }
        2 => {
            let (anew, end, offset) = (ask.number()? != 0, ask.time()?, ask.time()?);
            let (track, timescale) = (ask.number()? as u32, ask.number()? as u32);
            let of = Pictures { track, timescale, hevc: ask.number()? != 0, length: ask.time()? };
            Task::Pictures { bytes: content, of, anew, end, offset }
        }
        3 => Task::Tags { end: ask.time()?, offset: ask.time()?, tags: unpack_list(&content) },
        4 => Task::Events { at: ask.time()?, offset: ask.time()?, head: content },
        _ => return None,
    })
}

/// What a reader answered; of an error only its words.
#[must_use]
pub fn pack_answer(answer: &Result<Said, TextError>) -> Vec<u8> {
    let mut out = Packed::default();
    match answer {
        Err(e) => {
            out.number(0).text(&e.to_string());
        }
        Ok(Said::Cues(cues)) => {
            out.number(1);
            cues.iter().for_each(|cue| out.cue(cue));
        }
        Ok(Said::Captions(all)) => {
            out.number(2);
            for (channel, cue) in all {
                out.number(*channel as i64).cue(cue);
            }
        }
        Ok(Said::Metadata(data)) => {
            out.number(3);
            for Datum { scheme, id, start, end, key, info, data } in data {
                out.text(scheme).text(id).time(*start).time(end.unwrap_or(ENDLESS)).text(key).text(info);
                match data {
                    Data::Text(text) => out.number(0).text(text),
                    Data::Bytes(bytes) => out.number(1).bytes(bytes),
                };
            }
        }
    }
    out.0
}

/// The other way round.
#[must_use]
pub fn unpack_answer(answer: &[u8]) -> Option<Result<Said, String>> {
    let mut cut = Cut(answer);
    Some(Ok(match cut.number()? {
        0 => return Some(Err(cut.text()?)),
        1 => Said::Cues(cut.all(Cut::cue)),
        2 => {
            Said::Captions(cut.all(|cut| Some((CHANNELS.get(cut.number()? as usize).copied()?, cut.cue()?))))
        }
        3 => Said::Metadata(cut.all(|cut| {
            let (scheme, id, start) = (cut.text()?, cut.text()?, cut.time()?);
            let (end, key, info) = (Some(cut.time()?).filter(|t| *t != ENDLESS), cut.text()?, cut.text()?);
            let data = match cut.number()? {
                0 => Data::Text(cut.text()?),
                _ => Data::Bytes(cut.bytes()?.to_vec()),
            };
            Some(Datum { scheme, id, start, end, key, info, data })
        })),
        _ => return None,
    }))
}

/// What rides on a segment, as the remuxer found it.
#[must_use]
pub fn pack_riding(cues: &[transmux::Cue]) -> Vec<u8> {
    let mut out = Packed::default();
    for cue in cues {
        out.number((cue.kind == CueKind::Captions).into()).time(cue.time).bytes(&cue.bytes);
    }
    out.0
}

/// The other way round.
#[must_use]
pub fn unpack_riding(bytes: &[u8]) -> Vec<transmux::Cue> {
    Cut(bytes).all(|cut| {
        let kind = if cut.number()? == 0 { CueKind::Id3 } else { CueKind::Captions };
        Some(transmux::Cue { kind, time: cut.time()?, bytes: cut.bytes()?.to_vec() })
    })
}

const CHANNELS: [Channel; 4] = [Channel::Cc1, Channel::Cc2, Channel::Cc3, Channel::Cc4];
/// Stands for an end that nobody knows.
const ENDLESS: MediaTime = MediaTime::from_ticks(i64::MAX);

fn pack_list(list: &[(MediaTime, Vec<u8>)]) -> Vec<u8> {
    let mut out = Packed::default();
    for (time, bytes) in list {
        out.time(*time).bytes(bytes);
    }
    out.0
}

fn unpack_list(bytes: &[u8]) -> Vec<(MediaTime, Vec<u8>)> {
    Cut(bytes).all(|cut| Some((cut.time()?, cut.bytes()?.to_vec())))
}

#[derive(Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn number(&mut self, number: i64) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    fn time(&mut self, time: MediaTime) -> &mut Self {
        self.number(time.ticks())
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as i64).0.extend_from_slice(bytes);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    fn cue(&mut self, cue: &Cue) {
        self.text(&cue.id).time(cue.start).time(cue.end).text(&cue.settings).text(&cue.text);
    }
}

struct Cut<'a>(&'a [u8]);

impl<'a> Cut<'a> {
    fn number(&mut self) -> Option<i64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(i64::from_le_bytes(*number))
    }

    fn time(&mut self) -> Option<MediaTime> {
        self.number().map(MediaTime::from_ticks)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    fn cue(&mut self) -> Option<Cue> {
        let (id, start, end) = (self.text()?, self.time()?, self.time()?);
        Some(Cue { id, start, end, settings: self.text()?, text: self.text()? })
    }

    /// Whatever is left, for as long as it is whole.
    fn all<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        while !self.0.is_empty() {
            match one(self) {
                Some(thing) => found.push(thing),
                None => break,
            }
        }
        found
    }
}
