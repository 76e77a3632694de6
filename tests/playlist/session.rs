//! The tags of RFC 8216bis that concern multivariant playlists, one claim each.

use super::{BASE, name, resolve};
use sprat::engine::playlist::{Manifest, Method, Multivariant, Playlist, Rendition, parse};

fn multivariant_of(text: &str) -> Multivariant {
    match parse(text.as_bytes(), BASE, resolve) {
        Ok(Playlist::Multivariant(m)) => m,
        other => panic!("{other:?}"),
    }
}

const RICH: &str = "#EXTM3U
#EXT-X-CONTENT-STEERING:SERVER-URI=\"/steering?a=b\",PATHWAY-ID=\"east\"
#EXT-X-SESSION-DATA:DATA-ID=\"org.example.title\",VALUE=\"A title, with a comma\",LANGUAGE=\"en\"
#EXT-X-SESSION-DATA:DATA-ID=\"org.example.chapters\",URI=\"chapters.json\"
#EXT-X-SESSION-DATA:VALUE=\"nameless\"
#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"key\"
#EXT-X-SESSION-KEY:METHOD=NONE
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-DEFINE:NAME=\"host\",VALUE=\"https://cdn.example\"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"English\",LANGUAGE=\"en\",ASSOC-LANGUAGE=\"en-US\",FORCED=YES,URI=\"subs.m3u8\",STABLE-RENDITION-ID=\"s1\"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"\",FORCED=\"NO\",CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,a.b\",URI=\"{$host}/sdh.m3u8\"
#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID=\"cc\",NAME=\"CC\",INSTREAM-ID=\"CC1\"
#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"angles\",NAME=\"Left\",URI=\"left.m3u8\"
#EXT-X-MEDIA:TYPE=HOLOGRAM,GROUP-ID=\"x\",NAME=\"y\"
#EXT-X-STREAM-INF:BANDWIDTH=1000,SUBTITLES=\"subs\",CLOSED-CAPTIONS=\"cc\",VIDEO=\"angles\",SCORE=1.5,PATHWAY-ID=\"east\",STABLE-VARIANT-ID=\"v1\"
one.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1000,CLOSED-CAPTIONS=NONE
two.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100,RESOLUTION=320x180,URI=\"iframes.m3u8\"
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100
";

#[test]
fn renditions_of_every_kind_are_listed() {
    let m = multivariant_of(RICH);
    let [english, sdh] = &m.subtitles[..] else { panic!("{:?}", m.subtitles) };
    let Rendition { language, associated_language, forced, stable_id, .. } = english;
    assert_eq!((&**language, &**associated_language, *forced, &**stable_id), ("en", "en-US", true, "s1"));
    assert_eq!(
        (&*sdh.name, sdh.forced, sdh.url.as_deref()),
        ("", false, Some("https://cdn.example/sdh.m3u8"))
    );
    assert_eq!(sdh.characteristics, "public.accessibility.transcribes-spoken-dialog,a.b");
    assert_eq!((&*m.captions[0].instream_id, m.captions[0].url.as_deref()), ("CC1", None));
    assert_eq!(m.video[0].name, "Left");
    assert!(m.audio.is_empty());
}

#[test]
fn variants_tell_their_groups_their_score_and_their_pathway() {
    let m = multivariant_of(RICH);
    let [one, two] = &m.variants[..] else { panic!("{:?}", m.variants) };
    let groups = [&one.subtitle_group, &one.caption_group, &one.video_group].map(|g| g.as_deref().unwrap());
    assert_eq!(groups, ["subs", "cc", "angles"]);
    assert_eq!((one.score, &*one.pathway, &*one.stable_id), (Some(1.5), "east", "v1"));
    assert_eq!((two.score, &*two.pathway, &two.caption_group), (None, ".", &None), "NONE is no group");
    let [iframes] = &m.i_frames[..] else { panic!("{:?}", m.i_frames) };
    assert_eq!((name(&iframes.url), iframes.resolution), ("iframes.m3u8", Some((320, 180))));
}

#[test]
fn session_data_session_keys_and_steering_are_kept() {
    let m = multivariant_of(RICH);
    let [title, chapters] = &m.session_data[..] else { panic!("{:?}", m.session_data) };
    assert_eq!(
        (&*title.id, &*title.value, &*title.language),
        ("org.example.title", "A title, with a comma", "en")
    );
    assert_eq!(chapters.url.as_deref().map(name), Some("chapters.json"));
    assert_eq!(m.session_keys.len(), 1);
    assert_eq!(m.session_keys[0].method, Method::Aes128);
    let steering = m.steering.unwrap();
    assert_eq!((&*steering.url, &*steering.pathway), ("https://example.com/steering?a=b", "east"));
    assert!(m.independent_segments);
    assert_eq!(m.variables[..], [("host".to_owned(), "https://cdn.example".to_owned())]);
}

#[test]
fn a_steering_manifest_ranks_pathways_and_copies_them() {
    let text = br#"{"VERSION":1,"TTL":20,"RELOAD-URI":"again?x","PATHWAY-PRIORITY":["west","east",7],"PATHWAY-CLONES":[
        {"BASE-ID":"east","ID":"west","URI-REPLACEMENT":{"HOST":"west.example:8080","PARAMS":{"token":"t","a":"2"},
         "PER-VARIANT-URIS":{"v1":"https://other.example/v1.m3u8?b=1"}}},
        {"BASE-ID":"east"},null],"X":{"Y":[[1.5e3,-1,true]]}}"#;
    let m = Manifest::read(text).unwrap();
    assert_eq!((m.ttl, m.reload.as_deref()), (20, Some("again?x")));
    assert_eq!(m.priority, ["west", "east"]);
    let [west] = &m.clones[..] else { panic!("{:?}", m.clones) };
    assert_eq!((&*west.base, &*west.id), ("east", "west"));
    let url = "https://east.example/p/v.m3u8?a=1&c=3";
    assert_eq!(west.variant_url(url, ""), "https://west.example:8080/p/v.m3u8?c=3&token=t&a=2");
    assert_eq!(west.variant_url(url, "v1"), "https://other.example/v1.m3u8?b=1&token=t&a=2");
    assert_eq!(west.rendition_url("https://east.example", "v1"), "https://west.example:8080?token=t&a=2");
}

#[test]
fn what_is_no_steering_manifest_is_none() {
    let deep = "[".repeat(60_000);
    let long = format!("{{\"PATHWAY-PRIORITY\":[{}\"a\"]}}", "\"b\",".repeat(1_000));
    for text in
        ["", "[]", "{}", "{\"TTL\":9}", "<html>", "{\"PATHWAY-PRIORITY\":[[[[[[[[[]]]]]]]]]}", &deep, &long]
    {
        assert_eq!(Manifest::read(text.as_bytes()), None, "{:.40}", text);
    }
    let usual = Manifest::read(b"{\"PATHWAY-PRIORITY\":[\"a\"],\"TTL\":0}").unwrap();
    assert_eq!(usual.ttl, 10, "no server is asked all the time");
    assert_eq!(Manifest::read(b"{\"PATHWAY-PRIORITY\":[]}").unwrap().ttl, 300);
}
