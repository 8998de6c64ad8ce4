//! The organization's log of events: `events-stream`, which is polled with a kept cursor, and `event-actions`.

use chrono::{SecondsFormat, SubsecRound, TimeDelta};
use serde_json::{Value, json};

use super::cursor::Cursor;
use super::errors::{application_error, bad_cursor, bad_request};
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::message::{Request, Response};
use crate::switches::LogInEvents;

const LISTING: &str = "events-stream";
const DEFAULT_LIMIT: usize = 200;
const MOST_EVENTS: usize = 500;
/// Older events are gone.
const KEPT_DAYS: i64 = 180;
/// The action of somebody who logs in, to whatever they are let in then. The documents name none: clients read
/// `event-actions`.
const LOG_IN: &str = "user_logged_in";

/// Each action of the log with its name and its group for people, by what an [`Effect`](super::Effect) calls it.
const ACTIONS: [(&str, &str, &str, &str); 16] = [
    ("suspended", "user_suspended", "Suspended user", "Users"),
    ("restored", "user_restored", "Restored user access", "Users"),
    ("removed", "user_removed", "Removed user", "Users"),
    (
        "groupJoined",
        "user_added_to_group",
        "Added user to group",
        "Groups",
    ),
    (
        "groupLeft",
        "user_removed_from_group",
        "Removed user from group",
        "Groups",
    ),
    (
        "roleAssigned",
        "user_role_granted",
        "Granted role",
        "Product access",
    ),
    (
        "roleRevoked",
        "user_role_revoked",
        "Revoked role",
        "Product access",
    ),
    (
        "deactivated",
        "user_deactivated",
        "Deactivated account",
        "Accounts",
    ),
    (
        "reactivated",
        "user_reactivated",
        "Reactivated account",
        "Accounts",
    ),
    (
        "deleting",
        "user_deletion_started",
        "Started deletion",
        "Accounts",
    ),
    (
        "deletionCancelled",
        "user_deletion_cancelled",
        "Cancelled deletion",
        "Accounts",
    ),
    ("renamed", "user_renamed", "Changed name", "Accounts"),
    (
        "emailSet",
        "user_email_changed",
        "Changed email address",
        "Accounts",
    ),
    (
        "tokenDeleted",
        "user_token_revoked",
        "Revoked API token",
        "Accounts",
    ),
    ("invited", "user_invited", "Invited user", "Users"),
    ("loggedIn", LOG_IN, "Logged in", "Authentication"),
];

/// One event of the log.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    at: Time,
    /// When the log takes it in: it is not shown before.
    processed_at: Time,
    /// Its place among all events.
    number: u64,
    action: &'static str,
    actor: String,
    subject: String,
}

impl Event {
    /// What the log is sorted by.
    fn key(&self) -> (Time, u64) {
        (self.processed_at, self.number)
    }
}

/// What a client asks of the log, kept in its cursors.
struct Poll {
    from: Option<i64>,
    to: Option<i64>,
    descending: bool,
    /// Behind which event the page begins.
    after: Option<(i64, u64)>,
    limit: usize,
}

impl Cloud {
    /// Notes that something happened to somebody; the log shows it once it was processed.
    pub(crate) fn log_event(&mut self, what: &str, actor: &str, subject: &str) {
        let known = ACTIONS.iter().find(|(effect, ..)| *effect == what);
        let Some(&(_, action, ..)) = known else {
            return;
        };
        // To the millisecond, as cursors name it.
        let at = self.clock.now().trunc_subsecs(3);
        let delay = TimeDelta::seconds(i64::from(self.switches.event_delay_seconds));
        let event = Event {
            at,
            processed_at: at + delay,
            number: self.events.len() as u64,
            action,
            actor: actor.to_owned(),
            subject: subject.to_owned(),
        };
        let place = self
            .events
            .partition_point(|other| other.key() <= event.key());
        self.events.insert(place, event);
    }

    /// Notes that somebody logged in, where the organization has what logs that.
    pub(crate) fn log_in_event(&mut self, account_id: &str) {
        if self.switches.log_in_events == LogInEvents::Logged {
            self.log_event("loggedIn", account_id, account_id);
        }
    }

    /// `GET …/event-actions`.
    pub(super) fn event_actions(&self) -> Response {
        let lists_log_in = self.switches.log_in_events != LogInEvents::NotListed;
        let rows = ACTIONS
            .iter()
            .filter(|(_, id, ..)| *id != LOG_IN || lists_log_in);
        let rows: Vec<Value> = rows
            .map(|(_, id, name, group)| {
                let attributes = json!({"displayName": name, "groupDisplayName": group});
                json!({"id": id, "type": "event-actions", "attributes": attributes})
            })
            .collect();
        Response::json(200, &json!({ "data": rows }))
    }

    /// `GET …/events-stream`. Every answer in ascending order has a cursor, also the last one: with it a client goes on
    /// when there is more.
    pub(super) fn events_stream(&self, request: &Request) -> Response {
        let poll = match Poll::of(request) {
            Ok(poll) => poll,
            Err(refusal) => return refusal,
        };
        let now = self.clock.now();
        let oldest = now - TimeDelta::days(KEPT_DAYS);
        let shown = |event: &&Event| {
            let at = event.at.timestamp_millis();
            event.processed_at <= now
                && event.at >= oldest
                && poll.from.is_none_or(|from| at >= from)
                && poll.to.is_none_or(|to| at <= to)
                && poll.is_ahead(event)
        };
        let mut found: Vec<&Event> = self.events.iter().filter(shown).collect();
        if poll.descending {
            found.reverse();
        }
        let more = found.len() > poll.limit;
        found.truncate(poll.limit);
        let rows: Vec<Value> = found.iter().map(|event| self.event_row(event)).collect();
        let mut page = json!({"data": rows, "links": {}, "meta": {"page_size": rows.len()}});
        if more || !poll.descending {
            let last = found
                .last()
                .map(|event| (event.processed_at.timestamp_millis(), event.number));
            let next = poll.cursor(last);
            let id = &self.organization.id;
            let link = format!(
                "https://api.atlassian.com/admin/v1/orgs/{id}/events-stream?cursor={next}&limit={}",
                poll.limit
            );
            page["links"]["next"] = json!(link);
            page["meta"]["next"] = json!(next);
        }
        Response::json(200, &page)
    }

    fn event_row(&self, event: &Event) -> Value {
        let organization = &self.organization.id;
        let base = format!("https://api.atlassian.com/admin/v1/orgs/{organization}");
        let time = |at: Time| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let mut actor = json!({"id": event.actor});
        if let Some(user) = self.organization.user(&event.actor) {
            actor["name"] = json!(user.name);
            actor["email"] = json!(user.email);
        }
        json!({
            "id": format!("event-{}", event.number),
            "type": "events",
            "attributes": {
                "time": time(event.at),
                "processedAt": time(event.processed_at),
                "action": event.action,
                "actor": actor,
                "context": [{"id": event.subject, "type": "users", "attributes": {}}],
                "container": [{"id": organization, "type": "organizations"}],
            },
            "links": {"self": format!("{base}/events/event-{}", event.number)},
        })
    }
}

impl Poll {
    fn of(request: &Request) -> Result<Poll, Response> {
        let limit = match request.parameter("limit").map(str::parse) {
            None => DEFAULT_LIMIT,
            Some(Ok(limit @ 1..=MOST_EVENTS)) => limit,
            Some(_) => return Err(bad_request("limit is 1 to 500")),
        };
        if let Some(text) = request.parameter("cursor") {
            return Poll::going_on(text, limit).ok_or_else(bad_cursor);
        }
        let time = |name: &str| match request.parameter(name).map(str::parse) {
            None => Ok(None),
            Some(Ok(millis)) => Ok(Some(millis)),
            Some(Err(_)) => {
                let detail = "from and to are milliseconds since 1970";
                Err(application_error(400, "ADMIN-400-3", detail))
            }
        };
        let descending = match request.parameter("sortOrder") {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(bad_request("sortOrder is asc or desc")),
        };
        Ok(Poll {
            from: time("from")?,
            to: time("to")?,
            descending,
            after: None,
            limit,
        })
    }

    /// The cursor keeps everything but the limit.
    fn going_on(text: &str, limit: usize) -> Option<Poll> {
        let cursor = Cursor::decode(text, LISTING)?;
        let after = match cursor.after.as_slice() {
            [] => None,
            [millis, number] => Some((millis.parse().ok()?, number.parse().ok()?)),
            _ => return None,
        };
        Some(Poll {
            from: cursor.query["from"].as_i64(),
            to: cursor.query["to"].as_i64(),
            descending: cursor.query["descending"] == true,
            after,
            limit,
        })
    }

    /// The cursor behind the last event of a page; behind the one before where the page is empty.
    fn cursor(&self, last: Option<(i64, u64)>) -> String {
        let after = last.or(self.after);
        let cursor = Cursor {
            listing: LISTING.to_owned(),
            after: after.map_or_else(Vec::new, |(millis, number)| {
                vec![millis.to_string(), number.to_string()]
            }),
            query: json!({"from": self.from, "to": self.to, "descending": self.descending}),
            issued: 0,
            day: None,
        };
        cursor.encode()
    }

    fn is_ahead(&self, event: &Event) -> bool {
        let key = (event.processed_at.timestamp_millis(), event.number);
        self.after.is_none_or(|after| {
            if self.descending {
                key < after
            } else {
                key > after
            }
        })
    }
}
