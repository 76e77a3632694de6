//! Ownership of what the browser keeps open: whoever holds a handle owns the thing, and dropping it closes
//! it. Each is counted while open, for tests that look for leaks.
//!
//! Each is also listed in the host's `resources` as an object with a `close` or `abort` of JavaScript's own.
//! Should this instance trap, the host closes them all without calling into it again.

use super::driver::Driver;
use gloo::events::EventListener;
use js_sys::{Array, Function, Set};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fetch,
    Socket,
    Peer,
    Timer,
    Listener,
}

const KINDS: usize = 5;

thread_local! {
    static OPEN: [Cell<u32>; KINDS] = const { [const { Cell::new(0) }; KINDS] };
}

/// How many of a kind are open.
pub(super) fn open(kind: Kind) -> u32 {
    OPEN.with(|open| open[kind as usize].get())
}

/// One open thing of a kind.
struct Counted(Kind);

impl Counted {
    fn new(kind: Kind) -> Self {
        OPEN.with(|open| open[kind as usize].set(open[kind as usize].get() + 1));
        Self(kind)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        OPEN.with(|open| open[self.0 as usize].set(open[self.0 as usize].get() - 1));
    }
}

#[wasm_bindgen]
extern "C" {
    /// Whatever can be closed.
    #[derive(Clone)]
    type Closable;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Closable) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Closable) -> Result<(), JsValue>;
}

/// Something with a method `close` (`abort` for a fetch), which is called on drop.
pub(super) struct Resource {
    listed: Set,
    object: Closable,
    counted: Counted,
    spent: Cell<bool>,
}

impl Resource {
    /// Takes ownership of what `object` stands for.
    pub(super) fn new(page: &Driver, kind: Kind, object: &JsValue) -> Self {
        page.resources.add(object);
        Self {
            listed: page.resources.clone(),
            object: object.clone().unchecked_into(),
            counted: Counted::new(kind),
            spent: Cell::new(false),
        }
    }

    /// It ran its course: nothing is left to close. Browsers count an abort after the last byte as a failed
    /// request, and may close the connection with it.
    pub(super) fn is_spent(&self) {
        self.spent.set(true);
    }

    /// Closes by calling `target[method](...arguments)`: for what has no `close` of its own.
    pub(super) fn undone_by(
        page: &Driver,
        kind: Kind,
        target: &JsValue,
        method: &str,
        arguments: &[JsValue],
    ) -> Self {
        // `Function.prototype.bind` makes the call without any code of ours.
        let bound = js_sys::Reflect::get(target, &method.into())
            .and_then(|function| bind(function.unchecked_ref(), target, arguments))
            .unwrap_or(JsValue::UNDEFINED);
        Self::new(page, kind, &super::js::object(&[("close", bound)]))
    }
}

fn bind(function: &Function, target: &JsValue, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let all = Array::of1(target);
    for argument in arguments {
        all.push(argument);
    }
    super::js::call(function, "bind", &all)
}

impl Drop for Resource {
    fn drop(&mut self) {
        self.listed.delete(&self.object);
        if self.spent.get() {
            return;
        }
        // Closing what is closed already is no error; there is nobody to tell of any other.
        let _ = match self.counted.0 {
            Kind::Fetch => self.object.abort(),
            Kind::Socket | Kind::Peer | Kind::Timer | Kind::Listener => self.object.close(),
        };
    }
}

/// Listens until dropped.
pub(super) struct Listener {
    _removal: Resource,
    _callback: EventListener,
}

/// What is told of an event: its kind, which need not be asked of it, and the event itself.
type Heard = dyn Fn(&'static str, &Event);

/// Calls `heard` with its kind for every event of these kinds until the listeners are dropped, be it by `heard` itself.
pub(super) fn listen(
    page: &Driver,
    target: &EventTarget,
    kinds: &[&'static str],
    heard: impl Fn(&'static str, &Event) + 'static,
) -> Vec<Listener> {
    let heard: Rc<Heard> = Rc::new(heard);
    kinds.iter().map(|kind| listen_to(page, target, kind, Rc::clone(&heard))).collect()
}

fn listen_to(page: &Driver, target: &EventTarget, kind: &'static str, heard: Rc<Heard>) -> Listener {
    let callback = EventListener::new(target, kind, move |event| heard(kind, event));
    let arguments = [kind.into(), callback.callback().as_ref().clone()];
    let removal = Resource::undone_by(page, Kind::Listener, target, "removeEventListener", &arguments);
    Listener { _removal: removal, _callback: callback }
}

/// Waits until dropped. (gloo's `Timeout` keeps the number that the host would need to stop it.)
pub(super) struct Timer {
    _stop: Resource,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `rung` once, `ms` milliseconds from now.
    pub(super) fn new(page: &Driver, ms: u32, rung: impl FnOnce() + 'static) -> Self {
        let rung: Box<dyn FnOnce()> = Box::new(rung);
        let callback = Closure::once(rung);
        let global = js_sys::global().into();
        let arguments = Array::of2(callback.as_ref(), &ms.into());
        let id = super::js::call(&global, "setTimeout", &arguments)
            .unwrap_or_else(|_| unreachable!("every page has timers"));
        let stop = Resource::undone_by(page, Kind::Timer, &global, "clearTimeout", &[id]);
        Self { _stop: stop, _callback: callback }
    }
}

/// What is open, by the engine's name for it: a list, for there are a few dozen at most, and of blobs a few
/// thousand. Nothing stays borrowed while a value is dropped, for closing may call back.
pub(super) struct Table<K, V>(RefCell<Vec<(K, V)>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(RefCell::new(Vec::new()))
    }
}

impl<K: Copy + PartialEq, V: Clone> Table<K, V> {
    /// Another handle to the value.
    pub(super) fn get(&self, key: K) -> Option<V> {
        self.0.borrow().iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone())
    }

    /// Whether it is open.
    pub(super) fn has(&self, key: K) -> bool {
        self.0.borrow().iter().any(|(k, _)| *k == key)
    }

    /// Adds a value; one of the same name is dropped.
    pub(super) fn put(&self, key: K, value: V) {
        drop(self.take(key));
        self.0.borrow_mut().push((key, value));
    }

    /// Takes a value out.
    pub(super) fn take(&self, key: K) -> Option<V> {
        let mut list = self.0.borrow_mut();
        let at = list.iter().position(|(k, _)| *k == key)?;
        Some(list.swap_remove(at).1)
    }

    /// All values.
    pub(super) fn all(&self) -> Vec<V> {
        self.0.borrow().iter().map(|(_, v)| v.clone()).collect()
    }

    /// Drops everything; nothing, if a trap left the list borrowed.
    pub(super) fn clear(&self) {
        if let Ok(mut list) = self.0.try_borrow_mut() {
            list.clear();
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }
}
