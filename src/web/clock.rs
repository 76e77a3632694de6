//! The engine's clock: the page's monotonic one. In some systems that stands still while the device sleeps; then it is
//! set forward by what the wall clock has gone ahead, so that the engine can tell that it slept. It never goes back.

use std::cell::Cell;
use web_sys::Performance;

/// Corrections of the wall clock are smaller, as a rule; taking one for a sleep costs a few requests.
const SLEPT: f64 = 10_000.0;

/// A clock, in ms.
pub(super) struct Clock {
    monotonic: Performance,
    slept: Cell<f64>,
    /// By how much the wall clock was ahead when it was last looked at.
    ahead: Cell<f64>,
}

impl Clock {
    /// It begins where the page's does.
    pub(super) fn new(monotonic: Performance) -> Self {
        let ahead = js_sys::Date::now() - monotonic.now();
        Self { monotonic, slept: Cell::new(0.0), ahead: Cell::new(ahead) }
    }

    /// What time it is.
    pub(super) fn now(&self) -> f64 {
        let now = self.monotonic.now();
        let ahead = js_sys::Date::now() - now;
        let grown = ahead - self.ahead.replace(ahead);
        if grown >= SLEPT {
            self.slept.set(self.slept.get() + grown);
        }
        now + self.slept.get()
    }
}
