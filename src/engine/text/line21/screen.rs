//! A screen of captions: 15 rows of 32 columns in the middle four fifths of the picture (ANSI/CTA-608-E §7.1), and
//! what it says as cues. Rows one below the other that begin in one column, or are centred on one, are one cue;
//! letters of a viewer's own font are not as wide as a column, so that no other alignment would hold.

use super::super::super::time::MediaTime;
use super::super::Cue;
use super::super::decimal::{ONE, push_setting};
use core::ops::RangeInclusive;

pub(super) const ROWS: usize = 15;
const COLUMNS: usize = 32;
/// Of the picture, on each side, in percent.
const MARGIN: u64 = 10;

/// How a character looks: a colour, italics, underline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    /// An index of [`COLOURS`].
    colour: u8,
    italic: bool,
    underline: bool,
}

/// Classes that WebVTT knows (§5.1); its green is the picture tube's.
const COLOURS: [&str; 7] = ["white", "lime", "blue", "cyan", "red", "yellow", "magenta"];

impl Pen {
    /// As a mid-row code has it (§C.3): colours end italics, and italics keep the colour.
    pub(super) fn mid_row(self, code: u8) -> Self {
        let italic = code >> 1 & 7 == 7;
        Self { colour: if italic { self.colour } else { code >> 1 & 7 }, italic, underline: code & 1 != 0 }
    }

    /// As a preamble address code has it, and the column.
    pub(super) fn preamble(code: u8) -> (usize, Self) {
        if code & 0x10 == 0 {
            return (0, Self::default().mid_row(code));
        }
        (usize::from(code >> 1 & 7) * 4, Self { underline: code & 1 != 0, ..Self::default() })
    }
}

/// `\0` where there is nothing.
#[derive(Clone, Debug)]
pub(super) struct Screen {
    rows: [[(char, Pen); COLUMNS]; ROWS],
}

impl Default for Screen {
    fn default() -> Self {
        Self { rows: [BLANK; ROWS] }
    }
}

const BLANK: [(char, Pen); COLUMNS] = [('\0', Pen { colour: 0, italic: false, underline: false }); COLUMNS];

impl Screen {
    /// The column after this one; after the last there is a place where the cursor waits.
    pub(super) fn after(column: usize) -> usize {
        (column + 1).min(COLUMNS)
    }

    /// The column before this one.
    pub(super) fn before(column: usize) -> usize {
        column.min(COLUMNS).saturating_sub(1)
    }

    /// A character in its place, or in the last one of a full row.
    pub(super) fn put(&mut self, row: usize, column: usize, c: char, pen: Pen) {
        self.rows[row][column.min(COLUMNS - 1)] = (c, pen);
    }

    pub(super) fn clear_from(&mut self, row: usize, column: usize) {
        self.rows[row][column..].copy_from_slice(&BLANK[column..]);
    }

    pub(super) fn is_blank(&self) -> bool {
        (0..ROWS).all(|row| self.is_blank_in(row))
    }

    pub(super) fn is_blank_in(&self, row: usize) -> bool {
        self.ends(row).is_none()
    }

    /// Clears all rows but these.
    pub(super) fn keep(&mut self, window: RangeInclusive<usize>) {
        for (row, cells) in self.rows.iter_mut().enumerate() {
            if !window.contains(&row) {
                *cells = BLANK;
            }
        }
    }

    /// Moves these rows up by one; the first goes, the last is empty.
    pub(super) fn roll(&mut self, window: RangeInclusive<usize>) {
        let last = *window.end();
        self.keep(window.clone());
        self.rows[window].rotate_left(1);
        self.rows[last] = BLANK;
    }

    /// Moves these rows so that the last becomes `last`, which is not above their number.
    pub(super) fn shift(&mut self, window: RangeInclusive<usize>, last: usize) {
        self.keep(window.clone());
        let from = *window.end();
        if last > from {
            self.rows.rotate_right(last - from);
        } else {
            self.rows.rotate_left(from - last);
        }
    }

    /// What it says, shown from `start` to `end`.
    pub(super) fn cues(&self, start: MediaTime, end: MediaTime, said: &mut dyn FnMut(Cue)) {
        let mut row = 0;
        while row < ROWS {
            let Some(first) = self.ends(row) else {
                row += 1;
                continue;
            };
            let mut cue = Cue { start, end, ..Cue::default() };
            let top = row;
            let mut alike = Alike { column: true, centre: true };
            while let Some(ends) = (row < ROWS).then(|| self.ends(row)).flatten() {
                let also = alike.and(first, ends);
                if !also.column && !also.centre {
                    break;
                }
                alike = also;
                if row > top {
                    cue.text.push('\n');
                }
                self.write_row(row, ends, &mut cue.text);
                row += 1;
            }
            let place =
                |at: usize, of: usize| MARGIN * ONE + (100 - 2 * MARGIN) * ONE * at as u64 / of as u64;
            push_setting(&mut cue.settings, "line", place(top, ROWS));
            let sum = first.0 + first.1;
            if alike.centre && sum.abs_diff(COLUMNS) <= 3 {
                // The middle, which is where WebVTT centres by itself.
            } else if alike.column {
                push_setting(&mut cue.settings, "position", place(first.0, COLUMNS));
                cue.settings.push_str(" align:start");
            } else {
                push_setting(&mut cue.settings, "position", place(sum, 2 * COLUMNS));
            }
            said(cue);
        }
    }

    /// Where a row's text begins and ends, if it has any.
    fn ends(&self, row: usize) -> Option<(usize, usize)> {
        let visible = |(c, _): &(char, Pen)| *c != '\0' && *c != ' ';
        let first = self.rows[row].iter().position(visible)?;
        let last = self.rows[row].iter().rposition(visible)?;
        Some((first, last + 1))
    }

    fn write_row(&self, row: usize, (first, end): (usize, usize), text: &mut String) {
        let mut pen = Pen::default();
        for &(c, next) in &self.rows[row][first..end] {
            if c != '\0' && next != pen {
                close(pen, text);
                open(next, text);
                pen = next;
            }
            match c {
                '\0' => text.push(' '),
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '>' => text.push_str("&gt;"),
                c => text.push(c),
            }
        }
        close(pen, text);
    }
}

/// What rows have in common.
#[derive(Clone, Copy)]
struct Alike {
    column: bool,
    centre: bool,
}

impl Alike {
    fn and(self, first: (usize, usize), other: (usize, usize)) -> Self {
        Self {
            column: self.column && first.0 == other.0,
            // A row of odd length cannot be where one of even length is, and some encoders round twice.
            centre: self.centre && (first.0 + first.1).abs_diff(other.0 + other.1) <= 3,
        }
    }
}

fn open(pen: Pen, text: &mut String) {
    if pen.colour != 0 {
        text.push_str("<c.");
        text.push_str(COLOURS[usize::from(pen.colour).min(COLOURS.len() - 1)]);
        text.push('>');
    }
    text.push_str(if pen.italic { "<i>" } else { "" });
    text.push_str(if pen.underline { "<u>" } else { "" });
}

fn close(pen: Pen, text: &mut String) {
    text.push_str(if pen.underline { "</u>" } else { "" });
    text.push_str(if pen.italic { "</i>" } else { "" });
    text.push_str(if pen.colour != 0 { "</c>" } else { "" });
}
