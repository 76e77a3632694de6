//! What of supplemental enhancement information a player uses: the recovery point, where decoding may begin without
//! an IDR picture (ISO/IEC 14496-10 §D.1.8), and captions in `cc_data` (ATSC A/53 part 4 §6.2.3).

use super::bits::Bits;

/// Payload types (table D-1).
const USER_DATA_REGISTERED: u32 = 4;
const RECOVERY_POINT: u32 = 6;

/// `itu_t_t35` country (USA) and provider (ATSC), the identifier `GA94`, type 3: `cc_data`.
const CAPTIONS: [u8; 8] = [0xb5, 0, 0x31, b'G', b'A', b'9', b'4', 3];

/// Reads the messages of a unit without its NAL header; appends valid caption triplets to `captions`. Whether there
/// is a recovery point (which only H.264 writes in this form).
pub fn read(payload: &[u8], captions: &mut Vec<u8>) -> bool {
    let mut recovery = false;
    let mut bits = Bits::of_nal(payload);
    // Each message takes two bytes at least; what follows the last is the stop bit.
    while bits.bytes_left() > 2 {
        let kind = number(&mut bits);
        let mut size = number(&mut bits);
        match kind {
            RECOVERY_POINT => recovery = true,
            USER_DATA_REGISTERED if size >= 11 => {
                size -= 8;
                if CAPTIONS.map(|_| bits.byte()) == CAPTIONS {
                    size -= 2;
                    let flags = bits.byte();
                    bits.skip(8);
                    let count = if flags & 0x40 == 0 { 0 } else { u32::from(flags & 31) };
                    for _ in 0..count.min(size / 3) {
                        size -= 3;
                        let triplet = [bits.byte(), bits.byte(), bits.byte()];
                        // `cc_valid`.
                        if triplet[0] & 4 != 0 && !bits.overrun() {
                            captions.extend(triplet);
                        }
                    }
                }
            }
            _ => {}
        }
        if bits.overrun() {
            break;
        }
        for _ in 0..size {
            if bits.bytes_left() == 0 {
                return recovery;
            }
            bits.byte();
        }
    }
    recovery
}

/// A number as a sum of bytes, 255 goes on.
fn number(bits: &mut Bits<'_>) -> u32 {
    let mut sum = 0_u32;
    loop {
        let byte = bits.byte();
        sum += u32::from(byte);
        if byte != 255 || bits.overrun() {
            return sum;
        }
    }
}
