//! WebVTT samples (ISO/IEC 14496-30 §7): each holds all cues that are shown while it lasts, or an empty box when
//! there are none. A cue that lasts longer is in each of several samples, and is put together again.

use super::super::time::Span;
use super::Cue;
use super::fmp4::boxes;

/// No more cues are shown at once.
const MAX_AT_ONCE: usize = 64;

/// Appends the cues of the sample that lasts for `span`, or lengthens those that `cues` ends in.
pub(super) fn read_sample(sample: &[u8], span: Span, cues: &mut Vec<Cue>) {
    if span.is_empty() {
        return;
    }
    let before = cues.len();
    // `vttx` is what drafts called a cue with a time of its own.
    let shown = boxes(sample).filter(|(_, kind, _)| matches!(kind, b"vttc" | b"vttx"));
    for (_, _, body) in shown.take(MAX_AT_ONCE) {
        let mut cue = Cue { start: span.start, end: span.end, ..Cue::default() };
        for (_, kind, text) in boxes(body) {
            let field = match &kind {
                b"iden" => &mut cue.id,
                b"sttg" => &mut cue.settings,
                b"payl" => &mut cue.text,
                _ => continue,
            };
            *field = String::from_utf8_lossy(text).trim_end_matches('\0').to_owned();
        }
        let recent = before.saturating_sub(MAX_AT_ONCE)..before;
        let same = |c: &&mut Cue| {
            c.end == span.start && (&c.id, &c.settings, &c.text) == (&cue.id, &cue.settings, &cue.text)
        };
        match cues[recent].iter_mut().find(same) {
            Some(lasting) => lasting.end = span.end,
            None => cues.push(cue),
        }
    }
}
