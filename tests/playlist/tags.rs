//! The tags of RFC 8216bis that concern media playlists, one claim each.

use super::{BASE, fixture, media_of, name, names, range, resolve, secs};
use sprat::engine::playlist::{Key, Media, Method, Playlist, Reading, Resume, parse};

const WIDEVINE: &str = "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";

#[test]
fn parts_hints_and_reports_of_the_live_edge_are_kept() {
    let media = fixture("low-latency");
    let parts: Vec<_> = media.parts.iter().map(|p| (p.segment, name(&p.url), p.independent)).collect();
    assert_eq!(parts, [(1, "s267.0.mp4", true), (1, "s267.1.mp4", false), (2, "s268.0.mp4", false)]);
    assert_eq!(media.parts[0].duration, secs(2.00004));
    let open = media.open.as_deref().unwrap();
    assert_eq!((open.duration, &*open.url), (secs(2.00004), ""));
    assert!(open.init.is_some(), "the map is in force for the open segment too");
    assert_eq!(media.part_target, Some(secs(0.33334)));
    let control = media.control;
    assert!(control.can_block_reload);
    assert_eq!((control.part_hold_back, control.hold_back), (Some(secs(1.0)), Some(secs(12.5))));
    assert_eq!(control.skip_until, Some(secs(24.0)));
    let hint = media.next_part.unwrap();
    assert_eq!((name(&hint.url), hint.range), ("s268.1.mp4", None));
    let [report] = &media.reports[..] else { panic!("{:?}", media.reports) };
    assert_eq!(&*report.url, "https://example.com/live/low/live.m3u8");
    assert_eq!((report.last_msn, report.last_part), (267, Some(1)));
    assert!(media.delta && media.skipped == 0, "an update that leaves out nothing is one all the same");
}

#[test]
fn ranges_of_parts_and_hints_follow_one_another() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-PART:DURATION=1,URI=\"a.mp4\",BYTERANGE=\"100@50\"\n\
         #EXT-X-PART:DURATION=1,URI=\"a.mp4\",BYTERANGE=\"70\"\n#EXT-X-PART:DURATION=1,URI=\"b.mp4\",BYTERANGE=\"5\"\n\
         #EXT-X-PART:DURATION=1,URI=\"c.mp4\",GAP=YES\n#EXT-X-PART:URI=\"no-duration.mp4\"\n\
         #EXT-X-PRELOAD-HINT:TYPE=MAP,URI=\"init.mp4\",BYTERANGE-LENGTH=10\n\
         #EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"a.mp4\",BYTERANGE-START=220\n",
    );
    let ranges: Vec<_> = media.parts.iter().map(|p| (p.range, p.gap)).collect();
    let [first, second] = [range(50, 150), range(150, 220)].map(Some);
    assert_eq!(ranges, [(first, false), (second, false), (Some(range(0, 5)), false), (None, true)]);
    assert_eq!(media.next_part.unwrap().range, Some(range(220, u64::MAX)), "to the end, wherever that is");
    assert_eq!(media.next_map.unwrap().range, Some(range(0, 10)));
    assert_eq!(media.open.unwrap().duration, secs(4.0), "a stream may begin with parts alone");
}

#[test]
fn several_keys_are_in_force_at_once_until_their_formats_next() {
    let media = media_of(&format!(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"k1\",IV=0xABC\n#EXT-X-MAP:URI=\"init.mp4\"\n\
         #EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"{WIDEVINE}\",KEYFORMATVERSIONS=\"1/2\"\n\
         #EXTINF:4,\n1.mp4\n#EXTINF:4,\n2.mp4\n#EXT-X-KEY:METHOD=AES-128,URI=\"k2\"\n#EXTINF:4,\n3.mp4\n\
         #EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\n4.mp4\n"
    ));
    let urls = |i: usize| -> Vec<&str> {
        media.segments[i].keys.iter().flat_map(|k| k.iter()).map(|k| name(&k.url)).collect()
    };
    assert_eq!(
        [urls(0), urls(1), urls(2), urls(3)],
        [vec!["k1", "x"], vec!["k1", "x"], vec!["k2", "x"], vec![]]
    );
    let [one, two] = [0, 1].map(|i: usize| media.segments[i].keys.clone().unwrap());
    assert!(std::sync::Arc::ptr_eq(&one, &two), "segments in a row share their keys");
    let mut iv = [0; 16];
    iv[14..].copy_from_slice(&[0x0a, 0xbc]);
    let Key { method, iv: found, format, versions, .. } = &one[0];
    assert_eq!((method, *found, &**format, &**versions), (&Method::Aes128, Some(iv), "identity", "1"));
    assert_eq!((&one[1].method, &*one[1].format, &*one[1].versions), (&Method::SampleAes, WIDEVINE, "1/2"));
    let init = media.segments[3].init.as_deref().unwrap();
    assert_eq!(init.keys.as_ref().unwrap().len(), 1, "a map has the keys of its own line, and keeps them");
    assert_eq!(media.keys_from, 0);
}

#[test]
fn a_key_with_a_bad_attribute_is_a_key_without_it() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-256,URI=k,IV=\"0x1\"\n#EXTINF:4,\na\n\
         #EXT-X-KEY:URI=\"k\",IV=12\n#EXTINF:4,\nb\n#EXT-X-KEY:METHOD=NONE,IV=0x12\n#EXTINF:4,\nc\n",
    );
    let key = |i: usize| media.segments[i].keys.as_ref().map(|k| k[0].clone());
    assert_eq!(key(0).unwrap().method, Method::Other("AES-256".into()));
    assert_eq!(key(0).unwrap().iv.unwrap()[15], 1);
    assert_eq!((key(1).unwrap().method, key(1).unwrap().iv), (Method::Other("".into()), None));
    assert_eq!(key(2), None);
}

#[test]
fn date_ranges_of_one_id_are_one_and_the_first_word_counts() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n\
         #EXT-X-DATERANGE:ID=\"ad\",CLASS=\"c\",START-DATE=\"2026-01-01T00:00:10Z\",X-ONE=\"1\",SCTE35-OUT=0xFC\n\
         #EXT-X-DATERANGE:CLASS=\"nobody\"\n#EXT-X-DATERANGE:ID=\"later\",START-DATE=\"2026-01-01 00:01:00\",END-ON-NEXT=YES\n\
         #EXTINF:4,\na\n#EXT-X-DATERANGE:ID=\"ad\",END-DATE=\"2026-01-01T00:00:40+0000\",DURATION=30.0,PLANNED-DURATION=29,X-ONE=\"2\"\n",
    );
    let [ad, later] = &media.date_ranges[..] else { panic!("{:?}", media.date_ranges) };
    let new_year = 1_767_225_600_000;
    assert_eq!((&*ad.id, &*ad.class, ad.start_ms), ("ad", "c", Some(new_year + 10_000)));
    assert_eq!(
        (ad.end_ms, ad.duration, ad.planned_duration),
        (Some(new_year + 40_000), Some(secs(30.0)), Some(secs(29.0)))
    );
    let own: Vec<_> = ad.own.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(own, [("X-ONE", "1"), ("SCTE35-OUT", "0xFC")]);
    assert_eq!((later.start_ms, later.end_on_next), (Some(new_year + 60_000), true));
}

#[test]
fn what_kind_of_list_it_is() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-I-FRAMES-ONLY\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-TARGETDURATION:4\n\
         #EXT-X-BITRATE:900\n#EXTINF:4,\na\n#EXTINF:4,\n#EXT-X-BYTERANGE:5@0\nb\n#EXT-X-BITRATE:1000\n#EXTINF:4,\nc\n",
    );
    assert!(media.event && media.i_frames_only && media.independent_segments && !media.ended);
    let rates: Vec<_> = media.segments.iter().map(|s| s.kilobits).collect();
    assert_eq!(rates, [Some(900), None, Some(1000)], "a byte range tells the size better");
}

#[test]
fn variables_come_from_the_multivariant_playlist_and_from_the_url() {
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-DEFINE:IMPORT=\"cdn\"\n#EXT-X-DEFINE:QUERYPARAM=\"token\"\n\
                #EXT-X-DEFINE:QUERYPARAM=\"none\"\n#EXT-X-DEFINE:IMPORT=\"unknown\"\n#EXTINF:4,\n{$cdn}/{$token}/{$none}/{$unknown}.mp4\n";
    let base = "https://example.com/a.m3u8?x=1&token=a%2Db&token=c&none=";
    let imports = [("cdn".to_owned(), "https://cdn.example".to_owned())];
    let mut reading = Reading::new(text.into(), base, resolve).unwrap().importing(imports[..].into());
    let Some(Ok(Playlist::Media(media))) = reading.step(usize::MAX) else { panic!("a playlist") };
    assert_eq!(&*media.segments[0].url, "https://cdn.example/a-b/%7B$none%7D/%7B$unknown%7D.mp4");
}

#[test]
fn an_update_says_what_it_leaves_out() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:9\n\
         #EXT-X-SKIP:SKIPPED-SEGMENTS=4,RECENTLY-REMOVED-DATERANGES=\"a\tb\"\n#EXTINF:4,\na\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\nb\n",
    );
    assert_eq!((media.delta, media.skipped, media.first_listed(), media.keys_from), (true, 4, 13, 1));
    assert_eq!(media.removed_date_ranges, ["a", "b"]);
    // Nothing follows the tag: the update says that nothing is new.
    let media = media_of("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:9\n#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n");
    assert_eq!((media.delta, media.skipped, media.segments.len()), (true, 4, 0));
}

/// An event of `n` segments, with what carries over set at its beginning.
fn event(n: usize) -> String {
    let head = "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-TARGETDURATION:4\n#EXT-X-DEFINE:NAME=\"v\",VALUE=\"video\"\n\
                #EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00Z\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXT-X-MAP:URI=\"init.mp4\"\n";
    (0..n).fold(head.to_owned(), |text, i| {
        let cut = if i % 1_000 == 999 { "#EXT-X-DISCONTINUITY\n" } else { "" };
        text + cut + &format!("#EXTINF:4.000,\n#EXT-X-BYTERANGE:1000\n{{$v}}-{}.mp4\n", i / 50)
    })
}

fn read_on(text: &str, before: Option<&Resume>) -> Media {
    let mut reading = Reading::new(text.into(), BASE, resolve).unwrap().resuming(before);
    match reading.step(usize::MAX) {
        Some(Ok(Playlist::Media(media))) => media,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_that_begins_as_before_is_read_from_where_it_differs() {
    let first = read_on(&event(3_000), None);
    let Ok(Playlist::Media(whole)) = parse(event(3_012).as_bytes(), BASE, resolve) else { panic!("media") };
    let tail = read_on(&event(3_012), first.resume.as_deref());
    assert!(tail.skipped > 2_400 && tail.skipped <= 3_000, "{}", tail.skipped);
    assert_eq!(tail.segments, whole.segments[tail.skipped as usize..], "with all that carries over");
    assert!(!tail.delta && tail.keys_from == 0);
    let again = read_on(&event(3_600), tail.resume.as_deref().or(first.resume.as_deref()));
    let Ok(Playlist::Media(whole)) = parse(event(3_600).as_bytes(), BASE, resolve) else { panic!("media") };
    assert_eq!(again.segments, whole.segments[again.skipped as usize..]);

    let other = event(3_012).replacen("URI=\"k\"", "URI=\"l\"", 1);
    assert_eq!(read_on(&other, first.resume.as_deref()).skipped, 0, "another beginning is another list");
    assert_eq!(read_on(&event(10), first.resume.as_deref()).skipped, 0, "so is one that ends too soon");
}

#[test]
fn a_reload_of_a_long_event_costs_what_was_added() {
    let (before, after) = (event(10_000), event(10_001));
    let first = read_on(&before, None);
    // The quickest of a few, for the machine has other things to do.
    let time = |before: Option<&Resume>| {
        let once = |_| {
            let began = std::time::Instant::now();
            let media = read_on(&after, before);
            (began.elapsed(), media.segments.len())
        };
        (0..7).map(once).min().expect("seven")
    };
    let (whole, all) = time(None);
    let (tail, few) = time(first.resume.as_deref());
    println!("10,000 segments, {} bytes: {whole:?} for {all}, {tail:?} for {few}", after.len());
    assert!(few < 600 && tail < whole / 4, "{tail:?} of {whole:?}");
    assert_eq!(names(&first).len(), 10_000);
}

#[test]
fn a_bad_line_takes_nothing_from_its_neighbours() {
    let media = media_of(
        "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-CUE-OUT:30\n#EXT-X-DATERANGE:JUNK\n#EXTINF:6,\na.mp4?x=1\n\
         #EXT-X-PART:JUNK\n#EXT-X-PRELOAD-HINT:TYPE=PART\n#EXT-X-RENDITION-REPORT:URI=\"b.m3u8\"\n#EXT-X-SERVER-CONTROL\n\
         #EXTINF:6,\n#EXT-X-BYTERANGE:\"2000@5000\"\nb.mp4\n#EXT-X-UNKNOWN:URI=\"c.mp4\"",
    );
    assert_eq!(names(&media), ["a.mp4?x=1", "b.mp4"]);
    assert_eq!(media.segments[1].range, Some(range(5000, 7000)), "quotes or not");
    assert!(media.parts.is_empty() && media.next_part.is_none() && media.reports.is_empty());
    assert!(media.open.is_none() && media.date_ranges.is_empty() && !media.control.can_block_reload);
}
