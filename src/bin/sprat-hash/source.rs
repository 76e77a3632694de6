//! Where a stream lies, and what may be read of it: a folder gives what is below it and what its playlists name on the
//! web; a server gives what is on the web. A playlist on a server never makes this machine read a file of its own.

use crate::Trouble;
use sprat::engine::error::redacted;
use sprat::engine::id::ByteRange;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{Read, Seek as _, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};
use ureq::ResponseExt as _;
use url::Url;

/// Longer playlists are refused by the player, too.
const MAX_PLAYLIST: u64 = 16 << 20;
/// No segment is as long; a response without an end would be.
const MAX_SEGMENT: u64 = 4 << 30;
/// A server that says nothing for so long says nothing at all.
const SILENCE: Duration = Duration::from_secs(30);
/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;

/// A stream's place.
pub(crate) struct Source {
    /// The playlists to begin with; at least one.
    tops: Vec<Url>,
    /// The folder, for a stream that lies in one.
    home: Option<PathBuf>,
    agent: ureq::Agent,
    /// What each file was like when it was first read.
    stamps: RefCell<BTreeMap<PathBuf, Stamp>>,
}

/// What changes when a file does.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp(u64, Option<SystemTime>);

impl Source {
    /// The playlist at a URL, a playlist, or all playlists in a folder.
    pub(crate) fn open(argument: &str) -> Result<Self, Trouble> {
        let (tops, home) = match argument.split_once("://") {
            Some((scheme, _)) if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => {
                (vec![Url::parse(argument).map_err(|e| Trouble::new(argument, e))?], None)
            }
            Some(_) => return Err(Trouble::new(argument, "only http:// and https:// are fetched")),
            None => {
                let (tops, home) = in_folder(Path::new(argument))?;
                (tops, Some(home))
            }
        };
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .http_status_as_error(false)
            .user_agent(concat!("sprat-hash/", env!("CARGO_PKG_VERSION")))
            // The digest is of the bytes that players see, and nothing here decodes.
            .accept_encoding("identity")
            .build();
        Ok(Self { tops, home, agent: agent.into(), stamps: RefCell::default() })
    }

    /// The playlists to begin with.
    pub(crate) fn tops(&self) -> &[Url] {
        &self.tops
    }

    /// The folder, for a stream that lies in one.
    pub(crate) fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// A playlist's text, and its address after redirects.
    pub(crate) fn playlist(&self, url: &Url) -> Result<(Url, Vec<u8>), Trouble> {
        let mut text = Vec::new();
        let at = self.read(url, None, MAX_PLAYLIST, &mut |bytes| text.extend_from_slice(bytes))?;
        Ok((at, text))
    }

    /// Hands on the bytes of a segment, in order, and says how many there were. A segment without any is none.
    pub(crate) fn segment(
        &self,
        url: &Url,
        range: Option<ByteRange>,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<u64, Trouble> {
        let mut len = 0;
        self.read(url, range, MAX_SEGMENT, &mut |bytes| {
            len += bytes.len() as u64;
            take(bytes);
        })?;
        match range {
            _ if len == 0 => Err(Trouble::new(shown(url), "is empty")),
            Some(range) if len < range.len() => {
                let what = format!("ends before bytes {} to {}", range.start, range.end - 1);
                Err(Trouble::new(shown(url), what))
            }
            _ => Ok(len),
        }
    }

    /// Whether every file that was read is still as it was then.
    pub(crate) fn check_unchanged(&self) -> Result<(), Trouble> {
        for (path, stamp) in &*self.stamps.borrow() {
            if fs::metadata(path).ok().map(|now| Stamp::of(&now)) != Some(*stamp) {
                return Err(changed(path.display()));
            }
        }
        Ok(())
    }

    /// Nothing that was read before counts as unchanged any more: for streams that grow.
    pub(crate) fn forget_stamps(&self) {
        self.stamps.borrow_mut().clear();
    }

    fn read(
        &self,
        url: &Url,
        range: Option<ByteRange>,
        limit: u64,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<Url, Trouble> {
        match url.scheme() {
            "http" | "https" => self.fetch(url, range, limit, take),
            "file" => self.read_file(url, range, limit, take).map(|()| url.clone()),
            _ => Err(Trouble::new(shown(url), "only files and http are read")),
        }
    }

    fn read_file(
        &self,
        url: &Url,
        range: Option<ByteRange>,
        limit: u64,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        let path = url.to_file_path().ok();
        let climbs = |path: &Path| path.components().any(|part| part == Component::ParentDir);
        let below = |path: &PathBuf| self.home.as_ref().is_some_and(|home| path.starts_with(home));
        let Some(path) = path.filter(|path| below(path) && !climbs(path)) else {
            return Err(Trouble::new(shown(url), "lies outside of the stream's folder, and is not read"));
        };
        let about = path.display();
        let failed = |e: std::io::Error| Trouble::new(&about, e);
        let mut file = File::open(&path).map_err(failed)?;
        let before = Stamp::of(&file.metadata().map_err(failed)?);
        let first = *self.stamps.borrow_mut().entry(path.clone()).or_insert(before);
        if let Some(range) = range {
            file.seek(SeekFrom::Start(range.start)).map_err(failed)?;
        }
        let len = range.map_or(limit + 1, ByteRange::len);
        copy(&mut file.take(len), limit, take).map_err(|e| Trouble::new(&about, e))?;
        let after = fs::metadata(&path).map_err(failed)?;
        if before != first || Stamp::of(&after) != before && range.is_none() {
            return Err(changed(about));
        }
        Ok(())
    }

    fn fetch(
        &self,
        url: &Url,
        range: Option<ByteRange>,
        limit: u64,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<Url, Trouble> {
        let mut request = self.agent.get(url.as_str());
        if let Some(range) = range {
            request =
                request.header("Range", format!("bytes={}-{}", range.start, range.end.saturating_sub(1)));
        }
        let mut response = request.call().map_err(|e| Trouble::new(shown(url), e))?;
        let wanted = if range.is_some() { 206 } else { 200 };
        match response.status().as_u16() {
            status if status == wanted => {}
            200 => {
                return Err(Trouble::new(
                    shown(url),
                    "the server answers requests for a range with the whole",
                ));
            }
            status => return Err(Trouble::new(shown(url), format!("the server answered {status}"))),
        }
        if response.headers().get("Content-Encoding").is_some_and(|coding| coding != "identity") {
            return Err(Trouble::new(shown(url), "the server sends it encoded, which it was asked not to"));
        }
        let at = Url::parse(&response.get_uri().to_string()).map_err(|e| Trouble::new(shown(url), e))?;
        let announced = response.body().content_length();
        let limit = range.map_or(limit, ByteRange::len);
        let len = copy(&mut response.body_mut().as_reader(), limit, take);
        let len = len.map_err(|e| Trouble::new(shown(url), e))?;
        if announced.is_some_and(|announced| announced != len) {
            return Err(Trouble::new(shown(url), "the response broke off"));
        }
        Ok(at)
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self(metadata.len(), metadata.modified().ok())
    }
}

/// An address as it may be printed: a file by its path, a URL without what is secret in it.
pub(crate) fn shown(url: &Url) -> String {
    match url.to_file_path() {
        Ok(path) if url.scheme() == "file" => path.display().to_string(),
        _ => redacted(url.as_str()).to_owned(),
    }
}

fn changed(about: impl std::fmt::Display) -> Trouble {
    Trouble::new(about, "changed while it was read; a stream that grows needs --follow")
}

/// Hands on all that `from` has.
fn copy(from: &mut dyn Read, limit: u64, take: &mut dyn FnMut(&[u8])) -> Result<u64, String> {
    let mut chunk = vec![0; CHUNK];
    let mut len = 0;
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(len),
            Ok(n) => {
                len += n as u64;
                if len > limit {
                    return Err(format!("is longer than the {limit} bytes that are read"));
                }
                take(&chunk[..n]);
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e.to_string()),
        }
    }
}

/// The playlist at `path`, or all in the folder there, by name; and the folder.
fn in_folder(path: &Path) -> Result<(Vec<Url>, PathBuf), Trouble> {
    let about = path.display();
    let failed = |e: std::io::Error| Trouble::new(&about, e);
    let is_playlist = |path: &Path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("m3u8"));
    let (home, mut playlists) = if fs::metadata(path).map_err(failed)?.is_dir() {
        let home = fs::canonicalize(path).map_err(failed)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(&home).map_err(failed)? {
            found.push(entry.map_err(failed)?.path());
        }
        found.retain(|path| is_playlist(path) && path.is_file());
        (home, found)
    } else {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let home = fs::canonicalize(folder).map_err(failed)?;
        let playlist = home.join(path.file_name().unwrap_or_default());
        (home, vec![playlist])
    };
    if playlists.is_empty() {
        return Err(Trouble::new(about, "there is no playlist (*.m3u8) in this folder"));
    }
    playlists.sort();
    let urls = playlists
        .iter()
        .map(|path| Url::from_file_path(path).map_err(|()| Trouble::new(path.display(), "has no address")));
    Ok((urls.collect::<Result<_, _>>()?, home))
}
