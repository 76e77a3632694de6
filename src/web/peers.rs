//! RTCPeerConnections with one data channel each. Candidates do not trickle: a description is reported once
//! they are gathered, or enough time was spent on it.

use super::driver::Driver;
use super::handle::{Kind, Listener, Resource, Table, Timer, listen};
use super::js;
use crate::engine::config::{Candidates, Ice};
use crate::engine::contract::Input;
use crate::engine::id::ConnectionId;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, MessageEvent, RtcConfiguration, RtcDataChannel, RtcDataChannelEvent, RtcDataChannelType,
    RtcIceGatheringState, RtcIceTransportPolicy, RtcPeerConnection, RtcPeerConnectionState, RtcSdpType,
    RtcSessionDescriptionInit,
};

/// How long to gather in all, in ms: a blocked STUN server alone would take 10 s and more.
const GATHER: u32 = 3_000;
/// How long to gather after the first candidate, in ms.
const GATHER_MORE: u32 = 1_000;
/// There is room again once this much or less is buffered, in bytes (the incumbent's threshold).
const LOW: u32 = 65_536;

/// What one connection may have said that nobody has read yet, in bytes; a message counts for a part of a segment at the
/// least. No honest neighbour comes near it, for it sends what it was asked for. Whoever says more than this page has time
/// to read says the rest to nobody: memory is bounded before the engine comes to judge.
const UNREAD: u32 = 64 << 20;
const MESSAGE: u32 = 16 << 10;

/// Connections open or opening.
#[derive(Default)]
pub(super) struct Peers(Table<ConnectionId, Rc<Peer>>);

struct Peer {
    listeners: RefCell<Vec<Listener>>,
    stage: RefCell<Stage>,
    channel: RefCell<Option<RtcDataChannel>>,
    /// `ChannelDrained` still owed to the engine.
    owed: Cell<u32>,
    unread: Cell<u32>,
    offering: bool,
    connection: RtcPeerConnection,
    /// Closes the channel with the connection.
    _resource: Resource,
}

/// How far the local description is.
enum Stage {
    Making,
    Gathering { _until: Vec<Timer> },
    Described,
}

impl Peers {
    /// Closes a connection without a word.
    pub(super) fn close(&self, id: ConnectionId) {
        self.0.take(id);
    }

    /// A message of it has come to the engine.
    pub(super) fn read(&self, id: ConnectionId, length: usize) {
        if let Some(peer) = self.0.get(id) {
            peer.unread.set(peer.unread.get().saturating_sub(weight(length)));
        }
    }
}

fn weight(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX).max(MESSAGE)
}

/// Makes a connection: to offer, or to answer `offer`.
pub(super) fn connect(page: &'static Driver, id: ConnectionId, ice: &Ice, offer: Option<String>) {
    match make(page, id, ice, offer.is_none()) {
        Ok(peer) => {
            let connection = peer.connection.clone();
            page.peers.0.put(id, Rc::new(peer));
            spawn_local(async move {
                match describe(connection, offer).await {
                    Ok(()) => gather(page, id),
                    Err(_) => lose(page, id),
                }
            });
        }
        // No WebRTC here, a policy against it, or too many connections.
        Err(_) => page.tell(Input::ConnectionClosed { connection: id }),
    }
}

/// Completes an offer of ours.
pub(super) fn accept(page: &'static Driver, id: ConnectionId, sdp: &str) {
    let Some(peer) = page.peers.0.get(id) else { return };
    let done = peer.connection.set_remote_description(&description(RtcSdpType::Answer, sdp));
    spawn_local(async move {
        if JsFuture::from(done).await.is_err() {
            lose(page, id);
        }
    });
}

/// Sends a message of the engine's own.
pub(super) fn send(page: &'static Driver, id: ConnectionId, message: &[u8]) {
    send_with(page, id, |channel| channel.send_with_u8_array(message));
}

/// Sends bytes of the shelf, and sees to `ChannelDrained`.
pub(super) fn send_blob(page: &'static Driver, id: ConnectionId, bytes: Option<Uint8Array>) {
    let sent = send_with(page, id, |channel| match &bytes {
        Some(bytes) => channel.send_with_array_buffer_view(bytes),
        // Promised to the peer, but gone: the conversation cannot go on.
        None => Err(JsValue::UNDEFINED),
    });
    if let Some(peer) = sent {
        peer.owed.set(peer.owed.get() + 1);
        drained(page, id);
    }
}

fn make(page: &'static Driver, id: ConnectionId, ice: &Ice, offering: bool) -> Result<Peer, JsValue> {
    let servers = Array::new();
    for url in &ice.servers {
        servers.push(&ice_server(url));
    }
    let configuration = RtcConfiguration::new();
    configuration.set_ice_servers(&servers);
    if ice.candidates == Candidates::Relayed {
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
    }
    let connection = RtcPeerConnection::new_with_configuration(&configuration)?;
    let resource = Resource::new(page, Kind::Peer, &connection);
    let kinds = ["icegatheringstatechange", "icecandidate", "connectionstatechange", "datachannel"];
    let peer = Peer {
        listeners: RefCell::new(listen(page, &connection, &kinds, move |kind, event| {
            heard(page, id, kind, event)
        })),
        stage: RefCell::new(Stage::Making),
        channel: RefCell::default(),
        owed: Cell::new(0),
        unread: Cell::new(0),
        offering,
        connection,
        _resource: resource,
    };
    if offering {
        let made = js::call(&peer.connection, "createDataChannel", &Array::of1(&label().into()))?;
        adopt(page, id, &peer, made.unchecked_into());
    }
    Ok(peer)
}

/// One server as RTCConfiguration has it. TURN asks for credentials, which stand before the host as in other URLs:
/// `turn:name:password@host`.
fn ice_server(url: &str) -> JsValue {
    let parts = url.split_once(':').zip(url.rsplit_once('@'));
    let credentials = parts.and_then(|((scheme, rest), (_, host))| {
        let (name, password) = rest.strip_suffix(host)?.strip_suffix('@')?.split_once(':')?;
        Some(js::object(&[
            ("urls", [scheme, ":", host].concat().into()),
            ("username", name.into()),
            ("credential", password.into()),
        ]))
    });
    credentials.unwrap_or_else(|| js::object(&[("urls", url.into())]))
}

/// Forty random hexadecimal digits, as the incumbent has them.
fn label() -> String {
    let part = || u64::from_le_bytes(js::random());
    format!("{:016x}{:016x}{:08x}", part(), part(), part() as u32)
}

async fn describe(connection: RtcPeerConnection, offer: Option<String>) -> Result<(), JsValue> {
    if let Some(sdp) = offer {
        let remote = description(RtcSdpType::Offer, &sdp);
        JsFuture::from(connection.set_remote_description(&remote)).await?;
    }
    // Without a description of ours the browser makes the one that fits the state (WebRTC §4.4.1.5).
    let fitting = js_sys::Object::new().unchecked_into();
    JsFuture::from(connection.set_local_description(&fitting)).await.map(drop)
}

fn description(kind: RtcSdpType, sdp: &str) -> RtcSessionDescriptionInit {
    let description = RtcSessionDescriptionInit::new(kind);
    description.set_sdp(sdp);
    description
}

/// The local description is set; its candidates are to come.
fn gather(page: &'static Driver, id: ConnectionId) {
    let Some(peer) = page.peers.0.get(id) else { return };
    let until = vec![Timer::new(page, GATHER, move || gathered(page, id))];
    peer.stage.replace(Stage::Gathering { _until: until });
    if peer.connection.ice_gathering_state() == RtcIceGatheringState::Complete {
        gathered(page, id);
    }
}

/// Reports the description, the first time round.
fn gathered(page: &'static Driver, id: ConnectionId) {
    let Some(peer) = page.peers.0.get(id) else { return };
    if !matches!(*peer.stage.borrow(), Stage::Gathering { .. }) {
        return;
    }
    peer.stage.replace(Stage::Described);
    let Some(local) = peer.connection.local_description() else {
        return lose(page, id);
    };
    let sdp = without_trickle(&local.sdp());
    page.tell(if peer.offering {
        Input::OfferReady { connection: id, sdp }
    } else {
        Input::AnswerReady { connection: id, sdp }
    });
}

/// No candidate will follow, so the promise of them goes (RFC 8838 §4).
fn without_trickle(sdp: &str) -> String {
    sdp.split_inclusive('\n').filter(|line| !line.starts_with("a=ice-options:trickle")).collect()
}

fn heard(page: &'static Driver, id: ConnectionId, kind: &str, event: &Event) {
    let Some(peer) = page.peers.0.get(id) else { return };
    match kind {
        "icecandidate" => {
            if let Stage::Gathering { _until: until } = &mut *peer.stage.borrow_mut()
                && until.len() == 1
            {
                until.push(Timer::new(page, GATHER_MORE, move || gathered(page, id)));
            }
        }
        "icegatheringstatechange" => {
            if peer.connection.ice_gathering_state() == RtcIceGatheringState::Complete {
                gathered(page, id);
            }
        }
        "connectionstatechange" => match peer.connection.connection_state() {
            RtcPeerConnectionState::Failed | RtcPeerConnectionState::Closed => lose(page, id),
            _ => {}
        },
        "datachannel" => {
            let channel = event.unchecked_ref::<RtcDataChannelEvent>().channel();
            adopt(page, id, &peer, channel);
        }
        "open" => page.tell(Input::ChannelOpened { connection: id }),
        "message" => {
            // Text is no part of any protocol spoken here.
            if let Ok(bytes) = event.unchecked_ref::<MessageEvent>().data().dyn_into::<ArrayBuffer>() {
                let unread = peer.unread.get().saturating_add(weight(bytes.byte_length() as usize));
                if unread <= UNREAD {
                    peer.unread.set(unread);
                    page.tell(Input::PeerSaid { connection: id, message: Uint8Array::new(&bytes).into() });
                }
            }
        }
        "bufferedamountlow" => drained(page, id),
        // `close` and `error` of the channel.
        _ => lose(page, id),
    }
}

/// Takes the channel of a connection; a second one is closed unheard.
fn adopt(page: &'static Driver, id: ConnectionId, peer: &Peer, channel: RtcDataChannel) {
    if peer.channel.borrow().is_some() {
        return channel.close();
    }
    channel.set_binary_type(RtcDataChannelType::Arraybuffer);
    channel.set_buffered_amount_low_threshold(LOW);
    let kinds = ["open", "message", "bufferedamountlow", "close", "error"];
    let listeners = listen(page, &channel, &kinds, move |kind, event| heard(page, id, kind, event));
    peer.listeners.borrow_mut().extend(listeners);
    peer.channel.replace(Some(channel));
}

fn send_with(
    page: &'static Driver,
    id: ConnectionId,
    send: impl FnOnce(&RtcDataChannel) -> Result<(), JsValue>,
) -> Option<Rc<Peer>> {
    let peer = page.peers.0.get(id)?;
    let sent = peer.channel.borrow().as_ref().is_some_and(|channel| send(channel).is_ok());
    // The channel is closing, or its buffer is full beyond all measure.
    if !sent {
        lose(page, id);
    }
    sent.then_some(peer)
}

/// Reports room, if there is.
fn drained(page: &'static Driver, id: ConnectionId) {
    let Some(peer) = page.peers.0.get(id) else { return };
    let buffered = peer.channel.borrow().as_ref().map_or(0, RtcDataChannel::buffered_amount);
    if buffered <= LOW {
        for _ in 0..peer.owed.take() {
            page.tell(Input::ChannelDrained { connection: id });
        }
    }
}

/// The connection is over, by no order of ours.
fn lose(page: &'static Driver, id: ConnectionId) {
    if page.peers.0.take(id).is_some() {
        page.tell(Input::ConnectionClosed { connection: id });
    }
}
