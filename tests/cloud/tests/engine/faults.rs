//! Faults and switches: what is struck, what took effect, and that seeds repeat.

use cloud::faults::{FaultKind, Faults, PlannedFault};
use cloud::jira_api::Caller;
use cloud::limits::Latency;
use cloud::switches::{ServerErrorBody, Switches};
use cloud::{Lost, LostKind, Request};
use serde_json::json;

use crate::tenant::Tenant;

fn suspend(tenant: &Tenant, account: &str) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/users/{account}/suspend",
        tenant.organization, tenant.directory
    );
    Request::post(&path, &json!({})).with_bearer(&tenant.key)
}

#[test]
fn a_fault_strikes_before_or_after_the_effect() {
    for (kind, effect, lost) in [
        (FaultKind::CutBefore, false, Some(LostKind::Cut)),
        (FaultKind::CutAfter, true, Some(LostKind::Cut)),
        (FaultKind::TimeoutBefore, false, Some(LostKind::Timeout)),
        (FaultKind::TimeoutAfter, true, Some(LostKind::Timeout)),
        (FaultKind::TooManyRequests, false, None),
        (FaultKind::Forbidden, false, None),
        (FaultKind::ServerErrorBefore, false, None),
        (FaultKind::ServerErrorAfter, true, None),
        (FaultKind::Truncated, true, None),
    ] {
        let mut tenant =
            Tenant::new(|options| options.faults = Faults::planned("users.suspend", kind));
        let account = tenant.cloud.organization().people.idle_contractors[0].clone();
        let answer = tenant.cloud.admin_api(&suspend(&tenant, &account));
        let expected = lost.map(|kind| Lost {
            kind,
            effect_done: effect,
        });
        assert_eq!(answer.as_ref().err(), expected.as_ref(), "{kind:?}");
        assert_eq!(
            tenant.cloud.effects().len(),
            usize::from(effect),
            "{kind:?}"
        );
        assert_eq!(tenant.cloud.last_fault(), Some(kind));
        assert!(
            tenant.cloud.admin_api(&suspend(&tenant, &account)).is_ok(),
            "once only"
        );
        assert_eq!(tenant.cloud.last_fault(), None);
        let lost_count = tenant.cloud.meter().answers["users.suspend"]
            .get("lost")
            .copied();
        assert_eq!(lost_count, lost.map(|_| 1));
    }
}

#[test]
fn a_planned_fault_waits_for_its_call() {
    let mut tenant = Tenant::new(|_| {});
    let people = tenant.cloud.organization().people.idle_contractors.clone();
    tenant.cloud.set_faults(Faults {
        planned: vec![PlannedFault {
            operation: "users.suspend".to_owned(),
            containing: people[1].clone(),
            after: 1,
            times: 2,
            kind: FaultKind::Forbidden,
        }],
        ..Faults::default()
    });
    let mut statuses = Vec::new();
    for account in [
        &people[0], &people[1], &people[1], &people[0], &people[1], &people[1],
    ] {
        let answer = tenant
            .cloud
            .admin_api(&suspend(&tenant, account))
            .expect("an answer");
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [204, 204, 403, 204, 403, 204]);
}

#[test]
fn the_body_of_a_5xx_is_an_open_question() {
    for (answer, json, empty) in [
        (ServerErrorBody::Html, false, false),
        (ServerErrorBody::Empty, false, true),
        (ServerErrorBody::Json, true, false),
    ] {
        let mut tenant = Tenant::new(|options| {
            options.switches.server_error_body = answer;
            options.faults = Faults::planned("orgs.list", FaultKind::ServerErrorBefore);
        });
        let response = tenant.admin(Request::get("/admin/v1/orgs"));
        assert_eq!(response.status, 503);
        assert_eq!(
            (response.value().is_object(), response.body.is_empty()),
            (json, empty)
        );
    }
}

#[test]
fn every_service_can_be_struck() {
    let mut tenant = Tenant::new(|_| {});
    for operation in ["storage.get", "queue.push", "jira.serverInfo"] {
        tenant
            .cloud
            .set_faults(Faults::planned(operation, FaultKind::CutBefore));
        let answer = match operation {
            "storage.get" => tenant.cloud.storage("/api/v1/get", &json!({"key": "k"})),
            "queue.push" => tenant.cloud.queue_publish(&json!({})),
            _ => tenant
                .cloud
                .jira_api(&Caller::App, &Request::get("/rest/api/3/serverInfo")),
        };
        assert!(answer.is_err(), "{operation}");
    }
}

#[test]
fn chance_strikes_the_chosen_operations_alike_for_alike_seeds() {
    let statuses = |seed: u64| -> Vec<bool> {
        let faults = Faults {
            seed,
            cut_before: 0.5,
            operations: vec!["orgs.".to_owned()],
            ..Faults::default()
        };
        let mut tenant = Tenant::new(|options| options.faults = faults);
        let spared = tenant.get("-/users/count");
        assert_eq!(spared.status, 200, "other operations are spared");
        let request = Request::get("/admin/v1/orgs").with_bearer(&tenant.key);
        (0..64)
            .map(|_| tenant.cloud.admin_api(&request).is_ok())
            .collect()
    };
    assert_eq!(statuses(1), statuses(1));
    assert_ne!(statuses(1), statuses(2));
    assert!(statuses(1).contains(&true) && statuses(1).contains(&false));
}

#[test]
fn storage_is_spared_by_chance_unless_named() {
    let mut tenant = Tenant::new(|options| {
        options.faults = Faults {
            cut_before: 1.0,
            ..Faults::default()
        }
    });
    assert!(
        tenant
            .cloud
            .storage("/api/v1/get", &json!({"key": "k"}))
            .is_ok()
    );
    assert!(
        tenant
            .cloud
            .admin_api(&Request::get("/admin/v1/orgs"))
            .is_err()
    );
}

#[test]
fn switches_are_drawn_from_their_seed_and_differ() {
    assert_eq!(Switches::from_seed(3), Switches::from_seed(3));
    let drawn: Vec<Switches> = (0..64).map(Switches::from_seed).collect();
    let both =
        |answer: fn(&Switches) -> bool| drawn.iter().any(answer) && !drawn.iter().all(answer);
    assert!(both(|switches| switches.retry_after));
    assert!(both(|switches| switches.suspended_groups_shown));
    assert!(both(|switches| switches.condition_failed_status == 409));
    assert!(both(|switches| switches.read_back_lag_ms == 2_000));
    let json = serde_json::to_value(&drawn[0]).expect("plain data");
    assert_eq!(
        serde_json::from_value::<Switches>(json).expect("the same data"),
        drawn[0]
    );
}

#[test]
fn latency_follows_the_standard_conditions() {
    for (latency, api, storage) in [
        (Latency::Off, 0, 0),
        (Latency::Standard, 250, 30),
        (Latency::Api(1_000), 1_000, 30),
    ] {
        let tenant = Tenant::new(|options| options.latency = latency);
        assert_eq!(tenant.cloud.latency_of("users.search").as_millis(), api);
        assert_eq!(
            tenant.cloud.latency_of("storage.transact").as_millis(),
            storage
        );
    }
}
