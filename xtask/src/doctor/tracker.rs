//! Does a tracker take viewers? It is asked as the engine asks it: a WebSocket with the page's `Origin`, and an announce for a
//! swarm. The name is never a guess where the stream is known, for PeerTube's tracker keeps out for minutes whoever
//! announces what it does not know; without a stream a tracker of an instance is only opened.

use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use sprat::engine::swarm::naming::{InfoHash, PeerId};
use sprat::engine::swarm::rendezvous::{self, AnnounceEvent, MAX_TEXT, TrackerMessage};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, HandshakeError, Message};
use url::Url;

use super::ask::printable;
use super::reach::Visit;

/// To open, and to be answered.
const PATIENCE: Duration = Duration::from_secs(10);
/// Messages that are read while the answer is awaited; offers of viewers may come first.
const MOST_MESSAGES: usize = 50;

/// A tracker's address, which has to be of a WebSocket.
pub(super) fn address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "ws" | "wss") && url.host().is_some())
}

/// As a page writes it: what has no scheme is an address on its own server, as the elements read it.
pub(super) fn address_on(base: &Url, text: &str) -> Option<Url> {
    if Url::parse(text).is_ok() {
        return address(text);
    }
    let mut url = base.join(text).ok()?;
    let socket = if base.scheme() == "https" { "wss" } else { "ws" };
    url.set_scheme(socket).ok()?;
    address(url.as_str())
}

/// Opens it, and announces a viewer of `swarm` if there is one.
pub(super) fn examine(visit: &mut Visit<'_>, url: &Url, swarm: Option<InfoHash>) {
    visit.mixed(url);
    let (code, seen) = match talk(url, &visit.page, swarm) {
        Ok(()) => return,
        Err(trouble) => trouble,
    };
    visit.book.add_by(code, url, seen);
}

type Trouble = (&'static str, String);

fn talk(url: &Url, page: &Url, swarm: Option<InfoHash>) -> Result<(), Trouble> {
    let unreachable = |why: &dyn std::fmt::Display| ("tracker-unreachable", printable(&why.to_string()));
    let began = Instant::now();
    let stream = connect(url).map_err(|error| unreachable(&error))?;
    let mut request = url.as_str().into_client_request().map_err(|error| unreachable(&error))?;
    let origin = page.origin().ascii_serialization().parse().map_err(|error| unreachable(&error))?;
    request.headers_mut().insert("origin", origin);
    let config = WebSocketConfig::default().max_message_size(Some(MAX_TEXT)).max_frame_size(Some(MAX_TEXT));
    let opened = tungstenite::client_tls_with_config(request, stream, Some(config), None);
    let (mut socket, _) = opened.map_err(|error| match error {
        HandshakeError::Failure(error) => not_opened(url, &error),
        HandshakeError::Interrupted(_) => ("tracker-unreachable", "no answer to the handshake".to_owned()),
    })?;
    let Some(swarm) = swarm else { return Ok(()) };
    let peer = PeerId::from_seed(std::process::id().into());
    let text = rendezvous::announce(swarm, peer, AnnounceEvent::Started, 0, &[]);
    socket.send(Message::text(text)).map_err(|error| closed(began, &error))?;
    for _ in 0..MOST_MESSAGES {
        if began.elapsed() > PATIENCE * 2 {
            break;
        }
        let text = match socket.read() {
            Ok(Message::Text(text)) => text,
            Ok(Message::Close(frame)) => {
                let why = frame.map(|frame| format!(" (code {})", frame.code)).unwrap_or_default();
                return Err(("tracker-closed", format!("it closed after the announce{why}")));
            }
            Ok(_) => continue,
            Err(Error::Io(error)) if is_pause(&error) => break,
            Err(error) => return Err(closed(began, &error)),
        };
        match rendezvous::parse(&text) {
            Ok(TrackerMessage::Announced { info_hash, .. }) if info_hash == swarm => {
                // It need not wait until this viewer is missed.
                let gone = rendezvous::announce(swarm, peer, AnnounceEvent::Stopped, 0, &[]);
                let _ = socket.send(Message::text(gone));
                let _ = socket.close(None);
                return Ok(());
            }
            Ok(TrackerMessage::Refused { reason, .. }) => {
                return Err(("tracker-refused", format!("it said: {}", printable(&reason))));
            }
            Ok(_) | Err(_) => {}
        }
    }
    Err((
        "tracker-silent",
        format!("no answer to the announce within {} s", began.elapsed().as_secs().max(1)),
    ))
}

fn connect(url: &Url) -> std::io::Result<TcpStream> {
    let nowhere = || std::io::Error::new(std::io::ErrorKind::NotFound, "no server of this name");
    let host = url.host_str().ok_or_else(nowhere)?.trim_matches(['[', ']']);
    let port = url.port_or_known_default().ok_or_else(nowhere)?;
    let mut last = nowhere();
    for address in (host, port).to_socket_addrs().map_err(|_| nowhere())?.take(4) {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn not_opened(url: &Url, error: &Error) -> Trouble {
    match error {
        Error::Http(response) => {
            let seen = format!(
                "it answered {} at {}, and opened no WebSocket",
                response.status().as_u16(),
                url.path()
            );
            ("tracker-path", printable(&seen))
        }
        Error::Tls(error) => ("tls", printable(&error.to_string())),
        Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            ("tls", printable(&error.to_string()))
        }
        error => ("tracker-unreachable", printable(&format!("no WebSocket: {error}"))),
    }
}

fn closed(began: Instant, error: &Error) -> Trouble {
    let seen = format!("after {} ms: {error}", began.elapsed().as_millis());
    ("tracker-closed", printable(&seen))
}

fn is_pause(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tracker_is_a_websocket() {
        assert!(address("wss://t.example/tracker/socket").is_some() && address("ws://127.0.0.1:1").is_some());
        assert!(address("https://t.example/").is_none() && address("udp://t.example:80").is_none());
        assert!(address("t.example").is_none() && address("").is_none());
        let base = Url::parse("https://site.example/page").unwrap();
        let on = |text| address_on(&base, text).map(String::from);
        assert_eq!(on("/tracker/socket").as_deref(), Some("wss://site.example/tracker/socket"));
        assert_eq!(on("ws://t.example/").as_deref(), Some("ws://t.example/"));
        assert_eq!((on("udp://t.example:80/"), on("https://t.example/")), (None, None));
    }
}
