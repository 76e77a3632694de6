//! What an H.264 stream says about itself: the sequence parameter set as far as the sample entry and the slice
//! header need it, the kind of each NAL unit, and `avcC` (ISO/IEC 14496-10 §7.3, 14496-15 §5.3.3).

use super::bits::Bits;
use super::fragment::RandomAccess;
use super::nal::{Set, Unit};

/// NAL unit types of parameter sets (ISO/IEC 14496-10 table 7-1).
pub(super) const SPS: u8 = 7;
const PPS: u8 = 8;

/// Wider or higher is damage: level 6.2 ends at 16 384 luma samples.
const MAX_SIDE: u32 = 16_384;

/// What one needs of a sequence parameter set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Luma samples after cropping.
    pub(super) width: u32,
    pub(super) height: u32,
    /// Sample aspect ratio.
    pub(super) aspect: (u16, u16),
    pub(super) chroma: u8,
    /// Bits of luma and chroma samples beyond eight.
    pub(super) deeper: [u8; 2],
}

/// What the slice header of a stream depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SliceSyntax {
    planes: bool,
    frame_num_bits: u32,
    frames_only: bool,
}

/// The first fields of a slice header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    /// Every macroblock stands for itself.
    pub(super) intra: bool,
    /// `frame_num`, and whether it is the bottom one, when the picture is a field.
    pub(super) field: Option<(u32, bool)>,
}

/// What a unit is.
pub(super) fn unit(nal: &[u8]) -> Unit {
    let [head, rest @ ..] = nal else { return Unit::Filler };
    // `first_mb_in_slice` is zero: a single bit.
    let first = rest.first().is_some_and(|b| b & 0x80 != 0);
    match head & 31 {
        1 | 2 => Unit::Slice { first, access: RandomAccess::No },
        5 => Unit::Slice { first, access: RandomAccess::Clean },
        6 => Unit::Sei,
        SPS | PPS => Unit::Set,
        9 => Unit::Delimiter,
        0 | 12 => Unit::Filler,
        14..=18 => Unit::Prefix,
        _ => Unit::Suffix,
    }
}

/// The number of a parameter set; none when it makes no sense.
pub(super) fn set_id(nal: &[u8]) -> Option<u32> {
    let (head, rest) = nal.split_first()?;
    if head & 31 == SPS {
        parse(nal)?;
    }
    let mut bits = Bits::of_nal(rest);
    if head & 31 == SPS {
        bits.skip(24);
    }
    let id = bits.ue();
    (!bits.overrun() && id < 256).then_some(id)
}

/// Reads a sequence parameter set (§7.3.2.1.1, annex E.1).
pub(super) fn parse(nal: &[u8]) -> Option<(Picture, SliceSyntax)> {
    let mut bits = Bits::of_nal(nal.get(1..)?);
    let profile = bits.byte();
    bits.skip(16);
    bits.ue();
    let (mut chroma, mut deeper, mut planes) = (1, [0; 2], false);
    if has_chroma(profile) {
        chroma = bits.ue();
        if chroma == 3 {
            planes = bits.flag();
        }
        deeper = [bits.ue() as u8 & 7, bits.ue() as u8 & 7];
        bits.flag();
        if bits.flag() {
            for i in 0..if chroma == 3 { 12 } else { 8 } {
                if bits.flag() {
                    skip_scaling(&mut bits, if i < 6 { 16 } else { 64 });
                }
            }
        }
    }
    let frame_num_bits = bits.ue() + 4;
    match bits.ue() {
        0 => {
            bits.ue();
        }
        1 => {
            bits.flag();
            bits.skip_se();
            bits.skip_se();
            for _ in 0..bits.ue().min(255) {
                bits.skip_se();
            }
        }
        _ => {}
    }
    bits.ue();
    bits.flag();
    let across = bits.ue();
    let down = bits.ue();
    let frames_only = bits.flag();
    if !frames_only {
        bits.flag();
    }
    bits.flag();
    let mut crop = [0; 4];
    if bits.flag() {
        for side in &mut crop {
            *side = bits.ue();
        }
    }
    let aspect = if bits.flag() && bits.flag() { aspect_ratio(&mut bits) } else { (1, 1) };
    if bits.overrun() || chroma > 3 || frame_num_bits > 16 || across.max(down) >= MAX_SIDE / 16 {
        return None;
    }
    let lines = if frames_only { 1 } else { 2 };
    let (unit_x, unit_y) = match chroma {
        1 => (2, 2),
        2 => (2, 1),
        _ => (1, 1),
    };
    let side = |blocks: u32, unit: u32, crop: [u32; 2]| {
        (blocks * 16).checked_sub(crop[0].checked_add(crop[1])?.checked_mul(unit)?).filter(|side| *side > 0)
    };
    let [left, right, top, bottom] = crop;
    let width = side(across + 1, unit_x, [left, right])?;
    let height = side((down + 1) * lines, unit_y * lines, [top, bottom])?;
    let picture = Picture { width, height, aspect, chroma: chroma as u8, deeper };
    Some((picture, SliceSyntax { planes, frame_num_bits, frames_only }))
}

/// The sample aspect ratio of video usability information (table E-1); also that of HEVC.
fn aspect_ratio(bits: &mut Bits<'_>) -> (u16, u16) {
    const RATIOS: [(u8, u8); 17] = [
        (1, 1),
        (1, 1),
        (12, 11),
        (10, 11),
        (16, 11),
        (40, 33),
        (24, 11),
        (20, 11),
        (32, 11),
        (80, 33),
        (18, 11),
        (15, 11),
        (64, 33),
        (160, 99),
        (4, 3),
        (3, 2),
        (2, 1),
    ];
    match bits.byte() {
        255 => match (bits.take(16) as u16, bits.take(16) as u16) {
            (0, _) | (_, 0) => (1, 1),
            ratio => ratio,
        },
        known => RATIOS.get(usize::from(known)).map_or((1, 1), |r| (r.0.into(), r.1.into())),
    }
}

/// Profiles whose parameter sets speak of chroma.
const fn has_chroma(profile: u8) -> bool {
    matches!(profile, 100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135)
}

fn skip_scaling(bits: &mut Bits<'_>, size: usize) {
    let (mut last, mut next) = (8_i64, 8_i64);
    for _ in 0..size {
        if next != 0 {
            let code = i64::from(bits.ue());
            let delta = if code & 1 == 0 { -(code / 2) } else { (code + 1) / 2 };
            next = (last + delta) & 255;
        }
        last = if next == 0 { last } else { next };
    }
}

/// Reads the first fields of a slice header (§7.3.3).
pub(super) fn slice(nal: &[u8], syntax: SliceSyntax) -> Slice {
    let mut bits = Bits::of_nal(nal.get(1..).unwrap_or(&[]));
    bits.ue();
    let intra = matches!(bits.ue() % 5, 2 | 4);
    bits.ue();
    if syntax.planes {
        bits.skip(2);
    }
    let frame_num = bits.take(syntax.frame_num_bits);
    let field = (!syntax.frames_only && bits.flag()).then(|| (frame_num, bits.flag()));
    Slice { intra, field: field.filter(|_| !bits.overrun()) }
}

/// The body of `avcC`.
pub(super) fn config(sets: &[Set]) -> Option<Vec<u8>> {
    let first = sets.iter().find(|s| s.kind == SPS)?;
    let (picture, _) = parse(&first.bytes)?;
    let [_, profile, compatible, level] = *first.bytes.first_chunk()?;
    // Version 1; lengths of four bytes.
    let mut out = vec![1, profile, compatible, level, 0xff];
    for (kind, reserved) in [(SPS, 0xe0), (PPS, 0)] {
        let of_kind = || sets.iter().filter(|s| s.kind == kind);
        out.push(reserved | of_kind().count().min(31) as u8);
        for set in of_kind().take(31) {
            // Sets longer than MAX_SET are not kept, so that 16 bits are enough.
            out.extend((set.bytes.len() as u16).to_be_bytes());
            out.extend_from_slice(&set.bytes);
        }
    }
    if matches!(profile, 100 | 110 | 122 | 144 | 244) {
        let [luma, chroma] = picture.deeper;
        out.extend([0xfc | picture.chroma, 0xf8 | luma, 0xf8 | chroma, 0]);
    }
    Some(out)
}
