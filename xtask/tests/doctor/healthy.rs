//! A page, an origin, a tracker and an instance with which nothing is wrong, on one server or on two: what the faults are
//! planted in.

use sha2::{Digest as _, Sha256};

use crate::server::{Answer, Request};

const HOST: &str = "HOST";
pub(crate) const SEGMENT: usize = 3_000;

/// The page, with the origin at `origin` (host and port).
pub(crate) fn page(origin: &str) -> String {
    r#"<!doctype html><title>A film</title>
<script type="module" src="/sprat/sprat.js"></script>
<sprat-player src="http://HOST/film/master.m3u8" integrity="http://HOST/film/segments-sha256.json"
  trackers="ws://HOST/tracker/socket"></sprat-player>"#
        .replace(HOST, origin)
}

pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; media-src blob:; \
    connect-src 'self' http://ORIGIN ws://ORIGIN; require-trusted-types-for 'script'; trusted-types lit-html";

/// The whole world; `origin` is the host and port that its texts name.
pub(crate) fn answer(request: &Request, origin: &str) -> Answer {
    let path = request.path.split('?').next().unwrap_or_default();
    let found = match path {
        "/page.html" => Answer::new("text/html; charset=utf-8", page(origin))
            .with("content-security-policy", &POLICY.replace("ORIGIN", origin)),
        "/sprat/embed.html" | "/videos/embed/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09" => Answer::new(
            "text/html",
            r#"<script type="module" src="/sprat/sprat.js"></script><script type="module" src="/sprat/embed.js"></script>"#,
        )
        .with("content-security-policy", "frame-ancestors *"),
        "/sprat/sprat.js" => script(r#"var s=Symbol.for("sprat 1234abcd");import("./player-A1.js");new URL("sprat_bg.wasm",import.meta.url)"#)
            .with("cache-control", "max-age=3600"),
        "/sprat/player-A1.js" => script(r#"var s=Symbol.for("sprat 1234abcd")"#),
        "/sprat/sprat_bg.wasm" => wasm(request),
        "/film/master.m3u8" => playlist(
            "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,CODECS=\"avc1.42c01e,mp4a.40.2\"\n360.m3u8\n",
        ),
        "/film/360.m3u8" => playlist(&ranges()),
        "/live/live.m3u8" => playlist(
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:4,\n7.ts\n#EXTINF:4,\n8.ts\n#EXTINF:4,\n9.ts\n",
        )
        .with("cache-control", "max-age=1"),
        "/live/segments-sha256.json" => Answer::new("application/json", live_digests()),
        "/film/360.mp4" => ranged(request, &film()),
        "/live/7.ts" | "/live/8.ts" | "/live/9.ts" => Answer::new("video/mp2t", live_segment(path)),
        "/film/segments-sha256.json" => Answer::new("application/json", digests()),
        "/api/v1/config" => json(r#"{"serverVersion":"8.1.0"}"#.to_owned()),
        "/api/v1/videos" => json(r#"{"data":[{"uuid":"1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09"}]}"#.to_owned()),
        "/api/v1/videos/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09" => json(video().replace(HOST, origin)),
        "/videos/watch/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09" => activity(),
        "/" => Answer::new("text/html", r#"<meta property="og:platform" content="PeerTube">"#),
        _ => Answer::status(404),
    };
    found.with("access-control-allow-origin", "*")
}

/// What a tracker says that is well: the announce comes back as its answer.
pub(crate) fn tracker(said: &str) -> Option<String> {
    let said: serde_json::Value = serde_json::from_str(said).ok()?;
    let hash = &said["info_hash"];
    Some(
        serde_json::json!({"action":"announce","interval":120,"info_hash":hash,"complete":0,"incomplete":1})
            .to_string(),
    )
}

/// What nobody compresses is bytes of no order.
fn film() -> Vec<u8> {
    (0..SEGMENT as u32 * 4).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn ranges() -> String {
    let mut text =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"360.mp4\",BYTERANGE=\"{SEGMENT}@0\"\n");
    for at in 1..4 {
        text += &format!("#EXTINF:4,\n#EXT-X-BYTERANGE:{SEGMENT}@{}\n360.mp4\n", at * SEGMENT);
    }
    text + "#EXT-X-ENDLIST\n"
}

pub(crate) fn digests() -> String {
    let film = film();
    let of = |at: usize| {
        let (start, end) = (at * SEGMENT, (at + 1) * SEGMENT);
        format!("\"{start}-{}\":\"{}\"", end - 1, hex(&film[start..end]))
    };
    format!("{{\"360.mp4\":{{{}}}}}", (0..4).map(of).collect::<Vec<_>>().join(","))
}

fn live_segment(path: &str) -> Vec<u8> {
    path.as_bytes().repeat(50)
}

fn live_digests() -> String {
    let of = |number| format!("\"{number}.ts\":\"{}\"", hex(&live_segment(&format!("/live/{number}.ts"))));
    format!("{{{}}}", (7..10).map(of).collect::<Vec<_>>().join(","))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn ranged(request: &Request, bytes: &[u8]) -> Answer {
    let range = request.header("range").strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let range =
        range.and_then(|(first, last)| Some((first.parse::<usize>().ok()?, last.parse::<usize>().ok()?)));
    match range {
        Some((first, last)) => {
            let part = bytes.get(first..=last).unwrap_or_default();
            Answer { status: 206, ..Answer::new("video/mp4", part) }
        }
        None => Answer::new("video/mp4", bytes),
    }
}

fn wasm(request: &Request) -> Answer {
    let bytes = [b"\0asm".as_slice(), &[0; 30_000]].concat();
    let answer = Answer::new("application/wasm", bytes);
    if request.header("accept-encoding").contains("gzip") {
        answer.with("content-encoding", "gzip")
    } else {
        answer
    }
}

fn script(text: &str) -> Answer {
    Answer::new("text/javascript", text)
}

fn playlist(text: &str) -> Answer {
    Answer::new("application/vnd.apple.mpegurl", text)
}

fn json(text: String) -> Answer {
    Answer::new("application/json", text)
}

fn video() -> String {
    r#"{"uuid":"1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09","privacy":{"id":1},"trackerUrls":["ws://HOST/tracker/socket"],
    "url":"http://HOST/videos/watch/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09","streamingPlaylists":[{"type":1,
    "playlistUrl":"http://HOST/film/master.m3u8","segmentsSha256Url":"http://HOST/film/segments-sha256.json"}]}"#
        .to_owned()
}

/// The swarm that the instance lists.
pub(crate) const LISTED: &str = "000102030405060708090a0b0c0d0e0f10111213";

fn activity() -> Answer {
    let tag = format!(r#"{{"url":[{{"tag":[{{"type":"Infohash","name":"{LISTED}"}}]}}]}}"#);
    Answer::new("application/activity+json", tag)
}
