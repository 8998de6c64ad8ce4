//! Values kept once and referred to by number.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// Marks an absent number in a column.
pub(super) const ABSENT: u32 = u32::MAX;

/// A list of distinct values with a number for each. Numbers follow the order of arrival, so they are the same for the
/// same input.
#[derive(Clone, Debug)]
pub(super) struct Interned<T> {
    values: Vec<T>,
    numbers: HashTable<u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Interned {
            values: Vec::new(),
            numbers: HashTable::new(),
        }
    }
}

/// The same for every snapshot: the order of anything in a snapshot never depends on it.
pub(super) fn hash_of<Q: Hash + ?Sized>(value: &Q) -> u64 {
    FixedState::default().hash_one(value)
}

impl<T: Hash + Eq> Interned<T> {
    /// The value's number; a new one, with an owned copy, if it was not there.
    pub(super) fn number<Q>(&mut self, value: &Q) -> u32
    where
        T: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = T> + ?Sized,
    {
        self.number_with(
            hash_of(value),
            |known| known.borrow() == value,
            || value.to_owned(),
        )
    }

    /// The number of the value that fits, looked for by its hash; a new one if it was not there.
    pub(super) fn number_with(
        &mut self,
        hash: u64,
        fits: impl Fn(&T) -> bool,
        make: impl FnOnce() -> T,
    ) -> u32 {
        let values = &self.values;
        let at = |number: u32| usize::try_from(number).ok().and_then(|n| values.get(n));
        if let Some(number) = self
            .numbers
            .find(hash, |number| at(*number).is_some_and(&fits))
        {
            return *number;
        }
        let number = u32::try_from(values.len()).unwrap_or(u32::MAX);
        self.numbers
            .insert_unique(hash, number, |number| at(*number).map_or(0, hash_of));
        self.values.push(make());
        number
    }

    /// The number of a value that is there.
    pub(super) fn find<Q>(&self, value: &Q) -> Option<u32>
    where
        T: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let fits = |number: &u32| {
            self.get(*number)
                .is_some_and(|known| known.borrow() == value)
        };
        self.numbers.find(hash_of(value), fits).copied()
    }

    /// The value of a number that was handed out.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.values.get(usize::try_from(number).ok()?)
    }

    /// All values in the order of their numbers.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}
