//! Seats as news: a product whose seats are taken to a share, or will all be soon by what the last weeks show.

use super::book::Piece;
use crate::app::records::{ProductFigures, TrendMonth};
use crate::model::{DAY, Time};

/// The days of which the growth is taken.
pub(super) const LOOKED_BACK: i64 = 28;
/// The fewest days that say anything about growth.
const SHORTEST: i64 = 14;
/// So many days before the last seat is taken, it is news.
const AHEAD: i64 = 30;

/// Products whose seats run out.
pub(super) fn running_out(
    figures: &[ProductFigures],
    months: &[TrendMonth],
    percent: u32,
    now: Time,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for place in figures {
        let Some(capacity) = place.capacity.filter(|capacity| *capacity > 0) else {
            continue;
        };
        let taken = place.seats_said.unwrap_or(place.seats);
        let of = format!("{} on {}", place.product, place.site);
        let idle = place.idle.saturating_add(place.never);
        let free = format!("{idle} of those who hold it were not seen for 30 days, or never.");
        let share = u64::from(taken) * 100;
        if share >= u64::from(percent) * u64::from(capacity) {
            pieces.push(Piece {
                key: format!("seats:{}:{}", place.product, place.site),
                title: format!("{of}: {taken} of {capacity} seats are taken"),
                text: free,
                run: None,
                report: None,
            });
            continue;
        }
        let points = points(months, place, now);
        if let Some(days) = days_left(&points, capacity).filter(|days| *days <= AHEAD) {
            pieces.push(Piece {
                key: format!("seats-soon:{}:{}", place.product, place.site),
                title: format!("{of}: the last of {capacity} seats is taken in about {days} days"),
                text: format!(
                    "{taken} are taken, and more each week, by the last four weeks. {free}"
                ),
                run: None,
                report: None,
            });
        }
    }
    pieces
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

    #[test]
    fn seats_are_news_from_their_share_on() {
        let place = |seats_said: Option<u32>, capacity: Option<u32>| ProductFigures {
            product: "jira-software".into(),
            site: "acme.atlassian.net".into(),
            people: 100,
            active: 60,
            idle: 30,
            never: 8,
            unknown: 2,
            seats: 89,
            seats_unknown: 0,
            seats_said,
            capacity,
        };
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
            let found = running_out(&[place(said, capacity)], &[], 90, Time(0));
            let titles: Vec<&str> = found.iter().map(|piece| piece.title.as_str()).collect();
            assert_eq!(titles, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
