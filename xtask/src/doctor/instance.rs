//! Does a PeerTube instance give what a player needs? Its API, read across origins; a video of it, the one that is named or its
//! newest; where that has HLS, the stream, its digests, and the tracker with a swarm that the instance lists itself.

use serde_json::Value;
use sprat::engine::swarm::naming::InfoHash;
use url::Url;

use super::ask::{Want, printable};
use super::reach::Visit;
use super::{origin, tracker};

/// A page of a hundred elements is some 400 KB; a configuration with many plugins as much.
const MOST: usize = 4 << 20;

/// The id of the video in an address that an instance gives out.
fn video_in(url: &Url) -> Option<String> {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let id = match parts.as_slice() {
        ["w", id] | ["videos", "watch" | "embed", id] | ["api", "v1", "videos", id] if *id != "p" => id,
        _ => return None,
    };
    Some(id.split(';').next().unwrap_or(id).to_owned())
}

pub(super) fn names_a_video(url: &Url) -> bool {
    video_in(url).is_some()
}

/// Looks at an instance.
pub(super) fn examine(visit: &mut Visit<'_>, url: &Url) {
    let Ok(config_at) = url.join("/api/v1/config") else { return };
    let Some(config) = ask(visit, &config_at) else { return };
    if !config["serverVersion"].is_string() {
        return visit.book.add("not-an-instance", &config_at, "no serverVersion in what it says of itself");
    }
    let Some((id, named)) = pick(visit, url) else { return };
    let Ok(at) = url.join(&format!("/api/v1/videos/{id}")) else { return };
    let Some(video) = ask(visit, &at) else { return };
    let playlists = video["streamingPlaylists"].as_array();
    let hls = playlists.and_then(|all| all.iter().find(|playlist| playlist["type"] == 1));
    let of = |value: &Value| value.as_str().and_then(|text| url.join(text).ok());
    let Some((hls, src)) = hls.and_then(|hls| Some((hls, of(&hls["playlistUrl"])?))) else {
        let which = if named { "the video" } else { "its newest video" };
        return visit.book.add(
            "instance-video",
            &at,
            format!("{which} has no HLS, only files: no peers, one quality"),
        );
    };
    // Whom it was not shown to shall not share it.
    let public = matches!(video["privacy"]["id"].as_u64(), Some(1 | 2));
    let wish = match of(&hls["segmentsSha256Url"]) {
        Some(list) => origin::Digests::At(list),
        None if public => origin::Digests::Wanted,
        None => origin::Digests::Unwanted,
    };
    if origin::examine(visit, &src, wish).is_none() || !public {
        return;
    }
    let swarm = of(&video["url"]).and_then(|activity| listed(visit, &activity));
    let trackers = video["trackerUrls"].as_array().into_iter().flatten().filter_map(Value::as_str);
    // Only its own is spoken to, as viewers do.
    let own = trackers.filter_map(tracker::address).filter(|tracker| tracker.host() == url.host());
    for tracker in own.take(2).collect::<Vec<_>>() {
        tracker::examine(visit, &tracker, swarm);
    }
}

/// The video that the address names, or the newest of the instance.
fn pick(visit: &mut Visit<'_>, url: &Url) -> Option<(String, bool)> {
    if let Some(id) = video_in(url) {
        return Some((id, true));
    }
    let at = url.join("/api/v1/videos?count=1&sort=-publishedAt&isLocal=true").ok()?;
    let list = ask(visit, &at)?;
    Some((list["data"][0]["uuid"].as_str()?.to_owned(), false))
}

/// Asks the API as a script does.
fn ask(visit: &mut Visit<'_>, url: &Url) -> Option<Value> {
    let page = visit.page.clone();
    let answer = visit.ask(url, Want::by(&page, MOST))?;
    if let Some(why) = &answer.forbidden {
        visit.book.add("cors", url, why.clone());
    }
    let json = serde_json::from_slice(&answer.body);
    match json {
        Ok(json) if answer.status.is_success() => Some(json),
        // So that strangers get no answer is what its owner wanted.
        Ok(_) if matches!(answer.status.as_u16(), 401 | 403) => {
            let seen = format!("the API answered {}", answer.status.as_u16());
            visit.book.add("instance-closed", url, seen);
            None
        }
        _ => {
            let (status, kind) = (answer.status.as_u16(), printable(&answer.media_type()));
            let seen = format!("the API answered {status} with {} bytes of {kind}", answer.body.len());
            visit.book.add("not-an-instance", url, seen);
            None
        }
    }
}

/// The first swarm that the instance lists for a video, by its activity.
fn listed(visit: &mut Visit<'_>, activity: &Url) -> Option<InfoHash> {
    let page = visit.page.clone();
    let want = Want { accept: "application/activity+json, application/ld+json", ..Want::by(&page, MOST) };
    let answer = visit.asker.get(activity, want).ok().filter(|answer| answer.status.is_success())?;
    let video: Value = serde_json::from_slice(&answer.body).ok()?;
    let links = video["url"].as_array()?.iter();
    let tags = links.filter_map(|link| link["tag"].as_array()).flatten();
    tags.filter(|tag| tag["type"] == "Infohash").find_map(|tag| info_hash(tag["name"].as_str()?))
}

/// Forty hexadecimal digits.
fn info_hash(text: &str) -> Option<InfoHash> {
    if text.len() != 40 || !text.is_ascii() {
        return None;
    }
    let mut hash = [0; 20];
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(InfoHash(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_instances_give_out_name_their_video() {
        let of = |path: &str| video_in(&Url::parse("https://tube.example").unwrap().join(path).unwrap());
        for path in [
            "/w/abc",
            "/w/abc;threadId=12",
            "/videos/watch/abc",
            "/videos/embed/abc?autoplay=1",
            "/api/v1/videos/abc/",
        ] {
            assert_eq!(of(path).as_deref(), Some("abc"), "{path}");
        }
        assert_eq!((of("/"), of("/w/p/abc"), of("/about")), (None, None, None));
    }

    #[test]
    fn swarms_are_forty_digits() {
        assert_eq!(info_hash(&"0a".repeat(20)), Some(InfoHash([10; 20])));
        assert!(info_hash("0a").is_none() && info_hash(&"zz".repeat(20)).is_none());
        assert!(info_hash(&"é".repeat(20)).is_none());
    }
}
