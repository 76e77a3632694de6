//! Decimal numbers of captions, in millionths: no floating point, whose reading and printing would be a good part
//! of this module's code.

use super::super::time::MediaTime;

/// Millionths in one.
pub(super) const ONE: u64 = 1_000_000;
/// More is taken as this much: 30 years in seconds, and far from overflow.
const MAX: u64 = 1_000_000_000;

/// The number that `text` begins with, in millionths, and what follows it. A comma will do for the point. None
/// without a digit.
pub(super) fn read(text: &str) -> Option<(u64, &str)> {
    let (whole, mut rest) = digits(text);
    let mut number = whole.bytes().fold(0, |n: u64, d| (10 * n + u64::from(d - b'0')).min(MAX)) * ONE;
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        (fraction, rest) = digits(after);
    }
    let mut place = ONE;
    for digit in fraction.bytes().take(6) {
        place /= 10;
        number += u64::from(digit - b'0') * place;
    }
    (!whole.is_empty() || !fraction.is_empty()).then_some((number, rest))
}

/// `seconds` in millionths, to the nearest tick.
pub(super) fn seconds(seconds: u64) -> MediaTime {
    let rate = MediaTime::RATE as u64;
    MediaTime::from_ticks((seconds.saturating_mul(rate / 10_000).saturating_add(50) / 100) as i64)
}

/// Appends ` name:12.5%` with at most two decimals; `percent` in millionths.
pub(super) fn push_setting(out: &mut String, name: &str, percent: u64) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(name);
    out.push(':');
    let hundredths = (percent + ONE / 200) / (ONE / 100);
    out.push_str(&(hundredths / 100).to_string());
    let decimals = [hundredths / 10 % 10, hundredths % 10];
    let used = decimals.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
    for (place, digit) in decimals[..used].iter().enumerate() {
        out.push_str(if place == 0 { "." } else { "" });
        out.extend(char::from_digit(*digit as u32, 10));
    }
    out.push('%');
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}
