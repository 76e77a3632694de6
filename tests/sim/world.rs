//! The world on a virtual clock: viewers with links, elements and engines, an origin, a tracker. Everything that
//! happens is a fact in a queue; the same seed gives the same log.

use crate::benches::Benches;
use crate::captions::Captions;
use crate::element::{Element, Trouble};
use crate::low_latency::edge_secs;
use crate::origin::{Answer, Fault as OriginFault, Origin};
use crate::payload::Content;
use crate::v1::{STRANGER, Stranger};
use sprat::engine::Engine;
use sprat::engine::config::{
    self, Bitrate, Config, Integrity, LatencyMode, Naming, P2p, PlayerOptions, Preload,
};
use sprat::engine::contract::{BufferOutcome, Event, Input, Output, Stats};
use sprat::engine::error::{Fault, NetworkFault};
use sprat::engine::id::{BlobId, ConnectionId, PlayerId, RequestId, Track, TrackerId};
use sprat::engine::swarm::wire::native::{Has, Message};
use sprat::engine::task::{Made, Task, Work};
use sprat::engine::time::{Instant, MediaTime, Millis, Span};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

const PLAYER: PlayerId = PlayerId(1);
const CHUNK: usize = 32 << 10;
const FRAME: Millis = Millis(50);
pub(crate) const TRACKER: &str = "wss://tracker.test/";

/// How a viewer behaves and is connected.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub(crate) source: String,
    pub(crate) integrity: Integrity,
    pub(crate) joins: Instant,
    pub(crate) leaves: Option<Instant>,
    pub(crate) down: Bitrate,
    pub(crate) up: Bitrate,
    pub(crate) rtt: Millis,
    pub p2p: P2p,
    pub(crate) manners: Manners,
    pub(crate) metered: bool,
    /// What the page asks.
    pub(crate) page: config::Manners,
    pub(crate) latency_mode: LatencyMode,
    pub(crate) viewport: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manners {
    Honest,
    /// Sends altered bytes.
    Liar,
    /// Announces, never answers.
    Mute,
    /// Says that it is fetching everything, and never has it.
    Promiser,
}

struct Node<P: Content> {
    engine: Engine<P>,
    viewer: Viewer,
    element: Element,
    blobs: BTreeMap<BlobId, P>,
    benches: Benches,
    requests: BTreeSet<RequestId>,
    down_free: Instant,
    /// What the origin has yet to send, in order: not before when, of what size, and what it is.
    coming: VecDeque<(Instant, usize, Input<P>)>,
    /// The first of it is on the link.
    busy: bool,
    served: Option<RequestId>,
    up_free: Instant,
    wake: Option<Instant>,
    stats: Stats,
    /// The variants that were played, one after the other.
    variants: Vec<usize>,
    failed: Option<Fault>,
    warned: Vec<&'static str>,
    altered_appends: u32,
    left: bool,
    /// Positions to seek to, one after the other has settled.
    seeks: Vec<MediaTime>,
    slowest_seek: Millis,
    /// The last `timestampOffset`.
    offset: MediaTime,
    /// Behind the wall clock of the low-latency live, in seconds, once a frame.
    latencies: Vec<f64>,
    captions: Captions,
    /// No request gets through, and none is answered.
    cut_off: bool,
    /// Asleep until then: whatever happens, happens afterwards.
    asleep_until: Option<Instant>,
    /// What a SourceBuffer takes, in bytes, and what is in it.
    quota: Option<u64>,
    appended: Vec<(Track, Span, u64)>,
    refused: u32,
    fullest: f64,
    forgets: Option<MediaTime>,
}

enum What<P> {
    /// The viewer's network is cut, or mended; whether the device notices.
    Cut(bool, bool),
    Sleep(Instant),
    Faults(Vec<(&'static str, OriginFault)>),
    Pause(bool),
    Replay,
    Fact(Box<Input<P>>),
    /// The origin held this request until now.
    Asked(Box<Output<P>>),
    Frame,
    /// A file grew by this, for who has asked for it; the last time, if so.
    Grown(RequestId, P, bool),
    Link(Bitrate),
    /// The origin's next bytes are here.
    Arrival(Box<Input<P>>),
    Join,
    Leave,
}

struct Happening<P> {
    at: Instant,
    seq: u64,
    node: usize,
    what: What<P>,
}

impl<P: Content> Node<P> {
    /// Bytes in a SourceBuffer: of what was appended, what is there still.
    fn held(&mut self, track: Track) -> u64 {
        let buffers = &self.element.buffers;
        let there = |(t, span, _): &(Track, Span, u64)| {
            buffers.get(t).is_some_and(|b| span.covered_by(b).ticks() * 2 > span.len().ticks())
        };
        self.appended.retain(there);
        self.appended.iter().filter(|(t, ..)| *t == track).map(|(.., bytes)| bytes).sum()
    }
}

impl<P> PartialEq for Happening<P> {
    fn eq(&self, other: &Self) -> bool {
        self.seq == other.seq
    }
}
impl<P> Eq for Happening<P> {}
impl<P> PartialOrd for Happening<P> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<P> Ord for Happening<P> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.seq).cmp(&(self.at, self.seq))
    }
}

/// What a run came to, per viewer.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) stats: Stats,
    pub(crate) variants: Vec<usize>,
    pub(crate) stalls: u32,
    pub(crate) ended: bool,
    pub(crate) at: MediaTime,
    pub(crate) failed: Option<Fault>,
    /// The names of what the page was warned of.
    pub(crate) warned: Vec<&'static str>,
    pub(crate) altered_appends: u32,
    pub(crate) slowest_seek: Millis,
    pub(crate) latencies: Vec<f64>,
    pub(crate) captions: Captions,
    /// Blobs on the shelf.
    pub(crate) shelved: usize,
    /// Appends that had no room.
    pub(crate) refused: u32,
    /// The most seconds that were ever in one SourceBuffer.
    pub(crate) fullest: f64,
}

pub(crate) struct World<P: Content> {
    pub(crate) origin: Origin<P>,
    pub(crate) tracker_down: bool,
    pub(crate) naming: Naming,
    /// What the page calls the swarm.
    pub(crate) swarm: Option<String>,
    /// Servers with copies, as the page names them.
    pub(crate) redundancies: Vec<String>,
    /// A peer that is no engine.
    pub(crate) stranger: Option<Stranger>,
    pub(crate) log: Vec<String>,
    /// How often each range of each file was asked for.
    pub(crate) fetched: BTreeMap<(String, u64), u32>,
    keep_log: bool,
    nodes: Vec<Node<P>>,
    queue: BinaryHeap<Happening<P>>,
    seq: u64,
    now: Instant,
    seed: u64,
    /// What the tracker was told of, by info hash.
    pub(crate) swarms: BTreeMap<String, Vec<(usize, TrackerId)>>,
    pairs: BTreeMap<(usize, ConnectionId), (usize, ConnectionId)>,
}

impl<P: Content> World<P> {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            origin: Origin::new(),
            tracker_down: false,
            naming: Naming::V2Position,
            swarm: None,
            redundancies: Vec::new(),
            stranger: None,
            log: Vec::new(),
            fetched: BTreeMap::new(),
            keep_log: true,
            nodes: Vec::new(),
            queue: BinaryHeap::new(),
            seq: 0,
            now: Instant::ZERO,
            seed,
            swarms: BTreeMap::new(),
            pairs: BTreeMap::new(),
        }
    }

    pub(crate) fn without_log(mut self) -> Self {
        self.keep_log = false;
        self
    }

    pub(crate) fn add(&mut self, viewer: Viewer) -> usize {
        let node = self.nodes.len();
        let resolve =
            |base: &str, reference: &str| Some(url::Url::parse(base).ok()?.join(reference).ok()?.into());
        let config = Config::new(self.seed.wrapping_mul(1000) + node as u64, resolve, |_| true);
        self.at(viewer.joins, node, What::Join);
        if let Some(leaves) = viewer.leaves {
            self.at(leaves, node, What::Leave);
        }
        self.nodes.push(Node {
            engine: Engine::new(config),
            viewer,
            element: Element::default(),
            blobs: BTreeMap::new(),
            benches: Benches::new(|_| true),
            requests: BTreeSet::new(),
            down_free: Instant::ZERO,
            coming: VecDeque::new(),
            busy: false,
            served: None,
            up_free: Instant::ZERO,
            wake: None,
            stats: Stats::default(),
            variants: Vec::new(),
            failed: None,
            warned: Vec::new(),
            altered_appends: 0,
            left: false,
            seeks: Vec::new(),
            slowest_seek: Millis(0),
            offset: MediaTime::ZERO,
            latencies: Vec::new(),
            captions: Captions::default(),
            cut_off: false,
            asleep_until: None,
            quota: None,
            appended: Vec::new(),
            refused: 0,
            fullest: 0.0,
            forgets: None,
        });
        node
    }

    /// The viewer chooses a variant.
    pub(crate) fn choose(&mut self, node: usize, at: Instant, variant: usize) {
        let input = Input::QualityChosen { player: PLAYER, choice: Some(variant) };
        self.at(at, node, What::Fact(Box::new(input)));
    }

    /// The viewer chooses a sound.
    pub(crate) fn listen_to(&mut self, node: usize, at: Instant, index: usize) {
        let input = Input::AudioChosen { player: PLAYER, index };
        self.at(at, node, What::Fact(Box::new(input)));
    }

    /// The viewer chooses subtitles.
    pub(crate) fn read_along(&mut self, node: usize, at: Instant, index: Option<usize>) {
        let input = Input::TextChosen { player: PLAYER, index };
        self.at(at, node, What::Fact(Box::new(input)));
    }

    /// The viewer chooses a rate.
    pub(crate) fn play_at(&mut self, node: usize, rate: f64) {
        self.nodes[node].element.haste = rate - 1.0;
    }

    pub(crate) fn seek_to(&mut self, node: usize, positions: Vec<MediaTime>) {
        self.nodes[node].seeks = positions;
    }

    /// What goes wrong in a viewer's browser.
    pub(crate) fn trouble(&mut self, node: usize, troubles: &[Trouble]) {
        self.nodes[node].element.troubles.extend_from_slice(troubles);
    }

    /// What a viewer's link brings from then on.
    pub(crate) fn link(&mut self, node: usize, from: Instant, down: Bitrate) {
        self.at(from, node, What::Link(down));
    }

    /// The viewer's network is away from then to then; `told`: the device says so.
    pub(crate) fn cut_off(&mut self, node: usize, from: Instant, to: Instant, told: bool) {
        self.at(from, node, What::Cut(true, told));
        self.at(to, node, What::Cut(false, told));
    }

    /// The viewer's device sleeps from then to then: nothing happens, and connections are dead afterwards.
    pub(crate) fn sleep(&mut self, node: usize, from: Instant, to: Instant) {
        self.at(from, node, What::Sleep(to));
    }

    /// From then on the origin has these faults, and no others.
    pub(crate) fn faults(&mut self, from: Instant, faults: Vec<(&'static str, OriginFault)>) {
        self.at(from, 0, What::Faults(faults));
    }

    /// A SourceBuffer of this viewer takes so many bytes.
    pub(crate) fn quota(&mut self, node: usize, bytes: u64) {
        self.nodes[node].quota = Some(bytes);
    }

    /// This viewer's browser forgets at once what it is given there.
    pub(crate) fn forgets(&mut self, node: usize, at: MediaTime) {
        self.nodes[node].forgets = Some(at);
    }

    /// The viewer presses play, at the end of what there was.
    pub(crate) fn replay(&mut self, node: usize, at: Instant) {
        self.at(at, node, What::Replay);
    }

    /// This viewer's page learns then which swarms the instance lists.
    pub(crate) fn publish(&mut self, node: usize, at: Instant, info_hashes: Vec<[u8; 20]>) {
        let player = PLAYER;
        self.at(at, node, What::Fact(Box::new(Input::SwarmsPublished { player, info_hashes })));
    }

    /// The viewer's page is hidden from then on.
    pub(crate) fn hide(&mut self, node: usize, from: Instant) {
        self.at(from, node, What::Fact(Box::new(Input::VisibilityChanged { hidden: true })));
    }

    /// The viewer pauses from then to then.
    pub(crate) fn pause(&mut self, node: usize, from: Instant, to: Instant) {
        self.at(from, node, What::Pause(true));
        self.at(to, node, What::Pause(false));
    }

    /// Runs until `end`, or until nothing more can happen.
    pub(crate) fn run(&mut self, end: Instant) -> Vec<Outcome> {
        let mut steps = 0u64;
        while let Some(next) = self.queue.pop() {
            if next.at > end {
                break;
            }
            steps += 1;
            assert!(steps < 40_000_000, "the world never goes quiet");
            self.now = self.now.max(next.at);
            if next.node == STRANGER {
                self.stranger_hears(next.what);
                continue;
            }
            if let Some(until) = self.nodes[next.node].asleep_until {
                if next.at < until {
                    self.seq += 1;
                    self.queue.push(Happening { at: until, seq: self.seq, ..next });
                    continue;
                }
                self.nodes[next.node].asleep_until = None;
                self.nodes[next.node].element.advance_to(self.now);
            }
            if !self.nodes[next.node].left {
                self.happen(next.node, next.what);
            }
        }
        self.nodes
            .iter()
            .map(|n| Outcome {
                stats: n.stats.clone(),
                variants: n.variants.clone(),
                stalls: n.element.stalls,
                ended: n.element.ended,
                at: n.element.at,
                failed: n.failed.clone(),
                warned: n.warned.clone(),
                altered_appends: n.altered_appends,
                slowest_seek: n.slowest_seek,
                latencies: n.latencies.clone(),
                captions: n.captions.clone(),
                shelved: n.blobs.len(),
                refused: n.refused,
                fullest: n.fullest,
            })
            .collect()
    }

    fn at(&mut self, at: Instant, node: usize, what: What<P>) {
        self.seq += 1;
        self.queue.push(Happening { at: at.max(self.now), seq: self.seq, node, what });
    }

    fn fact(&mut self, after: Millis, node: usize, input: Input<P>) {
        self.at(self.now + after, node, What::Fact(Box::new(input)));
    }

    fn happen(&mut self, node: usize, what: What<P>) {
        match what {
            What::Join => self.join(node),
            What::Leave => {
                self.nodes[node].left = true;
                let mine: Vec<_> =
                    self.pairs.iter().filter(|((n, _), _)| *n == node).map(|(_, &o)| o).collect();
                for (other, connection) in mine {
                    self.fact(Millis(1_500), other, Input::ConnectionClosed { connection });
                }
                self.swarms.values_mut().for_each(|members| members.retain(|(n, _)| *n != node));
            }
            What::Frame => self.frame(node),
            What::Cut(cut, told) => {
                let n = &mut self.nodes[node];
                n.cut_off = cut;
                let under_way = if cut && told { std::mem::take(&mut n.requests) } else { BTreeSet::new() };
                if cut {
                    // Without a word from the device nobody hears of the end of a connection.
                    n.coming.clear();
                    n.requests.clear();
                }
                for request in under_way {
                    self.handle(node, Input::RequestFailed { request, fault: NetworkFault::Broken });
                }
                if told {
                    self.handle(node, Input::ConnectivityChanged { online: !cut });
                }
            }
            What::Sleep(until) => {
                let n = &mut self.nodes[node];
                n.asleep_until = Some(until);
                n.requests.clear();
                n.coming.clear();
            }
            What::Faults(faults) => self.origin.faults = faults,
            What::Replay => {
                // As an element's does: what has ended begins again.
                let start = self.nodes[node].element.start();
                let now = self.now;
                self.nodes[node].element.seek(start, now);
                let state = self.nodes[node].element.state();
                self.handle(node, Input::PlayheadMoved { player: PLAYER, at: start, state });
            }
            What::Pause(paused) => {
                let element = &mut self.nodes[node].element;
                element.playing = !paused;
                let (at, state) = (element.at, element.state());
                self.handle(node, Input::PlayheadMoved { player: PLAYER, at, state });
            }
            What::Arrival(input) => {
                self.nodes[node].busy = false;
                self.happen(node, What::Fact(input));
                self.serve(node);
            }
            What::Grown(request, piece, last) => {
                let from = self.now + self.nodes[node].viewer.rtt;
                let coming = &mut self.nodes[node].coming;
                let mut at = 0;
                while at < piece.len() {
                    let chunk = piece.slice(at, at + CHUNK);
                    at += chunk.len();
                    coming.push_back((from, chunk.len(), Input::ChunkArrived { request, chunk }));
                }
                if last {
                    coming.push_back((from, 0, Input::ResponseEnded { request }));
                }
                self.serve(node);
            }
            What::Link(down) => self.nodes[node].viewer.down = down,
            What::Asked(output) => match *output {
                Output::FetchDocument { request, .. } | Output::FetchStream { request, .. }
                    if !self.nodes[node].requests.contains(&request) => {}
                output => self.execute(node, output),
            },
            What::Fact(input) => match *input {
                Input::Woke if self.nodes[node].wake.is_none_or(|at| at > self.now) => {}
                Input::ChunkArrived { request, .. }
                | Input::ResponseEnded { request }
                | Input::ResponseStarted { request, .. }
                | Input::DocumentArrived { request, .. }
                | Input::RequestFailed { request, .. }
                    if !self.nodes[node].requests.contains(&request) => {}
                input => self.handle(node, input),
            },
        }
    }

    fn join(&mut self, node: usize) {
        let viewer = self.nodes[node].viewer.clone();
        let options = PlayerOptions {
            source: viewer.source,
            trackers: vec![TRACKER.into()],
            p2p: viewer.p2p,
            ice_servers: Vec::new(),
            manners: viewer.page,
            latency_mode: viewer.latency_mode,
            swarm: self.swarm.clone(),
            naming: self.naming,
            redundancies: self.redundancies.clone(),
            integrity: viewer.integrity,
            max_upload: Some(viewer.up),
            start: None,
            start_bitrate: None,
            viewport: viewer.viewport,
            preload: Preload::Auto,
            catch_up: true,
        };
        self.handle(node, Input::PlayerOpened { player: PLAYER, options });
        self.handle(node, Input::SourceOpened { player: PLAYER });
        self.handle(node, Input::MeteredChanged { metered: viewer.metered });
        let element = &mut self.nodes[node].element;
        element.playing = true;
        element.advance(self.now);
        self.at(self.now + FRAME, node, What::Frame);
    }

    fn frame(&mut self, node: usize) {
        let now = self.now;
        let n = &mut self.nodes[node];
        let before = n.element.state();
        let first = n.element.advance(now);
        if std::mem::take(&mut n.element.undecoded) {
            let message = "the decoder failed".to_owned();
            self.handle(node, Input::DecodeFailed { player: PLAYER, message });
        }
        let n = &mut self.nodes[node];
        if !n.element.seeking
            && let Some(began) = n.element.seek_began.take()
        {
            n.slowest_seek = n.slowest_seek.max(now.since(began));
        }
        let (at, state) = (n.element.at, n.element.state());
        n.captions.shown(at, n.element.seeking);
        if n.element.first_frame {
            n.latencies.push(edge_secs(now) - (at - n.offset).secs());
        }
        let settled = !n.element.seeking && n.element.first_frame;
        let seek = if settled { n.seeks.pop() } else { None };
        if first {
            self.handle(node, Input::FirstFrameShown { player: PLAYER });
        }
        if let Some(to) = seek {
            self.nodes[node].element.seek(to, now);
            let state = self.nodes[node].element.state();
            self.handle(node, Input::PlayheadMoved { player: PLAYER, at: to, state });
        } else if state != before || now.as_millis() % 250 < FRAME.0 {
            self.handle(node, Input::PlayheadMoved { player: PLAYER, at, state });
        }
        self.at(now + FRAME, node, What::Frame);
    }

    fn handle(&mut self, node: usize, input: Input<P>) {
        self.note(node, || format!("< {}", brief(&format!("{input:?}"))));
        let now = self.now;
        self.nodes[node].engine.handle(input, now);
        while let Some(output) = self.nodes[node].engine.poll() {
            self.note(node, || format!("> {}", brief(&format!("{output:?}"))));
            self.execute(node, output);
        }
        let wake = self.nodes[node].engine.next_wakeup().map(|(at, _)| at.max(now + Millis(1)));
        if wake != self.nodes[node].wake {
            self.nodes[node].wake = wake;
            if let Some(at) = wake {
                self.at(at, node, What::Fact(Box::new(Input::Woke)));
            }
        }
    }

    fn note(&mut self, node: usize, line: impl FnOnce() -> String) {
        if self.keep_log {
            self.log.push(format!("{} #{node} {}", self.now.as_millis(), line()));
        }
    }

    fn execute(&mut self, node: usize, output: Output<P>) {
        let rtt = self.nodes[node].viewer.rtt;
        if let Output::FetchDocument { request, url, .. } | Output::FetchStream { request, url, .. } = &output
        {
            let silent = |(part, fault): &(&str, OriginFault)| {
                url.contains(part) && matches!(fault, OriginFault::Unreachable)
            };
            if self.nodes[node].cut_off || self.origin.faults.iter().any(silent) {
                let request = *request;
                *self.origin.requests.entry(url.clone()).or_default() += 1;
                self.nodes[node].requests.insert(request);
                return self.fact(
                    Millis(30),
                    node,
                    Input::RequestFailed { request, fault: NetworkFault::Unreachable },
                );
            }
            let answered = self.origin.answered_at(url, self.now);
            if answered > self.now {
                self.nodes[node].requests.insert(*request);
                return self.at(answered, node, What::Asked(Box::new(output)));
            }
        }
        match output {
            Output::FetchDocument { request, url, .. } => {
                self.nodes[node].requests.insert(request);
                let (status, body) = match self.origin.answer(&url, None, self.now) {
                    Answer::Text(status, body) => (status, body),
                    Answer::Media { status, .. } => (status, Vec::new()),
                };
                self.fact(rtt, node, Input::DocumentArrived { request, status, url, body });
            }
            Output::FetchStream { request, url, range } => self.stream(node, request, &url, range),
            Output::FetchHead { request, url } => {
                self.nodes[node].requests.insert(request);
                self.origin.heads += 1;
                let digest = self.origin.repr_digest(&url, self.now);
                self.fact(rtt, node, Input::DigestTold { request, digest });
            }
            Output::Abort { request } => {
                self.nodes[node].requests.remove(&request);
            }
            Output::Shelve { blob, parts } => {
                self.nodes[node].blobs.insert(blob, P::joined(&parts));
            }
            Output::Unshelve { blob } => {
                self.nodes[node].blobs.remove(&blob);
            }
            Output::FetchBench => {}
            Output::FetchSwarm => self.fact(Millis(0), node, Input::SwarmReady),
            Output::Make(task) => {
                if let Some(made) = make(&mut self.nodes[node], &task) {
                    self.fact(Millis(1), node, made);
                }
            }
            Output::ClearBenches { player } => self.nodes[node].benches.clear(player),
            Output::OpenTracker { tracker, .. } => {
                let input = if self.tracker_down {
                    Input::TrackerClosed { tracker }
                } else {
                    Input::TrackerOpened { tracker }
                };
                self.fact(rtt, node, input);
            }
            Output::TellTracker { tracker, text } => self.tracker_hears(node, tracker, &text),
            Output::CloseTracker { .. } => {}
            Output::CreateOffer { connection, .. } => {
                let sdp = format!("offer {node} {}", connection.0);
                self.fact(Millis(30), node, Input::OfferReady { connection, sdp });
            }
            Output::CreateAnswer { connection, offer, .. } => {
                let sdp = format!("answer {node} {} to {offer}", connection.0);
                self.fact(Millis(30), node, Input::AnswerReady { connection, sdp });
            }
            Output::AcceptAnswer { connection, sdp } => {
                let mut words = sdp.split(' ').skip(1);
                let mut number = || words.next().and_then(|w| w.parse::<u32>().ok()).expect("our own sdp");
                let other = (number() as usize, ConnectionId(number()));
                self.pairs.insert((node, connection), other);
                self.pairs.insert(other, (node, connection));
                self.fact(rtt, node, Input::ChannelOpened { connection });
                self.fact(rtt, other.0, Input::ChannelOpened { connection: other.1 });
            }
            Output::CloseConnection { connection } => {
                if let Some(other) = self.pairs.remove(&(node, connection)) {
                    self.pairs.remove(&other);
                    self.fact(rtt, other.0, Input::ConnectionClosed { connection: other.1 });
                }
            }
            Output::Send { connection, message } => self.send(node, connection, message.into(), None),
            Output::SendBlob { connection, blob, range } => {
                let content = self.nodes[node].blobs[&blob].slice(range.start as usize, range.end as usize);
                let content = match self.nodes[node].viewer.manners {
                    Manners::Liar => content.altered(),
                    Manners::Honest | Manners::Mute | Manners::Promiser => content,
                };
                self.send(node, connection, content, Some(connection));
            }
            Output::AddTrack { track, .. } => {
                let troubles = &mut self.nodes[node].element.troubles;
                let refused = |t: &Trouble| matches!(t, Trouble::RefusedOnce(which) if *which == track);
                if let Some(at) = troubles.iter().position(refused) {
                    troubles.remove(at);
                    return self.fact(Millis(0), node, Input::TrackRefused { player: PLAYER, track });
                }
                self.nodes[node].element.buffers.entry(track).or_default();
            }
            Output::ChangeType { .. } | Output::SetSeekable { .. } => {}
            Output::SetDuration { duration, .. } => self.nodes[node].element.duration = duration,
            Output::Renew { .. } => {
                self.nodes[node].element.renew();
                self.fact(Millis(20), node, Input::SourceOpened { player: PLAYER });
            }
            Output::Append { track, blob, timestamp_offset, .. } => {
                let content = self.nodes[node].blobs[&blob].clone();
                let n = &mut self.nodes[node];
                let span = self.origin.span_of(&content).map(|span| shifted(span, timestamp_offset));
                if n.element.hangs(span) {
                    return;
                }
                if span.is_some_and(|span| !n.element.takes(span)) {
                    let outcome = BufferOutcome::Failed("it is damaged".to_owned());
                    let buffered = Vec::new();
                    let changed = Input::BufferChanged { player: PLAYER, track, buffered, outcome };
                    self.fact(Millis(5), node, changed);
                    let message = "the append failed".to_owned();
                    return self.fact(Millis(6), node, Input::DecodeFailed { player: PLAYER, message });
                }
                let n = &mut self.nodes[node];
                n.offset = timestamp_offset;
                n.element.ended_stream = false;
                let size = content.len() as u64;
                let held = n.held(track);
                if n.quota.is_some_and(|quota| held + size > quota) {
                    n.refused += 1;
                    let buffered = n.element.buffers[&track].clone();
                    let outcome = BufferOutcome::QuotaExceeded;
                    let fact = Input::BufferChanged { player: PLAYER, track, buffered, outcome };
                    return self.fact(Millis(1), node, fact);
                }
                if let Some(span) = self.origin.span_of(&content) {
                    n.appended.push((track, shifted(span, timestamp_offset), size));
                }
                let buffered = match self.origin.span_of(&content) {
                    Some(span) => n.element.append(track, shifted(span, timestamp_offset)),
                    None if content.len() < 2_000 => n.element.buffers[&track].clone(),
                    None => {
                        n.altered_appends += 1;
                        n.element.buffers[&track].clone()
                    }
                };
                let buffered = match self.nodes[node].forgets {
                    Some(at) if buffered.iter().any(|s| s.contains(at)) => {
                        let segment = self.origin.span_of(&content).filter(|s| s.contains(at));
                        let n = &mut self.nodes[node];
                        segment.map_or(buffered, |gone| n.element.remove(track, gone))
                    }
                    _ => buffered,
                };
                let seconds: f64 = buffered.iter().map(|s| s.len().secs()).sum();
                let n = &mut self.nodes[node];
                n.fullest = n.fullest.max(seconds);
                let outcome = BufferOutcome::Done;
                self.fact(Millis(5), node, Input::BufferChanged { player: PLAYER, track, buffered, outcome });
            }
            Output::Remove { track, span, .. } => {
                // As a browser's does: MSE §SourceBuffer.remove.
                self.nodes[node].element.ended_stream = false;
                let buffered = self.nodes[node].element.remove(track, span);
                let outcome = BufferOutcome::Done;
                self.fact(Millis(2), node, Input::BufferChanged { player: PLAYER, track, buffered, outcome });
            }
            Output::SetRate { rate, .. } => self.nodes[node].element.haste = rate - 1.0,
            Output::EndStream { .. } => self.nodes[node].element.ended_stream = true,
            Output::Seek { to, .. } => {
                let now = self.now;
                self.nodes[node].element.seek(to, now);
                let state = self.nodes[node].element.state();
                self.fact(Millis(1), node, Input::PlayheadMoved { player: PLAYER, at: to, state });
            }
            Output::Notify { event, .. } => match event {
                Event::Stats(stats) => self.nodes[node].stats = stats,
                Event::VariantChanged { index, .. } => self.nodes[node].variants.push(index),
                Event::Failed(fault) => self.nodes[node].failed = Some(fault),
                Event::Warned(fault) => {
                    self.nodes[node].warned.push(fault.name);
                    self.nodes[node].captions.warned.push(fault);
                }
                Event::Cues { cues, .. } => self.nodes[node].captions.add(cues),
                Event::CuesKept { span, .. } => self.nodes[node].captions.keep(span),
                _ => {}
            },
        }
    }

    fn stream(
        &mut self,
        node: usize,
        request: RequestId,
        url: &str,
        range: Option<sprat::engine::id::ByteRange>,
    ) {
        self.nodes[node].requests.insert(request);
        *self.fetched.entry((url.to_owned(), range.map_or(0, |r| r.start))).or_default() += 1;
        let rtt = self.nodes[node].viewer.rtt;
        if let Some(pieces) = self.origin.growing(url, range) {
            self.fact(rtt, node, Input::ResponseStarted { request, status: 206, length: None });
            let count = pieces.len();
            for (i, (at, piece)) in pieces.into_iter().enumerate() {
                self.at(at, node, What::Grown(request, piece, i + 1 == count));
            }
            return;
        }
        match self.origin.answer(url, range, self.now) {
            Answer::Text(status, body) => {
                self.fact(
                    rtt,
                    node,
                    Input::ResponseStarted { request, status, length: Some(body.len() as u64) },
                );
                if status == 200 {
                    self.fact(rtt, node, Input::ChunkArrived { request, chunk: body.into() });
                    self.fact(rtt, node, Input::ResponseEnded { request });
                }
            }
            Answer::Media { status, length, body, broken } => {
                let digest = self.origin.repr_digest(url, self.now);
                if digest.is_some() {
                    self.fact(rtt, node, Input::DigestTold { request, digest });
                }
                self.fact(rtt, node, Input::ResponseStarted { request, status, length: Some(length) });
                let fault = self.origin.faults.iter().find(|(part, _)| url.contains(part)).map(|(_, f)| f);
                let body = if matches!(fault, Some(OriginFault::Altered)) { body.altered() } else { body };
                if let Some(&OriginFault::Trickle(rate)) = fault {
                    for (second, at) in (0..body.len()).step_by(rate as usize).enumerate() {
                        let chunk = body.slice(at, at + rate as usize);
                        self.fact(
                            rtt + Millis(second as u64 * 1_000),
                            node,
                            Input::ChunkArrived { request, chunk },
                        );
                    }
                    return;
                }
                let coming = &mut self.nodes[node].coming;
                let mut at = 0;
                while at < body.len() {
                    let chunk = body.slice(at, at + CHUNK);
                    at += chunk.len();
                    let bytes = chunk.len();
                    coming.push_back((self.now + rtt, bytes, Input::ChunkArrived { request, chunk }));
                }
                let last = match broken {
                    true => Input::RequestFailed { request, fault: NetworkFault::Broken },
                    false => Input::ResponseEnded { request },
                };
                coming.push_back((self.now + rtt, 0, last));
                self.serve(node);
            }
        }
    }

    /// Puts the origin's next bytes on the link, unless others are on it. Responses take turns; what was aborted is
    /// not sent.
    fn serve(&mut self, node: usize) {
        let n = &mut self.nodes[node];
        if n.busy {
            return;
        }
        n.coming.retain(|(.., input)| request_of(input).is_some_and(|r| n.requests.contains(&r)));
        let another = n.coming.iter().position(|(.., input)| request_of(input) != n.served);
        if let Some((from, bytes, input)) = n.coming.remove(another.unwrap_or(0)) {
            n.busy = true;
            n.served = request_of(&input);
            let at = self.receive(node, bytes, from.max(self.now));
            self.at(at, node, What::Arrival(Box::new(input)));
        }
    }

    fn receive(&mut self, node: usize, bytes: usize, from: Instant) -> Instant {
        let n = &mut self.nodes[node];
        n.down_free = n.down_free.max(from) + n.viewer.down.time_for(bytes as u64);
        n.down_free
    }

    fn send(&mut self, node: usize, connection: ConnectionId, message: P, drains: Option<ConnectionId>) {
        let Some(&(other, theirs)) = self.pairs.get(&(node, connection)) else {
            return;
        };
        let now = self.now;
        let n = &mut self.nodes[node];
        let message = match n.viewer.manners {
            Manners::Promiser => promise(message),
            Manners::Honest | Manners::Liar | Manners::Mute => message,
        };
        let mute = n.viewer.manners == Manners::Mute && drains.is_some();
        n.up_free = n.up_free.max(now) + n.viewer.up.time_for(message.len() as u64);
        let (sent, rtt) = (n.up_free, n.viewer.rtt);
        if let Some(connection) = drains {
            self.at(sent, node, What::Fact(Box::new(Input::ChannelDrained { connection })));
        }
        if !mute {
            let half = sent + Millis(rtt.0 / 2);
            // A slow uplink fills the other's downlink bit by bit: meanwhile others get through.
            let arrives =
                if other == STRANGER { half } else { self.receive(other, message.len(), now).max(half) };
            let fact = Input::PeerSaid { connection: theirs, message };
            self.at(arrives, other, What::Fact(Box::new(fact)));
        }
    }

    /// What the peer that is no engine makes of a fact.
    fn stranger_hears(&mut self, what: What<P>) {
        let (What::Fact(input), Some(stranger)) = (what, self.stranger.as_mut()) else { return };
        let (mine, said) = match *input {
            Input::ChannelOpened { connection } => (connection, stranger.opens(connection)),
            Input::PeerSaid { connection, message } => {
                (connection, stranger.hears(connection, message.to_vec().expect("bytes")))
            }
            _ => return,
        };
        if let Some(&(node, connection)) = self.pairs.get(&(STRANGER, mine)) {
            for message in said {
                self.fact(Millis(20), node, Input::PeerSaid { connection, message: message.into() });
            }
        }
    }

    fn tracker_hears(&mut self, node: usize, tracker: TrackerId, text: &str) {
        let message: serde_json::Value = serde_json::from_str(text).expect("the engine speaks JSON");
        let info_hash = message["info_hash"].as_str().expect("every message has one").to_owned();
        let members = self.swarms.entry(info_hash.clone()).or_default();
        if message["event"] == "stopped" {
            members.retain(|(n, _)| *n != node);
            return;
        }
        if !members.iter().any(|(n, _)| *n == node) {
            members.push((node, tracker));
        }
        let population = members.len();
        if let Some(answer) = message.get("answer") {
            let sdp = answer["sdp"].as_str().expect("an answer has one");
            let mut to = sdp.split(" to offer ").nth(1).expect("our own sdp").split(' ');
            let to: usize = to.next().and_then(|w| w.parse().ok()).expect("our own sdp");
            let relayed = serde_json::json!({ "action": "announce", "info_hash": info_hash, "peer_id": message["peer_id"],
                "offer_id": message["offer_id"], "answer": answer });
            return self.tracker_says(to, &info_hash, &relayed);
        }
        let mut others: Vec<usize> = members.iter().map(|&(n, _)| n).filter(|&n| n != node).collect();
        let reply = serde_json::json!({ "action": "announce", "info_hash": info_hash, "interval": 120,
            "complete": 0, "incomplete": population });
        self.tracker_says(node, &info_hash, &reply);
        if let Some(answer) = self.stranger.as_mut().and_then(|s| s.answers(&message)) {
            self.tracker_says(node, &info_hash, &answer);
        }
        for offer in message["offers"].as_array().into_iter().flatten() {
            if others.is_empty() {
                break;
            }
            self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = others.swap_remove((self.seed >> 33) as usize % others.len());
            let relayed = serde_json::json!({ "action": "announce", "info_hash": info_hash, "peer_id": message["peer_id"],
                "offer_id": offer["offer_id"], "offer": offer["offer"] });
            self.tracker_says(other, &info_hash, &relayed);
        }
    }

    fn tracker_says(&mut self, node: usize, info_hash: &str, message: &serde_json::Value) {
        let Some(&(_, tracker)) = self.swarms[info_hash].iter().find(|(n, _)| *n == node) else {
            return;
        };
        let rtt = self.nodes[node].viewer.rtt;
        self.fact(rtt, node, Input::TrackerSaid { tracker, text: message.to_string() });
    }
}

/// The same message of somebody who says of all it has that it is fetching it.
fn promise<P: Content>(message: P) -> P {
    let read = message.to_vec().and_then(|bytes| Message::decode(&bytes).ok().flatten());
    let Some(Message::Have { room, changes }) = read else { return message };
    let changes = changes.into_iter().map(|(segment, _)| (segment, Has::Loading)).collect();
    Message::Have { room, changes }.encode().into()
}

fn request_of<P>(input: &Input<P>) -> Option<RequestId> {
    match input {
        Input::ChunkArrived { request, .. }
        | Input::ResponseEnded { request }
        | Input::RequestFailed { request, .. } => Some(*request),
        _ => None,
    }
}

fn shifted(span: sprat::engine::time::Span, by: MediaTime) -> sprat::engine::time::Span {
    sprat::engine::time::Span::new(span.start + by, span.end + by)
}

/// A log line short enough to keep, long enough to tell runs apart.
fn brief(line: &str) -> String {
    line.chars().take(160).collect()
}

/// Has a task done; what was made is on the shelf before the engine hears of it. What shows no bytes passes as it is.
fn make<P: Content>(node: &mut Node<P>, task: &Task) -> Option<Input<P>> {
    let source = node.blobs.get(&task.bytes)?.clone();
    let init = match task.work {
        Work::Segment { init: Some(blob), .. } => node.blobs.get(&blob).and_then(P::to_vec),
        _ => None,
    };
    let outcome = match source.to_vec() {
        None => Ok((Made::default(), source)),
        Some(bytes) => node.benches.make(task, bytes, init).map(|(made, bytes)| (made, bytes.into())),
    };
    let outcome = outcome.map(|(made, bytes)| {
        node.blobs.insert(task.into, bytes);
        made
    });
    Some(Input::Made { blob: task.into, outcome })
}
