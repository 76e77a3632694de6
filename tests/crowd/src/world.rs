//! The world on a virtual clock of microseconds: viewers with engines, elements and links; an origin; a tracker.
//! Carries out the engines' orders and answers with facts, as the browser's driver does.

mod calendar;
mod grain;
mod returning;

use crate::element::Element;
use crate::network::{Item, Network, per_micro};
use crate::origin::{BASE, Origin};
use crate::payload::Content;
use crate::scenario::{Scenario, Step, Viewer};
use crate::tally::Tally;
use crate::tracker::Tracker;
use calendar::Calendar;
use grain::Grain;
use sprat::engine::Engine;
use sprat::engine::config::{Bitrate, Config, Integrity, Naming, P2p, PlayerOptions, Preload};
use sprat::engine::contract::{BufferOutcome, Event, Input, Output};
use sprat::engine::id::{BlobId, ByteRange, ConnectionId, PlayerId, RequestId, TrackerId};
use sprat::engine::payload::Payload as _;
use sprat::engine::task::Made;
use sprat::engine::time::{Instant, MediaTime, Span};
use std::collections::BTreeMap;

const PLAYER: PlayerId = PlayerId(1);
/// An engine hears of every third frame: `timeupdate` comes four times a second.
const TOLD: u64 = 3;
/// `bufferedAmountLowThreshold` of the driver.
const LOW_WATER: u64 = 64 << 10;
/// Until a browser notices that another one is gone without a word: ICE consent (RFC 7675) takes longer, but
/// `disconnected` comes after five seconds.
const UNNOTICED: u64 = 5_000_000;
/// Gathering candidates, on the local network and by STUN.
const GATHERING: u64 = 100_000;
/// The time that counts as a stall, in µs.
const STALL: u64 = 250_000;

struct Node {
    engine: Option<Box<Engine<Content>>>,
    viewer: Viewer,
    element: Element,
    blobs: BTreeMap<BlobId, Content>,
    /// Requests under way, and the flow that brings the answer, once there is one.
    requests: BTreeMap<RequestId, Option<(usize, u64)>>,
    links: BTreeMap<ConnectionId, Link>,
    socket: Option<TrackerId>,
    wake: Option<u64>,
    dry_since: Option<u64>,
    counted: bool,
    /// From the media's clock to the engine's: a payload without bytes does not tell it what time it is, so the
    /// element does as if it had.
    shift: Option<MediaTime>,
    /// The first segment of the playlist that was asked for last.
    listed: u64,
    /// It was left for its lies, and is about to be back.
    returning: bool,
    /// When its engine last looked at what follows from facts, whether it has taken some since, and whether it will look.
    looked: u64,
    follows: bool,
    will_look: bool,
}

struct Link {
    peer: usize,
    theirs: ConnectionId,
    flow: usize,
    delay: u64,
    /// When the last message that was sent past the flow arrives: the next one comes after it.
    arrived: u64,
    /// `ChannelDrained` still owed to the engine.
    owed: u32,
    /// Whether altered bytes went over it.
    lied: bool,
}

enum What {
    Join,
    Fate(Fate),
    Frame,
    Wake,
    Look,
    Fact(Box<Input<Content>>),
    /// The origin begins to answer.
    Answered(RequestId, String, Option<ByteRange>),
    /// The first of a flow is through.
    Through(usize, u32),
    Step(Step),
    Sample,
}

/// What becomes of a viewer.
enum Fate {
    Leaves,
    /// Under a name that nobody has left yet.
    ComesBack,
}

/// For whom, on which of the viewer's pages.
struct Happening {
    node: usize,
    page: u32,
    what: What,
}

/// What flows.
enum Cargo {
    Message { connection: ConnectionId, message: Content, mine: ConnectionId, blob: bool },
    Chunk { request: RequestId, chunk: Content, file: u64 },
    End { request: RequestId },
}

pub(crate) struct World {
    pub(crate) origin: Origin,
    pub(crate) tracker: Tracker,
    pub(crate) tally: Tally,
    nodes: Vec<Node>,
    network: Network<Cargo>,
    queue: Calendar<Happening>,
    now: u64,
    p2p: bool,
    origin_delay: u64,
    /// What the page lets viewers give.
    cap: Option<Bitrate>,
    liars_return: bool,
    grain: Grain,
}

/// Who made the offer that is answered here.
pub(crate) fn offerer(sdp: &str) -> Option<usize> {
    sdp.split(" to offer ").nth(1)?.split(' ').next()?.parse().ok()
}

impl World {
    pub(crate) fn new(scenario: &Scenario, seed: u64, p2p: bool) -> Self {
        let mut world = Self {
            origin: Origin::new(scenario.stream.clone()),
            tracker: Tracker::new(scenario.tracker, seed ^ 0x7ac),
            tally: Tally::new(scenario.audience.viewers),
            nodes: Vec::new(),
            network: Network::new(),
            queue: Calendar::new(),
            now: 0,
            p2p,
            origin_delay: scenario.origin.delay_ms * 1000,
            cap: scenario.audience.cap_mbit.map(|m| Bitrate(m * 1e6)),
            liars_return: scenario.audience.liars_return,
            grain: if scenario.coarse { Grain::COARSE } else { Grain::EXACT },
        };
        world.limit(scenario.origin.mbit);
        let end = scenario.minutes * 60e6;
        for step in &scenario.step {
            world.at((step.at * end) as u64, 0, What::Step(*step));
        }
        world.at(0, 0, What::Sample);
        for viewer in scenario.trace(seed) {
            world.add(viewer);
        }
        world
    }

    fn limit(&mut self, mbit: f64) {
        self.network.origin_rate = if mbit > 0.0 { per_micro(mbit) } else { f64::INFINITY };
    }

    fn add(&mut self, viewer: Viewer) {
        let node = self.nodes.len();
        self.network.plug_in(viewer.link.down_mbit, viewer.link.up_mbit);
        self.at(viewer.joins, node, What::Join);
        self.at(viewer.leaves, node, What::Fate(Fate::Leaves));
        self.nodes.push(Node {
            engine: None,
            viewer,
            element: Element::default(),
            blobs: BTreeMap::new(),
            requests: BTreeMap::new(),
            links: BTreeMap::new(),
            socket: None,
            wake: None,
            dry_since: None,
            counted: false,
            shift: None,
            listed: 0,
            returning: false,
            looked: 0,
            follows: false,
            will_look: false,
        });
    }

    /// Runs to the end, in µs.
    pub(crate) fn run(&mut self, end: u64) {
        while let Some((at, next)) = self.queue.pop() {
            if at > end {
                break;
            }
            self.now = at;
            self.tally.events += 1;
            self.happen(next.node, next.page, next.what);
            while let Some((at, flow, version)) = self.network.due.pop() {
                self.at(at, 0, What::Through(flow, version));
            }
        }
        self.now = end;
        for node in 0..self.nodes.len() {
            self.close_books(node);
        }
    }

    fn at(&mut self, at: u64, node: usize, what: What) {
        let page = self.tally.viewers[node].names;
        self.queue.push(at.max(self.now), Happening { node, page, what });
    }

    fn fact(&mut self, after: u64, node: usize, input: Input<Content>) {
        self.at(self.now + after, node, What::Fact(Box::new(input)));
    }

    fn happen(&mut self, node: usize, page: u32, what: What) {
        match what {
            What::Through(flow, version) => {
                if let Some(item) = self.network.pop(flow, version, self.now) {
                    self.through(flow, item);
                }
            }
            What::Step(step) => self.step(step),
            What::Sample => {
                let online = self.nodes.iter().filter(|n| n.engine.is_some());
                let (viewers, dry) =
                    online.fold((0, 0), |(v, d), n| (v + 1, d + u32::from(n.dry_since.is_some())));
                self.tally.sample(viewers, dry);
                self.at(self.now + crate::tally::SAMPLE, 0, What::Sample);
            }
            What::Join => self.join(node),
            _ if self.nodes[node].engine.is_none() => {}
            What::Fate(Fate::Leaves) => self.leave(node),
            What::Fate(Fate::ComesBack) => self.come_back(node),
            What::Frame => self.frame(node),
            _ if self.tally.viewers[node].names != page => {}
            What::Wake => {
                if self.nodes[node].wake.is_some_and(|at| at <= self.now) {
                    self.nodes[node].wake = None;
                    self.handle(node, Input::Woke);
                }
            }
            What::Look => self.look(node),
            What::Answered(request, url, range) => self.answer(node, request, &url, range),
            What::Fact(input) => match &*input {
                Input::ResponseStarted { request, .. }
                | Input::ChunkArrived { request, .. }
                | Input::DocumentArrived { request, .. }
                | Input::RequestFailed { request, .. }
                    if !self.nodes[node].requests.contains_key(request) => {}
                Input::ResponseEnded { request } => {
                    if self.nodes[node].requests.remove(request).is_some() {
                        self.handle(node, *input);
                    }
                }
                _ => self.handle(node, *input),
            },
        }
    }

    fn step(&mut self, step: Step) {
        if let Some(mbit) = step.origin_mbit {
            self.limit(mbit);
        }
        if let Some(up) = step.tracker_up {
            self.tracker.up = up;
            if !up {
                self.tracker.forget_all();
                for node in 0..self.nodes.len() {
                    if let Some(tracker) = self.nodes[node].socket.take() {
                        self.fact(0, node, Input::TrackerClosed { tracker });
                    }
                }
            }
        }
    }

    fn join(&mut self, node: usize) {
        self.tally.viewers[node].joined = Some(self.now);
        self.open_page(node);
        self.at(self.now + self.grain.frame, node, What::Frame);
    }

    fn open_page(&mut self, node: usize) {
        let resolve = |base: &str, reference: &str| {
            let folder = base.rsplit_once('/')?.0;
            Some(if reference.contains("://") { reference.into() } else { format!("{folder}/{reference}") })
        };
        let config = Config::new(self.nodes[node].viewer.seed, resolve, |_| true);
        self.nodes[node].engine = Some(Box::new(Engine::new(config)));
        let options = PlayerOptions {
            source: format!("{BASE}master.m3u8"),
            trackers: vec!["wss://tracker.test/".into()],
            p2p: if self.p2p { P2p::On } else { P2p::Off },
            ice_servers: Vec::new(),
            manners: Default::default(),
            latency_mode: Default::default(),
            swarm: None,
            naming: Naming::V2Position,
            redundancies: Vec::new(),
            integrity: Integrity::List(format!("{BASE}digests.json")),
            max_upload: self.cap,
            start: None,
            start_bitrate: None,
            viewport: None,
            preload: Preload::Auto,
            catch_up: true,
        };
        let metered = self.nodes[node].viewer.link.metered;
        self.handle(node, Input::MeteredChanged { metered });
        self.handle(node, Input::PlayerOpened { player: PLAYER, options });
        self.handle(node, Input::SourceOpened { player: PLAYER });
        let now = self.clock();
        let element = &mut self.nodes[node].element;
        element.playing = true;
        element.advance_to(now);
    }

    /// Every second one says goodbye (`pagehide`), the others are just gone.
    fn leave(&mut self, node: usize) {
        let civil = self.nodes[node].viewer.seed & 1 == 0;
        if civil {
            self.handle(node, Input::PageLeft);
            self.look(node);
        }
        self.close_books(node);
        self.hang_up(node);
    }

    /// Nothing is left of the page.
    fn hang_up(&mut self, node: usize) {
        self.nodes[node].engine = None;
        self.tracker.forget(node);
        let links = std::mem::take(&mut self.nodes[node].links);
        for link in links.into_values() {
            self.network.close(link.flow, self.now);
            self.fact(UNNOTICED, link.peer, Input::ConnectionClosed { connection: link.theirs });
            if let Some(back) = self.nodes[link.peer].links.remove(&link.theirs) {
                self.network.close(back.flow, self.now);
            }
        }
        let requests = std::mem::take(&mut self.nodes[node].requests);
        requests.into_values().for_each(|r| self.abort(node, r));
        self.nodes[node].blobs.clear();
        let n = &mut self.nodes[node];
        (n.wake, n.socket, n.looked, n.follows, n.will_look) = (None, None, 0, false, false);
    }

    fn close_books(&mut self, node: usize) {
        let n = &self.nodes[node];
        let (tally, element) = (&mut self.tally.viewers[node], &n.element);
        if n.engine.is_some() {
            tally.left = Some(self.now);
            if let (Some(since), true) = (n.dry_since, n.counted) {
                tally.stalled_us += self.now - since;
            }
            tally.reached = element.at;
        }
    }

    fn clock(&self) -> Instant {
        Instant::from_millis(self.now / 1000)
    }

    fn frame(&mut self, node: usize) {
        let (now, at_us) = (self.clock(), self.now);
        let n = &mut self.nodes[node];
        let before = n.element.state();
        let first = n.element.advance(now);
        let (at, state) = (n.element.at, n.element.state());
        let tally = &mut self.tally.viewers[node];
        let dry = n.element.starving && n.element.first_frame && !n.element.seeking;
        match (dry, n.dry_since) {
            (true, None) => (n.dry_since, n.counted) = (Some(at_us), false),
            (true, Some(since)) if !n.counted && at_us - since >= STALL => {
                n.counted = true;
                tally.stalls += 1;
                self.tally.stalls_now += 1;
            }
            (false, Some(since)) => {
                if n.counted {
                    tally.stalled_us += at_us - since;
                }
                n.dry_since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
        if first {
            tally.first_frame.get_or_insert(at_us);
        }
        if tally.first_frame.is_some_and(|f| at_us > f + 30_000_000)
            && (at_us / self.grain.frame).is_multiple_of(50)
        {
            self.tally.latencies.push(self.origin.latency(at - n.shift.unwrap_or_default(), at_us) as f32);
        }
        let told = at_us / self.grain.frame % TOLD == node as u64 % TOLD;
        if first {
            self.handle(node, Input::FirstFrameShown { player: PLAYER });
        }
        if state != before || told {
            self.handle(node, Input::PlayheadMoved { player: PLAYER, at, state });
        }
        self.at(at_us + self.grain.frame, node, What::Frame);
    }

    /// An engine takes a fact. It looks at what follows at once, or when its time has come.
    fn handle(&mut self, node: usize, input: Input<Content>) {
        let now = self.clock();
        let n = &mut self.nodes[node];
        let Some(engine) = n.engine.as_mut() else { return };
        n.follows |= engine.take(input, now);
        self.tally.facts += 1;
        let due = n.looked + self.grain.pause;
        if due <= self.now {
            return self.look(node);
        }
        let is_known = std::mem::replace(&mut n.will_look, true);
        self.carry_out(node);
        if !is_known {
            self.at(due, node, What::Look);
        }
    }

    /// An engine looks at what follows from the facts that it took.
    fn look(&mut self, node: usize) {
        let n = &mut self.nodes[node];
        let Some(engine) = n.engine.as_mut() else { return };
        (n.looked, n.will_look) = (self.now, false);
        if std::mem::take(&mut n.follows) {
            engine.settle();
        }
        self.carry_out(node);
        let Some(engine) = self.nodes[node].engine.as_ref() else { return };
        let soonest = self.now + self.grain.pause.max(1_000);
        let wake = engine.next_wakeup().map(|(at, _)| (at.as_millis() * 1000).max(soonest));
        if wake != self.nodes[node].wake {
            self.nodes[node].wake = wake;
            if let Some(at) = wake {
                self.at(at, node, What::Wake);
            }
        }
    }

    fn carry_out(&mut self, node: usize) {
        let Some(mut engine) = self.nodes[node].engine.take() else { return };
        while let Some(output) = engine.poll() {
            self.execute(node, output);
        }
        self.nodes[node].engine = Some(engine);
    }

    /// To the origin and back.
    fn rtt(&self, node: usize) -> u64 {
        2 * (self.nodes[node].viewer.link.delay_ms * 1000 + self.origin_delay)
    }

    fn execute(&mut self, node: usize, output: Output<Content>) {
        match output {
            Output::FetchDocument { request, url, .. } => {
                self.nodes[node].requests.insert(request, None);
                if url.ends_with(".m3u8") {
                    self.nodes[node].listed = self.origin.first(self.now);
                }
                let found = self.origin.text(&url, self.now);
                let status = if found.is_some() { 200 } else { 404 };
                let body = found.unwrap_or_default();
                let link_us = (body.len() as f64 / per_micro(self.nodes[node].viewer.link.down_mbit)) as u64;
                let after = self.rtt(node) + link_us;
                self.fact(after, node, Input::DocumentArrived { request, status, url, body });
            }
            Output::FetchStream { request, url, range } => {
                self.nodes[node].requests.insert(request, None);
                let at = self.now + self.rtt(node);
                self.at(at, node, What::Answered(request, url, range));
            }
            Output::Abort { request } => {
                let of = self.nodes[node].requests.remove(&request);
                of.into_iter().for_each(|r| self.abort(node, r));
            }
            Output::Shelve { blob, parts } => {
                self.nodes[node].blobs.insert(blob, Content::joined(&parts));
            }
            Output::Unshelve { blob } => {
                self.nodes[node].blobs.remove(&blob);
            }
            Output::Make(task) => {
                if let Some(bytes) = self.nodes[node].blobs.get(&task.bytes).cloned() {
                    self.nodes[node].blobs.insert(task.into, bytes);
                    let outcome = Ok(Made::default());
                    self.fact(1_000, node, Input::Made { blob: task.into, outcome });
                }
            }
            Output::OpenTracker { tracker, .. } => {
                let after = self.rtt(node);
                let up = self.tracker.up;
                self.nodes[node].socket = up.then_some(tracker);
                let input =
                    if up { Input::TrackerOpened { tracker } } else { Input::TrackerClosed { tracker } };
                self.fact(after, node, input);
            }
            Output::TellTracker { tracker, text } => {
                if self.tracker.up && self.nodes[node].socket == Some(tracker) {
                    for (to, tracker, text) in self.tracker.hear(node, tracker, &text) {
                        if to == 0 && to != node {
                            self.tally.learned.insert(node);
                        }
                        let after = (self.rtt(node) + self.rtt(to)) / 2;
                        self.fact(after, to, Input::TrackerSaid { tracker, text });
                    }
                }
            }
            Output::CreateOffer { connection, .. } => {
                let (page, print) = (self.tally.viewers[node].names, self.fingerprint(node, connection));
                let sdp = format!("offer {node} {} {page}{print}", connection.0);
                self.fact(GATHERING, node, Input::OfferReady { connection, sdp });
            }
            Output::CreateAnswer { connection, offer, .. } => {
                let offer = offer.lines().next().unwrap_or_default();
                let (page, print) = (self.tally.viewers[node].names, self.fingerprint(node, connection));
                let sdp = format!("answer {node} {} {page} to {offer}{print}", connection.0);
                self.fact(GATHERING, node, Input::AnswerReady { connection, sdp });
            }
            Output::AcceptAnswer { connection, sdp } => self.connect(node, connection, &sdp),
            Output::CloseConnection { connection } => self.disconnect(node, connection),
            Output::Send { connection, message } => {
                self.tally.control_bytes += message.len() as u64;
                self.tally.control_messages += 1;
                self.send(node, connection, message.into(), None);
            }
            Output::SendBlob { connection, blob, range } => {
                let Some(content) = self.nodes[node].blobs.get(&blob) else { return };
                let content = content.slice(range.start as usize, range.end as usize);
                let content = match self.nodes[node].viewer.liar {
                    true => {
                        let link = self.nodes[node].links.get_mut(&connection);
                        link.into_iter().for_each(|l| l.lied = true);
                        content.altered()
                    }
                    false => {
                        self.tally.altered_relayed += u64::from(content.origin().is_none());
                        content
                    }
                };
                self.send(node, connection, content, Some(connection));
            }
            Output::AddTrack { track, .. } => {
                self.nodes[node].element.buffers.entry(track).or_default();
            }
            Output::SetDuration { duration, .. } => self.nodes[node].element.duration = duration,
            Output::Renew { .. } => {
                self.nodes[node].element.renew();
                self.fact(20_000, node, Input::SourceOpened { player: PLAYER });
            }
            Output::Append { track, blob, timestamp_offset, .. } => {
                let n = &mut self.nodes[node];
                let Some(content) = n.blobs.get(&blob) else { return };
                n.element.ended_stream = false;
                let file = content.origin();
                let span = file.and_then(|f| self.origin.span(f));
                let buffered = match span {
                    Some(span) => {
                        self.tally.delivered(node, content.len() as u64);
                        let by = timestamp_offset + n.shift.unwrap_or_default();
                        let span = Span::new(span.start + by, span.end + by);
                        n.element.append(track, span)
                    }
                    None => {
                        self.tally.altered_shown += u64::from(file.is_none());
                        n.element.buffers.get(&track).cloned().unwrap_or_default()
                    }
                };
                let outcome = BufferOutcome::Done;
                self.fact(5_000, node, Input::BufferChanged { player: PLAYER, track, buffered, outcome });
            }
            Output::Remove { track, span, .. } => {
                self.nodes[node].element.ended_stream = false;
                let buffered = self.nodes[node].element.remove(track, span);
                let outcome = BufferOutcome::Done;
                self.fact(2_000, node, Input::BufferChanged { player: PLAYER, track, buffered, outcome });
            }
            Output::SetRate { rate, .. } => self.nodes[node].element.haste = rate - 1.0,
            Output::EndStream { .. } => self.nodes[node].element.ended_stream = true,
            Output::Seek { to, .. } => {
                let now = self.clock();
                self.nodes[node].element.seek(to, now);
                let state = self.nodes[node].element.state();
                self.fact(1_000, node, Input::PlayheadMoved { player: PLAYER, at: to, state });
            }
            Output::Notify { event, .. } => match event {
                Event::Failed(fault) => self.tally.failures.push(fault.name),
                Event::LiveMoved { window, .. } => {
                    let n = &mut self.nodes[node];
                    let start = self.origin.span(n.listed).map(|s| s.start).unwrap_or_default();
                    n.shift.get_or_insert(window.start - start);
                }
                Event::VariantChanged { .. } => self.tally.viewers[node].variants += 1,
                Event::Stats(stats) => {
                    let peers = &mut self.tally.viewers[node].peers;
                    *peers = (*peers).max(stats.peers);
                    self.tally.viewers[node].rejected = stats.segments_rejected;
                }
                _ => {}
            },
            Output::FetchSwarm => self.fact(0, node, Input::SwarmReady),
            Output::FetchBench
            | Output::ClearBenches { .. }
            | Output::CloseTracker { .. }
            | Output::ChangeType { .. }
            | Output::SetSeekable { .. }
            // Its origin tells no digests.
            | Output::FetchHead { .. } => {}
        }
    }

    fn answer(&mut self, node: usize, request: RequestId, url: &str, range: Option<ByteRange>) {
        if !self.nodes[node].requests.contains_key(&request) {
            return;
        }
        let Some((file, whole)) = self.origin.media(url, self.now) else {
            let started = Input::ResponseStarted { request, status: 404, length: Some(0) };
            return self.handle(node, started);
        };
        let (from, to) = range.map_or((0, whole.len()), |r| (r.start as usize, r.end.min(1 << 40) as usize));
        let body = whole.slice(from, to);
        let link = &self.nodes[node].viewer.link;
        let flow = self.network.open(None, node, self.rtt(node), link.loss);
        self.nodes[node].requests.insert(request, Some((flow, file)));
        self.tally.viewers[node].requests += 1;
        let status = if range.is_some() { 206 } else { 200 };
        self.handle(node, Input::ResponseStarted { request, status, length: Some(body.len() as u64) });
        let mut at = 0;
        while at < body.len() {
            let chunk = body.slice(at, at + self.grain.chunk);
            at += chunk.len();
            let item = Item { bytes: chunk.len() as u64, what: Cargo::Chunk { request, chunk, file } };
            self.network.push(flow, item, self.now);
        }
        self.network.push(flow, Item { bytes: 0, what: Cargo::End { request } }, self.now);
    }

    fn abort(&mut self, node: usize, request: Option<(usize, u64)>) {
        if let Some((flow, file)) = request {
            let sent = self.network.close(flow, self.now);
            self.wrote(node, file, sent);
        }
    }

    fn wrote(&mut self, node: usize, file: u64, bytes: f64) {
        if self.origin.span(file).is_some() {
            self.tally.viewers[node].from_origin += bytes;
        }
        self.origin.wrote(file, bytes);
        self.tally.origin_now += bytes;
    }

    fn through(&mut self, flow: usize, item: Item<Cargo>) {
        let (from, to) = self.network.ends(flow);
        match item.what {
            Cargo::Chunk { request, chunk, file } => {
                self.wrote(to, file, item.bytes as f64);
                self.fact(0, to, Input::ChunkArrived { request, chunk });
            }
            Cargo::End { request } => {
                self.network.close(flow, self.now);
                if let Some(of) = self.nodes[to].requests.get_mut(&request) {
                    *of = None;
                }
                self.fact(0, to, Input::ResponseEnded { request });
            }
            Cargo::Message { connection, message, mine, blob } => {
                let from = from.unwrap_or_default();
                if blob {
                    self.tally.gave(from, to, item.bytes);
                }
                self.drained(from, mine);
                let delay = self.nodes[to].links.get(&connection).map_or(0, |l| l.delay);
                self.fact(delay, to, Input::PeerSaid { connection, message });
            }
        }
    }

    fn connect(&mut self, node: usize, connection: ConnectionId, sdp: &str) {
        let mut words = sdp.split([' ', '\r']).skip(1);
        let mut number = || words.next().and_then(|w| w.parse::<u32>().ok()).expect("our own sdp");
        let (peer, theirs, page) = (number() as usize, ConnectionId(number()), number());
        let (a, b) = (&self.nodes[node].viewer, &self.nodes[peer].viewer);
        // Neither hears anything of the other: the engine gives up by itself.
        let gone = self.nodes[peer].engine.is_none() || self.tally.viewers[peer].names != page;
        if (a.hard_nat && b.hard_nat) || gone {
            self.tally.unreachable += 1;
            return;
        }
        let delay = (a.link.delay_ms + b.link.delay_ms) * 1000;
        let loss = a.link.loss + b.link.loss;
        let out = self.network.open(Some(node), peer, 2 * delay, loss);
        let back = self.network.open(Some(peer), node, 2 * delay, loss);
        let now = self.now;
        self.nodes[node]
            .links
            .insert(connection, Link { peer, theirs, flow: out, delay, arrived: now, owed: 0, lied: false });
        let link =
            Link { peer: node, theirs: connection, flow: back, delay, arrived: now, owed: 0, lied: false };
        self.nodes[peer].links.insert(theirs, link);
        self.tally.connections += 1;
        // ICE, DTLS and SCTP take some four round trips.
        self.fact(8 * delay, node, Input::ChannelOpened { connection });
        self.fact(8 * delay, peer, Input::ChannelOpened { connection: theirs });
    }

    fn disconnect(&mut self, node: usize, connection: ConnectionId) {
        if let Some(link) = self.nodes[node].links.remove(&connection) {
            self.network.close(link.flow, self.now);
            if let Some(back) = self.nodes[link.peer].links.remove(&link.theirs) {
                self.network.close(back.flow, self.now);
                self.left_by(node, link.peer, back.lied);
            }
            self.fact(link.delay, link.peer, Input::ConnectionClosed { connection: link.theirs });
        }
    }

    fn send(
        &mut self,
        node: usize,
        connection: ConnectionId,
        message: Content,
        drains: Option<ConnectionId>,
    ) {
        let now = self.now;
        let Some(link) = self.nodes[node].links.get_mut(&connection) else { return };
        let bytes = message.len() as u64;
        // A command on an idle channel changes nothing for others that would be worth an event.
        if drains.is_none() && self.network.is_idle(link.flow) {
            let arrives = (now + self.network.quick(node, bytes) + link.delay).max(link.arrived);
            link.arrived = arrives;
            let (peer, connection) = (link.peer, link.theirs);
            return self.at(arrives, peer, What::Fact(Box::new(Input::PeerSaid { connection, message })));
        }
        let flow = link.flow;
        link.owed += u32::from(drains.is_some());
        let blob = drains.is_some();
        let what = Cargo::Message { connection: link.theirs, message, mine: connection, blob };
        self.network.push(flow, Item { bytes, what }, now);
        self.drained(node, connection);
    }

    /// Says that there is room again, where that was to be said.
    fn drained(&mut self, node: usize, connection: ConnectionId) {
        let Some(link) = self.nodes[node].links.get_mut(&connection) else { return };
        if self.network.waiting(link.flow) <= LOW_WATER {
            for _ in 0..std::mem::take(&mut link.owed) {
                self.fact(0, node, Input::ChannelDrained { connection });
            }
        }
    }
}
