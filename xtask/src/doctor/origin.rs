//! Can a stream be read and played from where it lies? Its playlists are read by the engine's own reader, segments are asked
//! for as it asks for them, a few of each rendition; what a list of digests says of them is `digests`' to judge.

use sprat::engine::id::ByteRange;
use sprat::engine::playlist::{Media, Multivariant, Playlist, Reading, Variable};
use sprat::engine::swarm::naming::{self, Identity, InfoHash, StreamKind, VariantAttributes};
use std::sync::Arc;
use url::Url;

use super::ask::{Answer, Want, printable};
use super::digests;
use super::reach::Visit;

/// Longer playlists are refused by the player, too.
const MOST_PLAYLIST: usize = 16 << 20;
const MOST_SEGMENT: usize = 32 << 20;
/// Renditions that are looked at.
const MOST_RENDITIONS: usize = 8;
/// Playlists under this go in a packet or two, compressed or not.
const WORTH_IT: usize = 8_000;
const TYPES: [&str; 5] = [
    "application/vnd.apple.mpegurl",
    "application/x-mpegurl",
    "audio/mpegurl",
    "audio/x-mpegurl",
    "application/mpegurl",
];

/// What is expected of digests.
#[derive(Clone)]
pub(super) enum Digests {
    At(Url),
    /// The stream is to be shared, and nobody says where they are.
    Wanted,
    /// Looked for beside the playlist, where `sprat-hash` puts them.
    Beside,
    Unwanted,
}

/// A stream that was read.
pub(super) struct Stream {
    url: Url,
    top: Option<Multivariant>,
}

impl Stream {
    /// Its first rendition's swarm, by the usual names.
    pub(super) fn swarm(&self, named: Option<&str>) -> InfoHash {
        let mut bare = self.url.clone();
        bare.set_query(None);
        bare.set_fragment(None);
        let name = named.filter(|name| !name.is_empty()).unwrap_or(bare.as_str());
        let first = self.top.as_ref().and_then(|top| top.variants.first());
        let identity = first.map_or_else(Identity::default, |variant| {
            Identity::of_variant(&VariantAttributes {
                codecs: &variant.codecs,
                ..VariantAttributes::default()
            })
        });
        let kind = if self.top.is_some() { StreamKind::Main } else { StreamKind::Alone };
        naming::info_hash(sprat::engine::config::Naming::V2Position, name, kind, 0, &identity)
    }
}

/// A segment or an initialisation section.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) url: Url,
    pub(super) range: Option<ByteRange>,
}

/// A media playlist, with what is in it.
pub(super) struct Rendition {
    pub(super) places: Vec<Place>,
    pub(super) live: bool,
}

/// A segment's answer.
pub(super) struct Sample {
    pub(super) place: Place,
    pub(super) answer: Answer,
}

/// Looks at the stream of a playlist.
pub(super) fn examine(visit: &mut Visit<'_>, url: &Url, wish: Digests) -> Option<Stream> {
    let (at, playlist) = read(visit, url, &Arc::default())?;
    let mut renditions = Vec::new();
    let mut samples = Vec::new();
    let top = match playlist {
        Playlist::Media(media) => {
            rendition(visit, &media, &mut renditions, &mut samples);
            None
        }
        Playlist::Multivariant(top) => {
            for url in addresses(&top) {
                let Ok(url) = Url::parse(&url) else { continue };
                match read(visit, &url, &top.variables) {
                    Some((_, Playlist::Media(media))) => {
                        rendition(visit, &media, &mut renditions, &mut samples);
                    }
                    Some(_) => {
                        visit.book.add("not-a-playlist", &url, "it lists variants where segments belong")
                    }
                    None => {}
                }
            }
            Some(top)
        }
    };
    refused(visit, &at);
    digests::examine(visit, &at, &renditions, &samples, wish);
    Some(Stream { url: at, top })
}

/// The media playlists of a stream, each once.
fn addresses(top: &Multivariant) -> Vec<String> {
    let audio = top.audio.iter().filter_map(|rendition| rendition.url.as_deref());
    let all = top.variants.iter().map(|variant| variant.url.as_str()).chain(audio);
    let mut found: Vec<String> = Vec::new();
    for url in all {
        if found.len() < MOST_RENDITIONS && found.iter().all(|known| known != url) {
            found.push(url.to_owned());
        }
    }
    found
}

/// Fetches and reads a playlist.
fn read(visit: &mut Visit<'_>, url: &Url, variables: &Arc<[Variable]>) -> Option<(Url, Playlist)> {
    let page = visit.page.clone();
    let answer = visit.ask_well(url, Want::by(&page, MOST_PLAYLIST))?;
    if let Some(why) = &answer.forbidden {
        visit.book.add("cors", url, why.clone());
    }
    if !answer.header("content-encoding").is_empty() && answer.header("content-encoding") != "identity" {
        let seen =
            format!("Content-Encoding: {}: not read here", printable(answer.header("content-encoding")));
        visit.book.add("encoded", url, seen);
        return None;
    }
    let playlist = match parsed(&answer, variables) {
        Ok(playlist) => playlist,
        Err(why) => {
            visit.book.add("not-a-playlist", url, why);
            return None;
        }
    };
    let kind = answer.media_type();
    if !TYPES.contains(&kind.as_str()) {
        let seen = format!(
            "Content-Type: {}; Sprat reads it, browsers that play HLS themselves may not",
            printable(&kind)
        );
        visit.book.add("playlist-type", url, seen);
    }
    if answer.body.len() >= WORTH_IT {
        let packed = visit.ask(url, Want { encoded: true, ..Want::by(&page, MOST_PLAYLIST) });
        if packed
            .is_some_and(|packed| packed.status.is_success() && packed.header("content-encoding").is_empty())
        {
            let seen = format!("{} bytes, uncompressed", answer.body.len());
            visit.book.add("playlist-uncompressed", url, seen);
        }
    }
    if let Playlist::Media(media) = &playlist {
        kept(visit, url, &answer, media);
    }
    Some((answer.url, playlist))
}

fn parsed(answer: &Answer, variables: &Arc<[Variable]>) -> Result<Playlist, String> {
    let failed = |error: sprat::engine::playlist::PlaylistError| error.to_string();
    let reading = Reading::new(answer.body.clone(), answer.url.as_str(), resolve).map_err(failed)?;
    let mut reading = reading.importing(Arc::clone(variables));
    loop {
        if let Some(found) = reading.step(usize::MAX) {
            return found.map_err(failed);
        }
    }
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(reference).ok()?.into())
}

/// Whether a live's playlist is kept for longer than it is true.
fn kept(visit: &mut Visit<'_>, url: &Url, answer: &Answer, media: &Media) {
    if media.ended {
        return;
    }
    let Some(fresh) = answer.fresh_for() else { return };
    let target = media.target_duration.secs();
    let seen = format!("caches keep a live's playlist for {fresh} s, and it changes every {target:.0} s");
    if fresh as f64 > 3.0 * target {
        visit.book.add("live-stale", url, seen);
    } else if fresh as f64 > target {
        visit.book.add("live-cached", url, seen);
    }
}

/// Notes what a media playlist lists, and asks for a few of it: the first, the middle and the last but one.
fn rendition(
    visit: &mut Visit<'_>,
    media: &Media,
    renditions: &mut Vec<Rendition>,
    samples: &mut Vec<Sample>,
) {
    let place = |url: &str, range| Some(Place { url: Url::parse(url).ok()?, range });
    let segments = media.segments.iter().filter(|segment| !segment.gap);
    let places: Vec<Place> = segments.filter_map(|segment| place(&segment.url, segment.range)).collect();
    let init = media.segments.iter().find_map(|segment| segment.init.as_ref());
    let init = init.and_then(|init| place(&init.url, init.range));
    let last = places.len().saturating_sub(1);
    let mut picked = if renditions.is_empty() { vec![0, last / 2, last] } else { vec![last / 2] };
    picked.dedup();
    for place in init.iter().chain(picked.iter().filter_map(|&at| places.get(at))) {
        samples.extend(sample(visit, place, media.ended));
    }
    renditions.push(Rendition { places, live: !media.ended });
}

/// Asks for a segment as the engine does.
fn sample(visit: &mut Visit<'_>, place: &Place, ended: bool) -> Option<Sample> {
    let page = visit.page.clone();
    let range = place.range.filter(|range| !range.is_empty()).map(|range| (range.start, range.end - 1));
    let answer = visit.ask(&place.url, Want { range, ..Want::by(&page, MOST_SEGMENT) })?;
    if let Some(why) = &answer.forbidden {
        visit.book.add("cors", &place.url, why.clone());
    }
    let status = answer.status.as_u16();
    match (range, status) {
        // The oldest of a live may leave while they are asked for.
        (_, 404 | 410) if !ended => return None,
        (Some((first, last)), 200) => {
            let seen = format!("bytes {first}-{last} were asked for, and all of the file was sent");
            visit.book.add("range", &place.url, seen);
            return None;
        }
        (Some((first, last)), 206) if answer.body.len() as u64 != last - first + 1 => {
            let seen = format!("bytes {first}-{last} were asked for, and {} came", answer.body.len());
            visit.book.add("range", &place.url, seen);
            return None;
        }
        (_, 200 | 206) if answer.body.is_empty() => {
            visit.book.add("segment-missing", &place.url, "it is empty");
            return None;
        }
        (_, 200 | 206) if answer.endless => {
            let seen = format!("no end after {} bytes or 20 s", answer.body.len());
            visit.book.add("endless", &place.url, seen);
            return None;
        }
        (_, 200 | 206) => {}
        _ => {
            visit.book.add("segment-missing", &place.url, format!("the server answered {status}"));
            return None;
        }
    }
    Some(Sample { place: place.clone(), answer })
}

/// Whether a script may see that something is not there: without that, every error looks like a server that is away.
fn refused(visit: &mut Visit<'_>, playlist: &Url) {
    let Ok(nothing) = playlist.join("sprat-doctor-asks-for-what-is-not-there.ts") else { return };
    let page = visit.page.clone();
    let Ok(answer) = visit.asker.get(&nothing, Want::by(&page, 64 << 10)) else { return };
    if let Some(why) = answer.forbidden.filter(|_| answer.status.is_client_error()) {
        let seen = format!("its {} has {why}", answer.status.as_u16());
        visit.book.add("cors-errors", &nothing, seen);
    }
}
