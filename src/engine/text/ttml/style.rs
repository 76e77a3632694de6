//! How TTML styles look as WebVTT (TTML2 §10, IMSC 1): where a region stands becomes cue settings; italics, bold,
//! underline and the eight colours of captions become tags. Everything else is left to the viewer's own taste.

use super::super::decimal::{self, ONE};
use super::xml::{attribute, attributes};

/// What is stated of a style; what is not, is inherited.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style<'a> {
    align: Option<&'a str>,
    display_align: Option<&'a str>,
    /// Left and top, and width and height, in millionths of a percent.
    origin: Option<(u64, u64)>,
    extent: Option<(u64, u64)>,
    /// `i`, `b`, `u`.
    faces: [Option<bool>; 3],
    /// A class that WebVTT knows (§5.1).
    colour: Option<&'static str>,
}

/// What lengths are measured in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canvas {
    /// `ttp:cellResolution`.
    cells: (u64, u64),
    /// `tts:extent` of the root.
    pixels: Option<(u64, u64)>,
}

const FACES: [(&str, &str); 3] = [("<i>", "</i>"), ("<b>", "</b>"), ("<u>", "</u>")];

/// The colours of captions: what TTML calls them, and WebVTT.
const COLOURS: [(&str, &str, &str); 11] = [
    ("white", "#ffffff", "white"),
    ("lime", "#00ff00", "lime"),
    ("green", "#008000", "lime"),
    ("cyan", "#00ffff", "cyan"),
    ("aqua", "#00ffff", "cyan"),
    ("red", "#ff0000", "red"),
    ("yellow", "#ffff00", "yellow"),
    ("magenta", "#ff00ff", "magenta"),
    ("fuchsia", "#ff00ff", "magenta"),
    ("blue", "#0000ff", "blue"),
    ("black", "#000000", "black"),
];

impl<'a> Style<'a> {
    /// What the attributes of an element say themselves.
    pub(super) fn read(element: &'a str, canvas: Canvas) -> Self {
        let mut style = Self::default();
        for (name, value) in attributes(element) {
            match name {
                "textAlign" => style.align = Some(value),
                "displayAlign" => style.display_align = Some(value),
                "origin" => style.origin = canvas.lengths(value),
                "extent" => style.extent = canvas.lengths(value),
                "fontStyle" => style.faces[0] = Some(value == "italic"),
                "fontWeight" => style.faces[1] = Some(value == "bold"),
                "textDecoration" => style.faces[2] = Some(value == "underline"),
                "color" => {
                    let is = |(name, hex, _): &&(&str, &str, &str)| {
                        value == *name || value.get(..7).is_some_and(|c| c.eq_ignore_ascii_case(hex))
                    };
                    style.colour = COLOURS.iter().find(is).map(|known| known.2);
                }
                _ => {}
            }
        }
        style
    }

    /// This, and what `base` says where this says nothing.
    pub(super) fn or(self, base: Self) -> Self {
        Self {
            align: self.align.or(base.align),
            display_align: self.display_align.or(base.display_align),
            origin: self.origin.or(base.origin),
            extent: self.extent.or(base.extent),
            faces: core::array::from_fn(|face| self.faces[face].or(base.faces[face])),
            colour: self.colour.or(base.colour),
        }
    }

    /// Writes the tags that turn `outer` into this, and gives those that turn it back.
    pub(super) fn open(self, outer: Self, text: &mut String) -> String {
        let mut closing = String::new();
        for (at, (open, close)) in FACES.iter().enumerate() {
            if self.faces[at] == Some(true) && outer.faces[at] != Some(true) {
                text.push_str(open);
                closing.insert_str(0, close);
            }
        }
        let colour = self.colour.unwrap_or("white");
        if colour != outer.colour.unwrap_or("white") {
            text.push_str("<c.");
            text.push_str(colour);
            text.push('>');
            closing.insert_str(0, "</c>");
        }
        closing
    }

    /// The cue settings of a paragraph with this style, its region's included.
    pub(super) fn settings(self) -> String {
        let mut out = String::new();
        let known = ["start", "left", "center", "right", "end"];
        let mut align = self.align.and_then(|align| known.iter().find(|a| **a == align)).copied();
        if let (Some((left, top)), Some((width, height))) = (self.origin, self.extent) {
            let across = match *align.get_or_insert("start") {
                "center" => left + width / 2,
                "right" | "end" => left + width,
                _ => left,
            };
            let (down, anchor) = match self.display_align {
                Some("center") => (top + height / 2, ",center"),
                Some("after") => (top + height, ",end"),
                _ => (top, ""),
            };
            for (name, percent) in [("position", across), ("size", width), ("line", down)] {
                decimal::push_setting(&mut out, name, percent.min(100 * ONE));
            }
            out.push_str(anchor);
        }
        if let Some(align) = align {
            out.push_str(if out.is_empty() { "align:" } else { " align:" });
            out.push_str(align);
        }
        out
    }
}

impl Canvas {
    /// As the attributes of the root say.
    pub(super) fn read(attributes: &str) -> Self {
        let mut canvas = Self { cells: (32, 15), pixels: None };
        if let Some((across, down)) = attribute(attributes, "cellResolution").and_then(|a| a.split_once(' '))
        {
            let cells = |text: &str| Some(decimal::read(text.trim())?.0 / ONE).filter(|n| *n > 0);
            canvas.cells = cells(across).zip(cells(down)).unwrap_or(canvas.cells);
        }
        let extent = attribute(attributes, "extent").and_then(|extent| extent.trim().split_once(' '));
        let pixels = |text: &str| match decimal::read(text.trim())? {
            (pixels, "px") if pixels >= ONE => Some(pixels / ONE),
            _ => None,
        };
        canvas.pixels = extent.and_then(|(width, height)| pixels(width).zip(pixels(height)));
        canvas
    }

    /// Two lengths, across and down, in millionths of a percent.
    fn lengths(self, text: &str) -> Option<(u64, u64)> {
        let (across, down) = text.trim().split_once(' ')?;
        let pixels = self.pixels.unzip();
        Some((length(across, self.cells.0, pixels.0)?, length(down.trim(), self.cells.1, pixels.1)?))
    }
}

fn length(text: &str, cells: u64, pixels: Option<u64>) -> Option<u64> {
    let (number, unit) = decimal::read(text)?;
    match unit {
        "%" | "rw" | "rh" => Some(number),
        "c" => Some(number.saturating_mul(100) / cells),
        "px" => Some(number.saturating_mul(100) / pixels?),
        _ => None,
    }
}
