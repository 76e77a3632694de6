//! What the publisher says its segments are: the digest lists of the page, or the origin's word for each file. Decides what is expected of a segment, and
//! when a list is fetched: only for players that may share, that of a live only while neighbours are connected, and
//! again once for each new segment that it does not have. Never holds up the first frame.

use super::config::Integrity;
use super::contract::Orders;
use super::digests::{DigestList, NotAList};
use super::documents::Documents;
use super::heads::Heads;
use super::id::Counter;
use super::payload::Digest;
use super::time::{Instant, Millis};
use super::transfer::Place;
use super::verify::Expected;
use litemap::LiteMap;

/// A live list lags behind its playlist: where it lacks the newest segment, the incumbent looks again this often, this
/// many times.
const LOOK_AGAIN: Millis = Millis(500);
const LOOKS: u32 = 10;

/// One list.
#[derive(Default)]
struct Page {
    list: Option<DigestList>,
    fetching: bool,
    /// It could not be had, or is no list.
    lost: bool,
    /// When it is due; not before it may be fetched, too.
    again_at: Option<Instant>,
    /// Whether it may be fetched.
    allowed: bool,
    /// In vain since the stream last grew; while it is lost, segments since then.
    looks: u32,
    disputed: bool,
    /// The newest segment of a live.
    newest: Option<Place>,
}

/// All lists.
#[derive(Default)]
pub(crate) struct Ledger {
    /// What the origin says of single files, where the page names no list.
    pub(crate) heads: Heads,
    pages: LiteMap<String, Page>,
}

/// Who waits for a list's document: its URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListUrl(pub(crate) String);

impl Ledger {
    /// A player loads a stream, or one has grown: its list is wanted, where that is not here or lacks the `newest`
    /// segment of a live; not before `at`.
    pub(crate) fn wants(&mut self, integrity: &Integrity, newest: Option<Place>, grown: bool, at: Instant) {
        let Integrity::List(url) = integrity else { return };
        let page =
            self.pages.entry(url.clone()).or_insert_with(|| Page { again_at: Some(at), ..Page::default() });
        page.newest = newest.or(page.newest.take());
        page.disputed &= !grown;
        if page.lost {
            // One that was lost may be there by the time another player asks; a live looks ever more seldom.
            page.looks += 1;
            if grown && !page.looks.is_power_of_two() {
                return;
            }
            page.lost = false;
        } else if page.list.is_none() || page.lists_newest() {
            return;
        } else {
            page.looks = 0;
        }
        page.again_at.get_or_insert(at);
    }

    /// What is expected of the segment at `place`, or of the part.
    pub(crate) fn expected(&self, integrity: &Integrity, place: &Place) -> Expected {
        match integrity {
            Integrity::Unknown => self.heads.expected(place),
            Integrity::Waived => Expected::Waived,
            Integrity::List(url) => {
                let list = self.pages.get(url).and_then(|p| p.list.as_ref());
                let part = |l: &DigestList| l.part(&place.url, place.range);
                let digest = list.and_then(|l| l.get(&place.url, place.range).or_else(|| part(l)));
                digest.map_or(Expected::Unknown, Expected::Digest)
            }
        }
    }

    /// What the list of the pieces of the segment at `place` has to be.
    pub(crate) fn pieces(&self, integrity: &Integrity, place: &Place) -> Option<Digest> {
        let Integrity::List(url) = integrity else { return None };
        self.pages.get(url)?.list.as_ref()?.pieces(&place.url, place.range)
    }

    /// Whether more may become known within moments.
    pub(crate) fn is_pending(&self, integrity: &Integrity) -> bool {
        match integrity {
            Integrity::Unknown => self.heads.is_pending(),
            Integrity::Waived => false,
            Integrity::List(url) => {
                self.pages.get(url).is_some_and(|p| !p.lost && (p.fetching || p.again_at.is_some()))
            }
        }
    }

    /// Whether there is a list, or may be one.
    pub(crate) fn is_hopeful(&self, integrity: &Integrity) -> bool {
        match integrity {
            Integrity::Unknown => self.heads.is_hopeful(),
            Integrity::Waived => true,
            Integrity::List(url) => self.pages.get(url).is_none_or(|p| !p.lost),
        }
    }

    /// The origin's bytes are not what the list says: one of the two is older. Looked at again once, until the
    /// stream grows.
    pub(crate) fn disputed(&mut self, integrity: &Integrity, now: Instant) {
        if let Some(page) = self.page(integrity)
            && !std::mem::replace(&mut page.disputed, true)
        {
            page.again_at.get_or_insert(now + LOOK_AGAIN);
        }
    }

    /// A list arrived and was read.
    ///
    /// # Errors
    /// It is no list; an earlier one is kept.
    pub(crate) fn arrived(
        &mut self,
        url: &ListUrl,
        found: Result<DigestList, NotAList>,
        now: Instant,
    ) -> Result<(), NotAList> {
        let Some(page) = self.pages.get_mut(&url.0) else {
            return Ok(());
        };
        page.fetching = false;
        match found {
            Ok(list) => {
                page.list = Some(list);
                if !page.lists_newest() && page.looks < LOOKS {
                    page.looks += 1;
                    page.again_at.get_or_insert(now + LOOK_AGAIN);
                }
                Ok(())
            }
            Err(e) => {
                page.lost = page.list.is_none();
                Err(e)
            }
        }
    }

    /// A list could not be had.
    pub(crate) fn lost(&mut self, url: &ListUrl) {
        if let Some(page) = self.pages.get_mut(&url.0) {
            page.fetching = false;
            page.lost = page.list.is_none();
        }
    }

    /// Fetches what is due and `allowed`, asked by its URL and whether it is a live's.
    pub(crate) fn fetch_due<P, T>(
        &mut self,
        documents: &mut Documents<T>,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
        allowed: impl Fn(&str, bool) -> bool,
    ) where
        T: Clone + PartialEq + From<ListUrl>,
    {
        for (url, page) in &mut self.pages {
            page.allowed = allowed(url, page.newest.is_some());
            if page.allowed && !page.fetching && page.again_at.is_some_and(|at| at <= now) {
                page.again_at = None;
                page.fetching = true;
                documents.fetch(ListUrl(url.clone()).into(), url, ids, orders);
            }
        }
    }

    /// When the next one is due.
    pub(crate) fn next_wakeup(&self) -> Option<Instant> {
        self.pages.values().filter(|p| p.allowed && !p.fetching).filter_map(|p| p.again_at).min()
    }

    fn page(&mut self, integrity: &Integrity) -> Option<&mut Page> {
        match integrity {
            Integrity::List(url) => self.pages.get_mut(url),
            Integrity::Unknown | Integrity::Waived => None,
        }
    }
}

impl Page {
    /// Whether nothing is missing at a live's edge.
    fn lists_newest(&self) -> bool {
        let digest = |newest: &Place| self.list.as_ref()?.get(&newest.url, newest.range);
        self.newest.as_ref().is_none_or(|newest| digest(newest).is_some())
    }
}
