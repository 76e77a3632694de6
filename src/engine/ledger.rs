//! What the publisher says its segments are: the digest lists of the page, fetched once per URL and again when a
//! live stream outgrows them. Decides what is expected of a segment; never holds up the first frame.

use super::config::Integrity;
use super::contract::Orders;
use super::digests::{DigestList, NotAList};
use super::documents::Documents;
use super::id::Counter;
use super::payload::Digest;
use super::time::{Instant, Millis};
use super::transfer::Place;
use super::verify::Expected;
use litemap::LiteMap;

/// A live list lags behind its playlist: the incumbent looks again this often, this many times.
const LOOK_AGAIN: Millis = Millis(500);
const LOOKS: u32 = 10;

/// One list.
#[derive(Default)]
struct Page {
    list: Option<DigestList>,
    fetching: bool,
    /// It could not be had, or is no list.
    lost: bool,
    again_at: Option<Instant>,
    looks: u32,
    disputed: bool,
}

/// All lists.
#[derive(Default)]
pub(crate) struct Ledger {
    pages: LiteMap<String, Page>,
}

/// Who waits for a list's document: its URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListUrl(pub(crate) String);

impl Ledger {
    /// Fetches a list that is not here yet.
    pub(crate) fn open<P, T>(
        &mut self,
        integrity: &Integrity,
        documents: &mut Documents<T>,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) where
        T: Clone + PartialEq + From<ListUrl>,
    {
        let Integrity::List(url) = integrity else { return };
        // One that was lost may be there by the time another player asks.
        if self.pages.get(url).is_none_or(|page| page.lost) {
            let page = Page { fetching: true, ..Page::default() };
            self.pages.insert(url.clone(), page);
            documents.fetch(ListUrl(url.clone()).into(), url, ids, orders);
        }
    }

    /// What is expected of the segment at `place`.
    pub(crate) fn expected(&self, integrity: &Integrity, place: &Place) -> Expected {
        match integrity {
            Integrity::Unknown => Expected::Unknown,
            Integrity::Waived => Expected::Waived,
            Integrity::List(url) => {
                let list = self.pages.get(url).and_then(|p| p.list.as_ref());
                let digest: Option<Digest> = list.and_then(|l| l.get(&place.url, place.range));
                digest.map_or(Expected::Unknown, Expected::Digest)
            }
        }
    }

    /// Whether more may become known within moments.
    pub(crate) fn is_pending(&self, integrity: &Integrity) -> bool {
        match integrity {
            Integrity::Unknown | Integrity::Waived => false,
            Integrity::List(url) => {
                self.pages.get(url).is_some_and(|p| !p.lost && (p.fetching || p.again_at.is_some()))
            }
        }
    }

    /// Whether there is a list, or may be one.
    pub(crate) fn is_hopeful(&self, integrity: &Integrity) -> bool {
        match integrity {
            Integrity::Unknown => false,
            Integrity::Waived => true,
            Integrity::List(url) => self.pages.get(url).is_none_or(|p| !p.lost),
        }
    }

    /// The stream has segments that the list may not have yet.
    pub(crate) fn outgrown(&mut self, integrity: &Integrity, now: Instant) {
        if let Some(page) = self.page(integrity) {
            page.looks = 0;
            page.disputed = false;
            page.lost = false;
            page.again_at.get_or_insert(now);
        }
    }

    /// The origin's bytes are not what the list says: one of the two is older. Looked at again once, until the
    /// stream grows.
    pub(crate) fn disputed(&mut self, integrity: &Integrity, now: Instant) {
        if let Some(page) = self.page(integrity)
            && !std::mem::replace(&mut page.disputed, true)
        {
            page.again_at.get_or_insert(now);
        }
    }

    /// A segment is not listed: the list may lag.
    pub(crate) fn missed(&mut self, integrity: &Integrity, now: Instant) {
        if let Some(page) = self.page(integrity)
            && page.looks < LOOKS
            && !page.fetching
            && page.again_at.is_none()
        {
            page.looks += 1;
            page.again_at = Some(now + LOOK_AGAIN);
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
    ) -> Result<(), NotAList> {
        let Some(page) = self.pages.get_mut(&url.0) else {
            return Ok(());
        };
        page.fetching = false;
        match found {
            Ok(list) => {
                page.list = Some(list);
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

    /// Fetches what is due.
    pub(crate) fn wake<P, T>(
        &mut self,
        documents: &mut Documents<T>,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) where
        T: Clone + PartialEq + From<ListUrl>,
    {
        for (url, page) in &mut self.pages {
            if !page.fetching && page.again_at.is_some_and(|at| at <= now) {
                page.again_at = None;
                page.fetching = true;
                documents.fetch(ListUrl(url.clone()).into(), url, ids, orders);
            }
        }
    }

    /// When the next one is due.
    pub(crate) fn next_wakeup(&self) -> Option<Instant> {
        self.pages.values().filter(|p| !p.fetching).filter_map(|p| p.again_at).min()
    }

    fn page(&mut self, integrity: &Integrity) -> Option<&mut Page> {
        match integrity {
            Integrity::List(url) => self.pages.get_mut(url),
            Integrity::Unknown | Integrity::Waived => None,
        }
    }
}
