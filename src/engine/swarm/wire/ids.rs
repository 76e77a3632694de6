//! What a peer said it holds: a set of segment numbers as sorted blocks of 256 bits. The wire's groups are
//! blocks too and at most 255 to a set, so whatever a peer announces fits in 10 KiB.

/// The set.
#[derive(Debug, Default)]
pub(crate) struct IdSet(Vec<(u64, [u64; 4])>);

impl IdSet {
    pub(crate) fn of(ids: &[u64]) -> Self {
        let mut set = Self::default();
        for &id in ids {
            let block = match set.find(id) {
                Ok(at) => at,
                Err(at) => {
                    set.0.insert(at, (id >> 8, [0; 4]));
                    at
                }
            };
            set.0[block].1[word(id)] |= bit(id);
        }
        set
    }

    fn find(&self, id: u64) -> Result<usize, usize> {
        self.0.binary_search_by_key(&(id >> 8), |block| block.0)
    }

    pub(crate) fn contains(&self, id: u64) -> bool {
        self.find(id).is_ok_and(|at| self.0[at].1[word(id)] & bit(id) != 0)
    }

    pub(crate) fn remove(&mut self, id: u64) {
        if let Ok(at) = self.find(id) {
            self.0[at].1[word(id)] &= !bit(id);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().flat_map(|block| block.1).map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().flat_map(|(block, words)| {
            (0..256).map(move |low| block << 8 | low).filter(|&id| words[word(id)] & bit(id) != 0)
        })
    }
}

fn word(id: u64) -> usize {
    (id >> 6 & 3) as usize
}

fn bit(id: u64) -> u64 {
    1 << (id & 63)
}
