//! Which rendition the throughput rule picks.

use sprat::engine::abr::{Abr, Throughput};
use sprat::engine::config::Bitrate;
use sprat::engine::time::{MediaTime, Millis};

#[test]
fn before_anything_is_measured_the_start_rate_decides() {
    let abr = Throughput::new(Bitrate(1_000_000.0));
    assert_eq!(abr.throughput(), None);
    assert_eq!(abr.choose(&LADDER, 0, secs(0.0)), 1);
    assert_eq!(abr.choose(&[Bitrate(5e6), Bitrate(3e6)], 0, secs(0.0)), 1, "nothing fits: the lowest");
    assert_eq!(abr.choose(&[], 0, secs(0.0)), 0);
}

#[test]
fn the_rule_goes_up_with_room_and_stays_without() {
    let abr = measured(4_000_000.0);
    assert_eq!(abr.choose(&LADDER, 0, secs(10.0)), 2, "2.5 of 4 Mbit/s leaves room");
    assert_eq!(abr.choose(&LADDER, 0, secs(1.0)), 0, "with an empty buffer nothing goes up");
    let close = measured(3_000_000.0);
    assert_eq!(close.choose(&LADDER, 2, secs(10.0)), 2, "2.5 of 3 Mbit/s is enough to stay");
    assert_eq!(close.choose(&LADDER, 1, secs(10.0)), 1, "and not enough to go up");
}

#[test]
fn the_rule_goes_down_at_once_or_lives_on_its_buffer() {
    let abr = measured(2_300_000.0);
    assert_eq!(abr.choose(&LADDER, 2, secs(10.0)), 1);
    assert_eq!(abr.choose(&LADDER, 2, secs(25.0)), 2, "a short dip goes by unseen");
    assert_eq!(measured(100_000.0).choose(&LADDER, 3, secs(25.0)), 0);
}

#[test]
fn among_equal_bitrates_the_present_one_is_kept() {
    let twins = [Bitrate(1e6), Bitrate(1e6), Bitrate(0.0), Bitrate(f64::NAN)];
    for current in 0..2 {
        assert_eq!(measured(9e6).choose(&twins, current, secs(10.0)), current);
        assert_eq!(Throughput::new(Bitrate(2e6)).choose(&twins, current, secs(10.0)), current);
    }
    assert_eq!(measured(9e6).choose(&twins, 2, secs(10.0)), 0);
    assert_eq!(measured(9e6).choose(&twins, 99, secs(10.0)), 0, "an index from another ladder is none");
}

#[test]
fn the_estimate_drops_fast_and_rises_slowly() {
    let mut abr = Throughput::new(Bitrate(1e6));
    for _ in 0..30 {
        abr.downloaded(1_000_000, Millis(1_000));
    }
    for _ in 0..3 {
        abr.downloaded(125_000, Millis(1_000));
    }
    let low = abr.throughput().unwrap().0;
    assert!((3e6..5e6).contains(&low), "3 s are a half-life: {low}");
    for _ in 0..3 {
        abr.downloaded(1_000_000, Millis(1_000));
    }
    let risen = abr.throughput().unwrap().0;
    assert!(risen > low && risen < 8e6, "{risen}");
}

#[test]
fn small_pieces_and_cache_hits_do_not_deceive() {
    let mut abr = Throughput::new(Bitrate(1e6));
    abr.downloaded(10_000, Millis(500));
    assert_eq!(abr.throughput(), None, "too little to judge by");
    abr.downloaded(90_000, Millis(500));
    assert_eq!(abr.throughput(), Some(Bitrate(800_000.0)));
    abr.downloaded(4_000_000, Millis(0));
    let rate = abr.throughput().unwrap().0;
    assert!(rate <= 100_000_000.0, "{rate}");
    let mut steady = measured(2e6);
    steady.downloaded(200_000, Millis(0));
    let rate = steady.throughput().unwrap().0;
    assert!(rate < 2.7e6, "one hit weighs little: {rate}");
    steady.downloaded(u64::MAX, Millis(u64::MAX));
    assert!(steady.throughput().unwrap().0.is_finite());
}

const LADDER: [Bitrate; 4] =
    [Bitrate(400_000.0), Bitrate(900_000.0), Bitrate(2_500_000.0), Bitrate(5_000_000.0)];

fn measured(rate: f64) -> Throughput {
    let mut abr = Throughput::new(Bitrate(1_000_000.0));
    for _ in 0..60 {
        abr.downloaded((rate / 8.0) as u64, Millis(1_000));
    }
    abr
}

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}
