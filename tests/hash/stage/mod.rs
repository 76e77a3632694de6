//! What the stories are played on: folders that are removed afterwards, a server on loopback, the binary.

use sha2::{Digest as _, Sha256};
use sprat::engine::digests::DigestList;
use sprat::engine::id::ByteRange;
use sprat::engine::payload::Digest;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use url::Url;

/// The file that is written where nothing else is said.
pub(crate) const SIDECAR: &str = "segments-sha256.json";

/// A folder of one test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file, as a packager does: it is there whole or not at all.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let beside = path.with_extension("new");
        fs::write(&beside, bytes).unwrap();
        fs::rename(beside, path).unwrap();
    }

    pub(crate) fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }

    /// The digests that were written.
    pub(crate) fn list(&self) -> DigestList {
        DigestList::parse(&self.get(SIDECAR)).unwrap()
    }

    /// Everything in it, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    pub(crate) fn hash(&self, arguments: &[&str]) -> Output {
        hash(arguments, self.0.to_str().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the binary to its end.
pub(crate) fn hash(arguments: &[&str], stream: &str) -> Output {
    command(arguments, stream).output().unwrap()
}

/// The binary at work; ended with the test, whatever becomes of that.
pub(crate) struct Following(Child);

pub(crate) fn follow(arguments: &[&str], stream: &str) -> Following {
    Following(command(&[&["--follow"], arguments].concat(), stream).stderr(Stdio::piped()).spawn().unwrap())
}

impl Following {
    /// Its exit code and what it said.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let status = self.0.wait().unwrap();
        let said = BufReader::new(self.0.stderr.take().unwrap());
        (status.code(), said.lines().map_while(Result::ok).collect::<Vec<_>>().join("\n"))
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(arguments: &[&str], stream: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sprat-hash"));
    command.args(arguments).arg(stream);
    command
}

/// The exit code and what was said.
pub(crate) fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

pub(crate) fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The digest of the digests of the pieces.
pub(crate) fn of_pieces(bytes: &[u8]) -> Digest {
    sha256(&bytes.chunks(64 << 10).flat_map(|piece| sha256(piece).0).collect::<Vec<_>>())
}

pub(crate) fn range(start: u64, end: u64) -> Option<ByteRange> {
    Some(ByteRange { start, end })
}

/// Bytes that look like nothing else, the same for the same seed.
pub(crate) fn bytes(seed: u64, len: usize) -> Vec<u8> {
    let mut chance = Chance(seed);
    let words = std::iter::repeat_with(|| chance.next().to_le_bytes()).take(len / 8 + 1);
    words.flatten().take(len).collect()
}

/// A reproducible sequence (Knuth's constants for 64 bits).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ self.0 >> 33
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 8) % n
    }
}

/// What a server answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
    /// What it says the length is, where that is not true.
    pub(crate) announced: Option<usize>,
}

pub(crate) fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer { status, headers: String::new(), body: body.into(), announced: None }
}

/// Serves on loopback, as long as the test process lives. Returns the address.
pub(crate) fn serve(respond: impl Fn(&str, Option<ByteRange>) -> Answer + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let respond = Arc::new(respond);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let respond = Arc::clone(&respond);
            std::thread::spawn(move || {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let Some(first) = lines.next() else { return };
                let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
                let mut asked = None;
                for line in lines.take_while(|line| !line.is_empty()) {
                    if let Some((first, last)) =
                        line.to_lowercase().strip_prefix("range: bytes=").and_then(|r| r.split_once('-'))
                    {
                        asked = range(first.parse().unwrap(), last.parse::<u64>().unwrap() + 1);
                    }
                }
                let Answer { status, headers, body, announced } = respond(&path, asked);
                let length = announced.unwrap_or(body.len());
                let head = format!(
                    "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
                );
                let _ = (&stream).write_all(&[head.into_bytes(), body].concat());
            });
        }
    });
    address
}

/// A server of a folder's files.
pub(crate) fn serve_folder(folder: &Folder) -> String {
    let root = Url::from_directory_path(&folder.0).unwrap();
    serve(move |path, range| {
        let file = root.join(path.trim_start_matches('/')).unwrap().to_file_path().unwrap();
        match (fs::read(file), range) {
            (Ok(body), None) => answer(200, body),
            (Ok(body), Some(r)) => {
                answer(206, &body[(r.start as usize).min(body.len())..(r.end as usize).min(body.len())])
            }
            (Err(_), _) => answer(404, ""),
        }
    })
}
