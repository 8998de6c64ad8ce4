//! Pages of `users/search`, each after its length in four bytes, the small end first; a length of nothing ends a day.

use std::error::Error;
use std::io::{ErrorKind, Read};

use seatkeeper::atlassian::{NullActivity, UserReader};
use seatkeeper::model::DirectoryId;
use seatkeeper::snapshot::Snapshot;

/// Everybody up to the end of the day or of the input; nobody where the input ends at once.
pub fn read_day(input: &mut impl Read) -> Result<Option<Snapshot>, Box<dyn Error>> {
    let directory = DirectoryId(String::from(DirectoryId::NOT_SAID));
    let mut reader = UserReader::default();
    let mut page = Vec::new();
    while let Some(length) = read_length(input)? {
        if length == 0 {
            return Ok(Some(reader.into_snapshot()));
        }
        page.resize(length, 0);
        input.read_exact(&mut page)?;
        reader.read(&page, &directory, NullActivity::Never)?;
    }
    let snapshot = reader.into_snapshot();
    Ok((!snapshot.is_empty()).then_some(snapshot))
}

fn read_length(input: &mut impl Read) -> Result<Option<usize>, Box<dyn Error>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => Ok(Some(usize::try_from(u32::from_le_bytes(length))?)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error.into()),
    }
}
