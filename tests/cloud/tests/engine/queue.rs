//! Queues and the schedule: limits of a push, delays, concurrency, redelivery, triggers.

use chrono::TimeDelta;
use cloud::Response;
use cloud::faults::Faults;
use cloud::forge::{Delivery, Outcome};
use serde_json::{Value, json};

use crate::tenant::{Tenant, manifest, now};

fn push_to(tenant: &mut Tenant, queue: &str, events: &Value) -> Response {
    let body = json!({"queueName": queue, "jobId": "job", "payload": events});
    tenant.cloud.queue_publish(&body).expect("no fault is set")
}

fn push(tenant: &mut Tenant, events: &Value) -> u16 {
    push_to(tenant, "work", events).status
}

fn deliver(tenant: &mut Tenant) -> Delivery {
    tenant.cloud.next_delivery().expect("an event is due")
}

fn events(count: usize) -> Value {
    (0..count)
        .map(|number| json!({"body": {"number": number}}))
        .collect()
}

#[test]
fn a_push_has_50_events() {
    let mut tenant = Tenant::new(|_| {});
    assert_eq!(push(&mut tenant, &events(50)), 201);
    assert_eq!(push(&mut tenant, &events(51)), 400);
    assert_eq!(push(&mut tenant, &events(0)), 400);
    assert_eq!(push_to(&mut tenant, "undeclared", &events(1)).status, 400);
    assert_eq!(push(&mut tenant, &json!([{"body": "text"}])), 400);
}

#[test]
fn a_push_has_200_kb_and_a_long_consumers_event_100_kb() {
    let mut tenant = Tenant::new(|_| {});
    let event = |bytes: usize| {
        let frame = json!([{"body": {"x": ""}}]).to_string().len();
        json!([{"body": {"x": "x".repeat(bytes - frame)}}])
    };
    // The limit of one event counts the event without the list's brackets.
    assert_eq!(
        push_to(&mut tenant, "answer", &event(200 * 1024)).status,
        201
    );
    let refused = push_to(&mut tenant, "answer", &event(200 * 1024 + 1));
    assert_eq!(refused.status, 413);
    assert!(refused.value()["errorMessage"].is_string());
    assert_eq!(push(&mut tenant, &event(100 * 1024 + 2)), 201);
    assert_eq!(push(&mut tenant, &event(100 * 1024 + 3)), 413);
}

#[test]
fn five_hundred_events_a_minute() {
    let mut tenant = Tenant::new(|_| {});
    for _ in 0..10 {
        assert_eq!(push(&mut tenant, &events(50)), 201);
    }
    assert_eq!(push(&mut tenant, &events(1)), 429);
    tenant.pass(60_000);
    assert_eq!(push(&mut tenant, &events(1)), 201);
}

#[test]
fn a_delayed_event_comes_when_it_is_due() {
    let mut tenant = Tenant::new(|_| {});
    assert_eq!(
        push(&mut tenant, &json!([{"body": {}, "delayInSeconds": 900}])),
        201
    );
    assert_eq!(
        push(&mut tenant, &json!([{"body": {}, "delayInSeconds": 901}])),
        400
    );
    assert_eq!(
        push(&mut tenant, &json!([{"body": {}, "delayInSeconds": -1}])),
        400
    );
    assert_eq!(
        tenant.cloud.next_event_at(),
        Some(now() + TimeDelta::seconds(900))
    );
    tenant.pass(899_999);
    assert!(tenant.cloud.next_delivery().is_none());
    tenant.pass(1);
    let delivery = deliver(&mut tenant);
    assert_eq!(delivery.invocation.timeout_seconds, 900);
    assert_eq!(delivery.invocation.handler, "index.work");
    assert_eq!(delivery.invocation.payload["delayInSeconds"], 900);
    assert_eq!(delivery.invocation.payload["jobId"], "job");
    assert!(delivery.invocation.context["principal"].is_null());
}

#[test]
fn concurrency_holds_back() {
    let mut tenant = Tenant::new(|_| {});
    let event = json!({"body": {}, "concurrency": {"key": "run", "limit": 1}});
    push(
        &mut tenant,
        &json!([event, event, {"body": {"free": true}}]),
    );
    let first = deliver(&mut tenant);
    let free = deliver(&mut tenant);
    assert_eq!(free.invocation.payload["body"]["free"], true);
    assert!(tenant.cloud.next_delivery().is_none());
    tenant.cloud.finish(first.id, Outcome::Done);
    let second = deliver(&mut tenant);
    assert_ne!(second.event_id, first.event_id);
    assert_eq!(
        push(
            &mut tenant,
            &json!([{"body": {}, "concurrency": {"key": "x", "limit": 0}}])
        ),
        400
    );
}

#[test]
fn a_killed_delivery_comes_back_later_and_later() {
    let mut tenant = Tenant::new(|_| {});
    push(&mut tenant, &events(1));
    let mut delivery = deliver(&mut tenant);
    for (retries, seconds) in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
        .iter()
        .enumerate()
    {
        tenant.cloud.finish(delivery.id, Outcome::Killed);
        tenant.pass(seconds * 1_000 - 1);
        assert!(tenant.cloud.next_delivery().is_none(), "retry {retries}");
        tenant.pass(1);
        let again = deliver(&mut tenant);
        assert_eq!(again.event_id, delivery.event_id);
        let retry = &again.invocation.payload["retryContext"];
        assert_eq!(retry["retryCount"], json!(retries + 1));
        assert_eq!(retry["retryReason"], "FUNCTION_TIME_OUT");
        delivery = again;
    }
    tenant.pass(24 * 3_600_000);
    tenant.cloud.finish(delivery.id, Outcome::Killed);
    assert_eq!(
        tenant.cloud.queue_state().outstanding,
        0,
        "given up after a day"
    );
    let stats = tenant
        .cloud
        .queue_stats(&json!({"queueName": "work", "jobId": "job"}))
        .expect("no fault is set");
    assert_eq!(
        stats.value(),
        json!({"success": 0, "inProgress": 0, "failed": 1})
    );
}

#[test]
fn a_retry_is_asked_for_with_data() {
    let mut tenant = Tenant::new(|_| {});
    push(&mut tenant, &events(1));
    let delivery = deliver(&mut tenant);
    tenant.cloud.finish(
        delivery.id,
        Outcome::Retry {
            after_seconds: 5_000,
            reason: "WAIT".to_owned(),
            data: json!({"at": 3}),
        },
    );
    tenant.pass(899_999);
    assert!(
        tenant.cloud.next_delivery().is_none(),
        "at most 900 seconds"
    );
    tenant.pass(1);
    let again = deliver(&mut tenant);
    assert_eq!(
        again.invocation.payload["retryContext"],
        json!({"retryCount": 1, "retryReason": "WAIT", "retryData": {"at": 3}})
    );
    tenant.cloud.finish(again.id, Outcome::Done);
    tenant.cloud.finish(again.id, Outcome::Done);
    let stats = tenant
        .cloud
        .queue_stats(&json!({"queueName": "work", "jobId": "job"}))
        .expect("no fault is set");
    assert_eq!(stats.value()["success"], 1, "finishing twice counts once");
}

#[test]
fn chains_of_pushes_end_after_a_thousand() {
    let mut tenant = Tenant::new(|options| options.limits = cloud::limits::Limits::none());
    let body = json!({"queueName": "work", "jobId": "job", "payload": [{"body": {}}]});
    let trigger = tenant.cloud.fire_trigger("every-five").expect("declared");
    let mut invocation = trigger.id;
    for number in 0..1_000 {
        let pushed = tenant
            .cloud
            .queue_publish_within(invocation, &body)
            .expect("no fault is set");
        assert_eq!(pushed.status, 201, "push {number}");
        let delivery = deliver(&mut tenant);
        if number > 0 {
            tenant.cloud.finish(invocation, Outcome::Done);
        }
        invocation = delivery.id;
    }
    let refused = tenant
        .cloud
        .queue_publish_within(invocation, &body)
        .expect("no fault is set");
    assert_eq!(refused.status, 405);
}

#[test]
fn jobs_are_cancelled() {
    let mut tenant = Tenant::new(|_| {});
    push(&mut tenant, &events(3));
    let running = deliver(&mut tenant);
    let job = json!({"queueName": "work", "jobId": "job"});
    assert_eq!(
        tenant
            .cloud
            .queue_cancel(&job)
            .expect("no fault is set")
            .status,
        204
    );
    assert!(tenant.cloud.next_delivery().is_none());
    tenant.cloud.finish(running.id, Outcome::Done);
    let stats = tenant.cloud.queue_stats(&job).expect("no fault is set");
    assert_eq!(
        stats.value(),
        json!({"success": 1, "inProgress": 0, "failed": 2})
    );
    let other = json!({"queueName": "work", "jobId": "other"});
    assert_eq!(
        tenant
            .cloud
            .queue_stats(&other)
            .expect("no fault is set")
            .status,
        404
    );
}

#[test]
fn an_event_may_come_twice_with_the_same_id() {
    let mut tenant = Tenant::new(|options| {
        options.faults = Faults {
            duplicate_delivery: 1.0,
            ..Faults::default()
        }
    });
    push(&mut tenant, &events(1));
    tenant.pass(30_000);
    let first = deliver(&mut tenant);
    let second = deliver(&mut tenant);
    assert_eq!(first.event_id, second.event_id);
    assert_ne!(first.id, second.id);
}

#[test]
fn the_order_of_delivery_is_an_open_question() {
    let order = |in_order: bool| -> Vec<Value> {
        let mut tenant = Tenant::new(|options| options.switches.queue_in_order = in_order);
        push(&mut tenant, &events(30));
        std::iter::from_fn(|| tenant.cloud.next_delivery())
            .map(|delivery| delivery.invocation.payload["body"]["number"].clone())
            .collect()
    };
    let sorted: Vec<Value> = (0..30).map(Value::from).collect();
    assert_eq!(order(true), sorted);
    assert_ne!(order(false), sorted);
    assert_eq!(order(false), order(false), "and the same for the same seed");
}

#[test]
fn triggers_fire_every_five_minutes() {
    let mut tenant = Tenant::new(|_| {});
    assert_eq!(
        tenant.cloud.next_trigger_at(),
        Some(now() + TimeDelta::seconds(300))
    );
    tenant.pass(299_999);
    assert!(tenant.cloud.due_triggers().is_empty());
    tenant.pass(1);
    let due = tenant.cloud.due_triggers();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].payload["context"]["moduleKey"], "every-five");
    assert_eq!(due[0].timeout_seconds, 55);
    assert!(tenant.cloud.due_triggers().is_empty(), "handed out once");
    tenant.pass(1_000_000);
    assert_eq!(
        tenant.cloud.due_triggers().len(),
        1,
        "missed firings are not made up"
    );
    assert_eq!(
        tenant.cloud.next_trigger_at(),
        Some(now() + TimeDelta::seconds(1_500))
    );
    tenant.cloud.set_schedule(false);
    tenant.pass(1_000_000);
    assert!(tenant.cloud.due_triggers().is_empty());
    assert!(tenant.cloud.fire_trigger("every-five").is_ok());
    assert!(tenant.cloud.fire_trigger("other").is_err());
}

#[test]
fn triggers_may_fire_twice_or_not_at_all() {
    for (duplicate, lost, count) in [(1.0, 0.0, 2), (0.0, 1.0, 0)] {
        let mut tenant = Tenant::new(|options| {
            options.faults = Faults {
                duplicate_trigger: duplicate,
                lost_trigger: lost,
                ..Faults::default()
            }
        });
        tenant.pass(300_000);
        assert_eq!(tenant.cloud.due_triggers().len(), count);
    }
}

#[test]
fn a_resolver_gets_its_principal_from_the_platform() {
    let mut tenant = Tenant::new(|_| {});
    let call = tenant
        .cloud
        .resolver_invocation("admin", "list", &json!({"accountId": "forged"}), "me")
        .expect("declared");
    assert_eq!(call.function_key, "resolver");
    assert_eq!(
        call.payload["call"],
        json!({"functionKey": "list", "payload": {"accountId": "forged"}})
    );
    assert_eq!(call.context["principal"], json!({"accountId": "me"}));
    assert_eq!(call.timeout_seconds, 25);
    assert!(
        tenant
            .cloud
            .resolver_invocation("other", "list", &json!({}), "me")
            .is_err()
    );
    assert_eq!(tenant.cloud.meter().invocations.get("resolver"), Some(&1));
}

#[test]
fn manifests_that_cannot_be_installed() {
    let mut tenant = Tenant::new(|_| {});
    for (pointer, value) in [
        ("/modules/consumer/0/function", json!("absent")),
        ("/modules/function/1/timeoutSeconds", json!(901)),
        ("/modules/function/0/handler", json!("a.b.c")),
        ("/modules/scheduledTrigger/0/interval", json!("minute")),
        ("/app/storage/entities/0/attributes/seq/type", json!("long")),
        ("/app/storage/entities/0/indexes/0/range", json!(["tags"])),
        ("/app/storage/entities/0/name", json!("ab")),
    ] {
        let mut wrong = manifest();
        *wrong.pointer_mut(pointer).expect("a place in the manifest") = value;
        assert!(tenant.cloud.install(&wrong).is_err(), "{pointer}");
    }
}
