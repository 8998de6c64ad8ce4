//! Seats as news: a product whose seats are taken to a share, or will all be soon by what the last weeks show.

use super::book::Piece;
use crate::app::records::{ProductFigures, Reports, TrendMonth};
use crate::model::{DAY, Time};

/// The days of which the growth is taken.
pub(super) const LOOKED_BACK: i64 = 28;
/// The fewest days that say anything about growth.
const SHORTEST: i64 = 14;
/// So many days before the last seat is taken, it is news.
const AHEAD: i64 = 30;

/// Where so many percent of the seats are taken it is told once more, above the share that the settings say.
const STEPS: [u32; 2] = [95, 100];

/// Products whose seats run out: those that are taken to a share or a number, and those that will be by what the last weeks
/// show. Of a product each step that is reached is a piece, and all of them say the same.
pub(super) fn running_out(
    figures: &[ProductFigures],
    months: &[TrendMonth],
    reports: &Reports,
    now: Time,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for place in figures {
        let ProductFigures { product, site, .. } = place;
        let capacity = place.capacity.filter(|capacity| *capacity > 0);
        let taken = place.seats_said.unwrap_or(place.seats);
        let of = format!("{product} on {site}");
        let idle = place.idle.saturating_add(place.never);
        let free = format!("{idle} of those who hold it were not seen for 30 days, or never.");
        let title = match capacity {
            Some(capacity) => format!("{of}: {taken} of {capacity} seats are taken"),
            None => format!("{of}: {taken} seats are taken"),
        };
        for key in reached(place, capacity, taken, reports) {
            pieces.push(Piece {
                key,
                title: title.clone(),
                text: free.clone(),
                ..Piece::default()
            });
        }
        let Some(capacity) =
            capacity.filter(|capacity| reports.seats_forecast && taken < *capacity)
        else {
            continue;
        };
        let points = points(months, place, now);
        if let Some(days) = days_left(&points, capacity).filter(|days| *days <= AHEAD) {
            pieces.push(Piece {
                key: format!("seats-soon:{product}:{site}"),
                title: format!("{of}: the last of {capacity} seats is taken in about {days} days"),
                text: format!(
                    "{taken} are taken, and more each week, by the last four weeks. {free}"
                ),
                ..Piece::default()
            });
        }
    }
    pieces
}

/// The keys of the steps that a product has reached. A step holds as long as it is reached, so going down tells nothing, and
/// going up again does.
fn reached(
    place: &ProductFigures,
    capacity: Option<u32>,
    taken: u32,
    reports: &Reports,
) -> Vec<String> {
    let ProductFigures { product, site, .. } = place;
    let (percent, used) = reports.seats_of(product, site);
    let is_share = |percent: &u32| {
        capacity.is_some_and(|capacity| {
            u64::from(taken) * 100 >= u64::from(*percent) * u64::from(capacity)
        })
    };
    let mut keys = Vec::new();
    if let Some(percent) = percent.filter(is_share) {
        keys.push(format!("seats:{product}:{site}"));
        let above = STEPS.iter().filter(|step| **step > percent);
        for step in above.filter(|step| is_share(step)) {
            keys.push(format!("seats:{product}:{site}:{step}"));
        }
    }
    if used.is_some_and(|used| taken >= used) {
        keys.push(format!("seats-used:{product}:{site}"));
    }
    keys
}

/// Seats by day, the oldest first.
fn points(months: &[TrendMonth], place: &ProductFigures, now: Time) -> Vec<(i64, u32)> {
    let first = now.0.div_euclid(DAY) - LOOKED_BACK;
    let mut points = Vec::new();
    for month in months {
        let begin = Time::parse(&format!("{}-01T00:00:00Z", month.month));
        let Some(begin) = begin.map(|begin| begin.0.div_euclid(DAY)) else {
            continue;
        };
        let mut places = month.places.iter();
        let found = places.find(|one| one.product == place.product && one.site == place.site);
        let Some(found) = found else { continue };
        for (day, seats) in found.days.iter().zip(&found.seats) {
            let day_number = begin + i64::from(*day) - 1;
            if day_number >= first && !month.suspect.contains(day) {
                points.push((day_number, *seats));
            }
        }
    }
    points.sort_unstable();
    points
}

/// In how many days the last seat is taken if it goes on like that.
fn days_left(points: &[(i64, u32)], capacity: u32) -> Option<i64> {
    let ((first_day, first), (last_day, last)) = (points.first()?, points.last()?);
    let days = last_day - first_day;
    let growth = i64::from(*last) - i64::from(*first);
    if days < SHORTEST || growth <= 0 {
        return None;
    }
    let left = i64::from(capacity) - i64::from(*last);
    Some((left.max(0) * days).div_euclid(growth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::news::book::NewsBook;
    use crate::app::records::{SeatThreshold, TrendPlace};

    #[test]
    fn a_forecast_needs_two_weeks_and_growth() {
        for (points, capacity, expected) in [
            (vec![], 100, None),
            (vec![(0, 50)], 100, None),
            (vec![(0, 50), (13, 90)], 100, None),
            (vec![(0, 50), (14, 78)], 100, Some(11)),
            (vec![(0, 78), (14, 50)], 100, None),
            (vec![(0, 50), (20, 50)], 100, None),
            (vec![(0, 50), (20, 110)], 100, Some(0)),
        ] {
            assert_eq!(days_left(&points, capacity), expected, "{points:?}");
        }
    }

    fn place(said: Option<u32>, capacity: Option<u32>) -> ProductFigures {
        ProductFigures {
            product: "jira-software".into(),
            site: "acme.atlassian.net".into(),
            people: 100,
            active: 60,
            idle: 30,
            never: 8,
            unknown: 2,
            seats: 89,
            seats_unknown: 0,
            seats_said: said,
            capacity,
        }
    }

    fn titles(pieces: &[Piece]) -> Vec<&str> {
        pieces.iter().map(|piece| piece.title.as_str()).collect()
    }

    #[test]
    fn seats_are_news_from_their_share_on() {
        for (said, capacity, expected) in [
            (None, Some(100), None),
            (
                Some(90),
                Some(100),
                Some("jira-software on acme.atlassian.net: 90 of 100 seats are taken"),
            ),
            (Some(90), None, None),
            (Some(0), Some(0), None),
        ] {
            let place = place(said, capacity);
            let found = running_out(&[place], &[], &Reports::default(), Time(0));
            assert_eq!(titles(&found), expected.into_iter().collect::<Vec<_>>());
        }
    }

    /// What is told of seats on the days of a year's quarter, one figure every second day.
    fn told(figures: &[u32], reports: &Reports) -> Vec<u32> {
        let mut book = NewsBook::default();
        let mut told = Vec::new();
        for (day, taken) in (0i64..).zip(figures) {
            let now = Time(day * 2 * DAY);
            let holding = running_out(&[place(Some(*taken), Some(100))], &[], reports, now);
            let new = book.enter(now, holding);
            assert!(new.len() <= 1, "{new:?}");
            told.extend(new.iter().map(|_| *taken));
        }
        told
    }

    #[test]
    fn each_step_is_told_once_for_each_rise() {
        let own = |percent, used| SeatThreshold {
            product: "jira-software".into(),
            site: "acme.atlassian.net".into(),
            percent,
            used,
        };
        let reports = |percent, used, own: Vec<SeatThreshold>| Reports {
            seats_percent: percent,
            seats_used: used,
            seat_thresholds: own,
            ..Reports::default()
        };
        let elsewhere = SeatThreshold {
            site: "other.atlassian.net".into(),
            ..own(Some(50), Some(1))
        };
        for (figures, reports, expected) in [
            (
                &[89, 90, 92, 95, 99, 100, 101, 100, 96, 100, 91, 96, 80, 93][..],
                reports(Some(90), None, vec![]),
                &[90, 95, 100, 100, 96, 93][..],
            ),
            (&[60, 100, 100], reports(Some(90), None, vec![]), &[100]),
            (
                &[94, 95, 96, 100],
                reports(Some(95), None, vec![]),
                &[95, 100],
            ),
            (&[95, 99, 100], reports(Some(100), None, vec![]), &[100]),
            (
                &[79, 80, 100, 79, 80],
                reports(None, Some(80), vec![]),
                &[80, 80],
            ),
            (&[60, 100], reports(None, None, vec![]), &[]),
            // What is said of the product on the site counts in place of the rest, also where it says nothing.
            (
                &[50, 70, 90, 95],
                reports(
                    Some(90),
                    Some(50),
                    vec![elsewhere.clone(), own(Some(70), None)],
                ),
                &[70, 95],
            ),
            (
                &[50, 70, 90, 95],
                reports(Some(90), Some(50), vec![own(None, Some(90))]),
                &[90],
            ),
            (
                &[50, 100],
                reports(Some(90), Some(50), vec![own(None, None)]),
                &[],
            ),
        ] {
            assert_eq!(told(figures, &reports), expected, "{reports:?}");
        }
    }

    #[test]
    fn a_number_of_seats_needs_no_capacity() {
        let reports = Reports {
            seats_used: Some(80),
            ..Reports::default()
        };
        let found = running_out(&[place(Some(90), None)], &[], &reports, Time(0));
        assert_eq!(
            titles(&found),
            ["jira-software on acme.atlassian.net: 90 seats are taken"]
        );
    }

    #[test]
    fn the_forecast_is_told_whatever_share_is_and_not_once_all_are_taken() {
        let month = TrendMonth {
            month: "2026-11".into(),
            places: vec![TrendPlace {
                product: "jira-software".into(),
                site: "acme.atlassian.net".into(),
                days: vec![1, 15],
                seats: vec![50, 92],
                ..TrendPlace::default()
            }],
            ..TrendMonth::default()
        };
        let now = Time::parse("2026-11-15T12:00:00Z").unwrap();
        for (percent, forecast, taken, expected) in [
            (Some(90), true, 92, 2),
            (Some(90), false, 92, 1),
            (None, true, 92, 1),
            (None, false, 92, 0),
            (Some(90), true, 100, 3),
        ] {
            let reports = Reports {
                seats_percent: percent,
                seats_forecast: forecast,
                ..Reports::default()
            };
            let place = place(Some(taken), Some(100));
            let found = running_out(&[place], std::slice::from_ref(&month), &reports, now);
            assert_eq!(found.len(), expected, "{found:?}");
        }
    }
}
