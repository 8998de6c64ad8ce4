//! What a cell of an export says.

use chrono::NaiveDate;

use crate::model::{Activity, Status, Time};

/// The last second of a day. A date-only value hides the time of day, and an age counts from the end of it, so that
/// nobody is taken for idle a day too early.
const LAST_SECOND: (u32, u32, u32) = (23, 59, 59);

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// In the words of several ages of the export.
const NEVER: [&str; 4] = ["never accessed", "never logged in", "never active", "never"];

/// A cell as read: empty, understood, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<T> {
    /// Nothing stands there.
    Empty,
    /// Understood.
    Read(T),
    /// Something stands there that is not understood: it counts as not known, and is reported.
    NotUnderstood,
}

impl<T> Value<T> {
    fn of(read: Option<T>) -> Value<T> {
        read.map_or(Value::NotUnderstood, Value::Read)
    }

    /// What was understood, if anything.
    pub(super) fn known(self) -> Option<T> {
        match self {
            Value::Read(value) => Some(value),
            Value::Empty | Value::NotUnderstood => None,
        }
    }
}

/// Reads `03 Jan 2024`, `2024-01-03` (the end of that day), `2024-01-03 10:11:12` or an RFC 3339 time.
pub(super) fn moment(cell: &str) -> Value<Time> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Value::Empty;
    }
    let exact = || Time::parse(&format!("{}Z", cell.replacen(' ', "T", 1)));
    let read = end_of_day(cell)
        .or_else(|| Time::parse(cell))
        .or_else(exact);
    Value::of(read)
}

/// Reads a "Last seen": a moment, or one of the words for never.
pub(super) fn last_seen(cell: &str) -> Value<Activity> {
    let word = cell.trim().to_ascii_lowercase();
    if NEVER.contains(&word.as_str()) {
        return Value::Read(Activity::Never);
    }
    match moment(cell) {
        Value::Empty => Value::Empty,
        Value::Read(time) => Value::Read(Activity::Seen(time)),
        Value::NotUnderstood => Value::NotUnderstood,
    }
}

fn end_of_day(cell: &str) -> Option<Time> {
    let parts: Vec<&str> = cell
        .split([' ', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    let &[first, month, last] = parts.as_slice() else {
        return None;
    };
    let (day, month, year) = match month_number(month) {
        Some(month) => (first, month, last),
        None if first.len() == 4 => (last, month.parse().ok()?, first),
        None => return None,
    };
    // Two digits of a year, or of a day that stands first, would be a guess.
    if year.len() != 4 || day.len() > 2 {
        return None;
    }
    let (hour, minute, second) = LAST_SECOND;
    let moment = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)?
        .and_hms_opt(hour, minute, second)?;
    Some(Time(moment.and_utc().timestamp()))
}

/// The number of an English month, whole or by its first three letters.
fn month_number(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let short = name.get(..3)?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| is_name && *month == short)
        .map(|(number, _)| number)
}

/// Reads a status: `Active`, `Suspended`, `Deactivated`, the API's own names with blanks, and `Inactive`, as older
/// exports say for deactivated.
pub(super) fn status(cell: &str) -> Value<Status> {
    let name = cell.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    match name.as_str() {
        "" => Value::Empty,
        "inactive" => Value::Read(Status::Deactivated),
        name => Value::of(Status::parse(name)),
    }
}

/// Reads the role in the organization into platform roles as the API names them. `None` is no role, which is known.
pub(super) fn roles(cell: &str) -> Option<Vec<String>> {
    let cell = cell.trim().to_ascii_lowercase();
    if cell.is_empty() {
        return None;
    }
    let named = cell.split(',').map(str::trim);
    Some(
        named
            .filter(|role| !role.is_empty() && *role != "none")
            .map(|role| match role {
                "organization admin" | "organisation admin" => String::from("atlassian/org-admin"),
                role => format!("atlassian/{}", role.replace(' ', "-")),
            })
            .collect(),
    )
}

/// Reads yes or no, in the words that exports use.
pub(super) fn yes_or_no(cell: &str) -> Value<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "" => Value::Empty,
        "yes" | "true" | "enabled" | "on" | "1" => Value::Read(true),
        "no" | "false" | "disabled" | "off" | "0" | "not enabled" => Value::Read(false),
        _ => Value::NotUnderstood,
    }
}

/// Whether an access cell says that there is no access.
pub(super) fn is_no_access(cell: &str) -> bool {
    matches!(
        cell.trim().to_ascii_lowercase().as_str(),
        "none" | "no" | "false" | "no access"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_from_the_end_of_its_day() {
        for (cell, expected) in [
            ("03 Jan 2024", "2024-01-03T23:59:59Z"),
            ("3 Jan 2024", "2024-01-03T23:59:59Z"),
            ("29 Feb 2024", "2024-02-29T23:59:59Z"),
            (" 12 September 2025 ", "2025-09-12T23:59:59Z"),
            ("12-Sep-2025", "2025-09-12T23:59:59Z"),
            ("2026-04-07", "2026-04-07T23:59:59Z"),
            ("2026-04-07 10:11:12", "2026-04-07T10:11:12Z"),
            ("2026-04-07T10:11:12.5+02:00", "2026-04-07T08:11:12Z"),
        ] {
            let found = moment(cell).known().map(|time| time.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{cell}");
        }
    }

    #[test]
    fn what_could_be_two_dates_is_none() {
        for cell in [
            "03/01/2024",
            "01-03-2024",
            "3 Jan 24",
            "30 Feb 2024",
            "Jan 2024",
            "NaN",
            "12 Xyz 2024",
            "12 J\u{e4}n 2024",
            "2024-13-01",
            "-",
            "3 4 2024",
        ] {
            assert_eq!(moment(cell), Value::NotUnderstood, "{cell}");
        }
        assert_eq!(moment("  "), Value::Empty);
    }

    #[test]
    fn never_is_known_and_empty_is_not() {
        for cell in ["Never accessed", "Never Accessed", "never logged in"] {
            assert_eq!(last_seen(cell), Value::Read(Activity::Never), "{cell}");
        }
        assert_eq!(last_seen(""), Value::Empty);
        assert_eq!(last_seen("soon"), Value::NotUnderstood);
    }

    #[test]
    fn states_and_roles_are_read_in_the_words_of_the_export() {
        assert_eq!(status("Active"), Value::Read(Status::Active));
        assert_eq!(status("Inactive"), Value::Read(Status::Deactivated));
        assert_eq!(status("Not invited"), Value::Read(Status::NotInvited));
        assert_eq!(status(""), Value::Empty);
        assert_eq!(status("Brand new"), Value::NotUnderstood);
        assert_eq!(roles(""), None);
        assert_eq!(roles("None"), Some(vec![]));
        assert_eq!(
            roles("Organization admin, Site admin"),
            Some(vec![
                "atlassian/org-admin".to_owned(),
                "atlassian/site-admin".to_owned()
            ])
        );
        assert_eq!(yes_or_no("Enabled"), Value::Read(true));
        assert_eq!(yes_or_no("Not enabled"), Value::Read(false));
        assert_eq!(yes_or_no("?"), Value::NotUnderstood);
    }
}
