//! `verify`: an evidence bundle, or entries of the log alone, without the app and without a network.

use std::io::Write;
use std::path::Path;

use seatkeeper::audit::bundle::{ArchiveError, verify_bundle, verify_lines};
use seatkeeper::audit::{LogHead, LogVerification};

use crate::failure::{Failure, say};
use crate::input;
use crate::terminal::shown;

/// What the first bytes of a zip archive are.
const ARCHIVE: &[u8] = b"PK";

/// Says whether everything in a file fits, and if not, what does not.
pub fn verify(file: &Path, anchors: &[LogHead], out: &mut dyn Write) -> Result<(), Failure> {
    let name = input::name(file);
    let bytes = input::bytes(file)?;
    let (log, faults) = if bytes.starts_with(ARCHIVE) {
        let found = verify_bundle(&bytes, anchors.to_vec())
            .map_err(|error| Failure::in_file(&name, &error, hint(error)))?;
        for remark in &found.remarks {
            say("note", remark);
        }
        (found.log, found.faults)
    } else {
        (verify_lines(&bytes, anchors.to_vec()), Vec::new())
    };
    for fault in &faults {
        say("error", &format!("{name}: {fault}"));
    }
    if !log.valid {
        say("error", &format!("{name}: {}", log.message));
    }
    if !log.valid || !faults.is_empty() {
        return Err(Failure::Told);
    }
    writeln!(out, "{}: {}", shown(&name), log.message)?;
    writeln!(out, "last entry: {}:{}", log.last, log.head)?;
    writeln!(out, "{}", tail(&log))?;
    Ok(())
}

fn tail(log: &LogVerification) -> &'static str {
    if log.tail_proven {
        "tail proven"
    } else {
        "tail not proven"
    }
}

fn hint(error: ArchiveError) -> &'static str {
    match error {
        ArchiveError::NotOne | ArchiveError::Damaged => "download the bundle again",
        ArchiveError::Foreign => "give the bundle as the app made it",
    }
}
