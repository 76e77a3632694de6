//! `EXT-X-PROGRAM-DATE-TIME` (RFC 8216 §4.3.2.6) to milliseconds since 1970. ISO 8601 as publishers write it:
//! `Z`, `+01:00`, ffmpeg's `+0000`, a blank for the `T`, no seconds, no zone (read as UTC).

use super::number::{integer, leading_digits};

/// Milliseconds since the start of 1970 UTC; none when `text` is no date.
pub(super) fn milliseconds(text: &str) -> Option<i64> {
    let mut rest = text;
    let year = field(&mut rest, 4, 9999)?;
    rest = rest.strip_prefix('-')?;
    let month = field(&mut rest, 2, 12).filter(|m| *m > 0)?;
    rest = rest.strip_prefix('-')?;
    let day = field(&mut rest, 2, 31).filter(|d| *d > 0)?;
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let hour = field(&mut rest, 2, 24)?;
    rest = rest.strip_prefix(':')?;
    let minute = field(&mut rest, 2, 59)?;
    let mut ms = 0;
    if let Some(seconds) = rest.strip_prefix(':') {
        rest = seconds;
        // 60 is a leap second; it falls together with the next minute's first.
        ms = field(&mut rest, 2, 60)? * 1000;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let digits = leading_digits(fraction);
            let mut unit = 100;
            for d in digits.bytes().take(3) {
                ms += i64::from(d - b'0') * unit;
                unit /= 10;
            }
            rest = fraction.get(digits.len()..)?;
        }
    }
    let local = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + ms;
    Some(local - zone_minutes(rest)? * 60_000)
}

/// Takes exactly `len` digits from the front of `rest`; none when there are fewer or the value is above `max`.
fn field(rest: &mut &str, len: usize, max: i64) -> Option<i64> {
    let digits = rest.get(..len).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    *rest = rest.get(len..)?;
    integer(digits).and_then(|n| i64::try_from(n).ok()).filter(|n| *n <= max)
}

/// Minutes east of Greenwich.
fn zone_minutes(zone: &str) -> Option<i64> {
    let zone = zone.trim_ascii();
    let (sign, mut rest) = match zone.as_bytes().first() {
        None | Some(b'Z' | b'z') => return Some(0),
        Some(b'+') => (1, zone.get(1..)?),
        Some(b'-') => (-1, zone.get(1..)?),
        Some(_) => return None,
    };
    let hours = field(&mut rest, 2, 23)?;
    let rest_minutes = &mut rest.strip_prefix(':').unwrap_or(rest);
    let minutes = if rest_minutes.is_empty() { 0 } else { field(rest_minutes, 2, 59)? };
    Some(sign * (hours * 60 + minutes))
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap
/// day is a year's last and months have a regular rhythm: 153 days in every five.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}
