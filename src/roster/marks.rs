//! Sets of people by name: those whom other questions found (protected, exempt, in a stage) and lists that somebody pasted.

use hashbrown::HashMap;
use serde::Serialize;

use super::{Roster, RosterError, count};
use crate::evaluate::Rows;
use crate::snapshot::Row;

/// So many of those who were not found are named.
const MAX_NAMED: usize = 1_000;

type Wanted<'a> = HashMap<String, (&'a str, bool), foldhash::fast::FixedState>;

/// What became of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Marked {
    /// How many people are in it, each once for every directory.
    pub people: u32,
    /// How many different accounts or addresses were given.
    pub given: u32,
    /// How many of them nobody has.
    pub missing: u32,
    /// The first 1,000 of those, as they were given.
    pub not_found: Vec<String>,
}

impl Roster {
    /// Gives a set of people a name that filters use, in the place of what had the name before. The text has account ids and e-mail
    /// addresses, in any case, between spaces, commas, semicolons, quotation marks, angle brackets or ends of lines.
    pub fn mark(&mut self, name: &str, text: &str) -> Marked {
        let mut wanted = Wanted::default();
        let mut order = Vec::new();
        for member in text.split(separates).filter(|member| !member.is_empty()) {
            let key = member.to_ascii_lowercase();
            if !wanted.contains_key(&key) {
                order.push(key.clone());
                wanted.insert(key, (member, false));
            }
        }
        let mut rows = Rows::with_room(self.snapshot.len());
        for row in self.snapshot.rows() {
            if wanted.is_empty() {
                break;
            }
            if self.is_wanted(row, &mut wanted) {
                rows.insert(row.0);
            }
        }
        let mut marked = Marked {
            people: rows.count(),
            given: count(order.len()),
            ..Marked::default()
        };
        for key in order {
            if let Some((member, false)) = wanted.get(&key) {
                marked.missing += 1;
                if marked.not_found.len() < MAX_NAMED {
                    marked.not_found.push((*member).to_owned());
                }
            }
        }
        self.marks.retain(|(known, _)| known != name);
        self.marks.push((name.to_owned(), rows));
        // A filter may have asked for what had the name before.
        self.last = None;
        self.show();
        marked
    }

    /// Whether a person's account or address is wanted; both are found then.
    fn is_wanted(&self, row: Row, wanted: &mut Wanted<'_>) -> bool {
        let mut is_wanted = false;
        for text in [self.snapshot.account(row), self.snapshot.email(row)] {
            let Some(text) = text else { continue };
            if let Some((_, is_found)) = wanted.get_mut(&text.to_ascii_lowercase()) {
                *is_found = true;
                is_wanted = true;
            }
        }
        is_wanted
    }

    /// The set of a name.
    pub(super) fn marked(&self, name: &str) -> Result<&Rows, RosterError> {
        let set = self.marks.iter().find(|(known, _)| known == name);
        let (_, rows) = set.ok_or_else(|| RosterError::NoSuchSet(name.to_owned()))?;
        Ok(rows)
    }
}

fn separates(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, ',' | ';' | '"' | '<' | '>')
}
