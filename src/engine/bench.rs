//! How is a [`Task`](super::task::Task) done? The bytes of a segment come in slices and are decrypted, taken apart
//! and put together as a fragment that a SourceBuffer takes. Between segments a bench keeps what the next may leave
//! out.
//!
//! The engine never calls this: it orders, and whoever carries its orders out has a bench.

use super::decrypt::{Aes128, DecryptError, SampleAes};
use super::task::{Lock, Made, Unmade, Work};
use super::text::{Reader, pack_answer, pack_riding, unpack};
use super::transmux::{Fitted, Fragment, InitInfo, RemuxOptions, Remuxer, fit_init, fit_segment, read_init};

/// One bench: tasks of one SourceBuffer, one after the other.
pub struct Bench {
    decodes: fn(&str) -> bool,
    /// With what it was made for: the options, and whether for the sound beside.
    remuxer: Option<(Remuxer, RemuxOptions, bool)>,
    job: Job,
}

/// What is under way.
#[derive(Default)]
struct Job {
    cipher: Option<Box<Aes128>>,
    /// What comes out as it went in, but for the lock: no remuxer has to do with it.
    plain: Option<Plain>,
}

struct Plain {
    info: Option<InitInfo>,
    bytes: Vec<u8>,
    kind: Kind,
}

/// What something plain is.
enum Kind {
    Init,
    /// Of fragmented MP4; `beside`: only the raw frames of its sound are wanted.
    Segment {
        beside: bool,
    },
}

impl Bench {
    /// A bench for a browser that decodes these codecs (RFC 6381) in MP4.
    #[must_use]
    pub fn new(decodes: fn(&str) -> bool) -> Self {
        Self { decodes, remuxer: None, job: Job::default() }
    }

    /// Begins; what was begun and not finished is forgotten. `init`: the initialisation section that the work names.
    pub fn begin(&mut self, work: &Work, lock: Option<Lock>, init: Option<&[u8]>) {
        let whole = lock.filter(|l| !l.samples).map(|l| Box::new(Aes128::new(l.key, l.iv)));
        let plain = |kind| Some(Plain { info: init.and_then(|i| self.fitted(i)), bytes: Vec::new(), kind });
        let job = match *work {
            // Texts go another way: `read`.
            Work::Open | Work::Read { .. } => plain(Kind::Init),
            Work::Segment { init: Some(_), beside, .. } => plain(Kind::Segment { beside }),
            Work::Segment { init: None, .. } => None,
        };
        self.job = Job { cipher: whole, plain: job };
        match *work {
            Work::Open | Work::Read { .. } | Work::Segment { init: Some(_), .. } => {}
            Work::Segment {
                fresh,
                contiguous,
                wary,
                expected,
                without_audio,
                aac_sbr,
                init: None,
                beside,
            } => {
                let options = RemuxOptions { decodes: self.decodes, without_audio, aac_sbr };
                let same = |o: &RemuxOptions| o.without_audio == without_audio && o.aac_sbr == aac_sbr;
                let kept = self.remuxer.take().filter(|(_, o, b)| !fresh && same(o) && *b == beside);
                let new = if beside { Remuxer::of_sound_beside } else { Remuxer::new };
                let (remuxer, ..) =
                    self.remuxer.insert(kept.unwrap_or_else(|| (new(options), options, beside)));
                let samples = lock.filter(|l| l.samples).map(|l| Box::new(SampleAes::new(l.key, l.iv)));
                if wary {
                    remuxer.be_wary();
                }
                remuxer.begin(expected, contiguous, samples);
            }
        }
    }

    /// What an initialisation section holds, less what the browser does not decode.
    fn fitted(&self, init: &[u8]) -> Option<InitInfo> {
        let mut info = read_init(init).ok()?;
        fit_init(&mut init.to_vec(), &mut info, self.decodes);
        Some(info)
    }

    /// Takes the next bytes, as they lie on the shelf. The work is proportional to them; one answer for every way of
    /// cutting them.
    pub fn push(&mut self, bytes: &[u8]) {
        match self.job.cipher.take() {
            None => self.pass(bytes),
            Some(mut cipher) => {
                let mut clear = Vec::with_capacity(bytes.len() + 16);
                cipher.push(bytes, &mut clear);
                self.pass(&clear);
                self.job.cipher = Some(cipher);
            }
        }
    }

    /// There are no more: what was made, and its bytes.
    ///
    /// # Errors
    /// [`Unmade`], when the key does not fit or nothing of it can be played.
    pub fn finish(&mut self) -> Result<(Made, Vec<u8>), Unmade> {
        if let Some(cipher) = self.job.cipher.take() {
            let mut clear = Vec::new();
            let finished = cipher.finish(&mut clear);
            self.pass(&clear);
            match finished {
                // Some encoders pad nothing; whether the key is right will show.
                Ok(()) | Err(DecryptError::Padding) => {}
                Err(e @ DecryptError::Length) => return Err(Unmade::Unusable(e.to_string())),
            }
        }
        match (self.job.plain.take(), &mut self.remuxer) {
            (Some(Plain { bytes, kind: Kind::Init, .. }), _) => {
                Ok((Made { init: Some(bytes), ..Made::default() }, Vec::new()))
            }
            (Some(Plain { info: None, bytes, .. }), _) => Ok((Made::default(), bytes)),
            (Some(Plain { info: Some(info), bytes, kind: Kind::Segment { beside } }), _) => {
                let Fitted { bytes, start } = fit_segment(bytes, &info, beside);
                let (start, is_empty) = (start.unwrap_or_default(), bytes.is_empty());
                // Raw frames need no initialisation section, and have none.
                let init = (beside || info.is_raw()).then(Vec::new);
                Ok((Made { init, start, is_empty, unplayable: info.unplayable(), ..Made::default() }, bytes))
            }
            (None, Some((remuxer, ..))) => match remuxer.finish() {
                Ok(fragment) => Ok(product(fragment)),
                Err(e) => Err(Unmade::Unusable(e.to_string())),
            },
            (None, None) => Ok(Default::default()),
        }
    }

    fn pass(&mut self, clear: &[u8]) {
        match (&mut self.job.plain, &mut self.remuxer) {
            (Some(plain), _) => plain.bytes.extend_from_slice(clear),
            (None, Some((remuxer, ..))) => remuxer.push(clear),
            (None, None) => {}
        }
    }
}

fn product(fragment: Fragment) -> (Made, Vec<u8>) {
    let start = fragment.start();
    let end = fragment.runs.first().map_or(start, |run| run.span.end);
    let is_empty = fragment.runs.is_empty();
    let Fragment { init, media, unplayable, cues, .. } = fragment;
    let said = pack_riding(&cues);
    (Made { init: Some(init), start, end, is_empty, unplayable, said }, media)
}

/// Reads a text for one player: what it was asked, in a piece, and the answer, packed.
#[must_use]
pub fn read(reader: &mut Reader, ask: &[u8], lock: Option<Lock>, bytes: Vec<u8>) -> Vec<u8> {
    let clear = match lock {
        None => bytes,
        Some(lock) => {
            let mut cipher = Aes128::new(lock.key, lock.iv);
            let mut clear = Vec::new();
            cipher.push(&bytes, &mut clear);
            // Missing padding is forgiven; whether the key is right shows in what is read.
            let _ = cipher.finish(&mut clear);
            clear
        }
    };
    unpack(ask, clear).map(|task| pack_answer(&reader.read(task))).unwrap_or_default()
}
