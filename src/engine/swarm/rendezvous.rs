//! What is said to and by a tracker: the WebTorrent dialect of the BitTorrent tracker protocol, JSON objects
//! as text messages (bittorrent-tracker, the library behind PeerTube's own server, is the reference).
//!
//! Hashes and ids are "binary strings": one character U+0000–U+00FF for each byte. An offer id may be any 20
//! bytes, control characters among them, and goes back exactly as it came. When to announce, and what to make
//! of an offer, is decided by the swarm; this module only writes and reads.

use super::naming::{InfoHash, PeerId, alphanumerics};
use miniserde::de::{Deserialize, Map, Seq, Visitor};
use miniserde::json;

/// The longest message read. An offer is 1–3 KB.
pub const MAX_TEXT: usize = 65_536;
/// Characters of a tracker's reason or warning that are kept: it is shown, not understood.
const MAX_REASON: usize = 200;

/// Why an announce is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnounceEvent {
    /// The first one.
    Started,
    /// The interval has passed, or there are new offers.
    Periodic,
    /// The viewer leaves the swarm.
    Stopped,
}

/// An offer to whomever the tracker picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Comes back with the answer; see [`offer_id`].
    pub id: String,
    /// The session description, candidates included.
    pub sdp: String,
}

/// What a tracker said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrackerMessage {
    /// The answer to an announce.
    Announced {
        /// Which swarm.
        info_hash: InfoHash,
        /// Seconds until the next announce.
        interval_s: Option<u32>,
        /// Viewers that have everything; the incumbent never says so of itself.
        complete: u32,
        /// All other viewers, ourselves included.
        incomplete: u32,
    },
    /// Another viewer's offer.
    Offer {
        /// Which swarm.
        info_hash: InfoHash,
        /// Who offers.
        peer_id: PeerId,
        /// To be echoed exactly.
        offer_id: String,
        /// The session description.
        sdp: String,
    },
    /// The answer to an offer of ours.
    Answer {
        /// Which swarm.
        info_hash: InfoHash,
        /// Who answers.
        peer_id: PeerId,
        /// The offer's id.
        offer_id: String,
        /// The session description.
        sdp: String,
    },
    /// Something is wrong, but not enough to stop.
    Warning(String),
    /// The tracker does not want us.
    Refused {
        /// Which swarm, where said.
        info_hash: Option<InfoHash>,
        /// Why, in the tracker's words.
        reason: String,
    },
}

/// Why a message of a tracker was of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUnderstood {
    /// Longer than [`MAX_TEXT`].
    TooLong,
    /// Not a JSON object.
    NotJson,
    /// JSON, but not an announce, or without what it needs.
    Incomplete,
}

/// An id for an offer of ours: 20 alphanumerics drawn from `seed`.
#[must_use]
pub fn offer_id(seed: u64) -> String {
    alphanumerics::<20>(seed).map(char::from).iter().collect()
}

/// The message that announces `peer_id` to a swarm. `numwant` is how many offers of others are welcome; fewer
/// offers than that are legal.
#[must_use]
pub fn announce(
    info_hash: InfoHash,
    peer_id: PeerId,
    event: AnnounceEvent,
    numwant: usize,
    offers: &[Offer],
) -> String {
    let mut out = Writer::announce(info_hash, peer_id);
    let event = match event {
        AnnounceEvent::Started => "\"started\"",
        AnnounceEvent::Periodic => "",
        AnnounceEvent::Stopped => "\"stopped\"",
    };
    if !event.is_empty() {
        out.raw(",\"event\":").raw(event);
    }
    out.raw(",\"uploaded\":0,\"downloaded\":0,\"numwant\":").raw(&numwant.to_string());
    if !offers.is_empty() {
        out.raw(",\"offers\":");
        for (i, offer) in offers.iter().enumerate() {
            out.raw(if i == 0 { "[{" } else { ",{" });
            out.session("offer", &offer.sdp).raw(",").text("offer_id", &offer.id).raw("}");
        }
        out.raw("]");
    }
    out.finish()
}

/// The message that carries our answer to the viewer who made an offer.
#[must_use]
pub fn answer(info_hash: InfoHash, peer_id: PeerId, to: PeerId, offer_id: &str, sdp: &str) -> String {
    let mut out = Writer::announce(info_hash, peer_id);
    out.raw(",").text("to_peer_id", &to.to_string());
    out.raw(",").text("offer_id", offer_id).raw(",").session("answer", sdp);
    out.finish()
}

/// Writes one object; names are ours and need no escaping, values do.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    fn announce(info_hash: InfoHash, peer_id: PeerId) -> Self {
        let mut out = Self(String::from("{\"action\":\"announce\","));
        out.text("info_hash", &info_hash.to_string()).raw(",").text("peer_id", &peer_id.to_string());
        out
    }

    pub(super) fn raw(&mut self, json: &str) -> &mut Self {
        self.0.push_str(json);
        self
    }

    pub(super) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw("\"").raw(name).raw("\":\"").escaped(value).raw("\"")
    }

    /// A session description, without the promise to send candidates later: they are all in it.
    fn session(&mut self, kind: &str, sdp: &str) -> &mut Self {
        self.raw("\"").raw(kind).raw("\":{").text("type", kind).raw(",\"sdp\":\"");
        for line in sdp.split_inclusive('\n').filter(|line| line.trim_end() != "a=ice-options:trickle") {
            self.escaped(line);
        }
        self.raw("\"}")
    }

    /// JSON string contents (RFC 8259 §7): quotes, backslashes and control characters are escaped.
    pub(super) fn escaped(&mut self, value: &str) -> &mut Self {
        for c in value.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\0'..='\x1f' => {
                    self.0.push_str(if c < '\x10' { "\\u000" } else { "\\u001" });
                    self.0.extend(char::from_digit(u32::from(c) & 15, 16));
                }
                _ => self.0.push(c),
            }
        }
        self
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Reads a message of a tracker.
///
/// # Errors
/// [`NotUnderstood`] for whatever is not an announce of the protocol; never panics, whatever the text.
pub fn parse(text: &str) -> Result<TrackerMessage, NotUnderstood> {
    if text.len() > MAX_TEXT {
        return Err(NotUnderstood::TooLong);
    }
    let message: Message = json::from_str(text).map_err(|_| NotUnderstood::NotJson)?;
    message.sort().ok_or(NotUnderstood::Incomplete)
}

/// The fields of a message, as far as anyone here reads them. A field of the wrong type is as good as missing.
#[derive(Default)]
struct Message {
    action: Value,
    info_hash: Value,
    peer_id: Value,
    offer_id: Value,
    offer: Session,
    answer: Session,
    interval: Value,
    min_interval: Value,
    complete: Value,
    incomplete: Value,
    warning: Value,
    failure: Value,
}

impl Message {
    fn sort(self) -> Option<TrackerMessage> {
        let info_hash = self.info_hash.text().and_then(InfoHash::from_text);
        if let Some(reason) = self.failure.text() {
            return Some(TrackerMessage::Refused { info_hash, reason: shortened(reason) });
        }
        // Without an action it is the reply to something malformed.
        if self.action.text() != Some("announce") {
            return None;
        }
        let interval_s = self.interval.number().or(self.min_interval.number());
        if let Some(warning) = self.warning.text().filter(|_| interval_s.is_none()) {
            return Some(TrackerMessage::Warning(shortened(warning)));
        }
        let info_hash = info_hash?;
        let is_offer = self.offer.0.text().is_some();
        let session = if is_offer { self.offer.0 } else { self.answer.0 };
        let Value::Text(sdp) = session else {
            let complete = self.complete.number();
            let incomplete = self.incomplete.number();
            // Something must tell the answer to an announce from a relayed message cut short.
            interval_s.or(complete).or(incomplete)?;
            let (complete, incomplete) = (complete.unwrap_or(0), incomplete.unwrap_or(0));
            return Some(TrackerMessage::Announced { info_hash, interval_s, complete, incomplete });
        };
        let peer_id = self.peer_id.text().and_then(PeerId::from_text)?;
        let Value::Text(offer_id) = self.offer_id else {
            return None;
        };
        Some(if is_offer {
            TrackerMessage::Offer { info_hash, peer_id, offer_id, sdp }
        } else {
            TrackerMessage::Answer { info_hash, peer_id, offer_id, sdp }
        })
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_REASON).collect()
}

/// A scalar, if it was one.
#[derive(Default)]
pub(super) enum Value {
    #[default]
    Nothing,
    Text(String),
    Number(u32),
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn number(&self) -> Option<u32> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

/// A session description: the `sdp` of an object.
#[derive(Default)]
struct Session(Value);

impl Deserialize for Message {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        out.insert(<Self as Default>::default())
    }
}

impl Visitor for Message {
    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(Fields(self)))
    }
}

struct Fields<'a>(&'a mut Message);

impl Map for Fields<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        let message = &mut *self.0;
        Ok(match name {
            "action" => &mut message.action,
            "info_hash" => &mut message.info_hash,
            "peer_id" => &mut message.peer_id,
            "offer_id" => &mut message.offer_id,
            "offer" => &mut message.offer,
            "answer" => &mut message.answer,
            "interval" => &mut message.interval,
            "min interval" => &mut message.min_interval,
            "complete" => &mut message.complete,
            "incomplete" => &mut message.incomplete,
            "warning message" => &mut message.warning,
            "failure reason" => &mut message.failure,
            _ => <dyn Visitor>::ignore(),
        })
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

/// Takes numbers and text; anything else is well-formed, and nothing.
impl Visitor for Value {
    fn null(&mut self) -> miniserde::Result<()> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> miniserde::Result<()> {
        Ok(())
    }

    fn string(&mut self, text: &str) -> miniserde::Result<()> {
        *self = Self::Text(text.to_owned());
        Ok(())
    }

    fn negative(&mut self, _: i64) -> miniserde::Result<()> {
        Ok(())
    }

    fn nonnegative(&mut self, number: u64) -> miniserde::Result<()> {
        *self = Self::Number(u32::try_from(number).unwrap_or(u32::MAX));
        Ok(())
    }

    fn float(&mut self, number: f64) -> miniserde::Result<()> {
        // The cast saturates: negative is 0, which every reader of a number here takes for the least.
        *self = Self::Number(number as u32);
        Ok(())
    }

    fn seq(&mut self) -> miniserde::Result<Box<dyn Seq + '_>> {
        <dyn Visitor>::ignore().seq()
    }

    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        <dyn Visitor>::ignore().map()
    }
}

impl Visitor for Session {
    fn null(&mut self) -> miniserde::Result<()> {
        Ok(())
    }

    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(SessionFields(self)))
    }
}

struct SessionFields<'a>(&'a mut Session);

impl Map for SessionFields<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        Ok(if name == "sdp" { &mut self.0.0 } else { <dyn Visitor>::ignore() })
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}
