//! `fetch`, streamed and abortable. Nothing is sent but a plain `Range`, so no request needs a preflight;
//! whether a response is any good is for the engine to say.

use super::driver::Driver;
use super::handle::{Kind, Resource, Table};
use super::js;
use super::payload::JsBytes;
use crate::engine::contract::Input;
use crate::engine::error::NetworkFault;
use crate::engine::heads::sha256_in;
use crate::engine::id::{ByteRange, PlayerId, RequestId};
use crate::engine::payload::{Digest, Payload as _};
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit, Response,
};

/// The most that is handed over at once: hashing it has to fit a turn of 8 ms on a slow phone.
const CHUNK: usize = 256 * 1024;

/// Requests under way, and fetches that the page began before this instance was there.
#[derive(Default)]
pub(super) struct Http {
    open: Table<RequestId, Rc<Fetch>>,
    early: RefCell<Vec<(PlayerId, String, Promise)>>,
}

/// A request under way; dropping it aborts.
struct Fetch {
    controller: Resource,
    foreign: RefCell<Option<Foreign>>,
}

/// The body of an early fetch, whose controller is not ours.
struct Foreign(ReadableStreamDefaultReader);

impl Drop for Foreign {
    fn drop(&mut self) {
        let cancelled = JsFuture::from(self.0.cancel());
        // Awaited, for a body that broke rejects, and nobody else would take that.
        spawn_local(async { drop(cancelled.await) });
    }
}

/// How the body is wanted.
#[derive(Clone, Copy)]
enum Body {
    Whole {
        limit: usize,
    },
    Streamed,
    /// Not at all.
    Left,
}

impl Http {
    /// Keeps a fetch of `url` for the first document that asks for it.
    pub(super) fn expect(&self, player: PlayerId, url: String, response: Promise) {
        self.early.borrow_mut().push((player, url, response));
    }

    /// Forgets the early fetch of a player that is gone.
    pub(super) fn forget(&self, player: PlayerId) {
        self.early.borrow_mut().retain(|(of, ..)| *of != player);
    }

    /// Ends a request without a word.
    pub(super) fn abort(&self, request: RequestId) {
        self.open.take(request);
    }

    /// Closes a request that ran its course; not so if it was aborted.
    fn finish(&self, request: RequestId) -> bool {
        let fetch = self.open.take(request);
        if let Some(fetch) = &fetch {
            fetch.controller.is_spent();
        }
        fetch.is_some()
    }

    fn take_early(&self, url: &str) -> Option<Promise> {
        let mut early = self.early.borrow_mut();
        let at = early.iter().position(|(_, of, _)| of == url)?;
        Some(early.swap_remove(at).2)
    }
}

/// Fetches a document.
pub(super) fn document(page: &'static Driver, request: RequestId, url: &str, limit: usize) {
    let early = page.http.take_early(url);
    begin(page, request, url, None, Body::Whole { limit }, early);
}

/// Fetches a stream of bytes.
pub(super) fn stream(page: &'static Driver, request: RequestId, url: &str, range: Option<ByteRange>) {
    begin(page, request, url, range, Body::Streamed, None);
}

/// Fetches the head of what is there. HEAD needs no preflight (Fetch §2.2.1).
pub(super) fn head(page: &'static Driver, request: RequestId, url: &str) {
    begin(page, request, url, None, Body::Left, None);
}

fn begin(
    page: &'static Driver,
    request: RequestId,
    url: &str,
    range: Option<ByteRange>,
    body: Body,
    early: Option<Promise>,
) {
    let controller = AbortController::new().unwrap_or_else(|_| unreachable!("as old as fetch itself"));
    let init = RequestInit::new();
    init.set_signal(Some(&controller.signal()));
    if let Body::Left = body {
        init.set_method("HEAD");
    }
    if let Some(range) = range {
        init.set_headers(&js::object(&[("Range", range_header(range).into())]));
    }
    let is_early = early.is_some();
    let response = early.or_else(|| Some(web_sys::window()?.fetch_with_str_and_init(url, &init)));
    let controller = Resource::new(page, Kind::Fetch, &controller);
    page.http.open.put(request, Rc::new(Fetch { controller, foreign: RefCell::default() }));
    spawn_local(async move {
        let last = match response {
            Some(response) => receive(page, request, response, body, is_early).await,
            None => Err(NetworkFault::Unreachable),
        };
        // Aborted meanwhile: then nothing is reported, and the error was our own doing.
        if page.http.finish(request) {
            page.tell(last.unwrap_or_else(|fault| Input::RequestFailed { request, fault }));
        }
    });
}

/// RFC 9110 §14.1.2; the Fetch standard lets this one form pass without a preflight.
fn range_header(range: ByteRange) -> String {
    if range.end == u64::MAX {
        format!("bytes={}-", range.start)
    } else {
        format!("bytes={}-{}", range.start, range.end.saturating_sub(1))
    }
}

/// Brings the response, and returns the fact that ends it.
async fn receive(
    page: &'static Driver,
    request: RequestId,
    response: Promise,
    body: Body,
    early: bool,
) -> Result<Input<JsBytes>, NetworkFault> {
    let response = JsFuture::from(response).await.map_err(|_| NetworkFault::Unreachable)?;
    let response: Response = response.unchecked_into();
    let status = response.status();
    let reader = response.body().map(|stream| ReadableStreamDefaultReader::new(&stream));
    let reader = reader.transpose().map_err(|_| NetworkFault::Broken)?;
    let foreign = reader.clone().filter(|_| early).map(Foreign);
    // Aborted before its head came? Then the foreign body is dropped, and so cancelled, here.
    page.http.open.get(request).ok_or(NetworkFault::Broken)?.foreign.replace(foreign);
    let digest = repr_digest(&response).filter(|_| matches!(status, 200 | 206));
    if let Body::Streamed = body {
        if digest.is_some() {
            page.tell(Input::DigestTold { request, digest });
        }
        page.tell(Input::ResponseStarted { request, status, length: length(&response) });
    }
    let (mut whole, mut held) = (Vec::new(), 0);
    while let Some(reader) = &reader {
        let step = JsFuture::from(reader.read()).await.map_err(|_| NetworkFault::Broken)?;
        let step: ReadableStreamReadResult = step.unchecked_into();
        if step.get_done() == Some(true) || !page.http.open.has(request) {
            break;
        }
        let chunk: Uint8Array = step.get_value().unchecked_into();
        match body {
            Body::Whole { limit } => {
                held += chunk.length() as usize;
                if held > limit {
                    return Err(NetworkFault::TooLarge);
                }
                whole.push(chunk);
            }
            Body::Streamed => hand_over(page, request, &chunk.into()),
            Body::Left => {}
        }
    }
    Ok(match body {
        Body::Whole { .. } => {
            Input::DocumentArrived { request, status, url: response.url(), body: joined(&whole, held) }
        }
        Body::Streamed => Input::ResponseEnded { request },
        Body::Left => Input::DigestTold { request, digest },
    })
}

/// `Repr-Digest`, where the server sends it and shows it to us; that of a compressed representation is not of our bytes.
fn repr_digest(response: &Response) -> Option<Digest> {
    let headers = response.headers();
    headers.get("content-encoding").ok()?.is_none().then_some(())?;
    sha256_in(&headers.get("repr-digest").ok()??)
}

/// `Content-Length`, unless the body was compressed on the way: then it counts other bytes than ours.
fn length(response: &Response) -> Option<u64> {
    let headers = response.headers();
    match headers.get("content-encoding") {
        Ok(None) => headers.get("content-length").ok()??.parse().ok(),
        Ok(Some(_)) | Err(_) => None,
    }
}

/// All at once, at the end: linear memory never shrinks, and a vector that grows takes twice what it holds.
fn joined(chunks: &[Uint8Array], length: usize) -> Vec<u8> {
    let mut whole = vec![0; length];
    let mut at = 0;
    for chunk in chunks {
        let next = at + chunk.length() as usize;
        chunk.copy_to(&mut whole[at..next]);
        at = next;
    }
    whole
}

fn hand_over(page: &'static Driver, request: RequestId, chunk: &JsBytes) {
    let mut at = 0;
    // The engine may have had enough in between.
    while at < chunk.len() && page.http.open.has(request) {
        page.tell(Input::ChunkArrived { request, chunk: chunk.slice(at, at + CHUNK) });
        at += CHUNK;
    }
}
