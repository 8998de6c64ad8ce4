//! What a reading under way has learnt, noted at any moment, and going on from there.
//!
//! Each note holds what is new since the note before, and which chunks were handed out with it: nothing is written twice.

use super::activity;
use super::bytes::{BitReader, BitWriter, Reader, Writer};
use super::chunk::{Chunk, ChunkError, Fault, Kind, MAX_CHUNK_BYTES, pack, seal, unpack};
use super::dictionary::{
    Counts, Known, Mark, Renumbered, decode as decode_dictionary, encode_since,
};
use super::head::StoredBlock;
use super::log::{Section, decode as decode_log};
use super::people::{Block as PackedPeople, codes_of, encode as encode_people};
use super::renewal::{Checkpoint, Renewal, Sight};
use super::stored::{Block, Chunks, State, StoredSnapshot, row_of};
use crate::model::Time;
use crate::snapshot::columns::Arrival;
use crate::snapshot::dictionary::Dictionary;
use crate::snapshot::{Row, Snapshot};

/// What a note says, but for the people.
#[derive(Default)]
struct Note {
    /// Chunks of what people share.
    dictionary: Vec<String>,
    /// The blocks of this reading.
    blocks: Vec<StoredBlock>,
    /// Chunks of changes.
    log: Vec<String>,
    /// Blocks before whose state was written anew.
    folded: Vec<StoredBlock>,
}

impl Renewal {
    /// What must be stored so that everything seen survives.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] for a person who alone is too much for a chunk.
    pub fn checkpoint(&mut self) -> Result<Checkpoint, Fault> {
        let mut chunks = Vec::new();
        let is_news = !self.decided.is_empty()
            || self.is_pending_anew
            || self.pending.len() > self.pending_noted
            || !encode_since(&self.noted, &self.people.shared).is_empty();
        if is_news {
            self.note(&mut chunks)?;
        }
        Ok(Checkpoint {
            chunks,
            journal: self.journal.clone(),
        })
    }

    fn note(&mut self, chunks: &mut Vec<Chunk>) -> Result<(), Fault> {
        let (blocks, log, dictionary) = (self.blocks.len(), self.log.len(), self.dictionary.len());
        if self.write_many(chunks)? {
            self.is_pending_anew = true;
        }
        let decided = self.decided_blocks();
        let folded = self.write_changes(&decided, false, chunks)?;
        self.write_much_dictionary(chunks)?;
        let stored = |blocks: &[Block]| blocks.iter().map(|block| block.stored.clone()).collect();
        let mut note = Note {
            dictionary: self
                .dictionary
                .get(dictionary..)
                .unwrap_or_default()
                .to_vec(),
            blocks: stored(self.blocks.get(blocks..).unwrap_or_default()),
            log: self.log.get(log..).unwrap_or_default().to_vec(),
            folded: folded
                .iter()
                .filter_map(|place| Some(self.blocks.get(*place)?.stored.clone()))
                .collect(),
        };
        let mut entry = seal(Kind::Journal, self.stamp(), &self.write_note(&note));
        if entry.bytes.len() > MAX_CHUNK_BYTES {
            // Few people who hold very much.
            self.write_waiting(chunks)?;
            self.is_pending_anew = true;
            note.blocks = stored(self.blocks.get(blocks..).unwrap_or_default());
            entry = seal(Kind::Journal, self.stamp(), &self.write_note(&note));
        }
        if entry.bytes.len() > MAX_CHUNK_BYTES {
            return Err(Fault::TooLarge);
        }
        self.noted = Mark::of(&self.people.shared);
        self.pending_noted = self.pending.len();
        self.is_pending_anew = false;
        self.decided.clear();
        self.journal.push(entry.name.clone());
        self.hand_out(entry, chunks);
        Ok(())
    }

    /// The blocks before of which more is known than chunks have, in order.
    fn decided_blocks(&self) -> Vec<usize> {
        let mut is_decided = vec![false; self.base_rows];
        for row in self.decided.iter().filter_map(|row| row_of(*row)) {
            if let Some(place) = is_decided.get_mut(row.0) {
                *place = true;
            }
        }
        let is_decided = |row: &u32| {
            row_of(*row).is_some_and(|row| is_decided.get(row.0).copied().unwrap_or_default())
        };
        let blocks = self.blocks.iter().take(self.base_blocks).enumerate();
        blocks
            .filter(|(_, block)| block.rows.iter().any(is_decided))
            .map(|(place, _)| place)
            .collect()
    }

    fn write_note(&self, note: &Note) -> Vec<u8> {
        let mut out = Writer::default();
        out.text(self.journal.last().unwrap_or(&self.base.sum));
        out.number(self.stamp());
        for names in [&note.dictionary, &note.log] {
            out.length(names.len());
            for name in names {
                out.text(name);
            }
        }
        for blocks in [&note.blocks, &note.folded] {
            out.length(blocks.len());
            for block in blocks {
                out.text(&block.people);
                out.text(&block.state);
                for number in [block.id, block.since, block.day] {
                    out.number(number);
                }
            }
        }
        let entries = encode_since(&self.noted, &self.people.shared);
        out.length(entries.len());
        for entries in entries {
            out.part(&entries);
        }
        self.write_decided(&mut out);
        self.write_pending(&mut out);
        out.bytes
    }

    fn write_decided(&self, out: &mut Writer) {
        let base = self.decided.iter().filter_map(|row| row_of(*row));
        let base = base.map(|row| row.0).filter(|row| *row < self.base_rows);
        let first = base.clone().min().unwrap_or_default();
        let mut decided = vec![false; base.clone().max().map_or(0, |last| last + 1 - first)];
        for row in base {
            if let Some(place) = decided.get_mut(row - first) {
                *place = true;
            }
        }
        let mut bits = BitWriter::default();
        for is_decided in &decided {
            bits.bits(u128::from(*is_decided), 1);
        }
        out.length(first);
        out.length(decided.len());
        out.part(&pack(&bits.bytes));
    }

    fn write_pending(&self, out: &mut Writer) {
        let is_anew = self.is_pending_anew;
        let noted = if is_anew { 0 } else { self.pending_noted };
        let rows = self.pending.get(noted..).unwrap_or_default();
        let rows: Vec<usize> = rows
            .iter()
            .filter_map(|row| row_of(*row))
            .map(|row| row.0)
            .collect();
        let numbers = Renumbered::same(&self.people.shared);
        out.byte(u8::from(is_anew));
        out.part(&encode_people(&self.people, &rows, &numbers));
        activity::encode(&codes_of(&self.people, &rows, &numbers), out);
    }

    /// Goes on where a checkpoint was stored: with the same snapshot and time as the reading was begun.
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
        renewal.go_on(journal, &mut Chunks(&mut fetch))?;
        Ok(renewal)
    }

    fn go_on(&mut self, journal: &[String], chunks: &mut Chunks<'_>) -> Result<(), ChunkError> {
        // What people share, beside the people who are read with it.
        let mut shared = self.people.shared.clone();
        for name in journal {
            let body = chunks.read(Kind::Journal, name, |body| Some(body.to_vec()))?;
            let mut reader = Reader::new(&body);
            let failed = || ChunkError {
                chunk: name.clone(),
                fault: Fault::Content,
            };
            let note = self.read_note(&mut reader).ok_or_else(failed)?;
            for name in &note.dictionary {
                chunks.dictionary(name, &mut self.people.shared, Known::Passed)?;
            }
            if !note.dictionary.is_empty() {
                self.written = Mark::of(&self.people.shared);
            }
            self.read_dictionary(&mut reader).ok_or_else(failed)?;
            self.noted = Mark::of(&self.people.shared);
            if Counts::of(&shared) != Counts::of(&self.people.shared) {
                shared = self.people.shared.clone();
            }
            for block in &note.blocks {
                self.read_block(block, &shared, chunks)?;
            }
            for log in &note.log {
                self.read_log(log, chunks)?;
            }
            self.read_rows(&mut reader, &shared).ok_or_else(failed)?;
            for block in &note.folded {
                self.read_fold(block, chunks)?;
            }
            self.take_over(note, name);
        }
        for (logged, code) in self.logged.iter_mut().zip(&self.people.activities) {
            *logged = *code;
        }
        self.decided.clear();
        self.pending_noted = self.pending.len();
        Ok(())
    }

    /// Notes the chunks that were handed out.
    fn take_over(&mut self, note: Note, name: &str) {
        self.handed.extend(note.dictionary.iter().cloned());
        self.handed.extend(note.log);
        for block in note.blocks {
            self.handed.extend([block.people, block.state]);
        }
        let states = note.folded.into_iter().map(|block| block.state);
        self.handed.extend(states);
        self.handed.push(name.to_owned());
        self.journal.push(name.to_owned());
        self.dictionary.extend(note.dictionary);
    }

    fn read_note(&self, reader: &mut Reader<'_>) -> Option<Note> {
        let before = self.journal.last().unwrap_or(&self.base.sum);
        if reader.text()? != before || reader.number()? != self.stamp() {
            return None;
        }
        let mut note = Note::default();
        for names in [&mut note.dictionary, &mut note.log] {
            for _ in 0..reader.count()? {
                names.push(reader.text()?.to_owned());
            }
        }
        for blocks in [&mut note.blocks, &mut note.folded] {
            for _ in 0..reader.count()? {
                blocks.push(StoredBlock {
                    people: reader.text()?.to_owned(),
                    state: reader.text()?.to_owned(),
                    id: reader.number()?,
                    since: reader.number()?,
                    day: reader.number()?,
                });
            }
        }
        Some(note)
    }

    fn read_dictionary(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        for _ in 0..reader.count()? {
            let entries = reader.part()?;
            decode_dictionary(entries.rest(), &mut self.people.shared, Known::Passed)?;
        }
        Some(())
    }

    fn read_block(
        &mut self,
        stored: &StoredBlock,
        shared: &Dictionary,
        chunks: &mut Chunks<'_>,
    ) -> Result<(), ChunkError> {
        let state = chunks.state(stored)?;
        let rows = chunks.read(Kind::People, &stored.people, |body| {
            self.read_people(body, shared, &state.codes)
        })?;
        let mut block = Block::new(stored.clone());
        for row in rows {
            block.place(Some(row.0), self.people.codes(row.0).len());
        }
        self.blocks.push(block);
        self.next_block = stored.id.saturating_add(1);
        Ok(())
    }

    /// People of this reading, each in place of the row that they had.
    fn read_people(&mut self, body: &[u8], shared: &Dictionary, codes: &[u32]) -> Option<Vec<Row>> {
        let numbers = Renumbered::same(shared);
        let mut rows = Vec::new();
        let sights = &mut self.sights;
        let mut put = |people: &mut Snapshot, person: Arrival<'_>| {
            if let Some(before) = people.row_in(person.account, person.directory) {
                people.vacate(before);
                *sights.get_mut(before.0)? = Sight::Gone;
            }
            rows.push(Row(people.len()));
            people.arrive(person);
            sights.push(Sight::Seen);
            (sights.len() == people.len()).then_some(())
        };
        let packed = PackedPeople::unpack(body)?;
        packed.decode(shared, &numbers, codes, &mut self.people, &mut put)?;
        Some(rows)
    }

    fn read_log(&mut self, name: &str, chunks: &mut Chunks<'_>) -> Result<(), ChunkError> {
        let number = self.next_log();
        let about = chunks.read(Kind::Changes, name, |body| {
            let sections = decode_log(number, body)?;
            for section in &sections {
                self.apply(section)?;
            }
            Some(sections.iter().map(|section| section.block).collect())
        })?;
        self.log.push(name.to_owned());
        self.log_blocks.push(about);
        Ok(())
    }

    fn apply(&mut self, section: &Section) -> Option<()> {
        let blocks = self.blocks.get_mut(..self.base_blocks)?;
        let place = blocks.binary_search_by_key(&section.block, |block| block.stored.id);
        let block = blocks.get_mut(place.ok()?)?;
        block.is_changed = true;
        for (place, code) in &section.changed {
            let person = block
                .starts
                .partition_point(|start| start <= place)
                .checked_sub(1)?;
            let slot = usize::try_from(place - block.starts.get(person)?).ok()?;
            let row = row_of(*block.rows.get(person)?)?;
            let mut codes = self.people.codes(row.0).to_vec();
            *codes.get_mut(slot)? = *code;
            self.people.set_codes(row.0, &codes);
        }
        Some(())
    }

    /// Who was seen, and who waits for a block.
    fn read_rows(&mut self, reader: &mut Reader<'_>, shared: &Dictionary) -> Option<()> {
        let (first, count) = (reader.length()?, reader.length()?);
        let bits = unpack(reader.part()?.rest())?;
        let mut bits = BitReader::new(&bits);
        for row in first..first.checked_add(count)? {
            if bits.bits(1)? == 1 {
                let base = self.sights.get_mut(..self.base_rows)?;
                let sight = base.get_mut(row)?;
                if *sight == Sight::Unseen {
                    *sight = Sight::Seen;
                }
            }
        }
        if reader.byte()? == 1 {
            self.pending.clear();
        }
        let people = reader.part()?;
        let codes = activity::decode(reader)?;
        let rows = self.read_people(people.rest(), shared, &codes)?;
        for row in rows {
            self.pending.push(u32::try_from(row.0).ok()?);
        }
        (bits.is_done() && reader.is_done()).then_some(())
    }

    fn read_fold(
        &mut self,
        stored: &StoredBlock,
        chunks: &mut Chunks<'_>,
    ) -> Result<(), ChunkError> {
        let state = chunks.state(stored)?;
        let fitted = self.fold_from(stored, &state);
        fitted.ok_or_else(|| ChunkError {
            chunk: stored.state.clone(),
            fault: Fault::Content,
        })
    }

    fn fold_from(&mut self, stored: &StoredBlock, state: &State) -> Option<()> {
        let blocks = self.blocks.get_mut(..self.base_blocks)?;
        let place = blocks.binary_search_by_key(&stored.id, |block| block.stored.id);
        let block = blocks.get_mut(place.ok()?)?;
        if block.rows.len() != state.dead.len() {
            return None;
        }
        let mut codes = state.codes.as_slice();
        for (row, ends) in block.rows.iter().zip(block.starts.windows(2)) {
            let count = ends.iter().copied().reduce(|start, end| end - start)?;
            let (own, rest) = codes.split_at_checked(usize::try_from(count).ok()?)?;
            codes = rest;
            if let Some(row) = row_of(*row) {
                self.people.set_codes(row.0, own);
            }
        }
        block.bury(&state.dead, &self.people);
        block.stored = stored.clone();
        block.is_changed = false;
        codes.is_empty().then_some(())
    }
}
