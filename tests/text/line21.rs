//! Line 21 captions, from byte pairs made by the helpers below.

use super::{cue, secs};
use sprat::engine::text::{Captions608, Channel, Cue};

const RCL: [u8; 2] = [0x14, 0x20];
const BS: [u8; 2] = [0x14, 0x21];
const DER: [u8; 2] = [0x14, 0x24];
const RU2: [u8; 2] = [0x14, 0x25];
const RU3: [u8; 2] = [0x14, 0x26];
const RDC: [u8; 2] = [0x14, 0x29];
const TR: [u8; 2] = [0x14, 0x2a];
const EDM: [u8; 2] = [0x14, 0x2c];
const CR: [u8; 2] = [0x14, 0x2d];
const ENM: [u8; 2] = [0x14, 0x2e];
const EOC: [u8; 2] = [0x14, 0x2f];
/// Row 15, column 0.
const ROW_15: [u8; 2] = [0x14, 0x70];
const ROW_14: [u8; 2] = [0x14, 0x50];

#[test]
fn a_pop_on_caption_is_shown_from_its_end_of_caption_to_the_next() {
    let mut line = Line::default();
    line.at(1.0).twice(RCL).twice(ENM).twice(ROW_14).text("Hello,").twice(ROW_15).text("world");
    line.at(2.0)
        .twice(EOC)
        .at(3.0)
        .twice(RCL)
        .twice([0x11, 0x40])
        .text("Top")
        .at(4.0)
        .twice(EOC)
        .at(6.5)
        .twice(EDM);
    let low =
        Cue { settings: "line:79.33% position:10% align:start".into(), ..cue(2.0, 4.0, "Hello,\nworld") };
    let high = Cue { settings: "line:10% position:10% align:start".into(), ..cue(4.0, 6.5, "Top") };
    assert_eq!(line.cues(), [low, high]);
}

#[test]
fn rolled_up_rows_are_shown_as_they_fill() {
    let mut line = Line::default();
    line.at(1.0).twice(RU2).twice(CR).twice(ROW_15).text("one");
    line.at(2.0).twice(CR).at(2.1).text("two").at(3.0).twice(CR).at(5.0).text("three").at(6.0).twice(EDM);
    let said: Vec<_> = line.cues().into_iter().map(|c| (c.start, c.end, c.text)).collect();
    let expected = [
        (1.0, 2.0, "one"),
        // A moment after the carriage return is at the carriage return …
        (2.0, 3.0, "one\ntwo"),
        // … a silence is not.
        (3.0, 5.0, "two"),
        (5.0, 6.0, "two\nthree"),
    ];
    assert_eq!(said, expected.map(|(start, end, text)| (secs(start), secs(end), text.to_owned())));
}

#[test]
fn a_roll_up_window_moves_and_shrinks() {
    let mut line = Line::default();
    line.at(1.0).twice(RU3).twice(ROW_15).text("a").twice(CR).text("b").twice(CR).text("c");
    // To row 5, with the window's contents.
    line.at(2.0).twice([0x15, 0x50]).at(3.0).twice(RU2).at(4.0).twice(RCL).twice(EDM);
    let said: Vec<_> = line.cues().into_iter().map(|c| (c.settings, c.text)).collect();
    let at = |line: &str| format!("line:{line}% position:10% align:start");
    assert_eq!(said, [(at("74"), "a\nb\nc".to_owned()), (at("26"), "b\nc".to_owned())]);
}

#[test]
fn a_painted_caption_grows_in_sight() {
    let mut line = Line::default();
    line.at(1.0).twice(RDC).twice(ROW_14).text("first").at(1.2).twice(ROW_15).text("with it");
    line.at(3.0).twice(RDC).twice([0x11, 0x40]).text("later").at(4.0).flush();
    line.at(4.5).twice(EDM);
    let said: Vec<_> = line.cues().into_iter().map(|c| (c.start, c.end, c.text)).collect();
    let expected = [
        (1.0, 3.0, "first\nwith it"),
        (3.0, 4.0, "later"),
        (3.0, 4.0, "first\nwith it"),
        (4.0, 4.5, "later"),
        (4.0, 4.5, "first\nwith it"),
    ];
    assert_eq!(said, expected.map(|(start, end, text)| (secs(start), secs(end), text.to_owned())));
}

#[test]
fn letters_beyond_ascii_and_styles_are_carried_over() {
    let mut line = Line::default();
    line.at(1.0).twice(RCL).twice([0x14, 0x6e]).text("A*");
    // A note; Ç in place of C; a German sharp s in place of s; a red, underlined word.
    line.twice([0x11, 0x37]).text("C").twice([0x12, 0x32]).text("s").twice([0x13, 0x34]);
    line.twice([0x11, 0x29]).text("red<&").twice(EOC).at(2.0).twice(EDM);
    let text = "<i>Aá♪Çß</i><c.red><u> red&lt;&amp;</u></c>";
    let [said] = &line.cues()[..] else { panic!() };
    assert_eq!(said.text, text);
}

#[test]
fn rows_are_placed_by_column_or_centre() {
    let settings = |rows: &[(u8, u8, &str)]| -> Vec<_> {
        let mut line = Line::default();
        line.at(1.0).twice(RCL);
        for (address, tab, text) in rows {
            line.twice([0x14, *address]);
            if *tab > 0 {
                line.twice([0x17, 0x20 + tab]);
            }
            line.text(text);
        }
        line.twice(EOC).at(2.0).twice(EDM);
        line.cues().into_iter().map(|c| c.settings).collect()
    };
    // Columns 8 and 12, 16 and 8 letters long: both centred on the screen.
    assert_eq!(settings(&[(0x54, 0, "sixteen letters!"), (0x76, 0, "eight...")]), ["line:79.33%"]);
    // Columns 4 and 6: both centred on column 8.
    let left = settings(&[(0x52, 0, "8letters"), (0x72, 2, "four")]);
    assert_eq!(left, ["line:79.33% position:30%"]);
    // Two speakers: each in a corner.
    let corners = settings(&[(0x50, 0, "- left"), (0x7a, 3, "- right")]);
    assert_eq!(corners, ["line:79.33% position:10% align:start", "line:84.67% position:67.5% align:start"]);
}

#[test]
fn mistakes_are_taken_back() {
    let mut line = Line::default();
    line.at(1.0).twice(RCL).twice(ROW_15).text("wrongg").twice(BS).text(" way");
    // Five columns in, and the rest of the row goes.
    line.twice([0x14, 0x72]).twice([0x17, 0x21]).twice(DER).twice(EOC).at(2.0).twice(EDM);
    assert_eq!(line.cues()[0].text, "wrong");
    // A row that is full keeps its last column for what comes.
    let mut line = Line::default();
    line.at(1.0)
        .twice(RCL)
        .twice(ROW_15)
        .text("0123456789012345678901234567890123456789")
        .twice(EOC)
        .at(2.0)
        .twice(EDM);
    assert_eq!(line.cues()[0].text, "01234567890123456789012345678909");
}

#[test]
fn a_control_pair_counts_once_when_sent_twice_and_twice_when_sent_four_times() {
    for (copies, text) in [(1, "abc"), (2, "abc"), (3, "ab"), (4, "ab")] {
        let mut line = Line::default();
        line.at(1.0).twice(RCL).twice(ROW_15).text("abcd");
        for _ in 0..copies {
            line.pair(BS).pair([0, 0]);
        }
        line.twice(EOC).at(2.0).twice(EDM);
        assert_eq!(line.cues()[0].text, text, "{copies}");
    }
}

#[test]
fn channels_and_fields_do_not_mix() {
    let mut line = Line::default();
    line.at(1.0).twice(RCL).twice(ROW_15).text("one");
    line.twice([0x1c, 0x20]).twice([0x1c, 0x70]).text("two").twice(RCL).text("!");
    line.field = 1;
    line.twice([0x15, 0x20]).twice(ROW_15).text("th");
    // A programme's name is no caption, nor is it the end of one.
    line.pair([0x01, 0x03]).text("XDS").pair([0x0f, 0x1d]).twice([0x15, 0x20]).text("ree");
    line.twice([0x1d, 0x20]).twice([0x1c, 0x70]).text("four").twice([0x1d, 0x2f]).twice([0x15, 0x2f]);
    line.field = 0;
    line.twice(EOC).twice([0x1c, 0x2f]);
    // Types 2 and 3, and pairs that do not count, are nobody's.
    for head in [0xfe, 0xff, 0xf8, 0xf9] {
        line.captions.push(secs(1.5), &[head, b'n', b'o'], &mut line.cues);
    }
    line.at(2.0).flush();
    let said: Vec<_> = line.cues.iter().map(|(channel, cue)| (*channel, cue.text.as_str())).collect();
    use Channel::{Cc1, Cc2, Cc3, Cc4};
    assert_eq!(said, [(Cc1, "one!"), (Cc2, "two"), (Cc3, "three"), (Cc4, "four")]);
}

#[test]
fn text_mode_and_what_comes_before_any_mode_are_not_captions() {
    let mut line = Line::default();
    line.at(1.0)
        .text("noise")
        .twice(TR)
        .text("teletype")
        .twice(RDC)
        .twice(ROW_15)
        .text("caption")
        .at(2.0)
        .flush();
    let said: Vec<_> = line.cues().into_iter().map(|c| c.text).collect();
    assert_eq!(said, ["caption"]);
}

#[test]
fn parity_does_not_matter_and_time_may_jump_back() {
    let mut line = Line { parity: true, ..Line::default() };
    line.at(5.0).twice(RCL).twice(ROW_15).text("late").twice(EOC).at(3.0).twice(EDM).at(4.0).flush();
    assert_eq!(line.cues(), []);
    line.twice(RCL).twice(ENM).twice(ROW_15).text("then").twice(EOC).at(5.0).twice(EDM);
    assert_eq!(line.cues()[0].text, "then");
}

/// The captions of a video, pair by pair.
#[derive(Default)]
struct Line {
    captions: Captions608,
    cues: Vec<(Channel, Cue)>,
    at: f64,
    field: u8,
    parity: bool,
}

impl Line {
    fn at(&mut self, at: f64) -> &mut Self {
        self.at = at;
        self
    }

    fn pair(&mut self, pair: [u8; 2]) -> &mut Self {
        let odd =
            |byte: u8| if self.parity && byte.count_ones().is_multiple_of(2) { byte | 0x80 } else { byte };
        let triplet = [0xfc | self.field, odd(pair[0]), odd(pair[1])];
        self.captions.push(secs(self.at), &triplet, &mut self.cues);
        self
    }

    fn twice(&mut self, pair: [u8; 2]) -> &mut Self {
        self.pair(pair).pair(pair)
    }

    fn text(&mut self, text: &str) -> &mut Self {
        for pair in text.as_bytes().chunks(2) {
            self.pair([pair[0], *pair.get(1).unwrap_or(&0)]);
        }
        self
    }

    fn flush(&mut self) -> &mut Self {
        self.captions.flush(secs(self.at), &mut self.cues);
        self
    }

    fn cues(&self) -> Vec<Cue> {
        self.cues.iter().map(|(_, cue)| cue.clone()).collect()
    }
}
