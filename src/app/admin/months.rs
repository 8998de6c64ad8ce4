//! A walk over months, for what is filed under the month that it is of.

use super::error::AdminError;
use crate::app::retain::first_entry;
use crate::host::{EntityName, Host, Query, QueryPage};

/// So many queries a walk may take within one answer. Where that is not enough, its cursor leads on.
pub(super) const MOST_LOOKS: u32 = 24;

/// From which month to which an index is walked through. A cursor is a month, and the platform's cursor within it.
pub(super) struct Months {
    pub(super) entity: EntityName,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) descending: bool,
    /// What lies between these places of each month's range; all of it without them.
    pub(super) between: Option<(String, String)>,
}

impl Months {
    /// The next page, and where to go on. Months in which nothing is are passed over, as far as the looks reach.
    pub(super) async fn page<H: Host>(
        &self,
        host: &H,
        cursor: Option<String>,
        limit: u32,
        looks: &mut u32,
    ) -> Result<(QueryPage, Option<String>), AdminError> {
        let (mut month, mut within) = match &cursor {
            Some(cursor) => {
                let (month, within) = cursor.split_once(' ').ok_or_else(no_place)?;
                let within = Some(within.to_owned()).filter(|within| !within.is_empty());
                (month.to_owned(), within)
            }
            None => (self.first.clone(), None),
        };
        loop {
            *looks = looks.saturating_sub(1);
            let page = host
                .query(Query {
                    entity: self.entity,
                    index: "by-month",
                    partition: vec![month.clone()],
                    between: self.between.clone(),
                    descending: self.descending,
                    limit,
                    cursor: within.take(),
                })
                .await?;
            let is_last = match self.descending {
                true => month <= self.last,
                false => month >= self.last,
            };
            within.clone_from(&page.cursor);
            if within.is_none() && !is_last {
                month = month_beside(&month, self.descending)?;
            } else if within.is_none() {
                return Ok((page, None));
            }
            if !page.values.is_empty() || *looks == 0 {
                let next = format!("{month} {}", within.unwrap_or_default());
                return Ok((page, Some(next)));
            }
        }
    }
}

/// The month of the first entry of the log that is left: nothing that is kept as long as the log is older.
pub(super) async fn first_month<H: Host>(host: &H) -> Result<String, AdminError> {
    Ok(match first_entry(host).await? {
        Some(entity) => entity.month,
        None => host.now().month(),
    })
}

pub(super) fn no_place() -> AdminError {
    AdminError::Invalid(String::from("this is no place in the list"))
}

/// The month before or after another.
fn month_beside(month: &str, before: bool) -> Result<String, AdminError> {
    let (year, number) = month.split_once('-').ok_or_else(no_place)?;
    let year: u32 = year.parse().map_err(|_| no_place())?;
    let number: u32 = number.parse().map_err(|_| no_place())?;
    if !(1..=9_998).contains(&year) || !(1..=12).contains(&number) {
        return Err(no_place());
    }
    let (year, number) = match (before, number) {
        (true, 1) => (year - 1, 12),
        (true, _) => (year, number - 1),
        (false, 12) => (year + 1, 1),
        (false, _) => (year, number + 1),
    };
    Ok(format!("{year:04}-{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::month_beside;

    #[test]
    fn every_month_lies_between_two() {
        for (month, after) in [
            ("2026-02", "2026-03"),
            ("2026-10", "2026-11"),
            ("2026-11", "2026-12"),
            ("2026-12", "2027-01"),
        ] {
            assert_eq!(month_beside(month, false), Ok(String::from(after)));
            assert_eq!(month_beside(after, true), Ok(String::from(month)));
        }
        for none in ["", "2026", "2026-13", "0-01", "9999-01", "2026-xx"] {
            assert!(month_beside(none, true).is_err(), "{none}");
        }
    }
}
