//! The conversation with the engine: facts are queued, orders drained into a list, the engine let go, then
//! the orders carried out. So an order that causes a fact at once only lengthens the queue.
//!
//! A turn ends after 8 ms and goes on in a macrotask; the page's events wait for the microtask after it, so
//! a listener may call back in.

use super::clock::Clock;
use super::handle::{Kind, Listener, Resource, Table, Timer, listen};
use super::http::Http;
use super::js::{self, Host};
use super::media::Media;
use super::orders::Subject;
use super::page::PageState;
use super::payload::JsBytes;
use super::peers::Peers;
use super::shelf::Shelf;
use super::source::Source;
use super::tracker::Trackers;
use crate::engine::Engine;
use crate::engine::config::PlayerOptions;
use crate::engine::contract::{Event, Input, Output};
use crate::engine::id::PlayerId;
use crate::engine::payload::Payload as _;
use crate::engine::time::Instant;
use js_sys::{Function, Promise, Set};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlVideoElement, MediaSource, MessageChannel, MessagePort};

/// The longest turn, in ms: half a frame at 60 Hz.
const TURN: f64 = 8.0;
/// The longest sleep, in ms; `setTimeout` overflows at 2³¹.
const SLEEP: u64 = 3_600_000;

/// One per wasm instance, for as long as it lives.
pub(super) struct Driver {
    /// What the host closes after a trap.
    pub(super) resources: Set,
    pub(super) http: Http,
    pub(super) trackers: Trackers,
    pub(super) peers: Peers,
    pub(super) shelf: Shelf,
    pub(super) players: Table<PlayerId, Rc<Player>>,
    pub(super) page: PageState,
    pub(super) host: Host,
    clock: Clock,
    engine: RefCell<Engine<JsBytes>>,
    inbox: RefCell<VecDeque<Input<JsBytes>>>,
    outbox: RefCell<Vec<(PlayerId, Event)>>,
    /// A turn is under way, or never will be again: a trap leaves it so.
    busy: Cell<bool>,
    /// A turn is due in a macrotask.
    posted: Cell<bool>,
    post: MessagePort,
    alarm: RefCell<Option<(Instant, Timer)>>,
    /// The page's own listeners, and the far end of `post`.
    standing: OnceCell<(Resource, Vec<Listener>)>,
}

/// What a player is made of.
pub(super) struct Opening {
    pub(super) video: HtmlVideoElement,
    pub(super) source: MediaSource,
    pub(super) options: PlayerOptions,
    pub(super) on_event: Function,
    pub(super) save_data: bool,
    pub(super) early: Option<Promise>,
}

/// A player on the page.
pub(super) struct Player {
    pub(super) media: Media,
    /// None while the page makes another.
    source: RefCell<Option<Rc<Source>>>,
    pub(super) save_data: bool,
    on_event: Function,
}

thread_local! {
    /// For the panic hook, which must be `Send`.
    static STARTED: Cell<Option<&'static Driver>> = const { Cell::new(None) };
}

impl Driver {
    /// Starts the engine of this page.
    pub(super) fn start(host: Host) -> Result<&'static Self, JsValue> {
        let window = web_sys::window().ok_or("no window")?;
        let channel = MessageChannel::new()?;
        let config = super::page::config(&window);
        // Leaked: the browser's callbacks hold it for as long as the instance lives.
        let page: &'static Self = Box::leak(Box::new(Self {
            resources: host.resources(),
            http: Http::default(),
            trackers: Trackers::default(),
            peers: Peers::default(),
            shelf: Shelf::default(),
            players: Table::default(),
            page: PageState::new(&window),
            host,
            clock: Clock::new(window.performance().ok_or("no clock")?),
            engine: RefCell::new(Engine::new(config)),
            inbox: RefCell::default(),
            outbox: RefCell::default(),
            busy: Cell::new(false),
            posted: Cell::new(false),
            post: channel.port2(),
            alarm: RefCell::default(),
            standing: OnceCell::new(),
        }));
        STARTED.set(Some(page));
        std::panic::set_hook(Box::new(|info| {
            if let Some(page) = STARTED.take() {
                page.trapped(&info.to_string());
            }
        }));
        let port = channel.port1();
        let mut listeners = listen(page, &port, &["message"], move |_, _| page.resume());
        port.start();
        listeners.append(&mut super::page::listen_to(page, &window));
        let _ = page.standing.set((Resource::new(page, Kind::Listener, &port), listeners));
        Ok(page)
    }

    /// Opens a player; one of the same name is closed.
    pub(super) fn open(&'static self, player: PlayerId, with: Opening) {
        self.close(player);
        let Opening { video, source, options, on_event, save_data, early } = with;
        if let Some(early) = early {
            self.http.expect(player, options.source.clone(), early);
        }
        let media = Media::new(self, player, video);
        let source = RefCell::new(Some(Rc::new(Source::new(self, player, source))));
        self.players.put(player, Rc::new(Player { media, source, save_data, on_event }));
        super::page::judge_metering(self);
        self.tell(Input::PlayerOpened { player, options });
        super::source::begin(self, player);
        super::media::report(self, player);
        // The element may have refused its source while the engine was still loading.
        super::media::judge(self, player);
    }

    /// The media source of a player, unless another is being made.
    pub(super) fn source(&self, player: PlayerId) -> Option<Rc<Source>> {
        self.players.get(player)?.source.borrow().clone()
    }

    /// Lets a media source go, and asks the page for another.
    pub(super) fn renew(&'static self, player: PlayerId) {
        if let Some(of) = self.players.get(player) {
            drop(of.source.take());
            spawn_local(async move {
                if let Err(error) = of.on_event.call1(&JsValue::UNDEFINED, &js::renew_event()) {
                    web_sys::console::error_1(&error);
                }
            });
        }
    }

    /// Here it is.
    pub(super) fn renewed(&'static self, player: PlayerId, source: MediaSource) {
        if let Some(of) = self.players.get(player) {
            drop(of.source.replace(Some(Rc::new(Source::new(self, player, source)))));
            super::source::begin(self, player);
        }
    }

    /// Closes a player.
    pub(super) fn close(&'static self, player: PlayerId) {
        self.http.forget(player);
        if self.players.take(player).is_some() {
            self.tell(Input::PlayerClosed { player });
            super::page::judge_metering(self);
        }
    }

    /// Takes a fact, and acts on it before it returns unless a turn is under way or due.
    pub(super) fn tell(&'static self, input: Input<JsBytes>) {
        self.inbox.borrow_mut().push_back(input);
        if !self.posted.get() {
            self.work();
        }
    }

    fn work(&'static self) {
        let trapped = STARTED.get().is_none();
        if trapped || self.busy.replace(true) {
            return;
        }
        let began = self.clock.now();
        let mut now = began;
        let mut orders = Vec::new();
        while let Some(input) = self.next_input() {
            self.ask(input, instant(now), &mut orders);
            for order in orders.drain(..) {
                super::orders::carry_out(self, order);
            }
            now = self.clock.now();
            if now - began > TURN {
                break;
            }
        }
        self.busy.set(false);
        self.rest(instant(now));
    }

    fn next_input(&self) -> Option<Input<JsBytes>> {
        let input = self.inbox.borrow_mut().pop_front();
        match &input {
            Some(Input::PeerSaid { connection, message }) => self.peers.read(*connection, message.len()),
            Some(Input::PlayheadMoved { player, state, .. }) => {
                if let Some(player) = self.players.get(*player) {
                    player.media.hears(state);
                }
            }
            _ => {}
        }
        input
    }

    fn ask(&self, input: Input<JsBytes>, now: Instant, orders: &mut Vec<Output<JsBytes>>) {
        let mut engine = self.engine.borrow_mut();
        engine.handle(input, now);
        while let Some(order) = engine.poll() {
            orders.push(order);
        }
    }

    /// Sees to the next turn. What is due already does not wait for a timer, which browsers delay by 4 ms
    /// when nested and by a second in hidden tabs. Nearly every fact puts the next wake-up off: an alarm that is set
    /// for an earlier one stays, and is set anew when it rings, for browsers take longer to set one than to ring it.
    fn rest(&'static self, now: Instant) {
        let wakeup = self.engine.borrow().next_wakeup().map(|(at, _)| at);
        if !self.inbox.borrow().is_empty() || wakeup.is_some_and(|at| at <= now) {
            if !self.posted.replace(true) {
                let _ = self.post.post_message(&JsValue::NULL);
            }
            return;
        }
        let mut alarm = self.alarm.borrow_mut();
        let kept = wakeup.zip(alarm.as_ref()).is_some_and(|(wakeup, (at, _))| *at <= wakeup);
        if !kept {
            *alarm = wakeup.map(|at| {
                let ms = at.since(now).0.min(SLEEP) as u32;
                (at, Timer::new(self, ms, move || self.ring()))
            });
        }
    }

    fn ring(&'static self) {
        drop(self.alarm.take());
        // Else a turn is due, which sees to it all.
        if !self.posted.get() {
            self.resume();
        }
    }

    /// The macrotask after a turn that did not finish, or an alarm.
    fn resume(&'static self) {
        self.posted.set(false);
        let now = instant(self.clock.now());
        let due = self
            .engine
            .try_borrow()
            .is_ok_and(|engine| engine.next_wakeup().is_some_and(|(at, _)| at <= now));
        if due {
            self.tell(Input::Woke);
        } else {
            self.work();
        }
    }

    /// Takes back what was queued before the engine ended the matter.
    pub(super) fn hush(&self, subject: Subject) {
        self.inbox.borrow_mut().retain(|input| Subject::of(input) != Some(subject));
    }

    pub(super) fn notify(&'static self, player: PlayerId, event: Event) {
        let mut outbox = self.outbox.borrow_mut();
        if outbox.is_empty() {
            spawn_local(async move { self.deliver() });
        }
        outbox.push((player, event));
    }

    fn deliver(&self) {
        for (player, event) in self.outbox.take() {
            // Looked up each time, for a listener may close players.
            let Some(player) = self.players.get(player) else {
                continue;
            };
            if let Err(error) = player.on_event.call1(&JsValue::UNDEFINED, &js::event(&event)) {
                web_sys::console::error_1(&error);
            }
        }
    }

    /// Inside a trap, once. The host closes what is open, but cannot empty the shelf.
    fn trapped(&self, message: &str) {
        web_sys::console::error_1(&message.into());
        self.shelf.clear();
        let _ = self.host.trapped(message);
    }
}

/// What the clock shows, to the engine.
fn instant(ms: f64) -> Instant {
    Instant::from_millis(ms as u64)
}
