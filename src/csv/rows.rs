//! Bytes to rows: slices of any size in, one row after the other out.

use csv_core::{ReadRecordResult, Reader};

/// The byte-order mark that spreadsheets put before UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";
/// The longest row, in bytes. A quote that is never closed would take the rest of the file for one cell.
const MAX_ROW: usize = 1 << 20;
const FIRST_CELLS: usize = 64;
const FIRST_BYTES: usize = 1024;

/// A row that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFault {
    /// Longer than [`MAX_ROW`]: nothing after it can be trusted.
    TooLong,
    /// Not UTF-8.
    NotText,
}

/// Takes the cells of a row, with its number: the first row is 1, blank lines do not count.
pub(super) type TakeRow<'a> = dyn FnMut(u64, Result<&[&str], RowFault>) + 'a;

/// Reads rows of cells out of bytes (RFC 4180; CRLF or LF; quoted cells may hold line breaks).
pub(super) struct Rows {
    reader: Reader,
    /// The bytes of the first slices, until there are enough to see a byte-order mark.
    head: Option<Vec<u8>>,
    bytes: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    ended: usize,
    row: u64,
    is_broken: bool,
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows {
            reader: Reader::new(),
            head: Some(Vec::new()),
            bytes: vec![0; FIRST_BYTES],
            filled: 0,
            ends: vec![0; FIRST_CELLS],
            ended: 0,
            row: 0,
            is_broken: false,
        }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], take: &mut TakeRow<'_>) {
        let Some(mut head) = self.head.take() else {
            return self.read(bytes, take);
        };
        head.extend_from_slice(bytes);
        if head.len() < MARK.len() {
            self.head = Some(head);
            return;
        }
        self.read(head.strip_prefix(MARK).unwrap_or(&head), take);
    }

    /// Says that there are no more bytes.
    pub(super) fn finish(&mut self, take: &mut TakeRow<'_>) {
        if let Some(head) = self.head.take() {
            self.read(&head, take);
        }
        self.drive(&[], take);
    }

    fn read(&mut self, bytes: &[u8], take: &mut TakeRow<'_>) {
        // To the parser, no bytes mean the end of them.
        if !bytes.is_empty() {
            self.drive(bytes, take);
        }
    }

    fn drive(&mut self, mut input: &[u8], take: &mut TakeRow<'_>) {
        while !self.is_broken {
            let (Some(bytes), Some(ends)) = (
                self.bytes.get_mut(self.filled..),
                self.ends.get_mut(self.ended..),
            ) else {
                return;
            };
            let (result, read, written, ended) = self.reader.read_record(input, bytes, ends);
            input = input.get(read..).unwrap_or_default();
            self.filled += written;
            self.ended += ended;
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return,
                ReadRecordResult::OutputFull if self.bytes.len() >= MAX_ROW => {
                    self.is_broken = true;
                    take(self.row + 1, Err(RowFault::TooLong));
                }
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => self.hand_on(take),
            }
        }
    }

    fn hand_on(&mut self, take: &mut TakeRow<'_>) {
        self.row += 1;
        let text = self.bytes.get(..self.filled).unwrap_or_default();
        match std::str::from_utf8(text) {
            Ok(text) => {
                let mut start = 0;
                let cells: Vec<&str> = self
                    .ends
                    .iter()
                    .take(self.ended)
                    .map(|end| {
                        let cell = text.get(start..*end).unwrap_or_default();
                        start = *end;
                        cell
                    })
                    .collect();
                take(self.row, Ok(&cells));
            }
            Err(_) => take(self.row, Err(RowFault::NotText)),
        }
        self.filled = 0;
        self.ended = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8], slice: usize) -> Vec<(u64, Result<Vec<String>, RowFault>)> {
        let mut out = Vec::new();
        let mut take = |row: u64, cells: Result<&[&str], RowFault>| {
            let cells = cells.map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect());
            out.push((row, cells));
        };
        let mut reader = Rows::new();
        for part in bytes.chunks(slice) {
            reader.feed(part, &mut take);
        }
        reader.finish(&mut take);
        out
    }

    #[test]
    fn rows_are_the_same_however_the_bytes_are_cut() {
        let text =
            "\u{feff}\"User id\",n\r\n\r\n1,\"a \"\"b\"\"\r\nc, d\"\r\n2,\u{e4}\u{1f600}\n3,";
        let expected: Vec<(u64, Result<Vec<String>, RowFault>)> = [
            ["User id", "n"],
            ["1", "a \"b\"\r\nc, d"],
            ["2", "\u{e4}\u{1f600}"],
            ["3", ""],
        ]
        .into_iter()
        .zip(1..)
        .map(|(cells, row)| (row, Ok(cells.map(String::from).to_vec())))
        .collect();
        for slice in 1..=text.len() {
            assert_eq!(rows(text.as_bytes(), slice), expected, "slices of {slice}");
        }
    }

    #[test]
    fn long_rows_and_many_cells_are_taken_up_to_the_limit() {
        let wide = ["x"; 1000].join(",");
        let found = rows(wide.as_bytes(), 7);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.as_ref().map(Vec::len), Ok(1000));
        let endless = format!("a,b\n1,\"{}\n2,c\n", "x\n".repeat(MAX_ROW));
        let found = rows(endless.as_bytes(), 4096);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], (2, Err(RowFault::TooLong)));
    }

    #[test]
    fn a_row_that_is_no_text_does_not_hide_the_next() {
        let found = rows(b"a\n\xFF\nb\n", 2);
        assert_eq!(found[1], (2, Err(RowFault::NotText)));
        assert_eq!(found[2], (3, Ok(vec!["b".to_owned()])));
        assert!(rows(b"", 1).is_empty());
    }
}
