//! A server with what the test plants in it: every answer is made by a function of the request, byte by byte where it has to
//! be wrong.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What was asked.
pub(crate) struct Request {
    pub(crate) path: String,
    headers: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(its, _)| its.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// What is answered.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The body again and again, until nobody listens any more.
    pub(crate) endless: bool,
}

impl Answer {
    pub(crate) fn new(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), media_type.to_owned())];
        Self { status: 200, headers, body: body.into(), endless: false }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self { status, ..Self::new("text/plain", "no") }
    }

    /// In place of a header of this name, if there is one.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(its, _)| its != name);
        self
    }
}

type Answering = dyn Fn(&Request) -> Answer + Send + Sync;
/// What a tracker says to each message; none: it closes.
type Talking = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Where it listens. It lives as long as the test's process.
pub(crate) fn serve(
    answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    talk: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound");
    let (answer, talk): (Arc<Answering>, Arc<Talking>) = (Arc::new(answer), Arc::new(talk));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (answer, talk) = (Arc::clone(&answer), Arc::clone(&talk));
            // Whoever hangs up early has had enough.
            std::thread::spawn(move || drop(converse(stream, &*answer, &*talk)));
        }
    });
    address.to_string()
}

fn converse(mut stream: TcpStream, answer: &Answering, talk: &Talking) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut head = vec![0; 16 << 10];
    // A handshake has to be read by whoever answers it.
    let peeked = loop {
        let peeked = stream.peek(&mut head)?;
        if peeked == 0 || head[..peeked].windows(4).any(|end| end == b"\r\n\r\n") {
            break peeked;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let request = read(&String::from_utf8_lossy(&head[..peeked]));
    if request.header("upgrade").eq_ignore_ascii_case("websocket")
        && request.path.starts_with("/tracker/socket")
    {
        let Ok(mut socket) = tungstenite::accept(stream) else { return Ok(()) };
        while let Ok(message) = socket.read() {
            let tungstenite::Message::Text(text) = message else { continue };
            match talk(&text) {
                Some(said) => drop(socket.send(tungstenite::Message::text(said))),
                None => drop(socket.close(None)),
            }
        }
        return Ok(());
    }
    stream.read_exact(&mut head[..peeked])?;
    let Answer { status, headers, body, endless } = answer(&request);
    let mut text = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    if !endless {
        text += &format!("content-length: {}\r\n", body.len());
    }
    stream.write_all(text.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.write_all(&body)?;
    while endless {
        stream.write_all(&body)?;
    }
    Ok(())
}

fn read(head: &str) -> Request {
    let mut lines = head.lines();
    let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or("/").to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Request { path, headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect() }
}
