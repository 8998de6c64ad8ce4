//! A reading of the organization that renews a stored snapshot: what is learnt page by page can be kept at any moment.

use super::chunk::{Chunk, ChunkError, Fault, Kind, open_named, seal};
use super::part::{decode_part, encode_parts};
use super::whole::{Head, StoredSnapshot, encode};
use crate::model::{Activity, Time};
use crate::snapshot::{Snapshot, UserRecord};

/// What becomes of people whom a reading did not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// Everything was read: they are not there any more.
    Gone,
    /// Only some were read: the others are as before.
    Kept,
}

/// What keeps a reading under way.
#[derive(Debug)]
pub struct Checkpoint {
    /// The chunks to store; none of them was handed out before.
    pub chunks: Vec<Chunk>,
    /// What [`Renewal::resume`] goes on from: to be stored after the chunks, in place of the list before.
    pub journal: Vec<String>,
}

/// A reading that has come to its end.
#[derive(Debug)]
pub struct Encoded {
    /// Which chunks are the snapshot now: to be stored after the chunks.
    pub head: Head,
    /// The chunks to store; none of them was handed out before.
    pub chunks: Vec<Chunk>,
    /// Chunks that were stored for the snapshot before or for the reading, and that nothing refers to any more once the
    /// head is stored.
    pub unused: Vec<String>,
    /// Everybody who is in the snapshot now.
    pub people: Snapshot,
}

/// A reading that renews a stored snapshot.
#[derive(Debug)]
pub struct Renewal {
    before: StoredSnapshot,
    taken: Time,
    seen: Snapshot,
    forgotten: Vec<String>,
    handed: Vec<String>,
}

impl Renewal {
    /// Begins to renew a snapshot; the default one for a first reading. The time says in which order the days are.
    pub fn of(before: StoredSnapshot, taken: Time) -> Renewal {
        Renewal {
            before,
            taken,
            seen: Snapshot::new(),
            forgotten: Vec::new(),
            handed: Vec::new(),
        }
    }

    /// Goes on where a checkpoint was stored: with the same snapshot and time as it was begun.
    ///
    /// # Errors
    /// The first chunk that is not there, is damaged, or does not belong to this reading of this snapshot.
    pub fn resume(
        before: StoredSnapshot,
        taken: Time,
        journal: &[String],
        mut fetch: impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Renewal, ChunkError> {
        let mut renewal = Renewal::of(before, taken);
        for name in journal {
            let failed = |fault| ChunkError {
                chunk: name.clone(),
                fault,
            };
            let bytes = fetch(name).ok_or_else(|| failed(Fault::Missing))?;
            open_named(Kind::People, name, &bytes).map_err(failed)?;
            decode_part(&bytes, &mut renewal.seen).map_err(failed)?;
            renewal.handed.push(name.clone());
        }
        Ok(renewal)
    }

    /// Takes in a page: everybody on it, in any directory. Who was seen in a directory before is left as then.
    ///
    /// An activity that the page does not know stays unknown, unless the snapshot before says "never" for the same person
    /// and product and `keeps_never` says of the account that this still holds.
    pub fn see(&mut self, page: &Snapshot, keeps_never: &dyn Fn(&str) -> bool) {
        for row in page.rows() {
            let Some(mut record) = page.record(row) else {
                continue;
            };
            if self
                .forgotten
                .iter()
                .any(|known| *known == record.account.0)
            {
                continue;
            }
            self.carry(&mut record, keeps_never);
            self.seen.push(&record);
            if let Some(name) = page.class(row).and_then(|class| page.directory_name(class)) {
                self.seen.name_directory(&record.directory, name);
            }
        }
    }

    fn carry(&self, record: &mut UserRecord, keeps_never: &dyn Fn(&str) -> bool) {
        let people = self.before.people();
        let before = people
            .find(&record.account, &record.directory)
            .and_then(|row| people.record(row));
        let Some(known) = before.and_then(|before| before.access) else {
            return;
        };
        for access in record.access.iter_mut().flatten() {
            let is_never = known.iter().any(|known| {
                known.resource == access.resource
                    && known.product == access.product
                    && known.activity == Activity::Never
            });
            if access.activity == Activity::Unknown
                && is_never
                && keeps_never(record.account.as_str())
            {
                access.activity = Activity::Never;
            }
        }
    }

    /// Drops a person from every directory and from storage, whatever it takes, and does not take them in again. To be
    /// said again after [`Renewal::resume`].
    pub fn forget(&mut self, account: &str) {
        self.forgotten.push(account.to_owned());
    }

    /// How many people were seen, each once for every directory.
    pub fn seen(&self) -> usize {
        self.seen.len()
    }

    /// What must be stored so that everything seen survives.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] for a person who alone is too much for a chunk.
    pub fn checkpoint(&mut self) -> Result<Checkpoint, Fault> {
        let mut checkpoint = Checkpoint {
            chunks: Vec::new(),
            journal: Vec::new(),
        };
        for part in encode_parts(&self.seen)? {
            let body = super::chunk::open(Kind::People, &part)?;
            let chunk = seal(Kind::People, body);
            checkpoint.journal.push(chunk.name.clone());
            if !self.handed.contains(&chunk.name) {
                self.handed.push(chunk.name.clone());
                checkpoint.chunks.push(chunk);
            }
        }
        Ok(checkpoint)
    }

    /// Gives the reading up: the chunks that were stored for it and that nothing refers to.
    pub fn abandon(self) -> Vec<String> {
        self.handed
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] for a person who alone is too much for a chunk.
    pub fn finish(self, unseen: Unseen) -> Result<Encoded, Fault> {
        let mut people = Snapshot::new();
        let is_kept = unseen == Unseen::Kept;
        let before = Some(self.before.people()).filter(|_| is_kept);
        for snapshot in [Some(&self.seen), before].into_iter().flatten() {
            for row in snapshot.rows() {
                if let Some(record) = snapshot.record(row)
                    && !self.forgotten.contains(&record.account.0)
                {
                    people.push(&record);
                }
                if let Some(class) = snapshot.class(row)
                    && let Some(directory) = snapshot.directory(row)
                    && let Some(name) = snapshot.directory_name(class)
                {
                    people.name_directory(directory, name);
                }
            }
        }
        let (head, chunks) = encode(&people, &self.before, self.taken)?;
        let known: Vec<&str> = head.names().collect();
        let stored = self.before.head.names().map(String::from);
        let unused = stored
            .chain(self.handed)
            .filter(|name| !known.contains(&name.as_str()))
            .collect();
        Ok(Encoded {
            head,
            chunks,
            unused,
            people,
        })
    }
}
