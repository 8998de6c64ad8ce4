//! Suspend and restore, and what other people do meanwhile.

use chrono::TimeDelta;
use cloud::Request;
use cloud::organization::Standing;
use cloud::switches::RepeatedWrite;
use serde_json::{Value, json};

use crate::tenant::{Tenant, error_code};

#[test]
fn suspend_and_restore_change_the_standing_and_nothing_else() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    let before = tenant.row(&account);
    let response = tenant.change_standing(&account, "suspend");
    assert_eq!((response.status, response.body.len()), (204, 0));
    let mut after = tenant.row(&account);
    assert_eq!(
        (after["status"].as_str(), after["membershipStatus"].as_str()),
        (Some("suspended"), Some("suspended"))
    );
    after["status"] = before["status"].clone();
    after["membershipStatus"] = before["membershipStatus"].clone();
    assert_eq!(after, before);
    assert_eq!(tenant.change_standing(&account, "restore").status, 204);
    assert_eq!(tenant.row(&account), before);
    let effects: Vec<&str> = tenant
        .cloud
        .effects()
        .iter()
        .map(|effect| effect.what)
        .collect();
    assert_eq!(effects, ["suspended", "restored"]);
}

#[test]
fn suspend_refuses_what_it_cannot_do() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    assert_eq!(tenant.change_standing("nobody", "suspend").status, 404);
    assert_eq!(
        tenant
            .post(&format!("-/users/{account}/suspend"), &json!({}))
            .status,
        404,
        "- is for reads"
    );
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/users/{account}/suspend",
        tenant.organization, tenant.directory
    );
    assert_eq!(
        error_code(&tenant.admin(Request::new("POST", &path))),
        "ADMIN-UAM-415-1"
    );
    assert_eq!(tenant.admin(Request::get(&path)).status, 405);
    let inactive = tenant
        .cloud
        .dump_users()
        .into_iter()
        .find(|row| row["accountStatus"] == "inactive")
        .expect("one");
    let inactive = inactive["accountId"].as_str().expect("an id").to_owned();
    assert_eq!(
        error_code(&tenant.change_standing(&inactive, "suspend")),
        "ADMIN-UAM-400-2"
    );
    assert!(tenant.cloud.effects().is_empty());
}

#[test]
fn suspending_twice_is_an_open_question() {
    for (answer, status) in [
        (RepeatedWrite::NoContent, 204),
        (RepeatedWrite::Conflict, 409),
    ] {
        let mut tenant = Tenant::new(|options| options.switches.repeated_write = answer);
        let account = tenant.cloud.organization().people.idle_contractors[0].clone();
        tenant.change_standing(&account, "suspend");
        assert_eq!(tenant.change_standing(&account, "suspend").status, status);
        assert_eq!(tenant.cloud.effects().len(), 1);
    }
}

#[test]
fn a_suspension_may_be_visible_late() {
    let mut tenant = Tenant::new(|options| options.switches.read_back_lag_ms = 2_000);
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    tenant.change_standing(&account, "suspend");
    tenant.pass(1_999);
    assert_eq!(tenant.row(&account)["status"], "active");
    let truth = tenant.cloud.dump_users();
    let row = truth
        .iter()
        .find(|row| row["accountId"] == account.as_str())
        .expect("listed");
    assert_eq!(row["status"], "suspended", "the dump is never late");
    tenant.pass(1);
    assert_eq!(tenant.row(&account)["status"], "suspended");
}

#[test]
fn partly_suspended_counts_as_active() {
    let mut tenant = Tenant::new(|options| options.directories = 2);
    let (account, directories) = tenant
        .cloud
        .organization()
        .users
        .iter()
        .find(|user| {
            user.memberships.len() == 2
                && user
                    .memberships
                    .iter()
                    .all(|one| one.standing == Standing::Active)
                && !user.missing.status
        })
        .map(|user| {
            (
                user.account_id.clone(),
                tenant.cloud.organization().directories.clone(),
            )
        })
        .expect("somebody is in both");
    for (number, expected) in ["active", "suspended"].iter().enumerate() {
        let path = format!("{}/users/{account}/suspend", directories[number].id);
        assert_eq!(tenant.post(&path, &json!({})).status, 204);
        assert_eq!(tenant.row(&account)["status"], *expected);
    }
}

#[test]
fn a_login_is_seen_when_it_is_reported() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    let before = tenant.row(&account)["productAccess"].clone();
    tenant
        .cloud
        .log_in_reported_after(&account, TimeDelta::hours(24))
        .expect("known");
    tenant.pass(24 * 3_600_000 - 1);
    assert_eq!(tenant.row(&account)["productAccess"], before);
    tenant.pass(1);
    let seen = tenant.row(&account)["productAccess"][0]["lastActiveTimestamp"].clone();
    assert_eq!(seen, "2026-11-21T06:00:00.000000000Z");
}

#[test]
fn a_script_strikes_between_two_calls() {
    let mut tenant = Tenant::new(|_| {});
    let account = tenant.cloud.organization().people.idle_contractors[0].clone();
    let who = account.clone();
    tenant.cloud.after_calls("users.search", 1, move |cloud| {
        cloud.join_group(&who, "contractors-keep").expect("known");
    });
    let keep = |row: Value| {
        row["groups"].as_array().is_some_and(|groups| {
            groups
                .iter()
                .any(|group| group["name"] == "contractors-keep")
        })
    };
    tenant
        .cloud
        .leave_group(&account, "contractors-keep")
        .expect("known");
    assert!(!keep(tenant.row(&account)));
    assert!(keep(tenant.row(&account)));
}
