//! Each limit to the second: a second before it, on it, a second after it. The limits stand here as dates, so that
//! neither the engine's nor the reference's arithmetic is trusted.

use chrono::TimeDelta;
use seatkeeper::policy::{Added, Condition, Idle, NeverActive, OnlyOnce, Span};

use crate::reference::answer::Answer::{self, No, Yes};
use crate::reference::calendar::{moment, span};
use crate::reference::person::{Access, Seen};
use crate::scene::{anywhere, exactly, expect, holder, jira, world};

/// A span, a present, and the moment the span before it.
const LIMITS: [(&str, &str, &str); 15] = [
    ("1h", "2026-01-01T00:30:00Z", "2025-12-31T23:30:00Z"),
    ("36h", "2026-03-01T12:00:00Z", "2026-02-28T00:00:00Z"),
    ("1d", "2024-03-01T00:00:00Z", "2024-02-29T00:00:00Z"),
    ("30d", "2026-03-31T10:00:00Z", "2026-03-01T10:00:00Z"),
    ("90d", "2026-11-21T12:00:00Z", "2026-08-23T12:00:00Z"),
    ("365d", "2024-12-31T00:00:00Z", "2024-01-01T00:00:00Z"),
    ("2w", "2026-03-31T10:00:00Z", "2026-03-17T10:00:00Z"),
    ("13w", "2026-03-31T10:00:00Z", "2025-12-30T10:00:00Z"),
    ("1mo", "2026-03-31T10:00:00Z", "2026-02-28T10:00:00Z"),
    ("1mo", "2024-03-30T23:59:59Z", "2024-02-29T23:59:59Z"),
    ("13mo", "2026-03-31T10:00:00Z", "2025-02-28T10:00:00Z"),
    ("6mo", "2026-01-15T00:00:00Z", "2025-07-15T00:00:00Z"),
    ("1y", "2024-02-29T06:30:00Z", "2023-02-28T06:30:00Z"),
    ("4y", "2024-02-29T06:30:00Z", "2020-02-29T06:30:00Z"),
    ("1y", "2026-11-21T12:00:00Z", "2025-11-21T12:00:00Z"),
];

/// A limit, a tolerance, a present, and the moment from which on somebody is not idle.
const WITH_TOLERANCE: [(&str, &str, &str, &str); 7] = [
    ("90d", "24h", "2026-11-21T12:00:00Z", "2026-08-22T12:00:00Z"),
    ("90d", "1h", "2026-11-21T12:00:00Z", "2026-08-23T11:00:00Z"),
    ("2w", "2d", "2026-03-31T10:00:00Z", "2026-03-15T10:00:00Z"),
    // First the limit, then the tolerance: the other way round it would be the 28th.
    ("1mo", "1d", "2026-03-31T10:00:00Z", "2026-02-27T10:00:00Z"),
    ("1d", "1mo", "2026-03-31T10:00:00Z", "2026-02-28T10:00:00Z"),
    ("1mo", "1mo", "2026-03-31T10:00:00Z", "2026-01-28T10:00:00Z"),
    ("1y", "1w", "2024-02-29T06:30:00Z", "2023-02-21T06:30:00Z"),
];

/// A date of joining, a while, and the moment the while after it.
const AFTER_JOINING: [(&str, &str, &str); 8] = [
    ("2026-01-01T00:00:00Z", "1h", "2026-01-01T01:00:00Z"),
    ("2024-02-28T12:00:00Z", "1d", "2024-02-29T12:00:00Z"),
    ("2025-02-28T12:00:00Z", "1d", "2025-03-01T12:00:00Z"),
    ("2025-12-25T00:00:00Z", "1w", "2026-01-01T00:00:00Z"),
    ("2026-01-31T10:00:00Z", "1mo", "2026-02-28T10:00:00Z"),
    ("2023-12-31T10:00:00Z", "2mo", "2024-02-29T10:00:00Z"),
    ("2024-02-29T06:30:00Z", "1y", "2025-02-28T06:30:00Z"),
    ("2020-02-29T06:30:00Z", "4y", "2024-02-29T06:30:00Z"),
];

/// The times a second before a limit, on it, and a second after it, each with its expected answer.
fn around(limit: &str, answers: [Answer; 3]) -> impl Iterator<Item = (String, Answer)> {
    let limit = moment(limit);
    [-1, 0, 1]
        .into_iter()
        .map(move |seconds| (limit + TimeDelta::seconds(seconds)).to_rfc3339())
        .zip(answers)
}

#[test]
fn idle_means_seen_before_the_limit() {
    for (limit, now, cutoff) in LIMITS {
        check_idle(limit, "0h", now, cutoff);
    }
    for (limit, tolerance, now, cutoff) in WITH_TOLERANCE {
        check_idle(limit, tolerance, now, cutoff);
    }
}

fn check_idle(limit: &str, tolerance: &str, now: &str, cutoff: &str) {
    let idle = Condition::Idle(Idle {
        longer_than: span(limit),
        selection: anywhere(),
    });
    for (seen, expected) in around(cutoff, [Yes, No, No]) {
        let access = jira(Seen::At(moment(&seen)));
        expect(
            &idle,
            span(tolerance),
            &world(now, holder(vec![access], None)),
            expected,
        );
    }
}

#[test]
fn never_active_means_added_before_the_limit() {
    for (limit, now, date) in LIMITS {
        let never = Condition::NeverActive(NeverActive {
            added_more_than: span(limit),
            selection: anywhere(),
        });
        for (added, expected) in around(date, [Yes, No, No]) {
            let person = holder(vec![jira(Seen::Never)], Some(&added));
            // A tolerance is for late reports of activity, and none was made.
            expect(&never, span("24h"), &world(now, person), expected);
        }
    }
}

#[test]
fn only_once_means_added_before_the_limit() {
    for (limit, now, date) in LIMITS {
        let once = Condition::OnlyOnce(OnlyOnce {
            within: span("1d"),
            added_more_than: span(limit),
            selection: anywhere(),
        });
        for (added, expected) in around(date, [Yes, No, No]) {
            let person = holder(vec![jira(Seen::At(moment(&added)))], Some(&added));
            expect(&once, span("24h"), &world(now, person), expected);
        }
    }
}

#[test]
fn only_once_means_last_seen_within_a_while_of_joining() {
    for (added, while_after, last) in AFTER_JOINING {
        let once = Condition::OnlyOnce(OnlyOnce {
            within: span(while_after),
            added_more_than: span("30d"),
            selection: anywhere(),
        });
        for (seen, expected) in around(last, [Yes, Yes, No]) {
            let early = jira(Seen::At(moment(added)));
            let accesses = vec![early, jira_elsewhere(&seen)];
            let person = holder(accesses, Some(added));
            expect(
                &once,
                exactly(),
                &world("2030-01-01T00:00:00Z", person),
                expected,
            );
        }
    }
}

/// Jira on another site.
fn jira_elsewhere(seen: &str) -> Access {
    Access {
        cloud_id: Some(String::from("beta")),
        ..jira(Seen::At(moment(seen)))
    }
}

#[test]
fn added_lies_strictly_between_its_limits() {
    for (limit, now, date) in LIMITS {
        let (more, less) = (Some(span(limit)), Some(span(limit)));
        let longer_ago = added(more, None);
        let less_long_ago = added(None, less);
        let neither = added(more, less);
        for (date, expected) in around(date, [Yes, No, No]) {
            expect(
                &longer_ago,
                span("24h"),
                &world(now, holder(vec![], Some(&date))),
                expected,
            );
        }
        for (date, expected) in around(date, [No, No, Yes]) {
            expect(
                &less_long_ago,
                span("24h"),
                &world(now, holder(vec![], Some(&date))),
                expected,
            );
        }
        for (date, expected) in around(date, [No, No, No]) {
            expect(
                &neither,
                span("24h"),
                &world(now, holder(vec![], Some(&date))),
                expected,
            );
        }
    }
    let between = added(Some(span("30d")), Some(span("90d")));
    let now = "2026-11-21T12:00:00Z";
    for (date, expected) in around("2026-10-22T12:00:00Z", [Yes, No, No]) {
        expect(
            &between,
            exactly(),
            &world(now, holder(vec![], Some(&date))),
            expected,
        );
    }
    for (date, expected) in around("2026-08-23T12:00:00Z", [No, No, Yes]) {
        expect(
            &between,
            exactly(),
            &world(now, holder(vec![], Some(&date))),
            expected,
        );
    }
}

fn added(more_than: Option<Span>, less_than: Option<Span>) -> Condition {
    Condition::Added(Added {
        more_than,
        less_than,
    })
}
