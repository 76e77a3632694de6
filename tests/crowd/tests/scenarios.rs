//! Small crowds of every scenario: that they run, replay, and hold what no crowd may break.

use sprat_crowd::{Figures, Scenario, run};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sim/scenarios")
}

fn scenario(name: &str, viewers: usize, minutes: f64) -> Scenario {
    let text = std::fs::read_to_string(folder().join(format!("{name}.toml"))).expect("it is there");
    let mut scenario = Scenario::read(&text).expect("it is a scenario");
    scenario.audience.viewers = viewers;
    scenario.minutes = minutes;
    scenario
}

fn json(figures: &Figures) -> String {
    serde_json::to_string(figures).expect("figures are JSON")
}

#[test]
fn a_seed_replays_exactly_and_another_one_does_not() {
    let scenario = scenario("steady-live", 12, 1.0);
    let first = json(&run(&scenario, 7, true));
    assert_eq!(first, json(&run(&scenario, 7, true)));
    assert_ne!(first, json(&run(&scenario, 8, true)));
}

#[test]
fn in_every_scenario_a_small_crowd_plays_and_sees_no_altered_byte() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the scenarios are there") {
        let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
        names.push(name.trim_end_matches(".toml").to_owned());
    }
    names.sort();
    for name in names {
        let scenario = scenario(&name, 16, 1.0);
        let (with, without) = (run(&scenario, 3, true), run(&scenario, 3, false));
        println!(
            "{name}: offload {:.2} of {:.2}, {} stalls, {} without peers",
            with.offload, with.bound, with.stalls, without.stalls
        );
        assert_eq!((with.altered_shown, with.altered_relayed), (0, 0), "{name}");
        assert_eq!(with.failures, 0, "{name}");
        assert!(with.offload > 0.05 && with.delivered_mb > 10.0, "{name}: {}", with.offload);
        assert!(without.peers_mb == 0.0 && without.offload < 0.05, "{name}: {}", without.offload);
        assert_eq!((with.never_started, without.never_started), (0, 0), "{name}");
    }
}

#[test]
fn digests_of_pieces_let_a_crowd_share_more_and_altered_pieces_go_no_further() {
    let mut scenario = scenario("steady-live", 40, 1.5);
    let whole = run(&scenario, 3, true);
    scenario.stream.pieces = true;
    let pieces = run(&scenario, 3, true);
    println!("offload {:.3} with whole segments, {:.3} with pieces", whole.offload, pieces.offload);
    assert!(pieces.offload > whole.offload, "{} and {}", pieces.offload, whole.offload);
    assert_eq!((pieces.rejected, pieces.failures, pieces.never_started), (0, 0, 0));
    scenario.audience.liars = 0.3;
    let hostile = run(&scenario, 3, true);
    assert_eq!((hostile.altered_shown, hostile.altered_relayed), (0, 0));
    assert!(hostile.rejected > 0 && hostile.offload > 0.2, "{} {}", hostile.rejected, hostile.offload);
}

#[test]
fn liars_who_come_back_under_new_names_show_and_spread_nothing_and_cost_no_stall() {
    let mut scenario = scenario("hostile-returning", 40, 2.0);
    for (pieces, seed) in (1..=10).map(|seed| (seed % 5 == 3, seed)) {
        scenario.stream.pieces = pieces;
        let (with, without) = (run(&scenario, seed, true), run(&scenario, seed, false));
        let (names, most) = with.liar_names.expect("they come back");
        println!("offload {:.3}, of the honest {:.3}; {names} names", with.offload, with.offload_honest);
        assert_eq!((with.altered_shown, with.altered_relayed, with.failures), (0, 0, 0));
        assert!(with.stalls <= without.stalls, "seed {seed}: {} and {}", with.stalls, without.stalls);
        assert!(names > 1.5 && most > 2, "{names} and {most}");
        assert!(with.offload_honest > 0.2, "{}", with.offload_honest);
        assert_eq!((with.never_started, without.liar_names), (0, Some((1.0, 1))));
    }
}

/// A viewer of another quality is in another swarm: whoever changes it has nothing of its neighbours there, nor they of it.
#[test]
fn on_ample_lines_viewers_stay_with_the_quality_that_the_origin_could_bring_too() {
    let mut scenario = scenario("abr-mixed", 40, 2.0);
    scenario.link.drain(..2);
    scenario.stream.pieces = true;
    let (with, without) = (run(&scenario, 3, true), run(&scenario, 3, false));
    let figures = (with.offload, with.switches, without.switches);
    println!(
        "{:.1} % from neighbours, {} changes of quality, {} without",
        figures.0 * 100.0,
        figures.1,
        figures.2
    );
    assert!(with.offload > 0.6 && with.stalls == 0, "{figures:?}");
    assert!(with.switches < 2 * without.switches, "{figures:?}");
}

/// Were everybody to ask the first, it would soon have given all that it may, and the second would be left to the origin.
#[test]
fn viewers_who_come_one_after_the_other_pass_on_what_they_got() {
    let figures = run(&scenario("four-in-a-row", 4, 3.0), 3, true);
    println!(
        "offload {:.3} of {:.3}, the most given by one {:.2} times what it brought",
        figures.offload, figures.bound, figures.upload_most
    );
    assert!(figures.offload > 0.7 && figures.stalls == 0, "{}", figures.offload);
    assert!(figures.upload_most < 1.3, "{}", figures.upload_most);
}

#[test]
fn the_crowd_is_the_same_with_peers_and_without() {
    let scenario = scenario("evening-wave", 20, 1.0);
    let (with, without) = (run(&scenario, 5, true), run(&scenario, 5, false));
    let viewers = |f: &Figures| f.chart.iter().map(|p| p.viewers).collect::<Vec<_>>();
    assert_eq!(viewers(&with), viewers(&without));
}

#[test]
fn a_crowd_simulated_coarsely_is_the_same_crowd_and_shares_nearly_as_much() {
    let mut scenario = scenario("steady-live", 60, 2.0);
    for pieces in [true, false] {
        scenario.stream.pieces = pieces;
        let exact = run(&scenario, 3, true);
        let coarse = run(&Scenario { coarse: true, ..scenario.clone() }, 3, true);
        println!("offload {:.3}, coarsely {:.3}", exact.offload, coarse.offload);
        let viewers = |f: &Figures| f.chart.iter().map(|p| p.viewers).collect::<Vec<_>>();
        assert_eq!(viewers(&exact), viewers(&coarse));
        assert_eq!(
            (coarse.stalls, coarse.failures, coarse.never_started, coarse.altered_shown),
            (0, 0, 0, 0)
        );
        assert!((exact.offload - coarse.offload).abs() < 0.08, "{} and {}", exact.offload, coarse.offload);
        let without = run(&Scenario { coarse: true, ..scenario.clone() }, 3, false);
        assert!(without.peers_mb == 0.0 && without.offload < 0.05, "{}", without.offload);
    }
}

/// Lines on which everything competes with what is due: neighbours, later segments, what is fetched twice.
#[test]
fn on_slow_lines_sharing_costs_no_stall() {
    let mut scenario = scenario("slow-lines", 60, 2.0);
    for seed in 1..=6 {
        scenario.stream.pieces = seed % 2 == 0;
        let (with, without) = (run(&scenario, seed, true), run(&scenario, seed, false));
        println!("seed {seed}: {:.1} % from neighbours", with.offload * 100.0);
        assert_eq!((with.stalls, without.stalls), (0, 0), "seed {seed}");
        assert!(with.offload > 0.3, "seed {seed}: {}", with.offload);
    }
}

#[test]
fn a_tracker_that_is_away_is_counted_and_costs_no_stall() {
    let mut scenario = scenario("tracker-outage", 16, 1.0);
    scenario.step[0].at = 0.0;
    scenario.step[1].at = 1.0;
    let figures = run(&scenario, 3, true);
    assert_eq!((figures.connections, figures.stalls), (0, 0));
}

#[test]
fn an_observer_learns_addresses_of_those_who_share_and_of_nobody_else() {
    let mut scenario = scenario("observer", 12, 2.0);
    scenario.audience.over_s = 60.0;
    let learned = run(&scenario, 1, true).addresses_learned.expect("there is an observer");
    assert!((1..12).contains(&learned), "{learned}");
    assert_eq!(run(&scenario, 1, false).addresses_learned, Some(0));
}
