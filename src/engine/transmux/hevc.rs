//! What an HEVC stream says about itself: the sequence parameter set as far as the sample entry needs it, the kind
//! of each NAL unit, and `hvcC` (ISO/IEC 23008-2 §7.3, 14496-15 §8.3.3). A sample aspect ratio other than square
//! is not looked for: it lies behind the reference picture sets, and HEVC is hardly ever anamorphic.

use super::bits::Bits;
use super::fragment::RandomAccess;
use super::h264::Picture;
use super::nal::{Set, Unit};

/// NAL unit types of parameter sets (ISO/IEC 23008-2 table 7-1).
const VPS: u8 = 32;
pub(super) const SPS: u8 = 33;
const PPS: u8 = 34;

/// Wider or higher is damage: level 6.2 ends at 16 888 luma samples.
const MAX_SIDE: u32 = 16_888;

/// `nal_unit_type`.
pub(super) const fn kind(head: u8) -> u8 {
    head >> 1 & 63
}

/// What a unit is.
pub(super) fn unit(nal: &[u8]) -> Unit {
    let [head, _, rest @ ..] = nal else { return Unit::Filler };
    let first = rest.first().is_some_and(|b| b & 0x80 != 0);
    let access = |access| Unit::Slice { first, access };
    match kind(*head) {
        // A broken link or an instantaneous refresh; a clean random access picture may have leading pictures.
        16..=20 => access(RandomAccess::Clean),
        21 => access(RandomAccess::Open),
        0..=31 => access(RandomAccess::No),
        VPS | SPS | PPS => Unit::Set,
        35 => Unit::Delimiter,
        38 => Unit::Filler,
        39 => Unit::Sei,
        41..=44 | 48..=55 => Unit::Prefix,
        _ => Unit::Suffix,
    }
}

/// What one needs of a sequence parameter set.
struct Sps {
    id: u32,
    picture: Picture,
    /// Profile, compatibility, constraints, level: twelve bytes, as `hvcC` has them.
    profile: [u8; 12],
    /// Number of temporal layers, and whether they are nested.
    layers: u8,
    nested: bool,
}

/// The number of a parameter set; none when it makes no sense.
pub(super) fn set_id(nal: &[u8]) -> Option<u32> {
    match kind(*nal.first()?) {
        VPS => Some(u32::from(nal.get(2)? >> 4)),
        SPS => Some(parse_sps(nal)?.id),
        _ => {
            let mut bits = Bits::of_nal(nal.get(2..)?);
            let id = bits.ue();
            (!bits.overrun() && id < 64).then_some(id)
        }
    }
}

/// Size and sample format of a sequence parameter set.
pub(super) fn parse(nal: &[u8]) -> Option<Picture> {
    parse_sps(nal).map(|sps| sps.picture)
}

/// §7.3.2.2.1 up to the bit depths.
fn parse_sps(nal: &[u8]) -> Option<Sps> {
    let mut bits = Bits::of_nal(nal.get(2..)?);
    bits.skip(4);
    let layers = bits.take(3);
    let nested = bits.flag();
    let mut profile = [0; 12];
    for byte in &mut profile {
        *byte = bits.byte();
    }
    // Sub-layers: two flags each (padded to eight pairs), then 88 bits of profile and 8 of level (§7.3.3).
    let mut present = [(false, false); 8];
    for sub in present.iter_mut().take(layers as usize) {
        *sub = (bits.flag(), bits.flag());
    }
    if layers > 0 {
        bits.skip(2 * (8 - layers));
    }
    for (has_profile, has_level) in present {
        bits.skip(if has_profile { 88 } else { 0 });
        bits.skip(if has_level { 8 } else { 0 });
    }
    let id = bits.ue();
    let chroma = bits.ue();
    if chroma == 3 {
        bits.flag();
    }
    let (width, height) = (bits.ue(), bits.ue());
    let mut crop = [0; 4];
    if bits.flag() {
        for side in &mut crop {
            *side = bits.ue();
        }
    }
    let deeper = [bits.ue() as u8 & 7, bits.ue() as u8 & 7];
    if bits.overrun() || id > 15 || chroma > 3 || width.max(height) > MAX_SIDE {
        return None;
    }
    let (unit_x, unit_y) = match chroma {
        1 => (2, 2),
        2 => (2, 1),
        _ => (1, 1),
    };
    let [left, right, top, bottom] = crop;
    let side = |whole: u32, unit: u32, a: u32, b: u32| {
        whole.checked_sub(a.checked_add(b)?.checked_mul(unit)?).filter(|side| *side > 0)
    };
    let width = side(width, unit_x, left, right)?;
    let height = side(height, unit_y, top, bottom)?;
    let picture = Picture { width, height, aspect: (1, 1), chroma: chroma as u8, deeper };
    Some(Sps { id, picture, profile, layers: layers as u8 + 1, nested })
}

/// The body of `hvcC`.
pub(super) fn config(sets: &[Set]) -> Option<Vec<u8>> {
    let sps = parse_sps(&sets.iter().find(|s| s.kind == SPS)?.bytes)?;
    let [luma, chroma] = sps.picture.deeper;
    let mut out = vec![1];
    out.extend_from_slice(&sps.profile);
    // No statement about spatial segmentation, parallelism, frame rate; lengths of four bytes.
    out.extend([0xf0, 0, 0xfc, 0xfc | sps.picture.chroma, 0xf8 | luma, 0xf8 | chroma, 0, 0]);
    out.push((sps.layers & 7) << 3 | u8::from(sps.nested) << 2 | 3);
    out.push(3);
    for kind in [VPS, SPS, PPS] {
        let of_kind = || sets.iter().filter(|s| s.kind == kind);
        // All sets of this kind are here.
        out.push(0x80 | kind);
        out.extend((of_kind().count() as u16).to_be_bytes());
        for set in of_kind() {
            out.extend((set.bytes.len() as u16).to_be_bytes());
            out.extend_from_slice(&set.bytes);
        }
    }
    Some(out)
}
