//! Random numbers that hang on (seed, stratum, block) and on nothing else.
//!
//! A stream is `ChaCha8` with seed and stratum in its key and the block as its nonce, so
//! streams are as good as independent, may be opened in any order on any thread, and
//! agree on every processor. What has a name may have a stream by it, so that neither the
//! number nor the order of other things changes what it does. Salmon, Moraes, Dror & Shaw, *Parallel random numbers: as
//! easy as 1, 2, 3* (2011), on why counters; Bernstein, *`ChaCha`, a variant of `Salsa20`*
//! (2008), on the cipher.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// What the rest of the key says, so that no other use of a seed meets these streams.
const DOMAIN: &[u8; 20] = b"outlast chance, 1st.";

/// The same where a name is in the key.
const NAMED: &[u8; 8] = b"by name.";

/// One stream of random numbers.
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// Opens the stream of a block of a stratum, at its beginning.
    pub fn open(seed: u64, stratum: u32, block: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..12].copy_from_slice(&stratum.to_le_bytes());
        key[12..].copy_from_slice(DOMAIN);
        Self::of(key, block)
    }

    /// Opens the stream of a block of what has this name, at its beginning. Two names
    /// have the same stream with a chance of 2⁻¹²⁸.
    pub fn named(seed: u64, name: &str, block: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..24].copy_from_slice(&hash(name).to_le_bytes());
        key[24..].copy_from_slice(NAMED);
        Self::of(key, block)
    }

    fn of(key: [u8; 32], block: u64) -> Self {
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(block); // also begins at number 0
        Self(generator)
    }

    /// Fills in fair bits: words of 32, so that a part of one is used up whole.
    #[inline]
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    /// Returns 64 fair bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Returns one of 0 to `bound` − 1, each with exactly the same chance. Lemire, *Fast
    /// random integer generation in an interval* (2019): the top half of a product, and
    /// again where its bottom half is one of the 2⁶⁴ mod `bound` that are too many.
    ///
    /// # Panics
    ///
    /// If `bound` is 0: there is nothing to return.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "there is no number below nought");
        let excess = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.bits()) * u128::from(bound);
            if product as u64 >= excess {
                return (product >> 64) as u64;
            }
        }
    }

    /// Returns whether something of this chance happens.
    #[inline]
    pub fn happens(&mut self, chance: Threshold) -> bool {
        u128::from(self.bits()) < chance.0
    }

    /// Returns a number strictly between 0 and 1: the middle of one of 2⁵² equal parts.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        const PART: f64 = 1.0 / (1_u64 << 52) as f64;
        ((self.bits() >> 12) as f64 + 0.5) * PART
    }

    /// Returns an exponential time with mean 1, by inversion.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }

    /// Returns a standard normal number by the polar method of Marsaglia & Bray (1964), of
    /// whose two only one is taken: a stream has no state besides its position.
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }
}

/// FNV-1a of 128 bits (Fowler, Noll & Vo).
fn hash(name: &str) -> u128 {
    const BEGIN: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = (1 << 88) + (1 << 8) + 0x3b;
    name.bytes().fold(BEGIN, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

/// A chance as a number of 2⁶⁴ths: nought never happens, one always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(u128);

impl Threshold {
    /// Rounds to the nearest 2⁶⁴th, and what is outside of 0 to 1 (or no number) to the
    /// nearest end, but never what may happen to never: then to the smallest.
    pub fn of(chance: f64) -> Self {
        const ONE: f64 = (1_u128 << 64) as f64;
        let parts = (chance.clamp(0.0, 1.0) * ONE).round() as u128; // not a number: 0
        Self(parts.max(u128::from(chance > 0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::law::{fits, near};
    use super::*;

    fn first(seed: u64, stratum: u32, block: u64) -> u64 {
        Stream::open(seed, stratum, block).bits()
    }

    #[test]
    fn seed_name_and_block_each_make_another_stream() {
        let first = |seed, name, block| Stream::named(seed, name, block).bits();
        let streams = [first(1, "a", 3), first(2, "a", 3), first(1, "b", 3), first(1, "a", 4)];
        let mut distinct = streams.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!((distinct.len(), first(1, "a", 3)), (4, streams[0]));
        // Published: the empty text, and "a".
        assert_eq!(hash(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn seed_stratum_and_block_each_make_another_stream() {
        let streams = [first(1, 2, 3), first(2, 2, 3), first(1, 3, 3), first(1, 2, 4)];
        let mut distinct = streams.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
        assert_eq!(first(1, 2, 3), streams[0]);
    }

    #[test]
    fn a_stream_is_the_same_for_ever() {
        let mut stream = Stream::open(42, 7, 1 << 40);
        let mut word = [0; 4];
        let mut fill = |stream: &mut Stream| {
            stream.fill(&mut word);
            u64::from(u32::from_le_bytes(word))
        };
        let seen = [stream.bits(), stream.bits(), fill(&mut stream), stream.below(1000)];
        // By a program of its own after the paper: key, nonce, counter from 0.
        let words = [13_295_872_153_591_583_678, 9_718_233_209_457_975_586, 3_600_750_037, 186];
        assert_eq!(seen, words);
    }

    #[test]
    fn integers_below_a_bound_are_equally_likely() {
        let mut stream = Stream::open(1, 0, 0);
        let mut seen = [0; 7];
        (0..70_000).for_each(|_| seen[stream.below(7) as usize] += 1);
        fits(&seen, &[10_000.0; 7]);
    }

    #[test]
    fn a_bound_of_three_quarters_of_all_numbers_is_not_biased() {
        // Taking a remainder would give the first third twice as often.
        let mut stream = Stream::open(1, 0, 1);
        let bound = 3 << 62;
        let mut seen = [0; 3];
        (0..30_000).for_each(|_| seen[(stream.below(bound) >> 62) as usize] += 1);
        fits(&seen, &[10_000.0; 3]);
    }

    #[test]
    fn thresholds_hold_both_ends_and_what_is_between() {
        let mut stream = Stream::open(1, 0, 2);
        assert!((0..1000).all(|_| stream.happens(Threshold::of(1.0))));
        assert!((0..1000).all(|_| !stream.happens(Threshold::of(0.0))));
        assert_eq!(Threshold::of(f64::NAN), Threshold(0));
        assert_eq!(Threshold::of(-1.0), Threshold(0));
        assert_eq!(Threshold::of(2.0), Threshold(1 << 64));
        assert_eq!(Threshold::of(0.5), Threshold(1 << 63));
        assert_eq!(Threshold::of(1e-300), Threshold(1));
        let happened = (0..100_000).filter(|_| stream.happens(Threshold::of(0.3))).count();
        near(happened as f64, 30_000.0, (100_000.0 * 0.3 * 0.7_f64).sqrt());
    }

    #[test]
    fn units_are_open_and_even() {
        let mut stream = Stream::open(1, 0, 3);
        let mut seen = [0; 16];
        for _ in 0..160_000 {
            let unit = stream.unit();
            assert!(unit > 0.0 && unit < 1.0);
            seen[(unit * 16.0) as usize] += 1;
        }
        fits(&seen, &[10_000.0; 16]);
    }

    #[test]
    fn exponential_times_have_the_law_of_their_name() {
        let mut stream = Stream::open(1, 0, 4);
        let mut seen = [0; 8];
        for _ in 0..80_000 {
            seen[(stream.exponential() as usize).min(7)] += 1;
        }
        let beyond = |time: usize| if time == 8 { 0.0 } else { libm::exp(-(time as f64)) };
        fits(&seen, &std::array::from_fn::<_, 8, _>(|t| 80_000.0 * (beyond(t) - beyond(t + 1))));
    }

    #[test]
    fn normal_numbers_have_the_law_of_their_name() {
        let mut stream = Stream::open(1, 0, 5);
        let edges = [f64::NEG_INFINITY, -2.0, -1.0, -0.3, 0.0, 0.5, 1.5, 2.5, f64::INFINITY];
        let mut seen = [0; 8];
        for _ in 0..80_000 {
            let number = stream.normal();
            seen[edges.iter().rposition(|&edge| edge <= number).unwrap()] += 1;
        }
        let below = |x: f64| 0.5 * libm::erfc(-x / 2.0_f64.sqrt());
        let law = |cell: usize| 80_000.0 * (below(edges[cell + 1]) - below(edges[cell]));
        fits(&seen, &std::array::from_fn::<_, 8, _>(law));
    }
}
