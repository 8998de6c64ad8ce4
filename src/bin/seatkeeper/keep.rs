//! `snapshot`: people kept in a file that is small and quickly read.

use std::io::Write;
use std::path::Path;

use seatkeeper::app::import::snapshot_file;

use crate::failure::Failure;
use crate::input;

/// Writes the people of a file as a snapshot.
pub fn snapshot(
    users: &Path,
    sites: Option<&Path>,
    to: &Path,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let people = input::people(users, &input::sites(sites)?)?;
    if people
        .report
        .is_some_and(|report| !report.refused.is_empty())
    {
        return Err(Failure::Wrong {
            what: String::from("rows are left out, so no snapshot is written"),
            hint: "a snapshot would not say that people are missing: repair the rows first",
        });
    }
    let file = snapshot_file(&people.snapshot, &people.sites)
        .map_err(|fault| Failure::in_file(&input::name(users), &fault, ""))?;
    std::fs::write(to, file).map_err(|error| {
        let hint = "give the path of a file that you may write";
        Failure::in_file(&input::name(to), &input::said(&error), hint)
    })?;
    writeln!(out, "{}: {} people", input::name(to), people.snapshot.len())?;
    Ok(())
}
