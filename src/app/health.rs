//! Whether the app does what it should without being looked at (RULES R18): what is wrong, and what to do about it.

use super::anchors::AnchorBook;
use super::attempts::AttemptBook;
use super::documents::{ExemptionBook, StoredExemption, load};
use super::foreign::{MAX_CHANGES, Recent, UnexplainedBook};
use super::privacy::ReportBook;
use super::records::{Connection, Health, Settings, Source, Warning};
use super::requests::search_warning;
use super::sync::{SnapshotHead, failure};
use super::upkeep::{SILENCE_SECONDS, TickBook, days_left};
use crate::host::{Host, StorageError};
use crate::model::{DAY, Time};

/// A key's end is warned of so many days before.
const KEY_DAYS: i64 = 30;
/// An exemption's end is warned of so many days before.
const EXEMPTION_DAYS: i64 = 14;
/// The longest life that Atlassian gives a key.
const LONGEST_KEY_DAYS: i64 = 365;
/// So many suspensions by others within 30 days look like another tool rather than like people.
const MANY_SUSPENSIONS: u32 = 10;
/// A report of accounts that is late by so much is worth a warning.
const REPORT_LATE_SECONDS: i64 = DAY;

/// What the health rests on.
struct Seen {
    last_tick: Option<Time>,
    /// The newest reading of the organization itself.
    last_reading: Option<Time>,
    failure: Option<(Time, String)>,
    unexplained: Recent,
    /// Since when a report of accounts is not through, and what the platform said.
    report: Option<(Time, String)>,
}

/// The health as the overview shows it.
pub(super) async fn health<H: Host>(
    host: &H,
    connection: Option<&Connection>,
    newest: Option<&SnapshotHead>,
) -> Result<Health, StorageError> {
    let tick: TickBook = load(host).await?;
    let unexplained: UnexplainedBook = load(host).await?;
    let report: ReportBook = load(host).await?;
    let now = host.now();
    let seen = Seen {
        last_tick: tick.last,
        last_reading: newest
            .filter(|head| head.source == Source::Organization)
            .map(|head| head.taken),
        failure: failure(host)
            .await?
            .map(|failure| (failure.at, failure.text)),
        unexplained: unexplained.recent(now),
        report: report.unfinished_since().zip(report.failure),
    };
    let mut warnings = Vec::new();
    if let Some(connection) = connection {
        warnings.extend(key_warning(connection, now));
        warnings.extend(silence_warnings(connection, &seen, now));
    }
    warnings.extend(failure_warning(&seen));
    let exemptions: ExemptionBook = load(host).await?;
    warnings.extend(exemptions_warning(&exemptions.exemptions, now));
    warnings.extend(foreign_warnings(seen.unexplained));
    warnings.extend(report_warning(seen.report.as_ref(), now));
    let settings: Settings = load(host).await?;
    if let Some(requests) = &settings.requests {
        warnings.extend(search_warning(host, requests).await?);
    }
    let anchors: AnchorBook = load(host).await?;
    warnings.extend(anchors.warning(settings.anchor_issue.as_deref(), now));
    let AttemptBook { log_ins, .. } = load(host).await?;
    // Most organizations have no such events: only where they are wanted is it worth a word.
    if let Some(why) = log_ins.missing().filter(|_| log_ins.listed.is_some()) {
        let is_wanted = settings.answers_log_ins();
        warnings.extend(is_wanted.then(|| log_ins_warning(why)));
    }
    Ok(Health {
        last_tick: seen.last_tick,
        warnings,
        log_ins,
    })
}

fn warning(code: &str, text: String, hint: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        text,
        hint: hint.to_owned(),
    }
}

const NEW_KEY: &str = "make a new organization API key without scopes at admin.atlassian.com and save it here: nothing is lost by it";

/// A key's end: as it was said, or the latest that it can be.
pub(super) fn key_end(connection: &Connection) -> Time {
    let latest = connection.saved_at.plus(LONGEST_KEY_DAYS * DAY);
    connection.expires.unwrap_or(latest)
}

/// The key's end comes near, or is over.
fn key_warning(connection: &Connection, now: Time) -> Option<Warning> {
    let expires = key_end(connection);
    let left = days_left(expires, now);
    let certainly = connection.expires.is_some();
    if left > KEY_DAYS {
        return None;
    }
    let (code, verb) = match (left > 0, certainly) {
        (true, true) => ("key-expires", "expires on"),
        (true, false) => ("key-expires", "expires at the latest on"),
        (false, true) => ("key-expired", "expired on"),
        (false, false) => ("key-expired", "expired at the latest on"),
    };
    let date = expires.date();
    let days = match left {
        1 => String::from(", within a day"),
        2.. => format!(", in {left} days"),
        _ => String::new(),
    };
    let text = format!("the organization API key {verb} {date}{days}");
    Some(warning(code, text, NEW_KEY))
}

/// Exemptions whose last day comes near: the soonest by name, the others by number.
fn exemptions_warning(exemptions: &[StoredExemption], now: Time) -> Option<Warning> {
    let mut soon: Option<(Time, String)> = None;
    let mut others: u32 = 0;
    for exemption in exemptions {
        let Some(last) = exemption
            .expires
            .filter(|last| now <= *last && days_left(*last, now) <= EXEMPTION_DAYS)
        else {
            continue;
        };
        others += u32::from(soon.is_some());
        if soon.as_ref().is_none_or(|(soonest, _)| last < *soonest) {
            soon = Some((last, exemption.subject.label()));
        }
    }
    let (last, label) = soon?;
    let date = last.date();
    let mut text = format!("the exemption of {label} shelters until the end of {date} (UTC)");
    if others > 0 {
        text.push_str(&format!(
            ", and {others} more end within {EXEMPTION_DAYS} days"
        ));
    }
    let hint = "look at the exemptions: what is to last longer is removed and added again with a later day, or none";
    Some(warning("exemption-expires", text, hint))
}

fn silence_warnings(connection: &Connection, seen: &Seen, now: Time) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let is_silent = |last: Option<Time>| {
        now.since(last.unwrap_or(connection.saved_at).max(connection.saved_at)) >= SILENCE_SECONDS
    };
    let when = |last: Option<Time>| {
        last.map_or_else(|| String::from("yet"), |last| format!("since {last}"))
    };
    if is_silent(seen.last_tick) {
        let text = format!("the schedule did not come {}", when(seen.last_tick));
        let hint = "no policy starts by itself: look in Jira's list of apps whether this app is enabled, and see status.atlassian.com";
        warnings.push(warning("no-tick", text, hint));
    }
    if is_silent(seen.last_reading) {
        let text = format!(
            "the organization was not read to the end {}",
            when(seen.last_reading)
        );
        let hint = "read it now; if that fails too, the message says what to do";
        warnings.push(warning("no-reading", text, hint));
    }
    warnings
}

fn failure_warning(seen: &Seen) -> Option<Warning> {
    let (at, text) = seen.failure.as_ref()?;
    let text = format!("the last reading failed at {at}: {text}");
    let hint = "nothing, if it is a passing failure: it is tried again; otherwise do what the message says";
    Some(warning("reading-fails", text, hint))
}

/// What others did to people, of which our log knows nothing.
fn foreign_warnings(recent: Recent) -> Vec<Warning> {
    let Recent {
        suspended,
        restored,
    } = recent;
    let mut warnings = Vec::new();
    let together = suspended.saturating_add(restored);
    if together > 0 {
        let at_least = if usize::try_from(together).unwrap_or(usize::MAX) >= MAX_CHANGES {
            "at least "
        } else {
            ""
        };
        let text = format!(
            "within 30 days others suspended {at_least}{suspended} people and restored {restored}: it is not in this app's log"
        );
        let hint = "look at the list; whoever was restored is left alone for 30 days";
        warnings.push(warning("unexplained-changes", text, hint));
    }
    if suspended >= MANY_SUSPENSIONS {
        let text = format!(
            "another installation or another tool suspends people of this organization: {suspended} within 30 days"
        );
        let hint = "install this app on one site of the organization only, and let one tool alone suspend people: two do not know of each other's limits";
        warnings.push(warning("other-installation", text, hint));
    }
    warnings
}

fn log_ins_warning(why: &str) -> Warning {
    let text = format!("attempts to log in are not seen: {why}");
    let hint = "see whether the organization still has atlassian guard; without it switch this off in the settings";
    warning("log-ins-missing", text, hint)
}

fn report_warning(report: Option<&(Time, String)>, now: Time) -> Option<Warning> {
    let (since, why) = report?;
    if now.since(*since) < REPORT_LATE_SECONDS {
        return None;
    }
    let text =
        format!("the weekly report of accounts to Atlassian is not through since {since}: {why}");
    let hint =
        "nothing: it is tried again every hour; if it lasts, report it to the makers of this app";
    Some(warning("report-fails", text, hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::records::{Edit, ExemptionSubject};
    use crate::model::{AccountId, HOUR};

    fn connection(expires: Option<i64>) -> Connection {
        Connection {
            organization_id: String::new(),
            organization_name: String::new(),
            directories: Vec::new(),
            saved_by: AccountId(String::new()),
            owner: AccountId(String::new()),
            saved_at: Time(0),
            expires: expires.map(|day| Time(day * DAY)),
            capabilities: Vec::new(),
        }
    }

    fn codes(warnings: &[Warning]) -> Vec<&str> {
        warnings.iter().map(|found| found.code.as_str()).collect()
    }

    #[test]
    fn a_keys_end_is_counted_down() {
        let text = |expires: Option<i64>, now: i64| {
            key_warning(&connection(expires), Time(now)).map(|found| (found.code, found.text))
        };
        for (expires, now, expected) in [
            (Some(100), 70 * DAY - 1, None),
            (
                Some(100),
                70 * DAY,
                Some("key-expires: the organization API key expires on 1970-04-11, in 30 days"),
            ),
            (
                Some(100),
                93 * DAY + 1,
                Some("key-expires: the organization API key expires on 1970-04-11, in 7 days"),
            ),
            (
                Some(100),
                99 * DAY,
                Some("key-expires: the organization API key expires on 1970-04-11, within a day"),
            ),
            (
                Some(100),
                100 * DAY,
                Some("key-expired: the organization API key expired on 1970-04-11"),
            ),
            (None, 334 * DAY, None),
            (
                None,
                335 * DAY,
                Some(
                    "key-expires: the organization API key expires at the latest on 1971-01-01, in 30 days",
                ),
            ),
        ] {
            let found = text(expires, now).map(|(code, text)| format!("{code}: {text}"));
            assert_eq!(found.as_deref(), expected, "{expires:?} at {now}");
        }
    }

    #[test]
    fn an_exemptions_end_is_warned_of_for_two_weeks() {
        let exemption = |account: &str, last: Option<i64>| StoredExemption {
            subject: ExemptionSubject::User {
                account: AccountId(account.into()),
            },
            group_name: None,
            reason: String::new(),
            added: Edit {
                by: AccountId(String::new()),
                at: Time(0),
            },
            owner: None,
            expires: last.map(|day| Time(day * DAY - 1)),
            policies: Vec::new(),
            lapsed: false,
        };
        let book = [
            exemption("never", None),
            exemption("late", Some(105)),
            exemption("soon", Some(100)),
            exemption("over", Some(10)),
        ];
        let soon = "the exemption of soon shelters until the end of 1970-04-10 (UTC)";
        for (now, expected) in [
            (86 * DAY - 2, None),
            (86 * DAY - 1, Some(soon)),
            (
                91 * DAY,
                Some(
                    "the exemption of soon shelters until the end of 1970-04-10 (UTC), and 1 more end within 14 days",
                ),
            ),
            (
                100 * DAY - 1,
                Some(
                    "the exemption of soon shelters until the end of 1970-04-10 (UTC), and 1 more end within 14 days",
                ),
            ),
            (
                100 * DAY,
                Some("the exemption of late shelters until the end of 1970-04-15 (UTC)"),
            ),
            (105 * DAY, None),
        ] {
            let found = exemptions_warning(&book, Time(now)).map(|found| found.text);
            assert_eq!(found.as_deref(), expected, "{now}");
        }
    }

    #[test]
    fn silence_for_26_hours_is_a_warning() {
        let seen = |tick: Option<i64>, reading: Option<i64>| Seen {
            last_tick: tick.map(|hour| Time(hour * HOUR)),
            last_reading: reading.map(|hour| Time(hour * HOUR)),
            failure: None,
            unexplained: Recent::default(),
            report: None,
        };
        for (tick, reading, now, expected) in [
            (None, None, 25, vec![]),
            (None, None, 26, vec!["no-tick", "no-reading"]),
            (Some(5), None, 30, vec!["no-reading"]),
            (Some(5), Some(4), 30, vec!["no-reading"]),
            (Some(4), Some(5), 30, vec!["no-tick"]),
            (Some(5), Some(5), 30, vec![]),
        ] {
            let found = silence_warnings(&connection(None), &seen(tick, reading), Time(now * HOUR));
            assert_eq!(codes(&found), expected, "{tick:?} {reading:?} at {now}");
        }
    }

    #[test]
    fn many_suspensions_by_others_look_like_another_tool() {
        for (suspended, restored, expected) in [
            (0, 0, vec![]),
            (0, 1, vec!["unexplained-changes"]),
            (9, 50, vec!["unexplained-changes"]),
            (10, 0, vec!["unexplained-changes", "other-installation"]),
        ] {
            let found = foreign_warnings(Recent {
                suspended,
                restored,
            });
            assert_eq!(codes(&found), expected, "{suspended} {restored}");
        }
    }

    #[test]
    fn a_report_that_fails_for_a_day_is_a_warning() {
        let report = (Time(0), String::from("status 500"));
        assert_eq!(report_warning(Some(&report), Time(DAY - 1)), None);
        assert!(report_warning(Some(&report), Time(DAY)).is_some());
        assert_eq!(report_warning(None, Time(DAY)), None);
    }
}
