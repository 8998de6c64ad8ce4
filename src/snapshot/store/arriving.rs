//! A stored snapshot whose chunks come one by one, in any order: read as far as they are there.

use super::chunk::{ChunkError, Fault};
use super::head::{Head, fault};
use super::stored::{Chunks, Opened};
use crate::snapshot::Snapshot;

/// A snapshot on its way.
#[derive(Debug)]
pub struct ArrivingSnapshot {
    head: Head,
    /// Those that are not read yet, by name.
    chunks: Vec<(String, Vec<u8>)>,
    opened: Option<Opened>,
}

impl ArrivingSnapshot {
    /// Begins with the list of its chunks: all segments of the head, joined.
    ///
    /// # Errors
    /// A list that is damaged.
    pub fn begin(list: String) -> Result<ArrivingSnapshot, ChunkError> {
        Ok(ArrivingSnapshot {
            head: Head::from_segments(&[list])?,
            chunks: Vec::new(),
            opened: None,
        })
    }

    /// The names of all its chunks in the order in which they are read, so that reading can begin before all are there.
    pub fn names(&self) -> Vec<&str> {
        let people = self.head.blocks.iter().map(|block| block.people.as_str());
        self.first().chain(people).collect()
    }

    /// What is needed before the first block of people.
    fn first(&self) -> impl Iterator<Item = &str> {
        let states = self.head.blocks.iter().map(|block| &block.state);
        let names = self.head.dictionary.iter().chain(states);
        names.chain(&self.head.log).map(String::as_str)
    }

    /// Takes a chunk. One that does not belong to its name is noticed when it is read.
    pub fn take(&mut self, name: &str, bytes: Vec<u8>) {
        if !self.is_here(name) {
            self.chunks.push((name.to_owned(), bytes));
        }
    }

    fn is_here(&self, name: &str) -> bool {
        self.chunks.iter().any(|(known, _)| known == name)
    }

    /// Reads the next of what is there, at most one block of people; false where nothing more can be read now.
    ///
    /// # Errors
    /// A chunk that is damaged or does not fit the others.
    pub fn step(&mut self) -> Result<bool, ChunkError> {
        let is_ready = match &self.opened {
            None => self.first().all(|name| self.is_here(name)),
            Some(opened) => opened.next().is_some_and(|name| self.is_here(name)),
        };
        if !is_ready {
            return Ok(false);
        }
        let kept = &mut self.chunks;
        let mut fetch = |name: &str| {
            let place = kept.iter().position(|(known, _)| known == name)?;
            Some(kept.swap_remove(place).1)
        };
        let mut chunks = Chunks(&mut fetch);
        match &mut self.opened {
            None => self.opened = Some(Opened::begin(self.head.clone(), &mut chunks)?),
            Some(opened) => {
                opened.read_block(&mut chunks)?;
            }
        }
        Ok(true)
    }

    /// The people, once everything was read.
    ///
    /// # Errors
    /// [`Fault::Missing`] where something is not there yet.
    pub fn finish(self) -> Result<Snapshot, ChunkError> {
        match self.opened {
            Some(opened) if opened.next().is_none() => Ok(opened.into_stored().into_people()),
            _ => Err(fault(Fault::Missing)),
        }
    }
}
