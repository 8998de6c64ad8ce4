//! Seats over time: a point for each day on which the organization was read, kept for 400 days.
//!
//! A month lies in one value. A point belongs to the day of its reading, so that whoever publishes the same reading again
//! writes the same, and what was not known at first is put right during the day.

use super::commit::{Change, commit};
use super::documents::{decode, load_value, set_value};
use super::records::{ProductFigures, TrendMonth, TrendPlace};
use crate::host::{Host, StorageError, Write};
use crate::model::{DAY, Time};

/// For how many days points are kept.
const KEPT_DAYS: i64 = 400;
/// The fewest days of a month.
const MONTH_DAYS: i64 = 28;
/// The most.
const MOST_DAYS: u8 = 31;
/// How many months beyond the last one kept are looked for when a new one begins.
const FORGOTTEN_MONTHS: i64 = 4;
/// The most products on sites in one month: 100 with 31 points of seven numbers of six digits come to some 170 KB
/// (RULES R16).
const MAX_PLACES: usize = 100;
/// What stands for all those that are too many.
const THE_REST: &str = "*";
/// The most bytes of one answer, well below what goes through the bridge at once (RULES R16).
const ANSWER_BYTES: usize = 300 * 1024;

fn key(month: &str) -> String {
    format!("trend:{month}")
}

/// Months from a time back through so many days, the newest first.
fn months_before(from: Time, days: i64) -> Vec<String> {
    let mut months: Vec<String> = Vec::new();
    let mut back = 0;
    loop {
        let month = from.plus(-back.min(days) * DAY).month();
        if months.last() != Some(&month) {
            months.push(month);
        }
        if back >= days {
            return months;
        }
        back += MONTH_DAYS;
    }
}

/// The writes that remember the figures of a reading that was taken at a time.
pub(super) async fn note(
    host: &impl Host,
    taken: Time,
    figures: &[ProductFigures],
    is_suspect: bool,
) -> Result<Vec<Write>, StorageError> {
    let name = taken.month();
    let date = taken.date();
    let Some(day) = date.rsplit('-').next().and_then(|day| day.parse().ok()) else {
        return Ok(Vec::new());
    };
    let stored: Option<TrendMonth> = load_value(host, &key(&name)).await?;
    let mut month = stored.clone().unwrap_or_else(|| TrendMonth {
        month: name.clone(),
        ..TrendMonth::default()
    });
    month.forget(day);
    if is_suspect {
        month.suspect.push(day);
    }
    for (product, site, counts) in fitting(&month, figures) {
        month.add(product, site, day, counts);
    }
    if stored.as_ref() == Some(&month) {
        return Ok(Vec::new());
    }
    let mut writes = vec![set_value(key(&name), &month)?];
    if stored.is_none() {
        let kept = months_before(taken, KEPT_DAYS);
        let beyond = KEPT_DAYS + FORGOTTEN_MONTHS * MONTH_DAYS;
        for old in months_before(taken, beyond) {
            if !kept.contains(&old) {
                writes.push(Write::Delete { key: key(&old) });
            }
        }
    }
    Ok(writes)
}

type Counts = [u32; 7];

fn counts_of(figures: &ProductFigures) -> Counts {
    [
        figures.people,
        figures.active,
        figures.idle,
        figures.never,
        figures.unknown,
        figures.seats,
        figures.capacity.unwrap_or(0),
    ]
}

/// The figures as a month has room for them: of too many the largest, and the sum of the rest.
fn fitting<'f>(
    month: &TrendMonth,
    figures: &'f [ProductFigures],
) -> Vec<(&'f str, &'f str, Counts)> {
    let mut kept = Vec::new();
    let mut new = Vec::new();
    for one in figures {
        let mut places = month.places.iter();
        let is_known = places.any(|place| place.is_of(&one.product, &one.site));
        let list = if is_known { &mut kept } else { &mut new };
        list.push((one.product.as_str(), one.site.as_str(), counts_of(one)));
    }
    let mut rest: Option<Counts> = None;
    while !new.is_empty() && month.places.len() + new.len() >= MAX_PLACES {
        let people = |(_, (.., counts)): &(usize, &(&str, &str, Counts))| counts[0];
        let Some((smallest, _)) = new.iter().enumerate().min_by_key(people) else {
            break;
        };
        let (.., counts) = new.swap_remove(smallest);
        let sum = rest.get_or_insert_default();
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum = sum.saturating_add(count);
        }
    }
    kept.append(&mut new);
    if let Some(rest) = rest {
        kept.push((THE_REST, THE_REST, rest));
    }
    kept
}

impl TrendPlace {
    fn is_of(&self, product: &str, site: &str) -> bool {
        self.product == product && self.site == site
    }
}

impl TrendMonth {
    /// Takes the points of a day away.
    fn forget(&mut self, day: u8) {
        self.suspect.retain(|known| *known != day);
        for place in &mut self.places {
            let Some(at) = place.days.iter().position(|known| *known == day) else {
                continue;
            };
            place.days.remove(at);
            for column in place.columns() {
                if at < column.len() {
                    column.remove(at);
                }
            }
        }
        self.places.retain(|place| !place.days.is_empty());
    }

    fn has(&self, day: u8) -> bool {
        self.suspect.contains(&day) || self.places.iter().any(|place| place.days.contains(&day))
    }

    /// Takes over the days of another one that are not here, as far as there is room for their products.
    fn take_days(&mut self, other: &mut TrendMonth) {
        let new: Vec<u8> = (1..=MOST_DAYS)
            .filter(|day| other.has(*day) && !self.has(*day))
            .collect();
        for place in &mut other.places {
            let is_known = self
                .places
                .iter()
                .any(|known| known.is_of(&place.product, &place.site));
            if !is_known && self.places.len() >= MAX_PLACES {
                continue;
            }
            for (at, day) in place.days.clone().into_iter().enumerate() {
                if !new.contains(&day) {
                    continue;
                }
                let mut counts = Counts::default();
                for (count, column) in counts.iter_mut().zip(place.columns()) {
                    *count = column.get(at).copied().unwrap_or(0);
                }
                self.add(&place.product, &place.site, day, counts);
            }
        }
        let suspect = other.suspect.iter().filter(|day| new.contains(day));
        self.suspect.extend(suspect);
    }

    /// Whether it can be shown: a month whose columns have a number for each of their days.
    pub(super) fn is_sound(&mut self) -> bool {
        let is_day = |day: &u8| (1..=MOST_DAYS).contains(day);
        let is_name = |name: &str| (1..=255).contains(&name.len());
        let is_month =
            self.month.len() == 7 && Time::parse(&format!("{}-01T00:00:00Z", self.month)).is_some();
        let are_places = self.places.len() <= MAX_PLACES
            && self.places.iter_mut().all(|place| {
                let days = place.days.len();
                place.days.iter().all(is_day)
                    && place.days.is_sorted_by(|a, b| a < b)
                    && is_name(&place.product)
                    && is_name(&place.site)
                    && place.columns().iter().all(|column| column.len() == days)
            });
        is_month && self.suspect.iter().all(is_day) && are_places
    }

    fn add(&mut self, product: &str, site: &str, day: u8, counts: Counts) {
        let mut places = self.places.iter();
        let place = places.position(|place| place.is_of(product, site));
        let place = place.unwrap_or(self.places.len());
        if place == self.places.len() {
            self.places.push(TrendPlace {
                product: product.to_owned(),
                site: site.to_owned(),
                ..TrendPlace::default()
            });
        }
        let Some(place) = self.places.get_mut(place) else {
            return;
        };
        let mut days = place.days.iter();
        let at = days.position(|known| *known > day);
        let at = at.unwrap_or(place.days.len());
        place.days.insert(at, day);
        for (column, count) in place.columns().into_iter().zip(counts) {
            column.insert(at.min(column.len()), count);
        }
    }
}

/// Every month that is kept.
pub(super) async fn all(host: &impl Host) -> Result<Vec<TrendMonth>, StorageError> {
    of_days(host, KEPT_DAYS).await
}

/// The months in which the last days are.
pub(super) async fn of_days(host: &impl Host, days: i64) -> Result<Vec<TrendMonth>, StorageError> {
    let mut months = Vec::new();
    let keys: Vec<String> = months_before(host.now(), days)
        .iter()
        .map(|name| key(name))
        .collect();
    for (key, text) in keys.iter().zip(host.get(&keys).await?) {
        if let Some(text) = text {
            months.push(decode(key, &text)?);
        }
    }
    Ok(months)
}

/// Adds the days of months that were exported, where they are still kept and nothing is known of them here.
pub(super) async fn add(host: &impl Host, months: &mut [TrendMonth]) -> Result<(), StorageError> {
    let kept = months_before(host.now(), KEPT_DAYS);
    for month in months {
        if !kept.contains(&month.month) {
            continue;
        }
        let key = key(&month.month);
        commit::<_, StorageError>(host, async || {
            let stored: Option<TrendMonth> = load_value(host, &key).await?;
            let mut known = stored.clone().unwrap_or_else(|| TrendMonth {
                month: month.month.clone(),
                ..TrendMonth::default()
            });
            known.take_days(month);
            let mut change = Change::default();
            if stored.as_ref() != Some(&known) {
                change.writes.push(set_value(key.clone(), &known)?);
            }
            Ok((change, ()))
        })
        .await?;
    }
    Ok(())
}

/// Months from a cursor on, as many as one answer holds, and where to go on.
pub(super) async fn page(
    host: &impl Host,
    cursor: Option<&str>,
) -> Result<(Vec<TrendMonth>, Option<String>), StorageError> {
    let mut names = months_before(host.now(), KEPT_DAYS);
    if let Some(cursor) = cursor {
        names.retain(|name| name.as_str() <= cursor);
    }
    let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
    let mut months = Vec::new();
    let mut bytes = 0;
    for ((name, key), text) in names.iter().zip(&keys).zip(host.get(&keys).await?) {
        let Some(text) = text else { continue };
        bytes += text.len();
        if bytes > ANSWER_BYTES && !months.is_empty() {
            return Ok((months, Some(name.clone())));
        }
        months.push(decode(key, &text)?);
    }
    Ok((months, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::documents::encode;

    fn figures(place: usize, people: u32) -> ProductFigures {
        ProductFigures {
            product: format!("product-{place}"),
            site: format!("a-site-with-a-long-name-{place}.atlassian.net"),
            people,
            active: people,
            idle: people,
            never: people,
            unknown: people,
            seats: people,
            seats_unknown: 0,
            seats_said: None,
            capacity: Some(people),
        }
    }

    fn noted(month: &mut TrendMonth, day: u8, all: &[ProductFigures]) {
        month.forget(day);
        for (product, site, counts) in fitting(month, all) {
            month.add(product, site, day, counts);
        }
    }

    #[test]
    fn a_full_month_of_too_many_products_fits_into_one_value_and_loses_nobody() {
        let mut month = TrendMonth::default();
        for day in 1..=31 {
            // The sizes change from day to day, so that others would be the largest.
            let all: Vec<ProductFigures> = (0..300)
                .map(|place| figures(place, 999 + (place as u32 * u32::from(day)) % 997))
                .collect();
            noted(&mut month, day, &all);
            let at = usize::from(day) - 1;
            let sum: u32 = month.places.iter().map(|place| place.people[at]).sum();
            assert_eq!(sum, all.iter().map(|one| one.people).sum::<u32>());
        }
        assert_eq!(month.places.len(), MAX_PLACES);
        for place in &mut month.places {
            for column in place.columns() {
                column.fill(999_999);
            }
        }
        let text = encode(&month).unwrap();
        assert!(text.len() <= 176 * 1024, "{}", text.len());
    }

    #[test]
    fn a_day_has_one_point_however_often_it_is_noted() {
        let mut month = TrendMonth::default();
        noted(&mut month, 3, &[figures(1, 5), figures(2, 6)]);
        noted(&mut month, 5, &[figures(1, 7)]);
        let before = month.clone();
        noted(&mut month, 5, &[figures(1, 7)]);
        assert_eq!(month, before);
        noted(&mut month, 3, &[figures(1, 9)]);
        assert_eq!(month.places.len(), 1);
        let place = month.places.remove(0);
        assert_eq!((place.days, place.people), (vec![3, 5], vec![9, 7]));
    }

    #[test]
    fn the_months_of_400_days_are_named_once_each() {
        let now = Time::parse("2026-03-31T10:00:00Z").unwrap();
        let months = months_before(now, KEPT_DAYS);
        assert_eq!(months.first().map(String::as_str), Some("2026-03"));
        assert_eq!(months.get(1).map(String::as_str), Some("2026-02"));
        assert_eq!(months.last().map(String::as_str), Some("2025-02"));
        assert_eq!(months.len(), 14);
    }
}
