//! What may be chosen: the variants that can be had and are of use, from the lowest bitrate up, each with what it
//! is worth.

use crate::engine::config::Bitrate;

/// What a viewer who saves data is spared: more than so many rows of picture.
const SAVING_HEIGHT: u32 = 480;
/// The same where no variant says how high it is, in bit/s.
const SAVING_RATE: f64 = 1_500_000.0;

/// A variant that may be chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rung {
    /// Its place among the stream's variants.
    pub(super) index: usize,
    /// In bit/s, positive.
    pub(super) bitrate: f64,
    /// How much better than the lowest, by the logarithm of the bitrate; 1 for the lowest.
    pub(super) utility: f64,
}

/// Variants from the lowest bitrate up, no two of the same.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    rungs: Vec<Rung>,
}

/// What bounds the choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Width and height of the picture on screen in device pixels, where known.
    pub viewport: Option<(u32, u32)>,
    /// The viewer saves data.
    pub saving: bool,
}

impl Ladder {
    /// Variants by bitrate and size (0 × 0 for unknown); `None` for what cannot be had. One without a bitrate is
    /// taken only where none has one: nothing is known of what it costs. Among equals `current` stands, else the
    /// first.
    #[must_use]
    pub fn new(variants: &[Option<(Bitrate, (u32, u32))>], current: usize, limits: Limits) -> Self {
        let mut chosen: Vec<(usize, f64, (u32, u32))> = Vec::new();
        let mut unknown = None;
        for (index, variant) in variants.iter().enumerate() {
            let &Some((Bitrate(bitrate), size)) = variant else { continue };
            if !(bitrate > 0.0 && bitrate.is_finite()) {
                if unknown.is_none() || index == current {
                    unknown = Some((index, 1.0, size));
                }
                continue;
            }
            // In order from the start: a sort would bring 2 KB.
            let at = chosen.iter().position(|v| v.1 >= bitrate).unwrap_or(chosen.len());
            match chosen.get_mut(at).filter(|v| v.1 <= bitrate) {
                Some(equal) if index == current => *equal = (index, bitrate, size),
                Some(_) => {}
                None => chosen.insert(at, (index, bitrate, size)),
            }
        }
        if chosen.is_empty() {
            chosen.extend(unknown);
        }
        cap(&mut chosen, limits);
        let lowest = chosen.first().map_or(1.0, |v| v.1);
        let rung = |(index, bitrate, _): (usize, f64, _)| Rung {
            index,
            bitrate,
            utility: 1.0 + (bitrate / lowest).ln(),
        };
        Self { rungs: chosen.into_iter().map(rung).collect() }
    }

    /// From the lowest up.
    pub(super) fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// Where a variant stands, if it may be chosen.
    pub(super) fn place(&self, index: usize) -> Option<usize> {
        self.rungs.iter().position(|r| r.index == index)
    }
}

/// Leaves out what is more than the screen shows, or than a viewer who saves data would want; one always stays.
fn cap(variants: &mut Vec<(usize, f64, (u32, u32))>, limits: Limits) {
    if let Some((width, height)) = limits.viewport.filter(|v| v.0 > 0 && v.1 > 0) {
        // The smallest that covers the element in one direction: the other is letterboxed.
        let covers = |&&(_, _, (w, h)): &&(_, _, (u32, u32))| w >= width || h >= height;
        if let Some(enough) = variants.iter().filter(covers).map(|v| v.2.1).filter(|&h| h > 0).min() {
            keep(variants, |&(_, _, (_, h))| h <= enough);
        }
    }
    if limits.saving {
        let lowest = variants.iter().map(|v| v.2.1).filter(|&h| h > 0).min();
        let height = lowest.map_or(SAVING_HEIGHT, |h| h.max(SAVING_HEIGHT));
        keep(variants, |&(_, rate, (_, h))| if h > 0 { h <= height } else { rate <= SAVING_RATE });
    }
}

/// Like `retain`, but the lowest stays.
fn keep<T>(all: &mut Vec<T>, mut which: impl FnMut(&T) -> bool) {
    let mut first = true;
    all.retain(|v| std::mem::take(&mut first) || which(v));
}
