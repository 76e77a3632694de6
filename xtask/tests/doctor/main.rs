//! `cargo xtask doctor`, the program itself, at servers of this test: what is well has no findings, each planted fault is
//! named, and whatever a stranger answers ends in a sentence.

mod healthy;
mod server;

use std::process::{Command, Output};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use serde_json::Value;
use server::{Answer, Request, serve};

/// Where a world listens, and it itself.
type Place = Arc<OnceLock<String>>;

#[test]
fn where_nothing_is_wrong_nothing_is_found() {
    let healthy = world(|_, answer| answer, |said| healthy::tracker(said));
    for (kind, path) in [
        ("page", "/page.html"),
        ("page", "/sprat/embed.html?src=/film/master.m3u8"),
        ("origin", "/film/master.m3u8"),
        ("origin", "/live/live.m3u8"),
        ("instance", "/"),
        ("instance", "/w/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09"),
        ("instance", "/videos/embed/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09"),
    ] {
        let told = Told::by(&format!("http://{healthy}{path}"), &[]);
        assert_eq!(
            (told.kind.as_str(), told.codes("any"), told.exit),
            (kind, vec![], 0),
            "{path}: {}",
            told.text
        );
    }
    let told = Told::by(&format!("ws://{healthy}/tracker/socket"), &[]);
    assert_eq!((told.kind.as_str(), told.codes("any"), told.exit), ("tracker", vec![], 0), "{}", told.text);
}

/// A fault: its code, how bad it is, where the doctor looks, and what is different from a healthy world.
struct Fault {
    code: &'static str,
    severity: &'static str,
    path: &'static str,
    plant: fn(&Request, Answer) -> Answer,
}

const fn fault(
    code: &'static str,
    severity: &'static str,
    path: &'static str,
    plant: fn(&Request, Answer) -> Answer,
) -> Fault {
    Fault { code, severity, path, plant }
}

const PAGE: &str = "/page.html";
const FILM: &str = "/film/master.m3u8";

/// The planted faults, each alone in a world that is well.
const FAULTS: [Fault; 24] = [
    fault("cors", "stops", FILM, |_, answer| answer.without("access-control-allow-origin")),
    fault("cors-errors", "costs", FILM, |_, answer| {
        if answer.status == 404 { answer.without("access-control-allow-origin") } else { answer }
    }),
    fault("csp-wasm", "stops", PAGE, |_, answer| reworded(answer, " 'wasm-unsafe-eval'", "")),
    fault("csp-media", "stops", PAGE, |_, answer| reworded(answer, "media-src blob:", "media-src 'self'")),
    fault("csp-connect", "stops", FRAMED, |request, answer| {
        let page = "<script type=module src=/sprat/sprat.js></script><sprat-player src=http://elsewhere.invalid/a.m3u8>";
        if request.path == FRAMED {
            let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; media-src blob:; connect-src 'self'";
            return Answer::new("text/html", page).with("content-security-policy", policy);
        }
        answer
    }),
    fault("csp-tracker", "costs", PAGE, |_, answer| reworded_all(answer)),
    fault("csp-types", "stops", PAGE, |_, answer| {
        reworded(answer, "trusted-types lit-html", "trusted-types other")
    }),
    fault("wasm-type", "costs", PAGE, |request, answer| {
        on(request, answer, "/sprat/sprat_bg.wasm", |answer| {
            answer.with("content-type", "application/octet-stream")
        })
    }),
    fault("wasm-uncompressed", "costs", PAGE, |_, answer| answer.without("content-encoding")),
    fault("chunk-missing", "stops", PAGE, |request, answer| {
        on(request, answer, "/sprat/player-A1.js", |_| {
            Answer::status(404).with("access-control-allow-origin", "*")
        })
    }),
    fault("copy-mixed", "stops", PAGE, |request, answer| {
        on(request, answer, "/sprat/player-A1.js", |answer| Answer {
            body: b"Symbol.for(\"sprat 0ld\")".to_vec(),
            ..answer
        })
    }),
    fault("loader-cached", "costs", PAGE, |request, answer| {
        on(request, answer, "/sprat/sprat.js", |answer| {
            answer.with("cache-control", "max-age=31536000, immutable")
        })
    }),
    fault("range", "costs", FILM, |request, answer| {
        on(request, answer, "/film/360.mp4", |answer| Answer { status: 200, body: vec![7; 12_000], ..answer })
    }),
    fault("digests-false", "costs", FILM, |request, answer| {
        on(request, answer, "/film/360.mp4", |answer| Answer { body: vec![7; answer.body.len()], ..answer })
    }),
    fault("digests-uncovered", "costs", FILM, |request, answer| {
        let last = format!("\"{}-", 3 * healthy::SEGMENT);
        let other = healthy::digests().replace(&last, "\"9");
        on(request, answer, "/film/segments-sha256.json", |answer| Answer {
            body: other.into_bytes(),
            ..answer
        })
    }),
    fault("digests-missing", "costs", PAGE, |request, answer| {
        on(request, answer, "/film/segments-sha256.json", |_| {
            Answer::status(404).with("access-control-allow-origin", "*")
        })
    }),
    fault("live-stale", "stops", "/live/live.m3u8", |request, answer| {
        on(request, answer, "/live/live.m3u8", |answer| answer.with("cache-control", "public, max-age=3600"))
    }),
    fault("not-a-playlist", "stops", FILM, |request, answer| {
        on(request, answer, FILM, |answer| Answer {
            body: b"<!doctype html><h1>Welcome</h1>".to_vec(),
            ..answer
        })
    }),
    fault("segment-missing", "stops", FILM, |request, answer| {
        on(request, answer, "/film/360.mp4", |_| Answer::status(404).with("access-control-allow-origin", "*"))
    }),
    fault("redirect-loop", "stops", FILM, |request, answer| {
        on(request, answer, FILM, |answer| Answer { status: 302, ..answer }.with("location", FILM))
    }),
    fault("clock", "note", FILM, |_, answer| answer.with("date", "Tue, 01 Jan 2019 00:00:00 GMT")),
    fault("frame-denied", "stops", "/sprat/embed.html?src=/film/master.m3u8", |request, answer| {
        on(request, answer, "/sprat/embed.html?src=/film/master.m3u8", |answer| {
            answer.without("content-security-policy").with("x-frame-options", "SAMEORIGIN")
        })
    }),
    fault("instance-video", "stops", "/", |request, answer| {
        let video = br#"{"uuid":"1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09","streamingPlaylists":[]}"#;
        let at = "/api/v1/videos/1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09";
        on(request, answer, at, |answer| Answer { body: video.to_vec(), ..answer })
    }),
    fault("tracker-path", "costs", PAGE, |request, answer| {
        on(request, answer, PAGE, |answer| {
            let body = String::from_utf8_lossy(&answer.body).replace("/tracker/socket", "/elsewhere");
            Answer { body: body.into_bytes(), ..answer }
        })
    }),
];

const FRAMED: &str = "/closed.html";

#[test]
fn each_planted_fault_is_named_and_nothing_else_stops() {
    println!("| planted | severity | named | seen |\n|---|---|---|---|");
    for Fault { code, severity, path, plant } in &FAULTS {
        let place = world(*plant, |said| healthy::tracker(said));
        let told = Told::by(&format!("http://{place}{path}"), &[]);
        let named = told.findings.iter().find(|finding| finding["code"] == *code);
        let named = named.unwrap_or_else(|| panic!("{code} was not named: {}", told.text));
        println!("| {code} | {severity} | yes | {} |", named["seen"].as_str().unwrap_or_default());
        assert_eq!(named["severity"], *severity, "{code}");
        let mut stops = told.codes("stops");
        // What cannot be reached for the policy is not there either: the address is of nobody.
        stops.retain(|stop| !(*code == "csp-connect" && *stop == "unreachable"));
        let expected = if *severity == "stops" { vec![*code] } else { vec![] };
        assert_eq!(stops, expected, "{code}: {}", told.text);
        assert_eq!(told.exit, i32::from(*severity == "stops"), "{code}");
        for name in ["remedy", "owner", "at"] {
            assert!(named[name].as_str().is_some_and(|text| !text.is_empty()), "{code} has no {name}");
        }
    }
}

#[test]
fn a_tracker_that_is_asked_about_stops_when_it_does_not_take_viewers() {
    type Talk = fn(&str) -> Option<String>;
    let trackers: [(&str, Talk); 3] = [
        ("tracker-refused", |_| Some(r#"{"failure reason":"who are you?"}"#.to_owned())),
        ("tracker-closed", |_| None),
        ("tracker-silent", |_| Some("\u{1}garbage".to_owned())),
    ];
    for (code, talk) in trackers {
        // No instance: that one's tracker is not announced to by guesswork.
        let place =
            world(|request, answer| on(request, answer, "/api/v1/config", |_| Answer::status(404)), talk);
        let told = Told::by(&format!("ws://{place}/tracker/socket"), &[]);
        println!(
            "| {code} | stops | {:?} |",
            told.findings.first().map(|finding| finding["seen"].to_string())
        );
        assert_eq!((told.codes("any"), told.exit), (vec![code], 1), "{}", told.text);
    }
    let place = world(|_, answer| answer, healthy::tracker);
    let told = Told::by(&format!("ws://{place}/somewhere"), &[]);
    assert_eq!((told.codes("any"), told.exit), (vec!["tracker-path"], 1), "{}", told.text);
    let told = Told::by("ws://127.0.0.1:9/", &[]);
    assert_eq!((told.codes("any"), told.exit), (vec!["tracker-unreachable"], 1), "{}", told.text);
}

#[test]
fn the_tracker_of_an_instance_hears_no_swarm_but_those_that_it_lists() {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ears = Arc::clone(&heard);
    let place = world(
        |_, answer| answer,
        move |said| {
            ears.lock().expect("nobody panicked").push(said.to_owned());
            healthy::tracker(said)
        },
    );
    assert_eq!(Told::by(&format!("ws://{place}/tracker/socket"), &[]).exit, 0);
    assert!(heard.lock().expect("nobody panicked").is_empty());
    assert_eq!(Told::by(&format!("http://{place}/"), &[]).exit, 0);
    let heard = heard.lock().expect("nobody panicked");
    let listed: String = healthy::LISTED
        .as_bytes()
        .chunks(2)
        .map(|pair| {
            char::from(
                u8::from_str_radix(std::str::from_utf8(pair).expect("it is ASCII"), 16)
                    .expect("it is hexadecimal"),
            )
        })
        .collect();
    let said: Value = serde_json::from_str(heard.first().expect("it was announced")).expect("it is JSON");
    assert_eq!(said["info_hash"].as_str(), Some(listed.as_str()));
}

#[test]
fn whatever_a_stranger_answers_ends_in_a_sentence() {
    let garbage: Vec<u8> = (0..200_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let body = garbage.clone();
    let place = world(
        move |request, answer| match request.path.as_str() {
            "/garbage" => Answer::new("application/octet-stream", body.clone()),
            "/garbage.m3u8" => Answer::new("application/vnd.apple.mpegurl", body.clone()),
            "/garbage.html" => Answer::new("text/html", body.clone()),
            "/endless.html" => Answer { endless: true, ..Answer::new("text/html", vec![b'<'; 65_536]) },
            "/round" => Answer::status(302).with("location", "/about"),
            "/about" => Answer::status(302).with("location", "/round"),
            "/away" => Answer::status(302).with("location", "javascript:alert(1)"),
            _ => answer,
        },
        |_| None,
    );
    for (path, code) in [
        ("/garbage", "no-player"),
        ("/garbage.m3u8", "not-a-playlist"),
        ("/garbage.html", "no-player"),
        ("/endless.html", "endless"),
        ("/round", "redirect-loop"),
        ("/away", "redirect-loop"),
        ("/nothing", "status"),
    ] {
        let began = Instant::now();
        let told = Told::by(&format!("http://{place}{path}"), &[]);
        assert_eq!(told.codes("any"), [code], "{path}: {}", told.text);
        assert!(began.elapsed() < Duration::from_secs(60), "{path} took {:?}", began.elapsed());
    }
    assert_eq!(Told::by("http://127.0.0.1:9/film.m3u8", &[]).codes("any"), ["unreachable"]);
    for text in ["nonsense", "ftp://a.example/", "http://", "http://[::", "\u{1b}[2J", ""] {
        let output = doctor(&[text]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}: {said}");
        assert!(
            said.contains("is no address") && !said.contains('\u{1b}') && !said.contains("panicked"),
            "{said}"
        );
    }
}

#[test]
fn people_are_told_what_was_seen_whose_it_is_and_the_remedy() {
    let place =
        world(|_, answer| answer.without("access-control-allow-origin"), |said| healthy::tracker(said));
    let output = doctor(&[&format!("http://{place}{FILM}")]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("STOPS cors: no Access-Control-Allow-Origin"), "{said}");
    assert!(said.contains("whose   the origin\n  remedy  nginx: `add_header"), "{said}");
    // For a page of the same origin there is nothing to allow.
    let home = format!("http://{place}/");
    assert_eq!(
        Told::by(&format!("{home}film/master.m3u8"), &["--page", &home]).codes("any"),
        Vec::<&str>::new()
    );
}

/// A healthy world, with what `plant` makes of its answers.
fn world(
    plant: impl Fn(&Request, Answer) -> Answer + Send + Sync + 'static,
    talk: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> String {
    let place = Place::default();
    let known = Arc::clone(&place);
    let answer = move |request: &Request| {
        let place = known.get().map(String::as_str).unwrap_or_default();
        plant(request, healthy::answer(request, place))
    };
    place.get_or_init(|| serve(answer, talk)).clone()
}

fn on(request: &Request, answer: Answer, path: &str, change: impl FnOnce(Answer) -> Answer) -> Answer {
    if request.path == path { change(answer) } else { answer }
}

/// The page's policy in other words.
fn reworded(mut answer: Answer, from: &str, to: &str) -> Answer {
    for (name, value) in &mut answer.headers {
        if name == "content-security-policy" {
            *value = value.replace(from, to);
        }
    }
    answer
}

/// Without what lets a page of http speak to a WebSocket.
fn reworded_all(mut answer: Answer) -> Answer {
    for (name, value) in &mut answer.headers {
        if name == "content-security-policy" && value.contains("connect-src") {
            *value =
                "script-src 'self' 'wasm-unsafe-eval'; media-src blob:; connect-src http://127.0.0.1:*/film/"
                    .to_owned();
        }
    }
    answer
}

/// What the doctor told machines.
struct Told {
    kind: String,
    findings: Vec<Value>,
    exit: i32,
    text: String,
}

impl Told {
    fn by(address: &str, more: &[&str]) -> Self {
        let output = doctor(&[&[address, "--json"], more].concat());
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        Self {
            kind: json["kind"].as_str().unwrap_or_default().to_owned(),
            findings: json["findings"].as_array().cloned().unwrap_or_default(),
            exit: output.status.code().unwrap_or(-1),
            text,
        }
    }

    /// Codes of this severity, or of any.
    fn codes(&self, severity: &str) -> Vec<&str> {
        let of = self.findings.iter().filter(|finding| severity == "any" || finding["severity"] == severity);
        of.filter_map(|finding| finding["code"].as_str()).collect()
    }
}

fn doctor(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    // The servers are on this machine.
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.arg("doctor").args(arguments).output().expect("the program that was built can be run")
}
