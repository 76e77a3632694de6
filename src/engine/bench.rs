//! How is a [`Task`] done? The bytes of a segment come in slices and are decrypted, taken apart and put together as a
//! fragment that a SourceBuffer takes. Between segments a bench keeps what the next may leave out.
//!
//! The engine never calls this: it orders, and whoever carries its orders out has a bench.

use super::decrypt::{Aes128, DecryptError, SampleAes};
use super::task::{Lock, Made, Unmade, Work};
use super::text::{Reader, pack_answer, pack_riding, unpack};
use super::transmux::{Fragment, InitInfo, RemuxOptions, Remuxer, read_init, read_start};

/// One bench: tasks of one SourceBuffer, one after the other.
pub struct Bench {
    decodes: fn(&str) -> bool,
    remuxer: Option<(Remuxer, RemuxOptions)>,
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
    is_init: bool,
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
        let plain =
            |is_init| Plain { info: init.and_then(|i| read_init(i).ok()), bytes: Vec::new(), is_init };
        self.job = Job { cipher: whole, plain: None };
        match *work {
            Work::Open => self.job.plain = Some(plain(true)),
            Work::Read { .. } => self.job.plain = Some(plain(false)),
            Work::Segment { init: Some(_), .. } => self.job.plain = Some(plain(false)),
            Work::Segment { fresh, contiguous, wary, expected, without_audio, aac_sbr, init: None } => {
                let options = RemuxOptions { decodes: self.decodes, without_audio, aac_sbr };
                let same = |o: &RemuxOptions| o.without_audio == without_audio && o.aac_sbr == aac_sbr;
                let kept = self.remuxer.take().filter(|(_, o)| !fresh && same(o));
                let (remuxer, _) =
                    self.remuxer.insert(kept.unwrap_or_else(|| (Remuxer::new(options), options)));
                let samples = lock.filter(|l| l.samples).map(|l| Box::new(SampleAes::new(l.key, l.iv)));
                if wary {
                    remuxer.be_wary();
                }
                remuxer.begin(expected, contiguous, samples);
            }
        }
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
            (Some(Plain { bytes, is_init: true, .. }), _) => {
                Ok((Made { init: Some(bytes), ..Made::default() }, Vec::new()))
            }
            (Some(Plain { info, bytes, .. }), _) => {
                let start = info.and_then(|info| read_start(&bytes, &info)).unwrap_or_default();
                Ok((Made { start, ..Made::default() }, bytes))
            }
            (None, Some((remuxer, _))) => match remuxer.finish() {
                Ok(fragment) => Ok(product(fragment)),
                Err(e) => Err(Unmade::Unusable(e.to_string())),
            },
            (None, None) => Ok(Default::default()),
        }
    }

    fn pass(&mut self, clear: &[u8]) {
        match (&mut self.job.plain, &mut self.remuxer) {
            (Some(plain), _) => plain.bytes.extend_from_slice(clear),
            (None, Some((remuxer, _))) => remuxer.push(clear),
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
