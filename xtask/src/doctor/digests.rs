//! May viewers share a stream? Only what its publisher's digests cover: whether there is a list, whether it covers what the
//! playlists list, and whether a few segments are what it says.

use sha2::{Digest as _, Sha256};
use sprat::engine::digests::{DigestList, MAX_BYTES, NotAList};
use sprat::engine::heads::sha256_in;
use url::Url;

use super::ask::{Want, shown};
use super::origin::{Digests, Rendition, Sample};
use super::reach::Visit;

/// Segments at the edge of a live whose digests may come later.
const LAG: usize = 2;

pub(super) fn examine(
    visit: &mut Visit<'_>,
    playlist: &Url,
    renditions: &[Rendition],
    samples: &[Sample],
    wish: Digests,
) {
    let (url, named) = match wish {
        Digests::At(url) => (url, true),
        Digests::Unwanted => return,
        Digests::Wanted => return without(visit, playlist, samples),
        Digests::Beside => match playlist.join("segments-sha256.json") {
            Ok(url) => (url, false),
            Err(_) => return,
        },
    };
    let page = visit.page.clone();
    let answer = match visit.asker.get(&url, Want::by(&page, MAX_BYTES)) {
        Ok(answer) if answer.status.is_success() => answer,
        _ if !named => return without(visit, playlist, samples),
        Ok(answer) => {
            let seen = format!("the server answered {}", answer.status.as_u16());
            return visit.book.add("digests-missing", &url, seen);
        }
        Err(silence) => return visit.book.add("digests-missing", &url, silence.seen),
    };
    if let Some(why) = &answer.forbidden {
        visit.book.add("digests-missing", &url, format!("not for other origins: {why}"));
    }
    let list = match DigestList::parse(&answer.body) {
        Ok(list) => list,
        Err(NotAList::TooLong) => {
            return visit.book.add("digests-unreadable", &url, format!("more than {MAX_BYTES} bytes"));
        }
        Err(NotAList::NotJson) => return visit.book.add("digests-unreadable", &url, "it is no JSON object"),
    };
    covered(visit, &url, &list, renditions);
    let found = samples.iter().filter_map(|sample| {
        let wanted = list.get(sample.place.url.as_str(), sample.place.range)?;
        (wanted.0 != <[u8; 32]>::from(Sha256::digest(&sample.answer.body))).then_some(sample)
    });
    let false_ones: Vec<&Sample> = found.collect();
    if let Some(first) = false_ones.first() {
        let seen = format!("{} of {} segments are not what the list says", false_ones.len(), samples.len());
        visit.book.add("digests-false", &first.place.url, seen);
    }
}

fn covered(visit: &mut Visit<'_>, url: &Url, list: &DigestList, renditions: &[Rendition]) {
    let (mut all, mut lacking, mut first) = (0, 0, None);
    for rendition in renditions {
        let spared = if rendition.live { LAG } else { 0 };
        let settled = rendition.places.len().saturating_sub(spared);
        for place in rendition.places.iter().take(settled) {
            all += 1;
            if list.get(place.url.as_str(), place.range).is_none() {
                lacking += 1;
                first.get_or_insert(&place.url);
            }
        }
    }
    if let Some(first) = first {
        let seen = format!("{lacking} of {all} segments have no digest, the first is {}", shown(first));
        visit.book.add("digests-uncovered", url, seen);
    }
}

/// No list: the digests that come with the answers are what is left, where each segment is a file.
fn without(visit: &mut Visit<'_>, playlist: &Url, samples: &[Sample]) {
    let page = visit.page.clone();
    let sent = samples.iter().find(|sample| {
        sample.place.range.is_none() && sha256_in(sample.answer.header("repr-digest")).is_some()
    });
    let Some(sample) = sent else {
        return visit.book.add(
            "no-digests",
            playlist,
            "no list of digests, and no Repr-Digest with segments",
        );
    };
    let exposed = sample.answer.header("access-control-expose-headers").to_ascii_lowercase();
    let readable = exposed.split(',').any(|name| matches!(name.trim(), "*" | "repr-digest"));
    if !readable && sample.place.url.origin() != page.origin() {
        visit.book.add("digest-hidden", &sample.place.url, "Repr-Digest is sent, and not shown to scripts");
    }
    let said = sha256_in(sample.answer.header("repr-digest"));
    if said.is_some_and(|said| said.0 != <[u8; 32]>::from(Sha256::digest(&sample.answer.body))) {
        visit.book.add("digests-false", &sample.place.url, "its Repr-Digest is not of the bytes that came");
    }
}
