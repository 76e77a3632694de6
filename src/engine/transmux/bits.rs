//! Reads bits, most significant first, and Exp-Golomb numbers (ISO/IEC 14496-10 §9.1). Past the end everything is
//! zero and [`Bits::overrun`] says so once at the end: no header parser has to ask after every field.

/// A cursor over bits.
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    /// Whether `00 00 03` stands for `00 00` (emulation prevention, ISO/IEC 14496-10 §7.4.1.1).
    escaped: bool,
    zeros: u8,
    byte: u8,
    left: u8,
    overrun: bool,
}

impl<'a> Bits<'a> {
    /// Of bytes that mean what they say.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, escaped: false, zeros: 0, byte: 0, left: 0, overrun: false }
    }

    /// Of a NAL unit, or the end of one.
    pub(super) const fn of_nal(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, escaped: true, zeros: 0, byte: 0, left: 0, overrun: false }
    }

    /// Whether more was read than there is.
    pub(super) const fn overrun(&self) -> bool {
        self.overrun
    }

    /// Bytes not begun yet, escapes included.
    pub(super) const fn bytes_left(&self) -> usize {
        self.rest.len()
    }

    fn next_byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.rest.split_first() else {
            self.overrun = true;
            return 0;
        };
        self.rest = rest;
        if self.escaped && self.zeros >= 2 && byte == 3 {
            self.zeros = 0;
            return self.next_byte();
        }
        self.zeros = if byte == 0 { self.zeros.saturating_add(1) } else { 0 };
        byte
    }

    /// One bit.
    pub(super) fn flag(&mut self) -> bool {
        if self.left == 0 {
            self.byte = self.next_byte();
            self.left = 8;
        }
        self.left -= 1;
        self.byte >> self.left & 1 != 0
    }

    /// A number of `n` bits, at most 32.
    pub(super) fn take(&mut self, n: u32) -> u32 {
        let mut value = 0;
        for _ in 0..n {
            value = value << 1 | u32::from(self.flag());
        }
        value
    }

    /// A byte.
    pub(super) fn byte(&mut self) -> u8 {
        self.take(8) as u8
    }

    /// Passes over `n` bits.
    pub(super) fn skip(&mut self, n: u32) {
        for _ in 0..n {
            self.flag();
        }
    }

    /// `ue(v)`.
    pub(super) fn ue(&mut self) -> u32 {
        let mut zeros = 0;
        while zeros < 32 && !self.flag() {
            if self.overrun {
                return 0;
            }
            zeros += 1;
        }
        // 32 leading zeros only stand in damaged streams.
        if zeros > 31 {
            self.overrun = true;
            return 0;
        }
        (1 << zeros) - 1 + self.take(zeros)
    }

    /// `se(v)`, where only its place matters.
    pub(super) fn skip_se(&mut self) {
        self.ue();
    }
}
