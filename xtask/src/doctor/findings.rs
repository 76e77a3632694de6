//! What can stand in Sprat's way: each thing by its code, with how bad it is, whose it is to change, and the remedy. The
//! table is here and in `docs/doctor.md`, which a test compares. What was seen, with its figure, is said by whoever saw it.

use url::Url;

use super::ask::shown;

/// How bad it is; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// Nothing plays, or nothing of what was asked about works.
    Stops,
    /// It plays, but costs time, bytes or peers.
    Costs,
    /// Worth knowing.
    Note,
}

impl Severity {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Stops => "stops",
            Self::Costs => "costs",
            Self::Note => "note",
        }
    }
}

/// Something to be changed, or known.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    /// Who can change it.
    pub(super) owner: &'static str,
    pub(super) remedy: &'static str,
    /// Where it was seen first, fit to be printed.
    pub(super) at: String,
    pub(super) seen: String,
    /// At how many other addresses it was seen, too.
    pub(super) more: usize,
}

/// Code, severity, owner, remedy.
type Row = (&'static str, Severity, &'static str, &'static str);

use Severity::{Costs, Note, Stops};

const PAGE: &str = "the page";
const FILES: &str = "the server of Sprat's files";
const ORIGIN: &str = "the origin";
const PUBLISHER: &str = "the publisher";
const TRACKER: &str = "the tracker";
const INSTANCE: &str = "the instance";
const SERVER: &str = "the server";

/// Everything there is to find.
#[rustfmt::skip]
pub(super) const TABLE: [Row; 60] = [
    ("unreachable", Stops, SERVER, "name, port and firewall; `curl -v` says the same"),
    ("tls", Stops, SERVER, "renew the certificate and serve its whole chain: `certbot renew`, nginx `ssl_certificate …/fullchain.pem;`"),
    ("status", Stops, SERVER, "put the file there, or correct the address"),
    ("redirect-loop", Stops, SERVER, "let the address answer, or redirect once: look for two rules that undo one another"),
    ("endless", Stops, SERVER, "let the answer end: a `Content-Length`, and a file that is what its name says"),
    ("redirects", Note, SERVER, "name the last address in the page: each redirect costs a round trip"),
    ("mixed-content", Stops, PAGE, "name it by https: (or wss:), and give its server a certificate"),
    ("clock", Note, SERVER, "set the clock: `timedatectl set-ntp true`"),
    ("encoded", Note, SERVER, "send what was asked for: no `Content-Encoding` to `Accept-Encoding: identity`"),
    // The page.
    ("no-player", Note, PAGE, "`<sprat-player src=\"…\">`, or an iframe of embed.html; elements that a script makes are not seen here"),
    ("no-loader", Costs, PAGE, "`<script type=\"module\" src=\"sprat.js\"></script>`, unless a bundle brings it"),
    ("no-address", Stops, PAGE, "correct the attribute: it is no address"),
    ("loader-classic", Stops, PAGE, "`type=\"module\"` on the script"),
    ("csp-script", Stops, PAGE, "add the origin of sprat.js to script-src of the Content-Security-Policy"),
    ("csp-wasm", Stops, PAGE, "add 'wasm-unsafe-eval' to script-src of the Content-Security-Policy"),
    ("csp-media", Stops, PAGE, "add blob: to media-src of the Content-Security-Policy"),
    ("csp-connect", Stops, PAGE, "add the origin to connect-src of the Content-Security-Policy"),
    ("csp-digests", Costs, PAGE, "add the origin of the digests to connect-src of the Content-Security-Policy"),
    ("csp-tracker", Costs, PAGE, "add the tracker (wss://…) to connect-src of the Content-Security-Policy"),
    ("csp-frame", Stops, PAGE, "add the embed page's origin to frame-src of the Content-Security-Policy"),
    ("csp-types", Stops, PAGE, "add lit-html to trusted-types of the Content-Security-Policy"),
    ("csp-webrtc", Costs, PAGE, "take webrtc 'block' out of the Content-Security-Policy, or set p2p=\"off\""),
    ("csp-sandbox", Stops, PAGE, "add allow-scripts to sandbox of the Content-Security-Policy"),
    ("frame-sandbox", Stops, PAGE, "add allow-scripts to the iframe's sandbox"),
    ("frame-allow", Note, PAGE, "allow=\"autoplay; fullscreen; picture-in-picture\" on the iframe"),
    ("frame-denied", Stops, SERVER, "nginx: `add_header Content-Security-Policy \"frame-ancestors *\" always;` there, and no X-Frame-Options"),
    // Sprat's files.
    ("script-type", Stops, FILES, "nginx: `types { text/javascript js; }`; Apache: `AddType text/javascript .js`"),
    ("files-cors", Stops, FILES, "nginx: `add_header Access-Control-Allow-Origin \"*\" always;` where Sprat's files lie"),
    ("chunk-missing", Stops, FILES, "copy all files of one version: the loader names what is not there; then clear the CDN's cache"),
    ("copy-mixed", Stops, FILES, "copy all files of one version, and clear the CDN's cache"),
    ("copies", Costs, PAGE, "load one sprat.js: two versions on a page share no engine and no peers"),
    ("loader-cached", Costs, FILES, "nginx: `add_header Cache-Control \"max-age=3600\" always;` for sprat.js, whose name stays"),
    ("wasm-missing", Stops, FILES, "copy sprat_bg.wasm to beside sprat.js"),
    ("wasm-damaged", Stops, FILES, "copy it anew, in binary mode, and let nothing on the way alter it"),
    ("wasm-type", Costs, FILES, "nginx: `types { application/wasm wasm; }`; Apache: `AddType application/wasm .wasm`"),
    ("wasm-uncompressed", Costs, FILES, "nginx: `gzip on; gzip_types application/wasm text/javascript;`"),
    // The origin.
    ("not-a-playlist", Stops, ORIGIN, "let the address answer with the playlist itself"),
    ("cors", Stops, ORIGIN, "nginx: `add_header Access-Control-Allow-Origin \"*\" always;`, once"),
    ("cors-errors", Costs, ORIGIN, "nginx: the word `always` at the end of `add_header Access-Control-Allow-Origin \"*\" always;`"),
    ("playlist-type", Note, ORIGIN, "nginx: `types { application/vnd.apple.mpegurl m3u8; }`"),
    ("playlist-uncompressed", Note, ORIGIN, "nginx: `gzip on; gzip_types application/vnd.apple.mpegurl;`"),
    ("live-stale", Stops, ORIGIN, "nginx: `add_header Cache-Control \"max-age=1\" always;` for *.m3u8 of lives"),
    ("live-cached", Costs, ORIGIN, "nginx: `add_header Cache-Control \"max-age=1\" always;` for *.m3u8 of lives"),
    ("segment-missing", Stops, PUBLISHER, "put the segments there, or take them out of the playlist"),
    ("range", Costs, ORIGIN, "answer `Range` with 206: nginx does for files (not with `max_ranges 0;`), proxies need `proxy_force_ranges on;`"),
    // Digests.
    ("no-digests", Costs, PUBLISHER, "`sprat-hash` writes them (docs/digests.md); integrity=\"URL\" names them. Without, there are no peers"),
    ("digests-missing", Costs, PUBLISHER, "put the list where integrity says, readable by other origins (CORS)"),
    ("digests-unreadable", Costs, PUBLISHER, "write the list anew: `sprat-hash` (docs/digests.md)"),
    ("digests-uncovered", Costs, PUBLISHER, "write the list anew, of all renditions: `sprat-hash DIR`"),
    ("digests-false", Costs, PUBLISHER, "write the list anew after the last change to the segments: `sprat-hash DIR`"),
    ("digest-hidden", Costs, ORIGIN, "nginx: `add_header Access-Control-Expose-Headers \"Repr-Digest\" always;`"),
    // Trackers.
    ("tracker-address", Costs, PAGE, "trackers=\"wss://…\": WebSocket trackers, separated by spaces"),
    ("tracker-unreachable", Costs, TRACKER, "name, port and firewall; the tracker has to run and to listen there"),
    ("tracker-path", Costs, TRACKER, "name its path (PeerTube's is /tracker/socket); behind nginx: `proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";`"),
    ("tracker-refused", Costs, TRACKER, "let it take the swarm: what it said is its reason"),
    ("tracker-closed", Costs, TRACKER, "keep the socket open: behind nginx `proxy_read_timeout 1h;`, and look at the tracker's log"),
    ("tracker-silent", Costs, TRACKER, "it has to answer an announce, in the WebTorrent dialect of the tracker protocol"),
    // Instances.
    ("not-an-instance", Stops, INSTANCE, "name the address of an instance, or of a video on one; /api/v1 has to pass every proxy"),
    ("instance-closed", Note, INSTANCE, "none needed if it is meant so: a video with a password, or not for everybody, is not looked at"),
    ("instance-video", Stops, INSTANCE, "a video with HLS: `transcoding: hls: enabled: true` in its configuration, then transcode anew"),
];

/// What was found so far.
#[derive(Default)]
pub(super) struct Book {
    pub(super) findings: Vec<Finding>,
}

impl Book {
    /// Writes down what was seen at an address. The same at another address counts, and is not said again.
    pub(super) fn add(&mut self, code: &'static str, at: &Url, seen: impl Into<String>) {
        let (_, severity, owner, remedy) = *TABLE
            .iter()
            .find(|row| row.0 == code)
            .expect("codes are those of the table, which a test checks");
        if let Some(known) = self.findings.iter_mut().find(|known| known.code == code) {
            known.more += usize::from(known.at != shown(at));
            return;
        }
        let finding = Finding { code, severity, owner, remedy, at: shown(at), seen: seen.into(), more: 0 };
        self.findings.push(finding);
    }

    /// The same, by a code that whoever was asked for an answer has given.
    pub(super) fn add_by(&mut self, code: &'static str, at: &Url, seen: String) {
        self.add(code, at, seen);
    }

    /// A tracker was asked about, and nothing else: what costs peers is all there is to stop.
    pub(super) fn tracker_is_all(&mut self) {
        for finding in &mut self.findings {
            if finding.code.starts_with("tracker-") {
                finding.severity = Severity::Stops;
            }
        }
    }

    pub(super) fn stops(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Stops)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_name_of_its_own_and_stands_in_the_guide() {
        let guide = include_str!("../../../docs/doctor.md");
        for (at, (code, severity, owner, remedy)) in TABLE.iter().enumerate() {
            assert!(TABLE[..at].iter().all(|row| row.0 != *code), "{code} stands twice");
            let row = format!("| `{code}` | {} | {owner} | {remedy} |", severity.word());
            assert!(guide.contains(&row), "docs/doctor.md lacks this row:\n{row}");
        }
    }

    #[test]
    fn every_code_that_is_written_down_is_in_the_table() {
        let sources = [
            include_str!("ask.rs"),
            include_str!("assets.rs"),
            include_str!("frames.rs"),
            include_str!("page.rs"),
            include_str!("origin.rs"),
            include_str!("digests.rs"),
            include_str!("tracker.rs"),
            include_str!("instance.rs"),
            include_str!("reach.rs"),
        ];
        let mut seen = 0;
        for (source, before) in
            sources.iter().flat_map(|source| ["book.add(", "code: ", "(\"tracker-"].map(|b| (source, b)))
        {
            for call in source.split(before).skip(1) {
                let call = if before.ends_with('-') {
                    format!("\"tracker-{call}")
                } else {
                    call.trim_start().to_owned()
                };
                let Some(code) = call.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                assert!(TABLE.iter().any(|row| row.0 == code), "{code}");
                seen += 1;
            }
        }
        assert!(seen > 30, "{seen} calls were found");
    }
}
