//! Line 21 captions (ANSI/CTA-608-E) as cues: the byte pairs that ride on video, two fields with two caption
//! channels each. A channel draws on a screen ([`Service`]); whenever what it shows gives way, it was a cue.
//!
//! Parity is not looked at, for the video's own checks are better. Text mode, XDS and the packets of CTA-708
//! are passed over: what has 708 captions has these as well.

mod characters;
mod screen;
mod service;

use super::super::time::MediaTime;
use super::Cue;
use service::Service;

/// Where a caption is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// `INSTREAM-ID="CC1"`: the first of field 1, where captions mostly are.
    Cc1,
    /// `CC2`.
    Cc2,
    /// `CC3`: the first of field 2.
    Cc3,
    /// `CC4`.
    Cc4,
}

/// The captions of one video. Make a new one after a seek or a discontinuity: what was on the screen is not any
/// more.
#[derive(Clone, Debug, Default)]
pub struct Captions608 {
    fields: [Field; 2],
}

#[derive(Clone, Debug, Default)]
struct Field {
    services: [Service; 2],
    /// The one that characters go to.
    current: usize,
    /// A control pair that was just obeyed: it is sent twice, in case one is lost (§8.3).
    obeyed: Option<[u8; 2]>,
    /// Between the beginning of an XDS packet and its end, or the next caption (§8.6.1).
    in_data: bool,
}

impl Captions608 {
    /// Takes the caption data of one picture, shown at `at`; pictures come in the order in which they are shown.
    /// `cc_data` is triplets as ATSC A/53 part 4 §6.2.3.1 has them: flags and type, and a pair. Appends what was
    /// shown and is no more, or is no more the whole of it.
    pub fn push(&mut self, at: MediaTime, cc_data: &[u8], cues: &mut Vec<(Channel, Cue)>) {
        for [head, pair @ ..] in cc_data.as_chunks::<3>().0 {
            // The third bit says that the pair counts; types 2 and 3 are 708's.
            let field = match head & 7 {
                4 => 0,
                5 => 1,
                _ => continue,
            };
            let mut said = |channel: usize, cue| cues.push((channel_of(field, channel), cue));
            self.fields[field].pair(pair.map(|byte| byte & 0x7f), at, &mut said);
        }
    }

    /// Appends what is shown at `at`, as far as it has been shown by then; the rest follows as a cue that begins
    /// there. At the end of every segment, or a caption that lasts comes only when it has gone.
    pub fn flush(&mut self, at: MediaTime, cues: &mut Vec<(Channel, Cue)>) {
        for (field, channels) in self.fields.iter_mut().enumerate() {
            for (channel, service) in channels.services.iter_mut().enumerate() {
                service.settle(at, &mut |cue| cues.push((channel_of(field, channel), cue)));
            }
        }
    }
}

impl Field {
    fn pair(&mut self, pair: [u8; 2], at: MediaTime, said: &mut dyn FnMut(usize, Cue)) {
        match pair[0] {
            _ if pair == [0, 0] => {}
            0x01..=0x0f => {
                self.in_data = pair[0] != 0x0f;
                self.obeyed = None;
            }
            0x10..=0x1f => {
                self.in_data = false;
                if self.obeyed.take() == Some(pair) {
                    return;
                }
                self.obeyed = Some(pair);
                self.current = usize::from(pair[0] >> 3 & 1);
                let channel = self.current;
                self.services[channel].control([pair[0] & 0x17, pair[1]], at, &mut |cue| said(channel, cue));
            }
            _ => {
                self.obeyed = None;
                if !self.in_data {
                    let channel = self.current;
                    for code in pair.into_iter().filter(|code| *code >= 0x20) {
                        let service = &mut self.services[channel];
                        service.write(characters::basic(code), at, &mut |cue| said(channel, cue));
                    }
                }
            }
        }
    }
}

fn channel_of(field: usize, channel: usize) -> Channel {
    match (field, channel) {
        (0, 0) => Channel::Cc1,
        (0, _) => Channel::Cc2,
        (_, 0) => Channel::Cc3,
        (_, _) => Channel::Cc4,
    }
}
