//! `users/search`, `users/count`, `users/{accountId}` and `last-active-dates`.

use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::body::{self, Field, Kind};
use super::cursor::Cursor;
use super::errors::{bad_cursor, bad_request, no_user};
use super::user_filter::UserFilter;
use super::user_row::{EXPANSIONS, Row, View, last_active};
use crate::clock::Time;
use crate::message::Response;
use crate::organization::{Organization, User, shuffled};
use crate::switches::{CursorWithBody, ListingOrder, Switches};

const STATUSES: [&str; 5] = [
    "active",
    "suspended",
    "not_invited",
    "deactivated",
    "for_deletion",
];
/// The roles that filters name.
pub const ROLES: [&str; 11] = [
    "atlassian/user",
    "atlassian/admin",
    "atlassian/guest",
    "atlassian/customer",
    "atlassian/user-access-admin",
    "atlassian/contributor",
    "atlassian/basic",
    "atlassian/stakeholder",
    "atlassian/org-admin",
    "atlassian/site-admin",
    "atlassian/ai-access",
];

/// The filters that searching and counting share.
const FILTERS: [Field; 12] = [
    ("searchTerm", Kind::Text),
    ("emailDomains", Kind::Texts(10)),
    ("accountIds", Kind::Texts(10)),
    ("groupIds", Kind::Texts(10)),
    ("directoryIds", Kind::Texts(10)),
    ("resourceIds", Kind::Texts(20)),
    ("roleIds", Kind::Choices(10, &ROLES)),
    ("claimStatus", Kind::Choice(&["managed", "unmanaged"])),
    (
        "accountStatus",
        Kind::Choices(3, &["active", "inactive", "closed"]),
    ),
    (
        "membershipStatus",
        Kind::Choices(3, &["active", "suspended", "no_membership"]),
    ),
    ("status", Kind::Choices(4, &STATUSES)),
    ("mfaEnabled", Kind::Flag),
];

/// What only the search takes.
const SEARCH: [Field; 5] = [
    ("cursor", Kind::Text),
    ("limit", Kind::UpTo(100)),
    ("emails", Kind::UniqueTexts(100)),
    ("sortBy", Kind::SortBy("nick_name")),
    ("expand", Kind::Expand(0, &EXPANSIONS)),
];

/// The page size when the body names none.
const DEFAULT_LIMIT: usize = 50;

/// Where a listing looks and what the time is.
pub struct Place<'a> {
    /// The organization.
    pub organization: &'a Organization,
    /// The open questions' answers.
    pub switches: &'a Switches,
    /// The time of the reading.
    pub now: Time,
    /// One directory, or all.
    pub directory: Option<usize>,
}

/// A page of the search.
#[derive(Serialize)]
struct Page<'a> {
    data: Vec<Row<'a>>,
    links: Links,
}

#[derive(Serialize)]
struct Links {
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One person.
#[derive(Serialize)]
struct Single<'a> {
    data: Row<'a>,
}

impl Place<'_> {
    /// `POST …/users/search`.
    pub fn search(&self, raw: &[u8]) -> Response {
        match self.searched(raw) {
            Ok(page) => page,
            Err(refusal) => refusal,
        }
    }

    /// `GET …/users/count`.
    pub fn count(&self, query: &[(String, String)]) -> Response {
        match body::parameters(query, &FILTERS) {
            Ok(filters) => {
                let filter = UserFilter::new(&filters, self);
                let count = self.listed().filter(|user| filter.takes(user)).count();
                Response::json(200, &json!({"count": count}))
            }
            Err(detail) => bad_request(&detail),
        }
    }

    /// `GET …/users/{accountId}`.
    pub fn single(&self, account_id: &str) -> Response {
        let found = self
            .organization
            .user(account_id)
            .filter(|user| self.lists(user));
        match found {
            Some(user) => Response::written(
                200,
                &Single {
                    data: self.view(&[]).single(user),
                },
            ),
            None => no_user(),
        }
    }

    /// `GET …/last-active-dates`: snake case, where the search uses camel case.
    pub fn last_active_dates(&self, account_id: &str) -> Response {
        let found = self.organization.user(account_id);
        let Some(user) = found.filter(|user| !user.is_gone(self.now)) else {
            return no_user();
        };
        let accesses = last_active(
            self.organization,
            user,
            self.now,
            self.switches.never_used_dates,
        );
        let mut data = json!({"product_access": accesses});
        if !user.missing.added_to_org {
            let added = user.added_to_org;
            data["added_to_org"] = json!(added.format("%Y-%m-%d").to_string());
            data["added_to_org_timestamp"] =
                json!(added.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        Response::json(200, &json!({"data": data, "links": {}}))
    }

    fn searched(&self, raw: &[u8]) -> Result<Response, Response> {
        let fields: Vec<Field> = FILTERS.iter().chain(&SEARCH).copied().collect();
        let mut body = body::parse(raw, &fields).map_err(|detail| bad_request(&detail))?;
        if body.contains_key("searchTerm") && body.contains_key("emails") {
            return Err(bad_request(
                "searchTerm and emails are mutually exclusive, send one of them",
            ));
        }
        let cursor = match body.remove("cursor") {
            Some(text) => Some(self.cursor(&text, &body)?),
            None => None,
        };
        let query = match &cursor {
            Some(cursor) => self.continued(cursor, body),
            None => body,
        };
        let day = match &cursor {
            Some(cursor) => cursor.day,
            None => self.day_of_order(),
        };
        Ok(self.page(query, cursor.map(|cursor| cursor.after), day))
    }

    fn cursor(&self, text: &Value, body: &Map<String, Value>) -> Result<Cursor, Response> {
        let cursor = text
            .as_str()
            .and_then(|text| Cursor::decode(text, "users"))
            .filter(|cursor| !cursor.expired(self.now, self.switches.cursor_minutes))
            .ok_or_else(bad_cursor)?;
        let strict = self.switches.cursor_with_body == CursorWithBody::Refused;
        let extra = body
            .keys()
            .find(|name| !matches!(name.as_str(), "limit" | "expand"));
        match extra.filter(|_| strict) {
            Some(name) => Err(bad_request(&format!(
                "\"{name}\" must not be sent with a cursor"
            ))),
            None => Ok(cursor),
        }
    }

    /// The query of a page that is not the first.
    fn continued(&self, cursor: &Cursor, body: Map<String, Value>) -> Map<String, Value> {
        let mut first = cursor.query.as_object().cloned().unwrap_or_default();
        match self.switches.cursor_with_body {
            CursorWithBody::Used => body,
            CursorWithBody::Discarded => first,
            CursorWithBody::Refused => {
                // Expansions belong to the request, not to the listing.
                first.remove("expand");
                first.extend(body);
                first
            }
        }
    }

    /// The day in whose order a new listing goes, if not by id.
    fn day_of_order(&self) -> Option<u64> {
        let shuffled = self.switches.listing_order == ListingOrder::ShuffledDaily;
        let day = self.now.timestamp().div_euclid(86_400);
        shuffled.then_some(day.unsigned_abs())
    }

    fn page(
        &self,
        query: Map<String, Value>,
        after: Option<Vec<String>>,
        day: Option<u64>,
    ) -> Response {
        let filter = UserFilter::new(&query, self);
        let expand = body::texts(&query, "expand");
        let limit = body::limit(&query, DEFAULT_LIMIT);
        let mut rows = self.rows_after(&query, &filter, (after, day), limit + 1);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let view = self.view(&expand);
        let data = rows.iter().map(|user| view.row(user)).collect();
        let next = rows.last().filter(|_| more).map(|last| {
            let next = Cursor {
                listing: "users".to_owned(),
                after: sort_key(&query, last),
                query: Value::Object(query.clone()),
                issued: self.now.timestamp(),
                day,
            };
            next.encode()
        });
        let links = Links { next };
        Response::written(200, &Page { data, links })
    }

    fn rows_after(
        &self,
        query: &Map<String, Value>,
        filter: &UserFilter,
        (after, day): (Option<Vec<String>>, Option<u64>),
        most: usize,
    ) -> Vec<&User> {
        let matching = |user: &&User| self.lists(user) && filter.takes(user);
        let Some(descending) = descending(query) else {
            let after = after.and_then(|key| key.into_iter().next());
            let behind = match day.filter(|_| !query.contains_key("accountIds")) {
                Some(day) => self.shuffled_candidates(day, after.as_deref()),
                None => self.candidates(query, after.as_deref()),
            };
            return behind.filter(matching).take(most).collect();
        };
        let mut rows: Vec<&User> = self.organization.users.iter().filter(matching).collect();
        rows.sort_by_key(|user| sort_key(query, user));
        if descending {
            rows.reverse();
        }
        let behind = |user: &&User| {
            let key = sort_key(query, user);
            after.as_ref().is_none_or(|after| {
                if descending {
                    key < *after
                } else {
                    key > *after
                }
            })
        };
        rows.into_iter().filter(behind).take(most).collect()
    }

    /// Users behind an id, in the order of their ids: those that the query names, or all. Users lie in that order, so both
    /// ways begin with a binary search.
    fn candidates<'a>(
        &'a self,
        query: &Map<String, Value>,
        after: Option<&str>,
    ) -> Box<dyn Iterator<Item = &'a User> + 'a> {
        let users = &self.organization.users;
        let start = after.map_or(0, |id| match self.organization.position(id) {
            Ok(at) => at + 1,
            Err(at) => at,
        });
        let mut named: Vec<usize> = body::texts(query, "accountIds")
            .iter()
            .filter_map(|id| self.organization.position(id).ok())
            .filter(|at| *at >= start)
            .collect();
        if !query.contains_key("accountIds") {
            return Box::new(users.iter().skip(start));
        }
        named.sort_unstable();
        named.dedup();
        Box::new(named.into_iter().map(|at| &users[at]))
    }

    /// Users behind an id, in the order of a day.
    fn shuffled_candidates<'a>(
        &'a self,
        day: u64,
        after: Option<&str>,
    ) -> Box<dyn Iterator<Item = &'a User> + 'a> {
        let users = &self.organization.users;
        let order = self.organization.order.of_day(day, users);
        let start = after.map_or(0, |id| {
            let last = shuffled(day, id);
            order.partition_point(|&at| shuffled(day, &users[at as usize].account_id) <= last)
        });
        Box::new((start..order.len()).map(move |place| &users[order[place] as usize]))
    }

    /// Everybody whom a listing here shows.
    pub(super) fn listed(&self) -> impl Iterator<Item = &User> {
        self.organization
            .users
            .iter()
            .filter(|user| self.lists(user))
    }

    /// A listing holds the members of its directory, and the managed accounts that are in no directory at all.
    pub(super) fn lists(&self, user: &User) -> bool {
        let memberships = user.shown_memberships(self.now);
        let here = self.directory.is_none_or(|directory| {
            memberships.is_empty() || memberships.iter().any(|one| one.directory == directory)
        });
        here && !user.is_gone(self.now)
    }

    /// Whether what a site gives belongs to the directory looked at.
    pub(super) fn shows_site(&self, site: usize) -> bool {
        self.directory
            .is_none_or(|only| self.organization.sites[site].directory == only)
    }

    fn view<'a>(&'a self, expand: &'a [String]) -> View<'a> {
        View {
            organization: self.organization,
            switches: self.switches,
            now: self.now,
            directory: self.directory,
            expand,
            truth: false,
        }
    }
}

fn descending(query: &Map<String, Value>) -> Option<bool> {
    let order = query.get("sortBy")?.get(0)?;
    Some(order.get("direction").and_then(Value::as_str) == Some("desc"))
}

fn sort_key(query: &Map<String, Value>, user: &User) -> Vec<String> {
    if query.contains_key("sortBy") {
        vec![user.nickname.to_owned(), user.account_id.clone()]
    } else {
        vec![user.account_id.clone()]
    }
}
