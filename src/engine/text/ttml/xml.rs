//! As much of XML 1.0 as captions need: tags, attributes, text, character references. Nothing is expanded and
//! nothing nests in here, so that no document is longer or deeper than it looks.

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<name …>`, or, when `closed`, `<name …/>`. Without its prefix; [`attributes`] reads the rest.
    Open {
        /// The local name.
        name: &'a str,
        /// All that follows it.
        attributes: &'a str,
        /// Whether that was all of the element.
        closed: bool,
    },
    /// `</name>`, whatever the name.
    Close,
    /// Text with references in it.
    Text(&'a str),
    /// Text as it is: a CDATA section.
    Plain(&'a str),
}

/// The pieces of a document, up to its end or to where it makes no sense. Comments, declarations and processing
/// instructions are left out.
pub(super) fn pieces(document: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = document;
    core::iter::from_fn(move || {
        loop {
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                let (text, after) = rest.split_at(text);
                rest = after;
                return Some(Piece::Text(text));
            }
            let inside = rest.strip_prefix('<')?;
            if let Some(section) = inside.strip_prefix("![CDATA[") {
                let (text, after) = section.split_once("]]>")?;
                rest = after;
                return Some(Piece::Plain(text));
            }
            let end = match inside.as_bytes() {
                [b'!', b'-', b'-', ..] => "-->",
                [b'?', ..] => "?>",
                [b'!', ..] => ">",
                _ => {
                    let (tag, after) = inside.split_at(tag_len(inside)?);
                    rest = &after[1..];
                    if tag.starts_with('/') {
                        return Some(Piece::Close);
                    }
                    let open = tag.strip_suffix('/');
                    let (name, attributes) =
                        open.unwrap_or(tag).split_once(is_space).unwrap_or((open.unwrap_or(tag), ""));
                    return Some(Piece::Open { name: local(name), attributes, closed: open.is_some() });
                }
            };
            rest = inside.split_once(end)?.1;
        }
    })
}

/// The attributes of an element up to one that makes no sense: local names and values, references and all.
pub(super) fn attributes(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    core::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_ascii_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        rest = after;
        Some((local(name.trim_ascii()), value))
    })
}

/// The value of the attribute with this local name.
pub(super) fn attribute<'a>(all: &'a str, name: &str) -> Option<&'a str> {
    attributes(all).find(|(n, _)| *n == name).map(|(_, value)| value)
}

/// The character that a reference such as `&amp;` or `&#233;` stands for, and what follows it; `text` begins
/// behind the ampersand. None, when it is no reference that XML has by itself.
pub(super) fn reference(text: &str) -> Option<(char, &str)> {
    // The longest is `#x10ffff`; what is behind the next ampersand is no part of this one.
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    Some((c, &text[end + 1..]))
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Up to the `>` that is not in quotes.
fn tag_len(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.bytes().position(|b| {
        match quote {
            Some(q) if q == b => quote = None,
            None if b == b'"' || b == b'\'' => quote = Some(b),
            _ => {}
        }
        b == b'>' && quote.is_none()
    })
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
