//! Chance, from a seed: the same on every machine, also in WebAssembly.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A seeded source of choices.
pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn from_seed(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 up to, but not including, a limit.
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0.random_range(0..limit)
    }

    /// A number of a range, both ends included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0.random_range(least..=most)
    }

    /// Yes in so many cases of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = u32::try_from(choices.len()).expect("few choices");
        let place = usize::try_from(self.below(count)).expect("a small number");
        choices.get(place).expect("a choice")
    }

    pub fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        self.one_of::<&'w str>(words)
    }

    /// One to so many of them, some perhaps twice.
    pub fn some_of<T: Clone>(&mut self, choices: &[T], most: u32) -> Vec<T> {
        let count = 1 + self.below(most);
        (0..count).map(|_| self.one_of(choices).clone()).collect()
    }

    /// So many things, each made anew.
    pub fn several<T>(&mut self, count: u32, mut make: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        (0..count).map(|_| make(self)).collect()
    }

    /// The thing, or nothing in so many cases of a hundred.
    pub fn unless<T>(&mut self, percent: u32, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        if self.chance(percent) {
            None
        } else {
            Some(make(self))
        }
    }
}
