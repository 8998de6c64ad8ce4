//! Those who are shown, for spreadsheets.

use super::rows::{LastSeen, RosterRow, SeenState};
use super::{Roster, filter::UNKNOWN};
use crate::csv::write_row;

const HEADINGS: [&str; 9] = [
    "Account id",
    "Name",
    "Email",
    "Status",
    "Account",
    "Directory",
    "Added",
    "Last seen",
    "Accesses",
];

impl Roster {
    /// Some of the rows that are shown as rows of a table, before the first of them with its headings.
    pub fn csv(&self, from: u32, most: u32) -> String {
        let mut table = String::new();
        if from == 0 {
            write_row(&mut table, &HEADINGS);
        }
        for row in self.rows(from, most) {
            write(&mut table, &row);
        }
        table
    }
}

fn write(table: &mut String, row: &RosterRow) {
    let added = row.added.map(|time| time.to_string());
    let mut accesses = String::new();
    for access in row.accesses.iter().flatten() {
        if !accesses.is_empty() {
            accesses.push_str("; ");
        }
        accesses.push_str(&access.product);
        if let Some(site) = &access.site {
            accesses.push_str(" on ");
            accesses.push_str(site);
        }
        accesses.push_str(": ");
        accesses.push_str(&seen(access.last_seen));
    }
    if row.accesses.is_none() {
        accesses.push_str(UNKNOWN);
    }
    let cells = [
        row.account.as_str(),
        row.name.as_deref().unwrap_or_default(),
        row.email.as_deref().unwrap_or_default(),
        row.status.map_or(UNKNOWN, |status| status.name()),
        row.claim.map_or(UNKNOWN, |claim| claim.name()),
        row.directory.as_deref().unwrap_or_default(),
        added.as_deref().unwrap_or(UNKNOWN),
        &seen(row.last_seen),
        &accesses,
    ];
    write_row(table, &cells);
}

fn seen(last: LastSeen) -> String {
    match (last.state, last.at) {
        (SeenState::Seen, Some(time)) if last.or_later => format!("{time} or later"),
        (SeenState::Seen, Some(time)) => time.to_string(),
        (SeenState::Never, _) => String::from("never"),
        (SeenState::None, _) => String::new(),
        _ => String::from(UNKNOWN),
    }
}
