//! Decimal text into whole numbers and ticks of 90 kHz, without floating point: 6.006 s is exactly 540,540
//! ticks, and no text overflows.

use super::super::time::MediaTime;

/// JavaScript counts exactly up to here; publishers write such numbers, and so may peers.
pub(super) const MAX_INTEGER: u64 = (1 << 53) - 1;
/// Longest time a playlist may give, in seconds. A day in one segment is nonsense, and 100,000 days of ticks
/// are far from overflow.
const MAX_SECONDS: u64 = 86_400;

/// The decimal-integer at the start of `text`, at most [`MAX_INTEGER`]; none when there is no digit.
pub(super) fn integer(text: &str) -> Option<u64> {
    let digits = leading_digits(text);
    (!digits.is_empty()).then(|| value(digits).min(MAX_INTEGER))
}

/// The decimal-floating-point at the start of `text` in seconds, at most a day; none when negative, not a
/// number, or with an exponent.
pub(super) fn seconds(text: &str) -> Option<MediaTime> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let whole = leading_digits(text);
    let rest = text.get(whole.len()..).unwrap_or_default();
    let fraction = rest.strip_prefix('.').map_or("", leading_digits);
    let after = rest.strip_prefix('.').map_or(rest, |r| r.get(fraction.len()..).unwrap_or_default());
    if (whole.is_empty() && fraction.is_empty()) || after.starts_with(['e', 'E', '.']) {
        return None;
    }
    let whole = value(whole).min(MAX_SECONDS);
    // Nine places are a nanosecond; more cannot change the tick.
    let fraction = fraction.get(..fraction.len().min(9)).unwrap_or_default();
    let scale = 10_u64.pow(fraction.len() as u32);
    let rate = MediaTime::RATE as u64;
    let ticks = whole * rate + (value(fraction) * rate + scale / 2) / scale;
    Some(MediaTime::from_ticks(ticks.min(MAX_SECONDS * rate) as i64))
}

/// [`seconds`] with a sign, as `TIME-OFFSET` has it (RFC 8216 §4.3.5.2).
pub(super) fn signed_seconds(text: &str) -> Option<MediaTime> {
    match text.strip_prefix('-') {
        Some(text) => seconds(text).map(|t| MediaTime::ZERO - t),
        None => seconds(text),
    }
}

/// The digits that `text` begins with.
pub(super) fn leading_digits(text: &str) -> &str {
    text.get(..text.bytes().take_while(u8::is_ascii_digit).count()).unwrap_or_default()
}

fn value(digits: &str) -> u64 {
    digits.bytes().fold(0, |n: u64, d| n.saturating_mul(10).saturating_add(u64::from(d - b'0')))
}
