//! What is to happen, by time, and in the order in which it was entered where the time is the same. A page for each
//! millisecond: only the one that is open is kept sorted, however much there is to come.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

pub(super) struct Calendar<T> {
    /// By their millisecond.
    pages: BTreeMap<u64, Vec<Reverse<Entry<T>>>>,
    open: BinaryHeap<Reverse<Entry<T>>>,
    /// The millisecond of the open page.
    day: u64,
    entered: u64,
}

struct Entry<T> {
    at: u64,
    seq: u64,
    what: T,
}

impl<T> Calendar<T> {
    pub(super) const fn new() -> Self {
        Self { pages: BTreeMap::new(), open: BinaryHeap::new(), day: 0, entered: 0 }
    }

    /// `at` in µs, not before what was taken out last.
    pub(super) fn push(&mut self, at: u64, what: T) {
        self.entered += 1;
        let entry = Reverse(Entry { at, seq: self.entered, what });
        if at / 1_000 <= self.day {
            self.open.push(entry);
        } else {
            self.pages.entry(at / 1_000).or_default().push(entry);
        }
    }

    /// The next thing, and when.
    pub(super) fn pop(&mut self) -> Option<(u64, T)> {
        while self.open.is_empty() {
            let (day, page) = self.pages.pop_first()?;
            (self.day, self.open) = (day, page.into());
        }
        self.open.pop().map(|Reverse(entry)| (entry.at, entry.what))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.seq == other.seq
    }
}

impl<T> Eq for Entry<T> {}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.seq).cmp(&(other.at, other.seq))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_come_by_time_and_then_in_the_order_in_which_they_were_entered() {
        let mut calendar = Calendar::new();
        for (at, what) in [(5_000_000, "e"), (7, "b"), (1_999, "d"), (1_001, "c"), (7, "b2"), (0, "a")] {
            calendar.push(at, what);
        }
        assert_eq!(calendar.pop(), Some((0, "a")));
        assert_eq!(calendar.pop(), Some((7, "b")));
        calendar.push(8, "b3");
        let rest: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(_, what)| what).collect();
        assert_eq!(rest, ["b2", "b3", "c", "d", "e"]);
    }
}
