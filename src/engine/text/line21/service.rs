//! One caption channel: obeys its control codes (ANSI/CTA-608-E annex B and C) on two screens, the one shown and
//! the one being prepared. When what is shown gives way, it is given out as cues that end there.
//!
//! Letters that come in while a row is shown do not end a cue, or there would be thousands: a row is shown whole
//! from its first letter on, at most a moment early.

use super::super::super::time::MediaTime;
use super::super::Cue;
use super::characters;
use super::screen::{Pen, ROWS, Screen};

/// A screen that has been shown for less than this when a row is added was only on its way: half a second.
const PASSING: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 2);

/// What becomes of characters (§7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// Nothing: no caption has been begun, or it is text mode.
    #[default]
    Ignored,
    /// They are prepared out of sight.
    PopOn,
    /// They are shown in the lowest of so many rows.
    RollUp(usize),
    /// They are shown where they are written.
    PaintOn,
}

/// One caption channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Service {
    mode: Mode,
    shown: Screen,
    /// Since when it has been as it is.
    since: MediaTime,
    prepared: Screen,
    row: usize,
    /// The next character's; one more than there are when the row is full.
    column: usize,
    pen: Pen,
}

impl Service {
    /// What is shown is said, up to `at`; what is shown from then on is for another time.
    pub(super) fn settle(&mut self, at: MediaTime, said: &mut dyn FnMut(Cue)) {
        if at > self.since {
            self.shown.cues(self.since, at, said);
        }
        self.since = at;
    }

    /// A character at the cursor.
    pub(super) fn write(&mut self, c: char, at: MediaTime, said: &mut dyn FnMut(Cue)) {
        if self.mode == Mode::Ignored {
            return;
        }
        if self.mode != Mode::PopOn && self.shown.is_blank_in(self.row) {
            // A new row begins to be shown.
            if self.shown.is_blank() {
                self.since = at;
            } else if at - self.since >= PASSING {
                self.settle(at, said);
            }
        }
        let (row, column, pen) = (self.row, self.column, self.pen);
        self.screen().put(row, column, c, pen);
        self.column = Screen::after(column);
    }

    /// A control pair, its channel bit taken off.
    pub(super) fn control(&mut self, pair: [u8; 2], at: MediaTime, said: &mut dyn FnMut(Cue)) {
        match pair {
            [_, 0x40..=0x7f] => self.address(pair, at, said),
            [0x11, 0x20..=0x2f] => {
                self.pen = self.pen.mid_row(pair[1]);
                self.write(' ', at, said);
            }
            [set @ 0x11..=0x13, code] => {
                if let Some(c) = characters::extended([set, code]) {
                    if set != 0x11 {
                        self.column = Screen::before(self.column);
                    }
                    self.write(c, at, said);
                }
            }
            [0x14 | 0x15, code] => self.command(code, at, said),
            [0x17, tab @ 0x21..=0x23] => {
                for _ in 0x20..tab {
                    self.column = Screen::after(self.column).min(Screen::before(usize::MAX));
                }
            }
            // Backgrounds: the space before them stands for decoders that have none, such as this one.
            _ => {}
        }
    }

    /// Resume, erase, carriage return (§C.4 onwards).
    fn command(&mut self, code: u8, at: MediaTime, said: &mut dyn FnMut(Cue)) {
        match code {
            0x20 => self.mode = Mode::PopOn,
            0x21 => {
                self.column = Screen::before(self.column);
                let (row, column) = (self.row, self.column);
                self.screen().put(row, column, '\0', Pen::default());
            }
            0x24 => {
                let (row, column) = (self.row, self.column);
                self.screen().clear_from(row, column);
            }
            0x25..=0x27 => {
                let rows = usize::from(code - 0x23);
                if !matches!(self.mode, Mode::RollUp(_)) {
                    self.erase(at, said);
                    self.prepared = Screen::default();
                    (self.row, self.column) = (ROWS - 1, 0);
                }
                self.mode = Mode::RollUp(rows);
                self.row = self.row.max(rows - 1);
                self.shown.keep(self.row + 1 - rows..=self.row);
            }
            // Flashing begins, and takes a place on the screen.
            0x28 => self.write(' ', at, said),
            0x29 => self.mode = Mode::PaintOn,
            0x2a | 0x2b => self.mode = Mode::Ignored,
            0x2c => self.erase(at, said),
            0x2d => {
                if let Mode::RollUp(rows) = self.mode {
                    self.settle(at, said);
                    self.shown.roll(self.row + 1 - rows..=self.row);
                    (self.column, self.pen) = (0, Pen::default());
                }
            }
            0x2e => self.prepared = Screen::default(),
            0x2f => {
                self.settle(at, said);
                core::mem::swap(&mut self.shown, &mut self.prepared);
                self.mode = Mode::PopOn;
            }
            _ => {}
        }
    }

    /// A preamble address code: a row, and a column or a colour (§C.2).
    fn address(&mut self, pair: [u8; 2], at: MediaTime, said: &mut dyn FnMut(Cue)) {
        let second = usize::from(pair[1] >> 5 & 1);
        let mut row = match pair[0] {
            0x10 => 10,
            0x11 => second,
            0x12 => 2 + second,
            0x13 => 11 + second,
            0x14 => 13 + second,
            0x15 => 4 + second,
            0x16 => 6 + second,
            _ => 8 + second,
        };
        if let Mode::RollUp(rows) = self.mode {
            row = row.max(rows - 1);
            if row != self.row {
                self.settle(at, said);
                self.shown.shift(self.row + 1 - rows..=self.row, row);
            }
        }
        self.row = row;
        (self.column, self.pen) = Pen::preamble(pair[1]);
    }

    fn erase(&mut self, at: MediaTime, said: &mut dyn FnMut(Cue)) {
        self.settle(at, said);
        self.shown = Screen::default();
    }

    /// Where characters go.
    fn screen(&mut self) -> &mut Screen {
        match self.mode {
            Mode::PopOn => &mut self.prepared,
            Mode::Ignored | Mode::RollUp(_) | Mode::PaintOn => &mut self.shown,
        }
    }
}
