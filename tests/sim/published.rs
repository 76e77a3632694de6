//! Stories of an instance that lists its swarms, in whatever generation it names them: its tracker blocks whoever announces
//! another.

use crate::origin::BASE;
use crate::world::{Outcome, World};
use crate::{assert_smooth, offload, seconds, viewer};
use sprat::engine::config::Naming;
use sprat::engine::contract::Sharing;
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::naming::{Identity, InfoHash, StreamKind, VariantAttributes, info_hash};

const UUID: &str = "9c9de5e8-0a1e-484a-b099-e80766180a6d";

/// The swarms of both variants of the sample, as one generation names them.
fn swarms(naming: Naming, source: &str) -> Vec<[u8; 20]> {
    let world = World::<Bytes>::new(1);
    let streams =
        world.origin.text("master.m3u8").lines().filter_map(|line| line.strip_prefix("#EXT-X-STREAM-INF:"));
    let hash = |(position, line): (usize, &str)| {
        let of = |name: &str| {
            let rest = line.split(&format!("{name}=")).nth(1).unwrap_or_default();
            let quoted = rest.strip_prefix('"').map(|r| r.split('"').next().unwrap_or_default());
            quoted.unwrap_or_else(|| rest.split(',').next().unwrap_or_default()).to_owned()
        };
        let size = of("RESOLUTION");
        let size =
            size.split_once('x').map(|(w, h)| (w.parse().expect("pixels"), h.parse().expect("pixels")));
        let identity = Identity::of_variant(&VariantAttributes {
            bitrate: of("BANDWIDTH").parse().expect("a number"),
            codecs: &of("CODECS"),
            resolution: size,
            frame_rate: &of("FRAME-RATE"),
            video_range: &of("VIDEO-RANGE"),
        });
        let swarm = if matches!(naming, Naming::Resolution(_)) { UUID } else { source };
        info_hash(naming, swarm, StreamKind::Main, position, &identity).0
    };
    streams.enumerate().map(hash).collect()
}

/// Two viewers who hear after a while what the instance lists, and what the tracker heard.
fn watch(listed: &[[u8; 20]]) -> (Vec<Outcome>, Vec<String>) {
    let mut world = World::<Bytes>::new(7);
    world.naming = Naming::Published;
    world.swarm = Some(UUID.into());
    for (node, joins) in [0, 5].into_iter().enumerate() {
        world.add(viewer(joins));
        world.publish(node, seconds(joins + 2), listed.to_vec());
    }
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    (outcomes, world.swarms.into_keys().collect())
}

#[test]
fn whichever_generation_an_instance_lists_its_viewers_meet_there_and_announce_nothing_else() {
    let source = format!("{BASE}master.m3u8");
    let generations = ["v3", "v-2", "v2"].map(Naming::Resolution);
    for naming in [Naming::V2Position, Naming::V2Identity, Naming::V1].into_iter().chain(generations) {
        let listed = swarms(naming, &source);
        let (outcomes, announced) = watch(&listed);
        let known: Vec<String> = listed.iter().map(|&hash| InfoHash(hash).to_string()).collect();
        assert!(announced.iter().all(|hash| known.contains(hash)), "{naming:?}: {announced:?}");
        let shared = offload(&outcomes[1..]);
        println!(
            "{naming:?}: {} announced, the second has {:.1} % from the first",
            announced.len(),
            shared * 100.0
        );
        assert!(shared > 0.7, "{naming:?} {shared}");
        assert_eq!(outcomes[1].stats.sharing, Sharing::Active);
    }
}

#[test]
fn where_none_of_our_names_is_listed_nothing_is_announced_and_the_stats_say_so() {
    let others = swarms(Naming::V2Position, "https://origin.example/another.m3u8");
    for listed in [others, Vec::new()] {
        let (outcomes, announced) = watch(&listed);
        assert_eq!(announced, Vec::<String>::new());
        for o in &outcomes {
            assert_eq!((o.stats.sharing, o.stats.p2p_bytes), (Sharing::Unlisted, 0));
        }
    }
}
