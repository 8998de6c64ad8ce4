//! Mail about an issue: who gets it, and what is refused.

use cloud::faults::{FaultKind, Faults};
use cloud::inbox::Mail;
use cloud::jira_api::{Caller, ShownTo};
use cloud::organization::{Product, User};
use cloud::switches::Switches;
use cloud::{Answer, Request};
use serde_json::{Value, json};

use crate::tenant::{Tenant, manifest};

const SITE: usize = 0;

/// A tenant whose app may send mail, and an issue to send it for.
fn tenant(change: impl FnOnce(&mut cloud::Options)) -> (Tenant, String) {
    let mut tenant = Tenant::new(change);
    let mut manifest = manifest();
    manifest["permissions"]["scopes"] = json!(["write:jira-work", "read:jira-user"]);
    tenant.cloud.install(&manifest).expect("a valid manifest");
    let issue = tenant.cloud.make_issue("OPS", "Seats");
    (tenant, issue)
}

fn notify(tenant: &mut Tenant, issue: &str, body: &Value) -> Answer {
    let path = format!("/rest/api/3/issue/{issue}/notify");
    let request = Request::post(&path, body);
    tenant.cloud.jira_api(&Caller::App, &request)
}

fn status(tenant: &mut Tenant, issue: &str, body: &Value) -> u16 {
    notify(tenant, issue, body).expect("no fault is set").status
}

fn to(accounts: &[&str]) -> Value {
    let users: Vec<Value> = accounts
        .iter()
        .map(|account| json!({ "accountId": account }))
        .collect();
    json!({"subject": "S", "textBody": "T", "htmlBody": "<p>H</p>", "to": {"users": users}})
}

fn reached(tenant: &Tenant) -> Vec<&str> {
    let inbox = tenant.cloud.inbox().iter();
    inbox.map(|mail| mail.account_id.as_str()).collect()
}

fn own_account(tenant: &mut Tenant) -> String {
    let request = Request::get("/rest/api/3/myself");
    let answer = tenant.cloud.jira_api(&Caller::App, &request);
    let row = answer.expect("no fault is set").value();
    row["accountId"].as_str().expect("an id").to_owned()
}

/// Somebody whom the predicate takes, by account id.
fn somebody(tenant: &Tenant, is_it: impl Fn(&User) -> bool) -> String {
    let mut users = tenant.cloud.organization().users.iter();
    let found = users.find(|user| is_it(user)).expect("somebody is so");
    found.account_id.clone()
}

fn has_jira(user: &User) -> bool {
    let jira = [Product::JiraSoftware, Product::ServiceManagement];
    let mut accesses = user.accesses.iter();
    accesses.any(|access| access.site == SITE && jira.contains(&access.product))
}

/// One of those who have Jira and administer nothing, by account id.
fn jira_user(tenant: &Tenant, nth: usize) -> String {
    let users = tenant.cloud.organization().users.iter();
    let mut plain = users
        .filter(|user| user.platform_roles.is_empty() && has_jira(user) && is_active(tenant, user));
    plain.nth(nth).expect("enough people").account_id.clone()
}

fn is_active(tenant: &Tenant, user: &User) -> bool {
    user.status(tenant.cloud.now()).name() == "active"
}

#[test]
fn each_active_recipient_gets_one_mail_at_the_true_address() {
    let (mut tenant, issue) = tenant(|_| {});
    let hidden = somebody(&tenant, |user| {
        user.email_hidden && !user.managed && has_jira(user) && is_active(&tenant, user)
    });
    let suspended = jira_user(&tenant, 1);
    tenant.change_standing(&suspended, "suspend");
    let app = own_account(&mut tenant);
    let body = to(&[&hidden, &hidden, &suspended, "nobody", &app]);
    assert_eq!(status(&mut tenant, &issue, &body), 204);
    let person = tenant.cloud.organization().user(&hidden).expect("there");
    let expected = Mail {
        number: 1,
        at: tenant.cloud.now(),
        account_id: hidden.clone(),
        name: person.name.clone(),
        address: person.email.clone(),
        site: tenant.cloud.organization().sites[SITE].host(),
        subject: "S".to_owned(),
        text: Some("T".to_owned()),
        html: Some("<p>H</p>".to_owned()),
        issue,
        answer_lost: false,
    };
    assert_eq!(tenant.cloud.inbox(), [expected]);
}

#[test]
fn the_issue_names_a_mail_without_a_subject() {
    let (mut tenant, issue) = tenant(|_| {});
    let person = jira_user(&tenant, 0);
    let body = json!({"to": {"users": [{"accountId": person}]}});
    assert_eq!(status(&mut tenant, &issue, &body), 204);
    let mail = &tenant.cloud.inbox()[0];
    assert_eq!(mail.subject, format!("{issue} Seats"));
    assert_eq!((&mail.text, &mail.html), (&None, &None));
}

#[test]
fn a_mail_without_another_recipient_than_the_caller_is_refused() {
    let (mut tenant, issue) = tenant(|_| {});
    let app = own_account(&mut tenant);
    for body in [
        json!({}),
        json!({"to": {}}),
        json!({"to": {"watchers": true, "voters": true}}),
        // The issue is the app's own.
        json!({"to": {"reporter": true}}),
        json!({"to": {"assignee": true}}),
        json!({"to": {"groups": [{"name": "no such group"}]}}),
        json!({"to": {"users": [{}]}}),
        json!({"to": {"users": "everybody"}}),
        to(&[&app]),
        to(&[&"x".repeat(129)]),
    ] {
        assert_eq!(status(&mut tenant, &issue, &body), 400, "{body}");
    }
    assert_eq!(status(&mut tenant, &issue, &to(&[&"x".repeat(128)])), 204);
    assert!(tenant.cloud.inbox().is_empty());
}

#[test]
fn a_person_who_calls_gets_nothing_either() {
    let (mut tenant, issue) = tenant(|_| {});
    let person = jira_user(&tenant, 0);
    let path = format!("/rest/api/3/issue/{issue}/notify");
    let request = Request::post(&path, &to(&[&person]));
    let answer = tenant.cloud.jira_api(&Caller::User(person), &request);
    assert_eq!(answer.expect("no fault is set").status, 400);
}

#[test]
fn nothing_goes_out_while_outgoing_mail_is_off() {
    let (mut tenant, issue) = tenant(|_| {});
    let person = jira_user(&tenant, 0);
    tenant.cloud.set_outgoing_mail(false);
    assert_eq!(status(&mut tenant, &issue, &to(&[&person])), 403);
    assert!(tenant.cloud.inbox().is_empty());
    tenant.cloud.set_outgoing_mail(true);
    assert_eq!(status(&mut tenant, &issue, &to(&[&person])), 204);
    assert_eq!(reached(&tenant), [person]);
}

#[test]
fn an_issue_that_the_app_may_not_see_is_not_there() {
    let (mut tenant, issue) = tenant(|_| {});
    let person = jira_user(&tenant, 0);
    let body = to(&[&person]);
    assert_eq!(status(&mut tenant, "OPS-9", &body), 404);
    tenant.cloud.show_issue_to(&issue, &ShownTo::PeopleOnly);
    assert_eq!(status(&mut tenant, &issue, &body), 404);
    tenant.cloud.show_issue_to(&issue, &ShownTo::Everybody);
    assert_eq!(status(&mut tenant, "10001", &body), 204, "by its id");
    let bare = manifest();
    tenant.cloud.install(&bare).expect("a valid manifest");
    assert_eq!(status(&mut tenant, &issue, &body), 401, "without the scope");
}

#[test]
fn whether_somebody_without_browse_gets_it_is_a_switch() {
    for (reaches, restrict, expected) in [
        (false, json!({}), false),
        (true, json!({}), true),
        (true, json!({"permissions": [{"key": "BROWSE"}]}), false),
    ] {
        let (mut tenant, issue) = tenant(|options| {
            options.switches = Switches {
                mail_without_browse: reaches,
                ..Switches::default()
            };
        });
        let without = somebody(&tenant, |user| !has_jira(user) && is_active(&tenant, user));
        let outside = jira_user(&tenant, 0);
        let shown_to = ShownTo::Group("site-admins".to_owned());
        let mut body = to(&[&without]);
        body["restrict"] = restrict;
        assert_eq!(status(&mut tenant, &issue, &body), 204);
        assert_eq!(!reached(&tenant).is_empty(), expected, "no Jira");
        tenant.cloud.show_issue_to(&issue, &shown_to);
        body["to"] = to(&[&outside])["to"].clone();
        assert_eq!(status(&mut tenant, &issue, &body), 204);
        let got = reached(&tenant).contains(&outside.as_str());
        assert_eq!(got, expected, "shown to a group");
    }
}

#[test]
fn groups_are_recipients_and_restrictions() {
    let (mut tenant, issue) = tenant(|_| {});
    let organization = tenant.cloud.organization();
    let group = organization
        .group_position("contractors")
        .or(Some(0))
        .expect("a group");
    let (id, name) = {
        let group = &organization.groups[group];
        (group.id.clone(), group.name.clone())
    };
    let members: Vec<String> = organization
        .users
        .iter()
        .filter(|user| user.groups.contains(&group) && has_jira(user) && is_active(&tenant, user))
        .map(|user| user.account_id.clone())
        .collect();
    assert!(members.len() > 1, "{members:?}");
    let by_both = json!({"to": {"groups": [{"name": name}], "groupIds": [id]}});
    assert_eq!(status(&mut tenant, &issue, &by_both), 204);
    assert_eq!(reached(&tenant), members);
    let outside = somebody(&tenant, |user| {
        !user.groups.contains(&group) && has_jira(user) && is_active(&tenant, user)
    });
    let mut restricted = to(&[&outside, &members[0]]);
    restricted["restrict"] = json!({"groupIds": [id]});
    assert_eq!(status(&mut tenant, &issue, &restricted), 204);
    assert_eq!(reached(&tenant)[members.len()..], [members[0].as_str()]);
}

#[test]
fn a_mail_says_whether_its_sender_was_told() {
    for (kind, delivered) in [
        (FaultKind::TooManyRequests, None),
        (FaultKind::Forbidden, None),
        (FaultKind::CutBefore, None),
        (FaultKind::TimeoutBefore, None),
        (FaultKind::ServerErrorBefore, None),
        (FaultKind::CutAfter, Some(true)),
        (FaultKind::TimeoutAfter, Some(true)),
        (FaultKind::ServerErrorAfter, Some(true)),
        // There is no body to cut.
        (FaultKind::Truncated, Some(false)),
    ] {
        let (mut tenant, issue) =
            tenant(|options| options.faults = Faults::planned("jira.issue.notify", kind));
        let person = jira_user(&tenant, 0);
        drop(notify(&mut tenant, &issue, &to(&[&person])));
        let lost: Vec<bool> = tenant
            .cloud
            .inbox()
            .iter()
            .map(|mail| mail.answer_lost)
            .collect();
        assert_eq!(lost, Vec::from_iter(delivered), "{kind:?}");
        assert_eq!(status(&mut tenant, &issue, &to(&[&person])), 204);
        let last = tenant.cloud.inbox().last().expect("delivered");
        assert!(!last.answer_lost, "{kind:?}");
    }
}
