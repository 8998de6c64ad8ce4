//! What a renaming adds to a name: a mark, which shows by itself whether a name bears it.

use super::act::Act;
use super::hindrance::Hindrance;
use super::reached::reached;
use crate::model::Truth;
use crate::snapshot::{Row, Snapshot};

/// The name in a template.
const NAME: &str = "{name}";
/// The date of the run in a template.
const DATE: &str = "{date}";
/// The template of a renaming that has none.
const USUAL: &str = "{name} (inactive {date})";

/// A template with the date of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    before: String,
    after: String,
    date: Option<String>,
}

impl Mark {
    pub(super) fn of(template: Option<&str>, date: &str) -> Mark {
        let template = template.unwrap_or(USUAL);
        let (before, after) = template.split_once(NAME).unwrap_or(("", template));
        Mark {
            before: before.replace(DATE, date),
            after: after.replace(DATE, date),
            date: template.contains(DATE).then(|| date.to_owned()),
        }
    }

    /// What adds it to a name.
    pub(super) fn act(&self) -> Act {
        Act::Rename {
            before: self.before.clone(),
            after: self.after.clone(),
            back: false,
            date: self.date.clone(),
        }
    }
}

/// The new name is made of the present one, and nobody is marked twice.
///
/// # Errors
/// That the name is not known, or marked.
pub(super) fn require_unmarked(
    act: &Act,
    back: bool,
    snapshot: &Snapshot,
    row: Row,
) -> Result<(), Hindrance> {
    match reached(act, snapshot, row) {
        Truth::Unknown => Err(Hindrance::Unknown(String::from("the name is not known"))),
        Truth::True if !back => Err(Hindrance::impossible("the name says so already")),
        _ => Ok(()),
    }
}

/// Whether a name bears what a renaming adds, with whatever date in the place of its own.
pub(super) fn is_marked(before: &str, after: &str, date: Option<&str>, name: &str) -> bool {
    let parts = name
        .split_at_checked(before.len())
        .and_then(|(start, rest)| {
            let bare = rest.len().checked_sub(after.len())?;
            Some((start, rest.get(bare..)?))
        });
    parts.is_some_and(|(start, end)| bears(before, date, start) && bears(after, date, end))
}

/// Whether a text is a mark with any date in the place of the mark's own.
fn bears(mark: &str, date: Option<&str>, text: &str) -> bool {
    let Some(date) = date else {
        return text == mark;
    };
    let mut rest = Some(text);
    for (number, piece) in mark.split(date).enumerate() {
        if number > 0 {
            rest = rest.and_then(after_date);
        }
        rest = rest.and_then(|rest| rest.strip_prefix(piece));
    }
    rest == Some("")
}

/// What follows a date such as `2026-11-21`.
fn after_date(text: &str) -> Option<&str> {
    const SHAPE: &[u8] = b"0000-00-00";
    let (date, rest) = text.split_at_checked(SHAPE.len())?;
    let mut letters = date.bytes().zip(SHAPE);
    let is_date = letters.all(|(letter, shape)| match shape {
        b'0' => letter.is_ascii_digit(),
        shape => letter == *shape,
    });
    is_date.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId};
    use crate::snapshot::UserRecord;

    #[test]
    fn a_name_is_marked_whatever_the_date_of_the_mark() {
        let date = Some("2026-12-01");
        let after = " (inactive 2026-12-01)";
        for (before, after, date, name, is_marked) in [
            ("", after, date, "Mia (inactive 2026-12-01)", true),
            ("", after, date, "Mia (inactive 2026-11-21)", true),
            ("", after, date, "Mia (inactive 2026-11-21) ", false),
            ("", after, date, "Mia (inactive 2026-1-21)", false),
            ("", after, date, "Mia (inactive soon)", false),
            ("", after, date, "Mia", false),
            ("", after, date, "", false),
            (
                "",
                after,
                date,
                "M\u{e4}\u{e4} (inactive 2026-11-2\u{e4}",
                false,
            ),
            // Without its date, or stored before there was one, it is these words and no others.
            ("", after, None, "Mia (inactive 2026-11-21)", false),
            ("", after, None, "Mia (inactive 2026-12-01)", true),
            ("x ", "", None, "x Mia", true),
            ("x ", "", None, "Mia", false),
            (
                "2026-12-01 ",
                " until 2026-12-01!",
                date,
                "2025-01-02 Mia until 2026-03-04!",
                true,
            ),
            (
                "2026-12-01 ",
                " until 2026-12-01!",
                date,
                "2025-01-02 Mia until 2026-03-04",
                false,
            ),
            // What stands before and after does not share letters.
            ("(", "(", None, "(", false),
        ] {
            let found = super::is_marked(before, after, date, name);
            assert_eq!(found, is_marked, "{before}|{after} {date:?} {name}");
        }
    }

    #[test]
    fn nobody_is_marked_twice_and_no_unknown_name_is_made_anew() {
        let today = Mark::of(None, "2026-12-01").act();
        let back = today.inverse(&[]).unwrap();
        let unknown = || Err(Hindrance::Unknown("the name is not known".into()));
        let so_already = || Err(Hindrance::impossible("the name says so already"));
        for (name, renames, undoes) in [
            (None, unknown(), unknown()),
            (Some("Mia"), Ok(()), Ok(())),
            (Some("Mia (inactive 2026-12-01)"), so_already(), Ok(())),
            (Some("Mia (inactive 2026-11-21)"), so_already(), Ok(())),
        ] {
            let mut snapshot = Snapshot::new();
            snapshot.push(&UserRecord {
                name: name.map(Into::into),
                ..UserRecord::unknown(AccountId("a".into()), DirectoryId("1".into()))
            });
            let row = snapshot.rows().next().unwrap();
            let possible = |act, back| require_unmarked(act, back, &snapshot, row);
            assert_eq!(possible(&today, false), renames, "{name:?}");
            assert_eq!(possible(&back, true), undoes, "{name:?}");
            // Only the very mark is taken away again.
            let is_ours = name.is_some_and(|name| name.contains("12-01"));
            let gone = reached(&back, &snapshot, row);
            assert_eq!(gone == Truth::False, is_ours, "{name:?}");
        }
    }

    #[test]
    fn the_date_stands_wherever_the_template_has_it() {
        let Act::Rename {
            before,
            after,
            date,
            ..
        } = Mark::of(Some("{date} {name} until {date}"), "2026-12-01").act()
        else {
            panic!("no renaming")
        };
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("2026-12-01 ", " until 2026-12-01")
        );
        assert_eq!(date.as_deref(), Some("2026-12-01"));
        let plain = Mark::of(Some("x {name}"), "2026-12-01");
        assert_eq!((plain.before.as_str(), plain.date), ("x ", None));
    }
}
