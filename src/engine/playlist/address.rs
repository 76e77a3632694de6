//! References to absolute URLs. The browser's resolver is right but slow (a call into JavaScript each), and a
//! playlist repeats one directory thousands of times: that is resolved once, and plain file names are
//! appended to it. Anything that is not plainly a file name goes to the resolver.

use super::PlaylistError;
use std::sync::Arc;

/// Joins a base URL and a reference (WHATWG URL); none when they make no URL.
pub type Resolve = fn(base: &str, reference: &str) -> Option<String>;

/// Bytes of all URLs of one playlist: a long base URL or a long variable must not multiply.
const MAX_BYTES: usize = 32 << 20;

/// What a call of the browser's resolver costs, in bytes read in its time.
const CALL: usize = 64;
/// Bytes of URLs that are copied in the time of reading one.
const COPIED: usize = 4;

/// Resolves the references of one playlist.
pub(super) struct Addresses {
    base: String,
    resolve: Resolve,
    /// A directory as written, and resolved with its final slash; none where it needs the resolver each time.
    directory: Option<(String, Option<String>)>,
    /// The last reference and its URL: byte ranges of one file share it.
    last: Option<(String, Arc<str>)>,
    spent: usize,
    /// Calls of the resolver.
    calls: usize,
}

impl Addresses {
    pub(super) fn new(base: &str, resolve: Resolve) -> Self {
        Self { base: base.to_owned(), resolve, directory: None, last: None, spent: 0, calls: 0 }
    }

    /// The playlist's own URL.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// What resolving took so far, in bytes of text that could have been read in its time.
    pub(super) fn cost(&self) -> usize {
        self.calls * CALL + self.spent / COPIED
    }

    /// The URL for `reference`; none when there is none.
    pub(super) fn url(&mut self, reference: &str) -> Result<Option<Arc<str>>, PlaylistError> {
        if let Some((written, url)) = &self.last
            && written == reference
        {
            return Ok(Some(Arc::clone(url)));
        }
        let Some(url) = self.absolute(reference) else {
            return Ok(None);
        };
        self.spent += url.len();
        if self.spent > MAX_BYTES {
            return Err(PlaylistError::TooLarge);
        }
        let url: Arc<str> = url.into();
        self.last = Some((reference.to_owned(), Arc::clone(&url)));
        Ok(Some(url))
    }

    fn absolute(&mut self, reference: &str) -> Option<String> {
        if reference.is_empty() {
            return None;
        }
        let path = reference.split('?').next().unwrap_or_default();
        let (directory, name) = reference.split_at_checked(path.rfind('/').map_or(0, |slash| slash + 1))?;
        if !is_plain(name) {
            return self.ask(reference);
        }
        if self.directory.as_ref().is_none_or(|(written, _)| written != directory) {
            // A file named "a" shows what the directory becomes; a host, say, would not end in it.
            let probe = self.ask(&[directory, "a"].concat());
            let resolved = probe.and_then(|url| url.strip_suffix("/a").map(|dir| [dir, "/"].concat()));
            self.directory = Some((directory.to_owned(), resolved));
        }
        match &self.directory {
            Some((_, Some(resolved))) => Some([resolved, name].concat()),
            Some((_, None)) | None => self.ask(reference),
        }
    }

    fn ask(&mut self, reference: &str) -> Option<String> {
        self.calls += 1;
        (self.resolve)(&self.base, reference)
    }
}

/// Whether `name` is a file name, perhaps with a query, that every URL parser leaves as it is: no dot segment,
/// no scheme, no fragment, nothing to be percent-encoded.
fn is_plain(name: &str) -> bool {
    let (file, query) = name.split_once('?').unwrap_or((name, ""));
    !matches!(file, "" | "." | "..")
        && file.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~'))
        && query.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'-' | b'_' | b'.' | b'~' | b'=' | b'&' | b'%' | b'/' | b'+' | b',' | b':' | b'@'
                )
        })
}
