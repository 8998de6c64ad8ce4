//! Listings of a small Jira, ended and killed wherever they can be.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::app::calls::Asker;
use crate::host::{
    EntityName, Query, QueryPage, Queue, QueueError, Request, Response, Secret, SendError,
};
use crate::model::{AccountId, AccountType, Activity};
use crate::snapshot::Access;

/// A Jira of 7 accounts that hands out at most 3 at once, and members 2 at once.
#[derive(Default)]
struct Jira {
    stored: RefCell<BTreeMap<String, String>>,
    calls: RefCell<Vec<String>>,
    /// Answers instead of the right ones, by a part of the path, each given once or for ever.
    instead: RefCell<Vec<(&'static str, u16, bool)>>,
    time_left: Cell<Option<u32>>,
    hours: Cell<i64>,
}

const PEOPLE: [(&str, &str); 7] = [
    ("a", "atlassian"),
    ("b", "atlassian"),
    ("bot", "app"),
    ("c", "atlassian"),
    ("d", "atlassian"),
    ("portal", "customer"),
    ("x", "unknown"),
];
const ROLES: &str = r#"[
    {"key":"jira-software","groupDetails":[{"groupId":"g1"},{"groupId":"g2"}],"numberOfSeats":10,"remainingSeats":6,"userCount":4},
    {"key":"jira-servicedesk","groupDetails":[{"groupId":"g2"},{"groupId":"gone"}],"numberOfSeats":-1}]"#;
const GROUPS: [(&str, &[&str]); 2] = [("g1", &["a", "b", "bot", "new"]), ("g2", &["d", "b", "x"])];

/// Over at the second poll.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(move |_| match std::mem::replace(&mut waited, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
}

/// Polls to the end, or so often; `None` for what was killed.
fn run<T>(future: impl Future<Output = T>, polls: u32) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    None
}

fn number(path: &str, name: &str) -> usize {
    let parameter = path
        .split(['?', '&'])
        .find_map(|part| part.strip_prefix(name));
    parameter.unwrap().parse().unwrap()
}

impl Jira {
    fn answer(&self, path: &str) -> (u16, String) {
        let mut instead = self.instead.borrow_mut();
        if let Some(place) = instead.iter().position(|(part, ..)| path.contains(part)) {
            let (_, status, is_for_ever) = instead[place];
            if !is_for_ever {
                instead.remove(place);
            }
            return (status, String::from("{}"));
        }
        if path == "/rest/api/3/applicationrole" {
            return (200, String::from(ROLES));
        }
        if path.contains("approximateLicenseCount") {
            return (200, String::from(r#"{"key":"x","value":"12"}"#));
        }
        let start = number(path, "startAt=");
        if path.starts_with("/rest/api/3/users/search?") {
            let rows: Vec<String> = PEOPLE
                .iter()
                .skip(start)
                .take(3)
                .map(|(account, kind)| {
                    format!(r#"{{"accountId":"{account}","accountType":"{kind}","displayName":"N {account}","active":true}}"#)
                })
                .collect();
            return (200, format!("[{}]", rows.join(",")));
        }
        let group = GROUPS
            .iter()
            .find(|(id, _)| path.contains(&format!("groupId={id}&")));
        let Some((_, members)) = group else {
            return (404, String::from("{}"));
        };
        let rows: Vec<String> = members
            .iter()
            .skip(start)
            .take(2)
            .map(|account| format!(r#"{{"accountId":"{account}"}}"#))
            .collect();
        let is_last = start + 2 >= members.len();
        (
            200,
            format!(r#"{{"isLast":{is_last},"values":[{}]}}"#, rows.join(",")),
        )
    }

    fn listing(&self) -> JiraListing {
        match self.stored.borrow().get("listing") {
            Some(text) => serde_json::from_str(text).unwrap(),
            None => JiraListing::new(self),
        }
    }

    /// One invocation, killed after so many polls.
    fn invoke(&self, polls: u32) -> Option<Result<Option<Snapshot>, WorkError>> {
        let mut listing = self.listing();
        let store = async |listing: &JiraListing, mut writes: Vec<Write>| {
            writes.push(set_value("listing", listing)?);
            Ok(self.transact(writes).await?)
        };
        let invocation = async {
            let calls = Calls::load(self, Asker::Job).await?;
            list(&calls, &mut listing, store).await
        };
        run(invocation, polls)
    }

    /// Invocations until there is an end, each with time for some calls.
    fn list(&self) -> Snapshot {
        for _ in 0..50 {
            match self.invoke(u32::MAX) {
                Some(Ok(Some(snapshot))) => return snapshot,
                Some(Ok(None)) => self.time_left.set(Some(61_000)),
                // An hour is longer than any limit lasts.
                Some(Err(WorkError::Api(error))) if error.is_passing() => {
                    self.hours.set(self.hours.get() + 1);
                }
                other => panic!("{other:?}"),
            }
        }
        panic!("no end");
    }
}

impl Host for Jira {
    async fn send(&self, request: Request) -> Result<Response, SendError> {
        pause().await;
        self.calls.borrow_mut().push(request.path.clone());
        if let Some(left) = self.time_left.get() {
            self.time_left.set(Some(left.saturating_sub(1_000)));
        }
        let (status, body) = self.answer(&request.path);
        pause().await;
        Ok(Response {
            status,
            headers: Vec::new(),
            body: body.into_bytes(),
        })
    }

    async fn deliver(&self, _: crate::host::HookMessage) -> Result<Response, SendError> {
        panic!("a listing tells nobody")
    }

    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, StorageError> {
        pause().await;
        let stored = self.stored.borrow();
        Ok(keys.iter().map(|key| stored.get(key).cloned()).collect())
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StorageError> {
        pause().await;
        for write in writes {
            match write {
                Write::Set { key, value } => self.stored.borrow_mut().insert(key, value),
                other => panic!("{other:?}"),
            };
        }
        pause().await;
        Ok(())
    }

    async fn get_entity(&self, _: EntityName, _: &str) -> Result<Option<String>, StorageError> {
        panic!("a listing reads no entity")
    }

    async fn query(&self, _: Query) -> Result<QueryPage, StorageError> {
        panic!("a listing rests on no query")
    }

    async fn secret(&self, _: &str) -> Result<Option<Secret>, StorageError> {
        panic!("a listing needs no secret")
    }

    async fn set_secret(&self, _: &str, _: Secret) -> Result<(), StorageError> {
        panic!("a listing stores no secret")
    }

    async fn delete_secret(&self, _: &str) -> Result<(), StorageError> {
        panic!("a listing deletes no secret")
    }

    async fn push(&self, _: Queue, _: String, _: u32) -> Result<(), QueueError> {
        panic!("a listing pushes no job")
    }

    async fn report_accounts(
        &self,
        _: &[(AccountId, Time)],
    ) -> Result<Vec<(AccountId, crate::host::AccountVerdict)>, crate::host::ReportError> {
        panic!("a listing reports nobody")
    }

    async fn link_url(&self) -> Option<String> {
        panic!("a listing sends no link")
    }

    fn now(&self) -> Time {
        Time(1_790_000_000).plus(self.hours.get() * crate::model::HOUR)
    }

    fn time_left(&self) -> u32 {
        self.time_left.get().unwrap_or(900_000)
    }

    fn cloud_id(&self) -> Option<String> {
        Some(String::from("42"))
    }

    fn random(&self) -> [u8; 16] {
        [7; 16]
    }

    fn zone_offset(&self, _: &str, _: Time) -> Option<i64> {
        None
    }
}

fn access(product: &str, resource: &str, seat: Option<bool>) -> Access {
    Access {
        resource: crate::model::Resource(format!("ari:cloud:{resource}::site/42")),
        product: product.into(),
        seat,
        activity: Activity::Unknown,
    }
}

fn everybody(with_access: bool) -> Vec<UserRecord> {
    let software = |seat| access("jira-software", "jira-software", seat);
    let desk = |seat| access("jira-service-desk", "jira-servicedesk", seat);
    PEOPLE
        .iter()
        .map(|(account, kind)| {
            let held = match *account {
                "a" => vec![software(Some(true))],
                "b" | "d" => vec![software(Some(true)), desk(Some(true))],
                "bot" => vec![software(Some(false))],
                "x" => vec![software(None), desk(None)],
                _ => vec![],
            };
            UserRecord {
                name: Some(format!("N {account}")),
                account_type: AccountType::parse(kind),
                access: with_access.then_some(held),
                ..UserRecord::unknown(
                    AccountId((*account).into()),
                    DirectoryId(DirectoryId::NOT_SAID.into()),
                )
            }
        })
        .collect()
}

fn records(snapshot: &Snapshot) -> Vec<UserRecord> {
    let rows = snapshot.rows();
    rows.filter_map(|row| snapshot.record(row)).collect()
}

#[test]
fn everybody_is_listed_with_what_their_groups_grant() {
    let jira = Jira::default();
    let snapshot = jira.list();
    assert_eq!(records(&snapshot), everybody(true));
    assert_eq!(snapshot.origin().read, Some(jira.now()));
    // Short pages of people to an empty one, two groups to their last page, and the group that is gone.
    let starts: Vec<usize> = jira
        .calls
        .borrow()
        .iter()
        .filter(|path| path.contains("startAt"))
        .map(|path| number(path, "startAt="))
        .collect();
    assert_eq!(starts, [0, 3, 6, 7, 0, 2, 0, 2, 0]);
}

#[test]
fn a_listing_that_is_ended_refused_or_out_of_time_goes_on_where_it_was() {
    for part in [
        "applicationrole",
        "startAt=3",
        "startAt=7",
        "groupId=g1",
        "startAt=2",
    ] {
        for status in [429, 503, 409] {
            let is_taken = status != 409 || part.starts_with("startAt=3");
            if !is_taken {
                continue;
            }
            let jira = Jira::default();
            jira.instead.borrow_mut().push((part, status, false));
            assert_eq!(records(&jira.list()), everybody(true), "{part} {status}");
            let calls = jira.calls.borrow().len();
            assert!(calls <= 12, "{part} {status}: {calls} calls");
        }
    }
    let jira = Jira::default();
    jira.time_left.set(Some(61_000));
    assert_eq!(records(&jira.list()), everybody(true));
}

#[test]
fn a_listing_that_is_killed_at_any_await_ends_in_the_same_people() {
    let mut kills = 0;
    for polls in 1.. {
        let jira = Jira::default();
        if jira.invoke(polls).is_some() {
            break;
        }
        kills += 1;
        assert_eq!(records(&jira.list()), everybody(true), "{polls}");
        assert_eq!(
            records(&jira.list()),
            everybody(true),
            "again after {polls}"
        );
    }
    assert!(kills > 30, "{kills} kills");
}

#[test]
fn what_jira_does_not_tell_is_not_known() {
    for (part, status) in [
        ("applicationrole", 403),
        ("applicationrole", 401),
        ("groupId=g2", 403),
    ] {
        let jira = Jira::default();
        jira.instead.borrow_mut().push((part, status, true));
        assert_eq!(records(&jira.list()), everybody(false), "{part} {status}");
        assert!(jira.listing().refused().is_some());
    }
    let jira = Jira::default();
    jira.list();
    assert_eq!(jira.listing().refused(), None);
}

#[test]
fn people_who_cannot_be_listed_are_an_error_and_not_nobody() {
    let jira = Jira::default();
    jira.instead.borrow_mut().push(("users/search", 403, true));
    match jira.invoke(u32::MAX) {
        Some(Err(WorkError::Api(error))) => assert_eq!(error.kind, ApiErrorKind::JiraRefused),
        other => panic!("{other:?}"),
    }
}

#[test]
fn seats_are_those_of_the_site_and_a_refusal_is_said() {
    let asked = |instead: &[(&'static str, u16, bool)]| {
        let jira = Jira::default();
        jira.instead.borrow_mut().extend_from_slice(instead);
        let asked = async {
            let calls = Calls::load(&jira, Asker::Job).await?;
            seats(&calls).await
        };
        let site = run(asked, u32::MAX).unwrap();
        site.map(|site| {
            let products = site.products.into_iter();
            let figures = products.map(|product| {
                (
                    product.product,
                    product.seats,
                    product.used,
                    product.remaining,
                )
            });
            (figures.collect::<Vec<_>>(), site.refused.is_some())
        })
    };
    let software = (String::from("jira-software"), Some(10), Some(4), Some(6));
    let desk = |used| (String::from("jira-service-desk"), None, used, None);
    let both = (vec![software.clone(), desk(Some(12))], false);
    assert_eq!(asked(&[]), Ok(both));
    let counts = ("approximateLicenseCount", 403, true);
    assert_eq!(asked(&[counts]), Ok((vec![software], true)));
    let (products, is_refused) = asked(&[("applicationrole", 403, true)]).unwrap();
    assert!(is_refused);
    assert_eq!(products.len(), 4);
    assert!(products.contains(&desk(Some(12))));
    let neither = [("applicationrole", 401, true), counts];
    assert_eq!(asked(&neither), Ok((vec![], true)));
    assert!(asked(&[("applicationrole", 503, true)]).is_err());
}
