//! What the rule decides where its reasons can be told.

use sprat::engine::abr::{Abr, Flight, Ladder, Limits, Path, Paths, Rule, View, replaceable};
use sprat::engine::config::Bitrate;
use sprat::engine::time::{Instant, MediaTime, Millis};

#[test]
fn before_anything_is_measured_the_start_rate_decides() {
    assert_eq!(Scene::new(&LADDER).unmeasured().first(), 1, "900 of 1000 kbit/s");
    assert_eq!(Scene::new(&[5e6, 3e6]).unmeasured().first(), 1, "nothing fits: the lowest");
    assert_eq!(Scene::new(&[]).unmeasured().first(), 0);
    assert_eq!(Scene::new(&LADDER).first(), 2, "another player of the page has measured 4 Mbit/s");
}

#[test]
fn with_a_low_buffer_nothing_goes_up_that_may_come_late() {
    let scene = Scene::new(&LADDER);
    assert_eq!(scene.at(20.0, 0).settled(), 2, "2.5 of 4 Mbit/s");
    assert_eq!(scene.at(1.0, 2).settled(), 0, "a second is left: the lowest");
    assert_eq!(scene.at(0.0, 2).settled(), 0);
}

#[test]
fn asking_again_changes_nothing() {
    for goal in [10.0, 30.0] {
        for ahead in [0.0, 4.0, 9.0, 14.0, 30.0] {
            let mut scene = Scene::new(&LADDER).at(ahead, 1);
            scene.goal = goal;
            let mut rule = scene.rule();
            let first = scene.ask(&mut rule);
            scene.current = first;
            assert!((0..50).all(|_| scene.ask(&mut rule) == first), "{goal} s, {ahead} s");
        }
    }
}

#[test]
fn a_steady_network_ends_in_one_variant() {
    for (rate, best) in [(500e3, 0), (1.2e6, 1), (4e6, 2), (20e6, 3)] {
        let mut scene = Scene::new(&LADDER).at(0.0, 0);
        scene.paths = measured(rate);
        let mut rule = scene.rule();
        let (mut switches, mut index) = (0, 0);
        for i in 0..200 {
            let next = scene.ask(&mut rule);
            switches += u32::from(i > 20 && next != index);
            (index, scene.current) = (next, next);
            let took = LADDER[index] * 4.0 / rate;
            scene.ahead = (scene.ahead - took).max(0.0) + 4.0;
            let over = scene.ahead + 4.0 - scene.goal;
            rule.arrived(&scene.view(&scene.ladder()), index, false);
            if over > 0.0 {
                scene.ahead -= over;
                rule.rested(MediaTime::from_secs(over));
            }
        }
        assert_eq!((index, switches), (best, 0), "{rate} bit/s");
    }
}

#[test]
fn nothing_goes_up_on_an_old_word() {
    let mut scene = Scene::new(&LADDER).at(25.0, 1);
    scene.now = 59_000;
    assert_eq!(scene.settled(), 2);
    scene.now = 61_000;
    assert_eq!(scene.settled(), 1, "measured more than a minute ago");
}

#[test]
fn bitrates_may_be_anything() {
    let odd = [0.0, f64::NAN, 2e6, -1.0, f64::INFINITY, 2e6, 1e6];
    for current in 0..odd.len() + 2 {
        for ahead in [0.0, 5.0, 30.0] {
            let choice = Scene::new(&odd).at(ahead, current).settled();
            assert!([2, 5, 6].contains(&choice), "{choice}");
        }
    }
    assert_eq!(Scene::new(&odd).at(20.0, 5).settled(), 5, "among equals the present one");
    assert_eq!(Scene::new(&[0.0, 0.0]).at(20.0, 1).settled(), 1, "nothing is known of any");
    assert_eq!(Scene::new(&[1e6]).at(20.0, 0).settled(), 0);
    assert_eq!(Scene::new(&[]).at(20.0, 7).settled(), 7);
    let mut still = Scene::new(&LADDER).at(3.0, 0);
    (still.goal, still.segment) = (0.0, 0.0);
    still.settled();
}

#[test]
fn no_more_is_chosen_than_the_screen_shows() {
    let sizes = [(426, 240), (640, 360), (1280, 720), (1920, 1080)];
    let best = |viewport, saving| {
        let mut scene = Scene::new(&LADDER).at(28.0, 3);
        scene.paths = measured(50e6);
        (scene.sizes, scene.limits) = (sizes.to_vec(), Limits { viewport, saving });
        scene.settled()
    };
    assert_eq!(best(None, false), 3);
    assert_eq!(best(Some((1280, 720)), false), 2);
    assert_eq!(best(Some((700, 394)), false), 2, "360 rows do not cover it");
    assert_eq!(best(Some((200, 1000)), false), 0, "letterboxed: the width decides");
    assert_eq!(best(Some((3840, 2160)), false), 3);
    assert_eq!(best(Some((0, 0)), false), 3, "not on screen: no limit");
    assert_eq!(best(None, true), 1, "360 of 480 rows");
    assert_eq!(best(Some((300, 200)), true), 0);
}

#[test]
fn a_request_that_will_stall_is_left_if_a_lower_variant_would_not() {
    let scene = Scene::new(&LADDER).at(4.0, 2);
    let flight =
        |bytes, ms| Flight { index: 2, bytes, size: 1_250_000, elapsed: Millis(ms), waited: Millis(100) };
    let leave = |scene: &Scene, flight| scene.rule().abandon(&scene.view(&scene.ladder()), &flight);
    assert_eq!(leave(&scene, flight(500_000, 1_100)), None, "the rest comes in 1.5 s");
    assert_eq!(leave(&scene, flight(125_000, 1_100)), Some(1), "9 s are left, 3.6 s at 900 kbit/s");
    assert_eq!(leave(&scene, flight(125_000, 300)), None, "too early to tell");
    assert_eq!(leave(&scene, flight(0, 1_100)), None, "nothing came: nothing is known");
    assert_eq!(leave(&scene, flight(1_200_000, 5_000)), None, "what is left is less than anything else");
    assert_eq!(leave(&scene.at(0.0, 2), flight(125_000, 1_100)), Some(0), "it stalls: the shortest stall");
    assert_eq!(leave(&scene, Flight { index: 0, ..flight(50_000, 1_100) }), None);
    assert_eq!(leave(&scene, Flight { index: 9, ..flight(50_000, 1_100) }), None);
}

#[test]
fn only_a_comfortable_buffer_is_fetched_again() {
    let scene = Scene::new(&LADDER).at(25.0, 2);
    let buffered = |worse: usize| (0..6).map(move |i| (MediaTime::from_secs(f64::from(i) * 4.0), worse, i));
    let pick = |scene: &Scene, worse| replaceable(&scene.view(&scene.ladder()), buffered(worse));
    assert_eq!(pick(&scene, 0), Some(3), "the first that is far enough ahead");
    assert_eq!(pick(&scene, 2), None, "it is as good");
    assert_eq!(pick(&scene, 3), None, "it is better");
    assert_eq!(pick(&scene.at(12.0, 2), 0), None);
    assert_eq!(pick(&scene.at(25.0, 3), 0), None, "4 Mbit/s do not carry it");
}

#[test]
fn the_estimate_drops_fast_and_rises_slowly() {
    let mut path = measured(8e6).origin;
    feed(&mut path, 1e6, 4);
    let low = path.rate().unwrap().0;
    assert!((3e6..5e6).contains(&low), "4 s are a half-life: {low}");
    feed(&mut path, 8e6, 4);
    let risen = path.rate().unwrap().0;
    assert!(risen > low && risen < 7e6, "{risen}");
}

#[test]
fn small_pieces_and_cache_hits_do_not_deceive() {
    let mut path = Paths::new(Bitrate(1e6)).origin;
    let now = Instant::ZERO;
    path.brought(10_000, Millis(500), now);
    assert_eq!(path.rate(), None, "too little to judge by");
    path.brought(90_000, Millis(500), now);
    assert_eq!(path.rate(), Some(Bitrate(800_000.0)));
    path.brought(4_000_000, Millis(0), now);
    assert!(path.rate().unwrap().0 <= 100e6);
    let mut steady = measured(2e6).origin;
    steady.brought(200_000, Millis(0), now);
    let rate = steady.rate().unwrap().0;
    assert!(rate < 2.7e6, "one hit weighs little: {rate}");
    steady.brought(u64::MAX, Millis(u64::MAX), now);
    assert!(steady.rate().unwrap().0.is_finite());
}

#[test]
fn what_neighbours_bring_is_not_the_origins() {
    let mut scene = Scene::new(&LADDER).at(25.0, 1);
    scene.paths = measured(1.2e6);
    feed(&mut scene.paths.swarm, 100e6, 60);
    assert_eq!(scene.settled(), 1);
}

const LADDER: [f64; 4] = [400e3, 900e3, 2.5e6, 5e6];

/// In a live of 4 s segments there are some 14 s to the edge, and whoever lets neighbours bring what is new has less of it.
#[test]
fn a_buffer_that_waits_for_neighbours_is_no_reason_for_less_and_one_that_may_run_dry_is() {
    let scene = |shared: bool| Scene { shared, goal: 14.0, ..Scene::new(&[780e3, 1_500e3, 2_800e3]) };
    let places = |shared: bool| {
        let scene = scene(shared);
        let mut rule = scene.at(12.0, 2).rule();
        [12.0, 9.0, 6.0, 5.0].map(|ahead| scene.at(ahead, 2).ask(&mut rule))
    };
    assert!(places(false).iter().any(|&place| place < 2), "by the buffer alone: {:?}", places(false));
    assert_eq!(places(true), [2, 2, 2, 2]);
    let mut rule = scene(true).at(12.0, 2).rule();
    assert!(scene(true).at(2.0, 2).ask(&mut rule) < 2, "it would come late from the origin");
}

/// A moment in a player's life; the origin brings 4 Mbit/s if nothing else is said.
#[derive(Clone)]
struct Scene {
    bitrates: Vec<f64>,
    sizes: Vec<(u32, u32)>,
    limits: Limits,
    paths: Paths,
    now: u64,
    current: usize,
    ahead: f64,
    goal: f64,
    segment: f64,
    shared: bool,
    by_parts: bool,
}

impl Scene {
    fn new(bitrates: &[f64]) -> Self {
        Self {
            bitrates: bitrates.to_vec(),
            sizes: vec![(0, 0); bitrates.len()],
            limits: Limits::default(),
            paths: measured(4e6),
            now: 1_000,
            current: 0,
            ahead: 0.0,
            goal: 30.0,
            segment: 4.0,
            shared: false,
            by_parts: false,
        }
    }

    fn at(&self, ahead: f64, current: usize) -> Self {
        Self { ahead, current, ..self.clone() }
    }

    fn unmeasured(&self) -> Self {
        Self { paths: Paths::new(Bitrate(1e6)), ..self.clone() }
    }

    fn ladder(&self) -> Ladder {
        let variants = self.bitrates.iter().zip(&self.sizes).map(|(&b, &s)| Some((Bitrate(b), s)));
        Ladder::new(&variants.collect::<Vec<_>>(), self.current, self.limits)
    }

    fn view<'a>(&'a self, ladder: &'a Ladder) -> View<'a> {
        View {
            ladder,
            paths: &self.paths,
            now: Instant::from_millis(self.now),
            current: self.current,
            ahead: MediaTime::from_secs(self.ahead),
            goal: MediaTime::from_secs(self.goal),
            shared: self.shared,
            segment: MediaTime::from_secs(self.segment),
            by_parts: self.by_parts,
        }
    }

    fn ask(&self, rule: &mut Rule) -> usize {
        rule.choose(&self.view(&self.ladder()))
    }

    fn at_edge(&self, ahead: f64, current: usize) -> Self {
        Self { by_parts: true, segment: 0.4, goal: 1.2, ..self.at(ahead, current) }
    }

    fn first(&self) -> usize {
        self.ask(&mut Rule::default())
    }

    /// A rule that has seen segments come.
    fn rule(&self) -> Rule {
        let mut rule = Rule::default();
        for _ in 0..9 {
            rule.arrived(&self.view(&self.ladder()), self.current, false);
        }
        rule
    }

    fn settled(&self) -> usize {
        self.ask(&mut self.rule())
    }
}

fn measured(rate: f64) -> Paths {
    let mut paths = Paths::new(Bitrate(1e6));
    feed(&mut paths.origin, rate, 60);
    paths
}

fn feed(path: &mut Path, rate: f64, seconds: u32) {
    for _ in 0..seconds {
        path.brought((rate / 8.0) as u64, Millis(1_000), Instant::ZERO);
    }
}

#[test]
fn at_the_live_edge_going_up_takes_more_than_staying() {
    // 4 Mbit/s are measured.
    let scene = Scene::new(&[5e5, 1e6, 2e6, 3e6, 6e6]);
    let ask = |scene: Scene| scene.ask(&mut Rule::default());
    assert_eq!(ask(scene.at_edge(0.9, 0)), 2, "up to what takes six tenths");
    assert_eq!(ask(scene.at_edge(0.9, 3)), 3, "what takes three quarters may stay");
    assert_eq!(ask(scene.at_edge(0.9, 4)), 3, "what takes more than all may not");
    assert_eq!(ask(scene.at_edge(0.1, 0)), 0, "with less than a part here it is no time to go up");
    assert_eq!(ask(scene.at_edge(0.9, 1).unmeasured()), 1, "nothing is known that speaks for a change");
}

#[test]
fn at_the_live_edge_two_slow_parts_are_enough_to_go_down() {
    let mut scene = Scene::new(&[5e5, 1e6, 3e6]).at_edge(0.9, 2);
    assert_eq!(scene.ask(&mut Rule::default()), 2);
    for _ in 0..2 {
        scene.paths.origin.brought(150_000, Millis(800), Instant::from_millis(scene.now));
    }
    assert_eq!(scene.ask(&mut Rule::default()), 1, "1.5 Mbit/s");
}
