//! What is to be digested: every playlist of a stream, every segment and initialisation section of each, the parts at the
//! edge of a live, and the key under which a player looks for each. Trick-play playlists of I-frames and keys are left
//! out: players fetch them from the origin alone.

use crate::Trouble;
use crate::source::{Source, shown};
use sprat::engine::digests::{MAX_COMPONENTS, PARTS};
use sprat::engine::id::ByteRange;
use sprat::engine::playlist::{Media, Playlist, PlaylistError, Reading, Variable};
use sprat::engine::time::MediaTime;
use std::collections::BTreeSet;
use std::sync::Arc;
use url::Url;

/// Segments as long as this get a digest of their pieces. Two for each of two hours' segments come to 400 KB at the
/// most; shorter segments are few pieces, and have one digest only.
const WITH_PIECES: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 7 / 2);

/// A media playlist, as it is now.
#[derive(Debug)]
pub(crate) struct Rendition {
    /// Where it is asked for.
    pub(crate) url: Url,
    variables: Arc<[Variable]>,
    pub(crate) items: Vec<Item>,
    /// Media sequence number of the first segment, and how many there are.
    pub(crate) first: u64,
    pub(crate) window: u64,
    /// What is added at once takes so long at most: a part, where there are parts, else a segment.
    pub(crate) pace: MediaTime,
    /// Nothing will be added.
    pub(crate) ended: bool,
}

/// Something to digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) url: Url,
    pub(crate) range: Option<ByteRange>,
    /// Media sequence number; none for an initialisation section, or a part.
    pub(crate) number: Option<u64>,
    pub(crate) has_pieces: bool,
}

/// All media playlists of a stream, in the order in which they are named, each once.
pub(crate) fn renditions(source: &Source) -> Result<Vec<Rendition>, Trouble> {
    let (mut alone, mut named) = (Vec::new(), Vec::new());
    for top in source.tops() {
        let (url, playlist) = read(source, top, &Arc::default())?;
        match playlist {
            Playlist::Media(media) => alone.push((top, url, media)),
            Playlist::Multivariant(m) => {
                let others = m.audio.iter().chain(&m.video).chain(&m.subtitles);
                let urls = m.variants.iter().map(|v| &v.url).chain(others.filter_map(|r| r.url.as_ref()));
                for url in urls {
                    let url = Url::parse(url).map_err(|e| Trouble::new(url, e))?;
                    named.push((url, Arc::clone(&m.variables)));
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    named.retain(|(url, _)| seen.insert(url.clone()));
    let mut found = Vec::new();
    for (url, variables) in named {
        found.push(Rendition::read(source, url, variables)?);
    }
    for (top, url, media) in alone.into_iter().filter(|(top, ..)| !seen.contains(*top)) {
        found.push(Rendition::of(source, top.clone(), Arc::default(), &url, &media)?);
    }
    Ok(found)
}

impl Rendition {
    /// The same, as it is now.
    pub(crate) fn again(&self, source: &Source) -> Result<Self, Trouble> {
        Self::read(source, self.url.clone(), Arc::clone(&self.variables))
    }

    fn read(source: &Source, url: Url, variables: Arc<[Variable]>) -> Result<Self, Trouble> {
        let (at, playlist) = read(source, &url, &variables)?;
        match playlist {
            Playlist::Media(media) => Self::of(source, url, variables, &at, &media),
            Playlist::Multivariant(_) => {
                Err(Trouble::new(shown(&url), "lists variants where segments belong"))
            }
        }
    }

    fn of(
        source: &Source,
        url: Url,
        variables: Arc<[Variable]>,
        at: &Url,
        media: &Media,
    ) -> Result<Self, Trouble> {
        let root = source.tops()[0].join(".").unwrap_or_else(|_| at.clone());
        let item = |url: &str, range, number, has_pieces| {
            let url = Url::parse(url).map_err(|e| Trouble::new(url, e))?;
            Ok(Item { key: key(&root, &url)?, url, range, number, has_pieces })
        };
        let mut items = Vec::new();
        let mut last_init = None;
        for (number, segment) in (media.first_listed()..).zip(&media.segments) {
            if let Some(init) = segment.init.as_ref().filter(|init| last_init != Some(*init)) {
                items.push(item(&init.url, init.range, None, false)?);
                last_init = Some(init);
            }
            if !segment.gap {
                let has_pieces = segment.duration >= WITH_PIECES;
                items.push(item(&segment.url, segment.range, Some(number), has_pieces)?);
            }
        }
        let at_edge = if media.ended { &[][..] } else { &media.parts };
        for part in at_edge.iter().filter(|part| !part.gap) {
            let mut part = item(&part.url, part.range, None, false)?;
            part.key.push_str(PARTS);
            items.push(part);
        }
        Ok(Self {
            url,
            variables,
            items,
            first: media.first_listed(),
            window: media.segments.len() as u64,
            pace: media.part_target.filter(|_| !media.parts.is_empty()).unwrap_or(media.target_duration),
            ended: media.ended,
        })
    }
}

fn read(source: &Source, url: &Url, variables: &Arc<[Variable]>) -> Result<(Url, Playlist), Trouble> {
    let (at, text) = source.playlist(url)?;
    let failed = |e: PlaylistError| Trouble::new(shown(url), e);
    let mut reading =
        Reading::new(text, at.as_str(), resolve).map_err(failed)?.importing(Arc::clone(variables));
    loop {
        if let Some(found) = reading.step(usize::MAX) {
            return Ok((at, found.map_err(failed)?));
        }
    }
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(reference).ok()?.into())
}

/// How a player finds a file, whatever server it comes from: by its path below the stream's folder, or, elsewhere, by
/// its folder and name; in any case by the last few components. What follows `?` is no part of it.
fn key(root: &Url, url: &Url) -> Result<String, Trouble> {
    let server = |url: &Url| (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port());
    let is_here = server(root) == server(url);
    let below = url.path().strip_prefix(root.path()).filter(|_| is_here);
    let (path, most) = match below {
        Some(path) => (path, MAX_COMPONENTS),
        None => (url.path().trim_start_matches('/'), 2),
    };
    let cut = path.rmatch_indices('/').nth(most - 1).map_or(0, |(slash, _)| slash + 1);
    let key = &path[cut..];
    if key.is_empty() || key.ends_with('/') {
        return Err(Trouble::new(shown(url), "names a folder where a file belongs"));
    }
    Ok(key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::key;
    use url::Url;

    #[test]
    fn a_key_is_the_end_of_a_path() {
        let root = Url::parse("https://o.example/film/").expect("it is right");
        for (url, expected) in [
            ("https://o.example/film/1.ts", "1.ts"),
            ("https://o.example/film/360/1.ts?token=a/b", "360/1.ts"),
            ("https://o.example/film/a/b/c/d/e.ts", "b/c/d/e.ts"),
            ("https://o.example/other/360/1.ts", "360/1.ts"),
            ("https://cdn.example/film/360/1.ts", "360/1.ts"),
            ("https://cdn.example/1.ts", "1.ts"),
            ("https://o.example/film/été 1.ts", "%C3%A9t%C3%A9%201.ts"),
        ] {
            assert_eq!(
                key(&root, &Url::parse(url).expect("it is right")).expect("it is right"),
                expected,
                "{url}"
            );
        }
        let folder = Url::parse("file:///films/one/").expect("it is right");
        for (url, expected) in
            [("file:///films/one/1.ts", "1.ts"), ("file:///films/one/a/b/1.ts", "a/b/1.ts")]
        {
            assert_eq!(
                key(&folder, &Url::parse(url).expect("it is right")).expect("it is right"),
                expected,
                "{url}"
            );
        }
        for folder in ["https://o.example/film/", "https://cdn.example/a/", "https://cdn.example/"] {
            assert!(key(&root, &Url::parse(folder).expect("it is right")).is_err(), "{folder}");
        }
    }
}
