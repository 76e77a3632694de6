//! The simulated origin: playlists and digest lists as text, segments as lengths. What it says changes only with a new
//! segment, so each text is made once.

use crate::payload::Content;
use crate::scenario::{Kind, Stream};
use sprat::engine::payload::{ContentHasher as _, Digest, Payload, Sha256Hasher};
use sprat::engine::swarm::wire::native::PIECE;
use sprat::engine::time::{MediaTime, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) const BASE: &str = "https://origin.test/";
/// Live segments that were there before the simulation began.
const PAST: u64 = 40;
/// Digests kept beyond the window: a list is read a little later than the playlist.
const SLACK: u64 = 4;
const INIT_BYTES: u64 = 1_200;
const INIT: u64 = 1 << 62;

pub(crate) struct Origin {
    stream: Stream,
    texts: BTreeMap<String, (u64, Vec<u8>)>,
    /// Bytes written of each segment.
    pub(crate) written: BTreeMap<u64, f64>,
    /// Requests of any kind.
    pub(crate) requests: u64,
    pub(crate) text_bytes: u64,
}

impl Origin {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream, texts: BTreeMap::new(), written: BTreeMap::new(), requests: 0, text_bytes: 0 }
    }

    /// The first number that is not published yet.
    fn newest(&self, now: u64) -> u64 {
        match self.stream.kind {
            Kind::Live => PAST + (now as f64 / 1e6 / self.stream.segment_s) as u64,
            Kind::Vod => (self.stream.length_s / self.stream.segment_s).ceil() as u64,
        }
    }

    /// The first number that a playlist lists.
    pub(crate) fn first(&self, now: u64) -> u64 {
        match self.stream.kind {
            Kind::Live => self.newest(now).saturating_sub(self.stream.window),
            Kind::Vod => 0,
        }
    }

    /// When what plays at `at` was filmed, in seconds.
    pub(crate) fn capture(&self, at: MediaTime) -> f64 {
        at.secs() - PAST as f64 * self.stream.segment_s
    }

    /// Seconds since what is shown at `at` was filmed.
    pub(crate) fn latency(&self, at: MediaTime, now: u64) -> f64 {
        now as f64 / 1e6 - self.capture(at)
    }

    pub(crate) fn text(&mut self, url: &str, now: u64) -> Option<Vec<u8>> {
        self.requests += 1;
        let name = url.strip_prefix(BASE)?;
        let newest = self.newest(now);
        if let Some((at, text)) = self.texts.get(name)
            && *at == newest
        {
            self.text_bytes += text.len() as u64;
            return Some(text.clone());
        }
        let text = self.write(name, newest)?.into_bytes();
        self.text_bytes += text.len() as u64;
        self.texts.insert(name.to_owned(), (newest, text.clone()));
        Some(text)
    }

    fn write(&self, name: &str, newest: u64) -> Option<String> {
        let live = self.stream.kind == Kind::Live;
        let first = if live { newest.saturating_sub(self.stream.window) } else { 0 };
        if name == "master.m3u8" {
            let mut text = String::from("#EXTM3U\n");
            for (i, kbit) in self.stream.renditions_kbit.iter().enumerate() {
                let (width, height) = (640 + 320 * i, 360 + 180 * i);
                let _ = write!(
                    text,
                    "#EXT-X-STREAM-INF:BANDWIDTH={},RESOLUTION={width}x{height},CODECS=\"avc1.64001e,mp4a.40.2\"\n{i}.m3u8\n",
                    (kbit * 1000.0) as u64
                );
            }
            return Some(text);
        }
        if name == "digests.json" {
            let numbers = first.saturating_sub(SLACK)..newest;
            let of = |r: usize| numbers.clone().map(move |n| (r, n));
            let entries = (0..self.stream.renditions_kbit.len()).flat_map(of).map(|(r, n)| {
                let file = file(r, n);
                let content = Content::file(file, self.length(file));
                let whole = format!("\"{r}-{n}.m4s\":\"{}\"", hex(digest(&content)));
                if !self.stream.pieces {
                    return whole;
                }
                let mut list = Sha256Hasher::default();
                for at in (0..content.len()).step_by(PIECE as usize) {
                    list.update(&digest(&content.slice(at, at + PIECE as usize)).0);
                }
                format!("{whole},\"{r}-{n}.m4s?pieces\":\"{}\"", hex(list.digest()))
            });
            return Some(format!("{{{}}}", entries.collect::<Vec<_>>().join(",")));
        }
        let rendition: usize = name.strip_suffix(".m3u8")?.parse().ok()?;
        let seconds = self.stream.segment_s;
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:{first}\n#EXT-X-MAP:URI=\"{rendition}-init.mp4\"\n",
            seconds.ceil()
        );
        for n in first..newest {
            let _ = write!(text, "#EXTINF:{seconds:.3},\n{rendition}-{n}.m4s\n");
        }
        if !live {
            text.push_str("#EXT-X-ENDLIST\n");
        }
        Some(text)
    }

    /// The media at an address, and the number of its file.
    pub(crate) fn media(&mut self, url: &str, now: u64) -> Option<(u64, Content)> {
        self.requests += 1;
        let (rendition, name) = url.strip_prefix(BASE)?.split_once('-')?;
        let rendition: usize = rendition.parse().ok()?;
        if name == "init.mp4" {
            let file = INIT | rendition as u64;
            return Some((file, Content::file(file, INIT_BYTES)));
        }
        let n: u64 = name.strip_suffix(".m4s")?.parse().ok()?;
        let file = file(rendition, n);
        (n < self.newest(now)).then(|| (file, Content::file(file, self.length(file))))
    }

    /// Bytes of a segment: they vary by a quarter to either side, as they do at a constant quality.
    pub(crate) fn length(&self, file: u64) -> u64 {
        let kbit = self.stream.renditions_kbit.get((file >> 32) as usize).copied().unwrap_or_default();
        let vary = 0.75 + 0.5 * crate::chance::Chance::new(file).unit();
        (kbit * 125.0 * self.stream.segment_s * vary) as u64
    }

    /// Where a segment plays; none of an initialisation section.
    pub(crate) fn span(&self, file: u64) -> Option<Span> {
        if file & INIT != 0 {
            return None;
        }
        let n = (file & 0xffff_ffff) as f64;
        let at = |n: f64| MediaTime::from_secs(n * self.stream.segment_s);
        Some(Span::new(at(n), at(n + 1.0)))
    }

    /// Bytes left for a viewer.
    pub(crate) fn wrote(&mut self, file: u64, bytes: f64) {
        if file & INIT == 0 {
            *self.written.entry(file).or_default() += bytes;
        }
    }
}

fn digest(content: &Content) -> Digest {
    let mut hasher = <Content as Payload>::Hasher::default();
    hasher.feed(content);
    hasher.finish()
}

fn hex(digest: Digest) -> String {
    digest.0.iter().map(|b| format!("{b:02x}")).collect()
}

fn file(rendition: usize, n: u64) -> u64 {
    (rendition as u64) << 32 | n
}
