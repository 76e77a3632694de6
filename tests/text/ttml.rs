//! TTML documents: times, text, and what becomes of styles and regions.

use super::{cue, secs};
use sprat::engine::text::{Cue, TextError, read_ttml};
use sprat::engine::time::Span;

#[test]
fn a_document_reads_as_its_publisher_means_it() {
    let document = r##"<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment with <p> in it -->
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" tts:extent="1280px 720px" xml:lang="en">
  <tt:head>
    <tt:metadata><tt:title>not said</tt:title></tt:metadata>
    <tt:styling>
      <tt:style xml:id="base" tts:textAlign="center" tts:color="#FFFFFFFF"/>
      <tt:style xml:id="loud" style="base" tts:color="yellow" tts:fontWeight="bold"/>
    </tt:styling>
    <tt:layout>
      <tt:region xml:id="low" tts:origin="10% 80%" tts:extent="80% 15%" tts:displayAlign="after"/>
      <tt:region xml:id="high"><tt:style tts:origin="128px 36px"/><tt:style tts:extent="640px 72px"/></tt:region>
    </tt:layout>
  </tt:head>
  <tt:body style="base">
    <tt:div begin="1s">
      <tt:p xml:id="a" begin="00:00:01.500" end="00:00:03:05" region="low">
        One &amp; <tt:span tts:fontStyle="italic">two</tt:span><tt:br/>
        &lt;three&gt; &#x2014; &#233;
      </tt:p>
      <tt:p begin="25f" dur="0.5m" region='high' style="loud" tts:textAlign="left"><![CDATA[a<b]]></tt:p>
      <tt:p begin="5s" end="6s"> <tt:span/> <tt:metadata>not said</tt:metadata></tt:p>
    </tt:div>
  </tt:body>
</tt:tt>"##;
    let low = "position:50% size:80% line:95%,end align:center";
    let first = "One &amp; <i>two</i>\n&lt;three&gt; — é";
    let high = "position:10% size:50% line:5% align:left";
    let expected = [
        Cue { settings: low.into(), ..cue(2.5, 4.2, first) },
        Cue { settings: high.into(), ..cue(2.0, 32.0, "<b><c.yellow>a&lt;b</c></b>") },
    ];
    assert_eq!(read(document), expected);
}

#[test]
fn every_time_expression_is_understood() {
    let with = |root: &str, begin: &str| {
        let cues = read(&format!("<tt {root}><body><p begin='{begin}' end='99:00:00'>x</p></body></tt>"));
        cues.first().map(|cue| cue.start)
    };
    let cases = [
        ("", "01:02:03", 3723.0),
        ("", "00:00:00.067", 0.067),
        ("", "00:00:01:15", 1.5),
        ("", "00:00:01:15.1", 1.503_333),
        ("frameRate='24' frameRateMultiplier='1000 1001'", "24f", 1.001),
        ("ttp:tickRate='10000000'", "12345678t", 1.234_567_8),
        ("frameRate='25' subFrameRate='2'", "75t", 1.5),
        ("", "3t", 3.0),
        ("", "1.5h", 5400.0),
        ("", "250ms", 0.25),
        ("frameRate='0' tickRate='x'", "30f", 1.0),
    ];
    for (root, begin, start) in cases {
        assert_eq!(with(root, begin), Some(secs(start)), "{root} {begin}");
    }
    for nonsense in ["", "soon", "1:2", "1s:2:3", "00:00:0x", "00:00:01:02:03", "5 s", "-1s"] {
        assert_eq!(
            with("", nonsense),
            Some(super::MediaTime::ZERO + secs(7.0)),
            "{nonsense}: as if it were absent"
        );
    }
}

#[test]
fn times_add_up_and_children_end_with_their_parents() {
    let document = "<tt><body begin='10s' end='20s'><div begin='1s'><p begin='1s'>all<span begin='2s' dur='1s'> \
                    some </span></p><p end='4s'>early</p><p begin='30s'>never</p></div></body></tt>";
    assert_eq!(read(document), [cue(12.0, 20.0, "all"), cue(14.0, 15.0, "some"), cue(11.0, 15.0, "early")]);
}

#[test]
fn white_space_is_kept_where_it_is_wanted() {
    let said = |p: &str| read(&format!("<tt><body>{p}</body></tt>")).remove(0).text;
    assert_eq!(said("<p>\n a \t b <br/>  c<span> </span> d\n</p>"), "a b\nc d");
    assert_eq!(said("<p xml:space='preserve'>a  b\n c</p>"), "a  b\n c");
    assert_eq!(said("<div xml:space='preserve'><p xml:space='default'>a  b</p></div>"), "a b");
    assert_eq!(said("<p>&unknown; &#0; &#xD800; & &amp</p>"), "&amp;unknown; \0 &amp;#xD800; &amp; &amp;amp");
}

#[test]
fn cells_and_defaults_are_measured() {
    let settings = |root: &str, region: &str, p: &str| {
        let head = format!("<head><layout><region xml:id='r' {region}/></layout></head>");
        read(&format!("<tt {root}>{head}<body region='r'><p {p}>x</p></body></tt>")).remove(0).settings
    };
    let cells = "origin='4c 3c' extent='8c 1c'";
    assert_eq!(settings("", cells, ""), "position:12.5% size:25% line:20% align:start");
    assert_eq!(settings("cellResolution='40 24'", cells, ""), "position:10% size:20% line:12.5% align:start");
    assert_eq!(
        settings("", "origin='0% 66.667%' extent='100% 33.333%' displayAlign='center'", "textAlign='end'"),
        "position:100% size:100% line:83.33%,center align:end"
    );
    assert_eq!(
        settings("", "origin='90% 90%' extent='90% 90%'", "textAlign='right'"),
        "position:100% size:90% line:90% align:right"
    );
    for nothing in [
        "",
        "origin='auto'",
        "origin='1px 1px' extent='5px 5px'",
        "origin='5%'",
        "origin='1em 2em' extent='1c 1c'",
    ] {
        assert_eq!(settings("", nothing, ""), "", "{nothing}");
        assert_eq!(
            settings("cellResolution='0 0'", nothing, "textAlign='center'"),
            "align:center",
            "{nothing}"
        );
    }
}

#[test]
fn what_is_no_document_is_said_so() {
    let read = |document: &[u8]| read_ttml(document, Span::default());
    for other in ["", " ", "WEBVTT", "<html><body/></html>", "{}", "<!-- <tt>"] {
        assert_eq!(read(other.as_bytes()), Err(TextError::NotTtml), "{other}");
    }
    let utf_16: Vec<u8> = "<tt/>".encode_utf16().flat_map(u16::to_le_bytes).chain([0xff, 0xfe]).collect();
    assert_eq!(read(&utf_16), Err(TextError::NotTtml));
    assert_eq!(read("\u{feff}<!DOCTYPE tt>\n<tt/>".as_bytes()), Ok(Vec::new()));
}

fn read(document: &str) -> Vec<Cue> {
    read_ttml(document.as_bytes(), Span::new(secs(7.0), secs(1_000_000.0))).unwrap()
}
