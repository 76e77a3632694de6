//! The live edge: parts, updates that leave out what is known, and what a reload of a long event costs.

use super::{numbers, secs, span};
use sprat::engine::playlist::{Media, Playlist, parse};
use sprat::engine::timeline::{Refresh, Timeline};

fn read(text: &str) -> Media {
    let resolve = |_: &str, reference: &str| Some(format!("https://example.com/{reference}"));
    match parse(text.as_bytes(), "https://example.com/live.m3u8", resolve) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}"),
    }
}

/// A window of three segments of 2 s, the last and the open one in parts of 0.5 s.
fn window(first: u64, open_parts: u64) -> String {
    let part = |n: u64, i: u64| {
        let independent = if i == 0 { ",INDEPENDENT=YES" } else { "" };
        format!("#EXT-X-PART:DURATION=0.5,URI=\"{n}.{i}.mp4\"{independent}\n")
    };
    let parts = |n: u64, count: u64| (0..count).map(|i| part(n, i)).collect::<String>();
    let mut text = format!(
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART-INF:PART-TARGET=0.5\n\
         #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5,CAN-SKIP-UNTIL=12\n#EXT-X-MEDIA-SEQUENCE:{first}\n\
         #EXT-X-MAP:URI=\"init.mp4\"\n"
    );
    for n in first..first + 3 {
        if n == first + 2 {
            text += &parts(n, 4);
        }
        text += &format!("#EXTINF:2,\n{n}.mp4\n");
    }
    let hint = format!("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{}.{open_parts}.mp4\"\n", first + 3);
    text + &parts(first + 3, open_parts)
        + &hint
        + "#EXT-X-RENDITION-REPORT:URI=\"low.m3u8\",LAST-MSN=13,LAST-PART=1\n"
}

#[test]
fn parts_lie_inside_their_segments_and_the_open_one_reaches_to_the_edge() {
    let timeline = Timeline::new(read(&window(10, 2)), None).starting_at(secs(60.0));
    assert_eq!((timeline.window(), timeline.edge()), (span(60.0, 67.0), secs(67.0)));
    let parts: Vec<_> = timeline.parts().iter().map(|p| (p.number, p.index, p.span)).collect();
    assert_eq!(parts[0], (12, 0, span(64.0, 64.5)));
    assert_eq!(parts[3..], [(12, 3, span(65.5, 66.0)), (13, 0, span(66.0, 66.5)), (13, 1, span(66.5, 67.0))]);
    assert_eq!([65.9, 66.0, 66.7, 67.0].map(|t| timeline.part_at(secs(t))), [3, 4, 5, 6]);
    assert_eq!(timeline.live_position(), secs(65.5), "PART-HOLD-BACK before the edge");
    assert_eq!(timeline.awaited(), (13, Some(2)));
    assert_eq!(timeline.next_part().map(|h| &*h.url), Some("https://example.com/13.2.mp4"));
    assert_eq!(
        timeline.described(13).and_then(|e| e.segment.init.as_ref()).map(|i| &*i.url),
        Some("https://example.com/init.mp4")
    );
    assert_eq!(timeline.report("https://example.com/low.m3u8?x").map(|r| r.last_msn), Some(13));
}

#[test]
fn a_new_part_is_news_and_moves_nothing() {
    let mut timeline = Timeline::new(read(&window(10, 2)), None);
    let before = timeline.parts().to_vec();
    assert_eq!(timeline.refresh(read(&window(10, 3))), Refresh::default());
    assert_eq!(timeline.parts()[..6], before[..]);
    assert_eq!(timeline.refresh(read(&window(10, 3))), Refresh { unchanged: true, ..Refresh::default() });
    assert_eq!(timeline.refresh(read(&window(10, 1))), Refresh { unchanged: true, ..Refresh::default() });
    assert_eq!(timeline.awaited(), (13, Some(3)), "an older copy takes nothing away");
    // The segment is complete; the next has no part yet.
    assert_eq!(timeline.refresh(read(&window(11, 0))), Refresh { added: 1, ..Refresh::default() });
    assert_eq!((timeline.window(), timeline.awaited()), (span(2.0, 8.0), (14, Some(0))));
    assert_eq!(timeline.parts().iter().map(|p| p.number).collect::<Vec<_>>(), [13; 4]);
}

#[test]
fn an_update_carries_on_what_was_in_force_in_what_it_leaves_out() {
    let full = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:10\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n#EXT-X-MAP:URI=\"init.mp4\"\n\
                #EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00Z\n#EXTINF:2,\n10.mp4\n#EXT-X-DISCONTINUITY\n\
                #EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\n11.mp4\n#EXTINF:2,\n12.mp4\n";
    let update = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:10\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n\
                  #EXT-X-SKIP:SKIPPED-SEGMENTS=3\n#EXTINF:2,\n13.mp4\n#EXT-X-DISCONTINUITY\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:2,\n14.mp4\n";
    let mut timeline = Timeline::new(read(full), None);
    assert_eq!(timeline.refresh(read(update)), Refresh { added: 2, ..Refresh::default() });
    let seen: Vec<_> = timeline.entries().iter().map(|e| &e.segment).collect();
    assert_eq!(seen.iter().map(|s| s.discontinuity).collect::<Vec<_>>(), [3, 4, 4, 4, 5]);
    assert_eq!(seen.iter().map(|s| s.keys.is_some()).collect::<Vec<_>>(), [false, true, true, true, false]);
    assert!(seen.iter().all(|s| s.init == seen[0].init && s.init.is_some()));
    let date = seen[0].date_ms.expect("every segment has one");
    assert_eq!(
        seen.iter().map(|s| s.date_ms.map(|d| d - date)).collect::<Vec<_>>(),
        [0, 2000, 4000, 6000, 8000].map(Some)
    );
}

#[test]
fn an_update_that_leaves_out_nothing_may_leave_out_the_map_all_the_same() {
    let mut timeline = Timeline::new(read(&window(10, 0)), None);
    let update = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART-INF:PART-TARGET=0.5\n#EXT-X-MEDIA-SEQUENCE:10\n\
                  #EXT-X-SKIP:SKIPPED-SEGMENTS=0\n#EXTINF:2,\n10.mp4\n#EXTINF:2,\n11.mp4\n#EXTINF:2,\n12.mp4\n#EXTINF:2,\n13.mp4\n\
                  #EXT-X-PART:DURATION=0.5,URI=\"14.0.mp4\"\n";
    assert_eq!(timeline.refresh(read(update)), Refresh { added: 1, ..Refresh::default() });
    assert!(timeline.entries().iter().all(|e| e.segment.init.is_some()));
    assert!(timeline.newest().is_some_and(|open| open.number == 14 && open.segment.init.is_some()));
}

#[test]
fn an_update_to_what_is_not_known_asks_for_the_whole() {
    let update = |skipped: u64| {
        format!(
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:12\n#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}\n#EXTINF:2,\nx.mp4\n"
        )
    };
    let mut timeline = Timeline::new(read(&window(10, 0)), None);
    let refresh = timeline.refresh(read(&update(2)));
    assert!(refresh.incomplete && refresh.unchanged, "13 is neither known nor told: {refresh:?}");
    assert_eq!(numbers(&timeline), [10, 11, 12]);
    assert!(!timeline.refresh(read(&update(1))).incomplete);
    assert_eq!(numbers(&timeline), [12, 13]);
}

#[test]
fn an_event_of_ten_thousand_segments_is_refreshed_in_no_time() {
    let list = |first: u64, count: u64| -> Media {
        let mut media = read(&window(first, 0));
        let segment = media.segments[0].clone();
        media.segments = vec![segment; count as usize];
        (media.parts, media.next_part) = (Vec::new(), None);
        media
    };
    let mut timeline = Timeline::new(list(0, 10_000), None);
    // What reading on brings: all but the last 400 are left out.
    let mut tail = list(0, 401);
    tail.skipped = 9_600;
    let began = std::time::Instant::now();
    let refresh = timeline.refresh(tail);
    println!("10,000 segments and one: {:?}", began.elapsed());
    assert_eq!((refresh.added, timeline.entries().len()), (1, 10_001));
    assert!(began.elapsed().as_millis() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_live_of_a_day_takes_no_more_room_than_one_of_a_minute() {
    let mut timeline = Timeline::new(read(&window(0, 0)), None).starting_at(secs(60.0));
    let room = |t: &Timeline| (t.entries().len(), t.parts().len());
    let early = room(&timeline);
    // A segment of 2 s at a time, in parts of 0.5 s.
    for first in 1..43_200 {
        timeline.refresh(read(&window(first, 0)));
        assert_eq!(room(&timeline), early, "after {first} segments");
    }
    assert_eq!(timeline.edge(), secs(66.0 + 2.0 * 43_199.0), "nothing drifts");
    assert_eq!(timeline.awaited(), (43_202, Some(0)));
}
