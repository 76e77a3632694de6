//! `EXT-X-DATERANGE` (RFC 8216bis §4.4.5.1): stretches of time with something to say. Tags with one ID tell of one
//! range, each adding to it; the first word on an attribute counts.

use super::super::time::MediaTime;
use super::number::seconds;
use super::scan::{Attributes, yes};
use super::{date, define::Variables};

/// Ranges of a playlist.
const MAX_RANGES: usize = 256;
/// Attributes of the publisher's own in one range.
const MAX_OWN: usize = 32;

/// One of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DateRange {
    /// `ID`.
    pub id: String,
    /// `CLASS`, possibly empty.
    pub class: String,
    /// `START-DATE` in ms since 1970.
    pub start_ms: Option<i64>,
    /// `END-DATE` in ms since 1970.
    pub end_ms: Option<i64>,
    /// `DURATION`.
    pub duration: Option<MediaTime>,
    /// `PLANNED-DURATION`.
    pub planned_duration: Option<MediaTime>,
    /// `END-ON-NEXT=YES`: it ends where the next of its class starts.
    pub end_on_next: bool,
    /// `X-…`, `SCTE35-…`, `CUE`: names and values as written.
    pub own: Vec<(String, String)>,
}

/// Takes an attribute list into the ranges so far. Without an ID it says nothing.
pub(super) fn take(ranges: &mut Vec<DateRange>, list: &str, variables: &mut Variables) {
    let Some(id) = Attributes::of(list).find_map(|(n, v)| (n == "ID" && !v.is_empty()).then_some(v)) else {
        return;
    };
    let id = variables.apply(id);
    let at = match ranges.iter().position(|r| r.id == id) {
        Some(at) => at,
        None if ranges.len() < MAX_RANGES => {
            ranges.push(DateRange { id: id.into_owned(), ..DateRange::default() });
            ranges.len() - 1
        }
        None => return,
    };
    let range = &mut ranges[at];
    range.end_on_next |= yes(list, "END-ON-NEXT");
    for (name, value) in Attributes::of(list) {
        match name {
            "CLASS" if range.class.is_empty() => range.class = variables.apply(value).into_owned(),
            "START-DATE" => range.start_ms = range.start_ms.or_else(|| date::milliseconds(value)),
            "END-DATE" => range.end_ms = range.end_ms.or_else(|| date::milliseconds(value)),
            "DURATION" => range.duration = range.duration.or_else(|| seconds(value)),
            "PLANNED-DURATION" => {
                range.planned_duration = range.planned_duration.or_else(|| seconds(value));
            }
            _ if (name.starts_with("X-") || name.starts_with("SCTE35-") || name == "CUE")
                && range.own.len() < MAX_OWN
                && !range.own.iter().any(|(n, _)| n == name) =>
            {
                range.own.push((name.to_owned(), variables.apply(value).into_owned()));
            }
            _ => {}
        }
    }
}
