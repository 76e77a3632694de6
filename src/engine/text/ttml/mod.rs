//! TTML (W3C TTML2, IMSC 1 text profile) as cues: each paragraph with something to say is one, and so is a span
//! with times of its own. Times add up on the way down; regions and styles are looked up on the way in, so that a
//! document is read once from top to bottom. Sequential time containers, animation and images are passed over.

mod clock;
mod style;
mod xml;

use super::super::time::{MediaTime, Span};
use super::{Cue, MAX_LEN, TextError};
use clock::Clock;
use style::{Canvas, Style};
use xml::{Piece, attribute, is_space, pieces};

/// Elements inside of one another; what lies deeper ends the reading.
const MAX_DEPTH: usize = 32;
/// Cues of one document, styles and regions too; more are not read.
const MAX_CUES: usize = 1 << 14;
const MAX_STYLES: usize = 256;
/// Styles that one element refers to.
const MAX_REFERENCES: usize = 8;

/// Reads a whole document. Its times are media time (ISO/IEC 14496-30 §6); what has none lasts for `span`, which
/// is its sample's.
///
/// # Errors
/// [`TextError::NotTtml`], [`TextError::TooLong`].
pub fn read_ttml(document: &[u8], span: Span) -> Result<Vec<Cue>, TextError> {
    if document.len() > MAX_LEN {
        return Err(TextError::TooLong);
    }
    let document = core::str::from_utf8(document).map_err(|_| TextError::NotTtml)?;
    let mut reading: Option<Reading<'_>> = None;
    for piece in pieces(document) {
        match (&mut reading, piece) {
            (None, Piece::Open { name: "tt", attributes, .. }) => {
                reading = Some(Reading::new(attributes, span))
            }
            (None, Piece::Text(text)) if text.trim_matches(is_space).trim_matches('\u{feff}').is_empty() => {}
            (None, _) => return Err(TextError::NotTtml),
            (Some(reading), Piece::Open { name, attributes, closed }) => {
                if reading.levels.len() > MAX_DEPTH || reading.cues.len() > MAX_CUES {
                    break;
                }
                reading.open(name, attributes);
                if closed {
                    reading.close();
                }
            }
            (Some(reading), Piece::Close) => reading.close(),
            (Some(reading), Piece::Text(text)) => reading.text(text, true),
            (Some(reading), Piece::Plain(text)) => reading.text(text, false),
        }
    }
    let mut cues = reading.ok_or(TextError::NotTtml)?.cues;
    cues.retain_mut(|cue| {
        cue.text.truncate(cue.text.trim_end_matches(is_space).len());
        !cue.text.is_empty() && cue.start < cue.end
    });
    Ok(cues)
}

struct Reading<'a> {
    span: Span,
    clock: Clock,
    canvas: Canvas,
    styles: Vec<(&'a str, Style<'a>)>,
    regions: Vec<(&'a str, Style<'a>)>,
    levels: Vec<Level<'a>>,
    cues: Vec<Cue>,
    /// The text so far ends where white space adds nothing.
    spaced: bool,
}

/// An element that is not closed yet; what it says, or inherits.
#[derive(Clone, Default)]
struct Level<'a> {
    name: &'a str,
    begin: Option<MediaTime>,
    end: Option<MediaTime>,
    region: Option<&'a str>,
    style: Style<'a>,
    preserves_space: bool,
    /// Where its text goes: an index of `cues`.
    cue: Option<usize>,
    /// What its tags are closed with, and how long the text was before and after they were opened.
    closing: String,
    text: (usize, usize),
}

impl<'a> Reading<'a> {
    fn new(root: &'a str, span: Span) -> Self {
        let canvas = Canvas::read(root);
        let level =
            Level { preserves_space: attribute(root, "space") == Some("preserve"), ..Level::default() };
        Self {
            span,
            clock: Clock::read(root),
            canvas,
            styles: Vec::new(),
            regions: Vec::new(),
            levels: vec![level],
            cues: Vec::new(),
            spaced: true,
        }
    }

    fn open(&mut self, name: &'a str, attributes: &'a str) {
        let Some(outer) = self.levels.last() else { return };
        let mut level = Level { name, closing: String::new(), ..outer.clone() };
        let own = self.style(attributes);
        match name {
            "style" if outer.name == "region" => {
                if let Some((_, region)) = self.regions.last_mut() {
                    *region = region.or(own);
                }
            }
            "style" | "region" => {
                let known = if name == "style" { &mut self.styles } else { &mut self.regions };
                if let Some(id) = attribute(attributes, "id").filter(|_| known.len() < MAX_STYLES) {
                    known.push((id, own));
                }
            }
            "body" | "div" | "p" | "span" => self.content(&mut level, attributes, own),
            "br" => {
                if let Some(cue) = outer.cue.and_then(|cue| self.cues.get_mut(cue)) {
                    cue.text.truncate(cue.text.trim_end_matches(' ').len());
                    cue.text.push('\n');
                    self.spaced = true;
                }
            }
            _ => level.cue = None,
        }
        self.levels.push(level);
    }

    /// An element that says something or holds what does. `level` is still the one around it.
    fn content(&mut self, level: &mut Level<'a>, attributes: &'a str, own: Style<'a>) {
        let outer = level.clone();
        let (mut begin, mut end, mut duration) = (None, None, None);
        for (name, value) in xml::attributes(attributes) {
            match name {
                "begin" => begin = self.clock.time(value),
                "end" => end = self.clock.time(value),
                "dur" => duration = self.clock.time(value),
                "region" => level.region = Some(value),
                "space" => level.preserves_space = value == "preserve",
                _ => {}
            }
        }
        let since = outer.begin.unwrap_or_default();
        level.begin = begin.map(|begin| since + begin).or(outer.begin);
        let from = level.begin.unwrap_or_default();
        let ends = [outer.end, end.map(|end| since + end), duration.map(|duration| from + duration)];
        level.end = ends.into_iter().flatten().min();
        level.style = own.or(outer.style);

        let is_timed = begin.is_some() || end.is_some() || duration.is_some();
        let mut around = outer.style;
        if level.name == "p" || level.name == "span" && outer.cue.is_some() && is_timed {
            let region = level.region.and_then(|id| find(&self.regions, id)).unwrap_or_default();
            let style = level.style.or(region);
            level.style = style;
            level.cue = Some(self.cues.len());
            self.cues.push(Cue {
                id: String::new(),
                start: level.begin.unwrap_or(self.span.start),
                end: level.end.unwrap_or(self.span.end),
                settings: style.settings(),
                text: String::new(),
            });
            around = Style::default();
            self.spaced = true;
        }
        if let Some(cue) = level.cue.and_then(|cue| self.cues.get_mut(cue)) {
            level.text.0 = cue.text.len();
            level.closing = level.style.open(around, &mut cue.text);
            level.text.1 = cue.text.len();
        }
    }

    fn close(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        let Some(cue) =
            level.cue.filter(|_| !level.closing.is_empty()).and_then(|cue| self.cues.get_mut(cue))
        else {
            return;
        };
        if cue.text.len() == level.text.1 {
            cue.text.truncate(level.text.0);
        } else {
            cue.text.push_str(&level.closing);
        }
    }

    /// Text, with references unless it is plain; white space as the element wants it, and nothing that WebVTT
    /// would take for markup.
    fn text(&mut self, mut text: &str, has_references: bool) {
        let Some(level) = self.levels.last() else { return };
        let Some(cue) = level.cue.and_then(|cue| self.cues.get_mut(cue)) else { return };
        while let Some(mut c) = text.chars().next() {
            text = &text[c.len_utf8()..];
            if let Some((meant, rest)) = (c == '&' && has_references).then(|| xml::reference(text)).flatten()
            {
                (c, text) = (meant, rest);
            }
            let is_space = is_space(c) && !level.preserves_space;
            match c {
                _ if is_space && self.spaced => {}
                _ if is_space => cue.text.push(' '),
                '&' => cue.text.push_str("&amp;"),
                '<' => cue.text.push_str("&lt;"),
                '>' => cue.text.push_str("&gt;"),
                '\r' => {}
                c => cue.text.push(c),
            }
            self.spaced = is_space;
        }
    }

    /// What an element says itself, and then what the styles say that it refers to, the last one first.
    fn style(&self, attributes: &'a str) -> Style<'a> {
        let own = Style::read(attributes, self.canvas);
        let referred = attribute(attributes, "style").unwrap_or_default().rsplit(is_space);
        referred.take(MAX_REFERENCES).filter_map(|id| find(&self.styles, id)).fold(own, Style::or)
    }
}

fn find<'a>(known: &[(&str, Style<'a>)], id: &str) -> Option<Style<'a>> {
    known.iter().find(|(name, _)| *name == id).map(|(_, style)| *style)
}
