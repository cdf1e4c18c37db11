//! A little xorshift generator of our own: the same seed, the same plan.

/// The generator.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        // One step of SplitMix64, so that neighbouring seeds differ at once.
        let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((z ^ (z >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `bound`, which is not nought.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        let at = self.below(list.len() as u64);
        list[usize::try_from(at).unwrap_or(0)].clone()
    }

    /// One of a list, if there is any.
    pub(crate) fn pick_any<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        if list.is_empty() { None } else { Some(self.pick(list)) }
    }

    /// Up to `most` of a list, without repetition, in random order.
    pub(crate) fn some<T: Clone>(&mut self, list: &[T], most: u64) -> Vec<T> {
        let mut rest = list.to_vec();
        let mut picked = Vec::new();
        let count = 1 + self.below(most.max(1));
        while (picked.len() as u64) < count && !rest.is_empty() {
            let at = self.below(rest.len() as u64);
            picked.push(rest.remove(usize::try_from(at).unwrap_or(0)));
        }
        picked
    }
}
