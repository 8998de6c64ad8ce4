//! What is told at its time, if somebody wants it: the week in figures, and the log's head.

use super::book::{NewsBook, Piece};
use crate::app::anchors::AnchorBook;
use crate::app::records::{ProductFigures, Reports};
use crate::model::{DAY, Time};

/// The first day of all was a Thursday: so many days before it was a Monday.
const SINCE_MONDAY: i64 = 3;

/// The week in figures, on the first look of a new week. The first week of all is only begun.
pub(super) fn week(
    book: &mut NewsBook,
    reports: &Reports,
    figures: &[ProductFigures],
    now: Time,
) -> Option<Piece> {
    let week = (now.0.div_euclid(DAY) + SINCE_MONDAY).div_euclid(7);
    let last = book.week.replace(week);
    if !reports.digest || last.is_none_or(|last| last >= week) || figures.is_empty() {
        return None;
    }
    let places = figures.iter().map(|place| {
        let taken = place.seats_said.unwrap_or(place.seats);
        let of = match place.capacity {
            Some(capacity) => format!(" of {capacity}"),
            None => String::new(),
        };
        let (product, site) = (&place.product, &place.site);
        let idle = place.idle.saturating_add(place.never);
        format!("{product} on {site}: {taken}{of} seats taken, {idle} idle or never seen")
    });
    Some(Piece {
        key: format!("digest:{week}"),
        title: format!("Seats on {}", now.date()),
        text: format!("{}.", places.collect::<Vec<_>>().join("; ")),
        ..Piece::default()
    })
}

/// The log's head of a day on which it moved. That it was told makes so many entries, too, and alone moves nothing.
pub(super) fn anchor(
    book: &mut NewsBook,
    reports: &Reports,
    anchors: &AnchorBook,
    tellings: u32,
) -> Option<Piece> {
    let mut newest = anchors.anchors.iter().rev();
    let anchor = newest.next()?;
    if book.anchor.replace(anchor.day.clone()).as_ref() == Some(&anchor.day) || !reports.anchor {
        return None;
    }
    let before = newest.next().map_or(0, |before| before.seq);
    if anchor.seq <= before.saturating_add(tellings) {
        return None;
    }
    Some(Piece {
        key: format!("anchor:{}", anchor.day),
        title: format!("The log on {}: entry {}", anchor.day, anchor.seq),
        text: format!("Its hash is {}.", anchor.hash),
        ..Piece::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::records::Anchor;

    #[test]
    fn the_week_is_told_on_its_first_day_and_not_twice() {
        let reports = Reports {
            digest: true,
            ..Reports::default()
        };
        let place = ProductFigures {
            product: "jira-software".into(),
            site: "acme.atlassian.net".into(),
            people: 9,
            active: 5,
            idle: 3,
            never: 1,
            unknown: 0,
            seats: 8,
            seats_unknown: 0,
            seats_said: None,
            capacity: Some(10),
        };
        let mut book = NewsBook::default();
        let mut told = Vec::new();
        let start = Time::parse("2026-11-18T12:00:00Z").unwrap();
        for quarter in 0..14 * 96 {
            let now = start.plus(quarter * 900);
            if let Some(piece) = week(&mut book, &reports, std::slice::from_ref(&place), now) {
                told.push((now.to_string(), piece.text));
            }
        }
        let text =
            "jira-software on acme.atlassian.net: 8 of 10 seats taken, 4 idle or never seen.";
        let expected = ["2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"];
        assert_eq!(told, expected.map(|at| (at.to_owned(), text.to_owned())));
    }

    #[test]
    fn the_head_is_told_on_days_on_which_more_than_its_telling_moved_it() {
        let reports = Reports {
            anchor: true,
            ..Reports::default()
        };
        let days = [("a", 5), ("b", 6), ("c", 6), ("d", 8), ("e", 11)];
        // By mail or to the webhook, and both.
        for (tellings, expected) in [
            (1, &["anchor:a", "anchor:d", "anchor:e"][..]),
            (2, &["anchor:a", "anchor:e"]),
        ] {
            let mut anchors = AnchorBook::default();
            let mut book = NewsBook::default();
            let mut told = Vec::new();
            for (day, seq) in days {
                anchors.anchors.push(Anchor {
                    day: day.into(),
                    seq,
                    hash: "h".into(),
                });
                for _ in 0..2 {
                    let piece = anchor(&mut book, &reports, &anchors, tellings);
                    told.extend(piece.map(|piece| piece.key));
                }
            }
            assert_eq!(told, expected);
        }
    }
}
