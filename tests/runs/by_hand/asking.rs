//! Whom and what a run by hand may be asked for: it is planned, guarded and approved like a policy's.

use seatkeeper::app::admin::{Answer, Command, Errand};
use seatkeeper::app::records::RunState;
use seatkeeper::plan::{Fate, GuardCode};
use serde_json::json;

use super::{
    act_on, approve, begun, contractor, even_if_active, if_idle, line, plain, scene, set_email,
    stage, status, suspend, undo,
};

#[test]
fn chosen_people_are_suspended_after_a_second_person_approved() {
    let scene = scene(1);
    let idle = contractor(&scene);
    let exempt = scene.exempt_users[0].clone();
    let active = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let nobody = String::from("712020:nobody");
    let chosen = [idle.clone(), exempt.clone(), active.clone(), nobody.clone()];
    let run = begun(&scene, if_idle(act_on(&chosen, suspend()), "90d"));
    assert_eq!(run.state, RunState::AwaitingApproval, "{run:?}");
    assert_eq!(run.by_hand.as_deref(), Some("they left the company"));
    assert_eq!((run.counts.planned, run.counts.skipped), (1, 2), "{run:?}");
    assert_eq!(line(&scene, &run, &idle).0, Fate::Planned);
    assert_eq!(line(&scene, &run, &exempt).0, Fate::Exempt);
    let (fate, why) = line(&scene, &run, &active);
    assert_eq!(fate, Fate::Skipped);
    assert!(
        why.contains("not idle for as long as asked: seen on"),
        "{why}"
    );
    let (fate, why) = line(&scene, &run, &nobody);
    assert_eq!(fate, Fate::Skipped);
    assert!(why.contains("does not list the person"), "{why}");
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{done:?}");
    assert_eq!(done.counts.verified, 1);
    assert_eq!(status(&scene, &idle), "suspended");
    assert_eq!(status(&scene, &active), "active");
    let undone = undo(&scene, &done);
    assert_eq!(undone.state, RunState::Done, "{undone:?}");
    assert_eq!(status(&scene, &idle), "active");
    // It is no policy: no list shows it, and nothing starts it again.
    let Answer::Policies(policies) = scene.order(Command::Policies {}) else {
        panic!("no policies")
    };
    assert_eq!(policies.policies.len(), 1);
    let refusal = scene.refused(
        &scene.first,
        Command::StartRun {
            policy: run.policy.id.clone(),
            dry: true,
        },
    );
    assert_eq!(refusal.code, "not-found");
}

#[test]
fn active_people_are_meant_only_where_that_is_said() {
    let scene = scene(2);
    let active = vec![scene.world.cloud.borrow().organization().people.ordinary[0].clone()];
    let refusal = scene.refused(&scene.first, act_on(&active, suspend()));
    assert_eq!(refusal.code, "invalid", "{refusal:?}");
    let run = begun(&scene, even_if_active(act_on(&active, suspend())));
    assert_eq!(
        run.state,
        RunState::AwaitingApproval,
        "{:?}",
        scene.lines(&run)
    );
    let done = approve(&scene, &run);
    assert_eq!(done.counts.verified, 1, "{:?}", scene.lines(&done));
    assert_eq!(status(&scene, &active[0]), "suspended");
}

#[test]
fn administrators_and_the_caller_are_protected_and_caps_hold() {
    let scene = scene(3);
    scene.order(Command::SetLimits { percent_per_day: 1 });
    let people = scene.world.cloud.borrow().organization().people.clone();
    let mut chosen = plain(&scene, |_| true)[..12].to_vec();
    chosen.push(scene.first.clone());
    chosen.push(people.idle_admins[0].clone());
    let run = begun(&scene, even_if_active(act_on(&chosen, suspend())));
    assert_eq!(run.state, RunState::Held, "{run:?}");
    let codes: Vec<GuardCode> = run.guards.iter().map(|guard| guard.code).collect();
    assert!(codes.contains(&GuardCode::OrganizationCap), "{codes:?}");
    assert!(!codes.contains(&GuardCode::FirstRun), "{codes:?}");
    assert_eq!(run.counts.protected, 2, "{run:?}");
    for administrator in [&scene.first, &people.idle_admins[0]] {
        assert_eq!(line(&scene, &run, administrator).0, Fate::Protected);
    }
}

#[test]
fn what_cannot_be_asked_for_by_hand_is_refused_in_words() {
    let scene = scene(4);
    let people = [contractor(&scene), scene.exempt_users[0].clone()];
    let one = &people[..1];
    let twice = [people[0].clone(), people[0].clone()];
    let many: Vec<String> = (0..5_001)
        .map(|number| format!("712020:{number}"))
        .collect();
    let closes = r#"{"after":"0d","do":"suspend"}],"approval":"none","stages":[{"after":"0d","do":"suspend"}"#;
    let of_text = |stage: &str| Errand::Stage {
        stage: stage.to_owned(),
    };
    for (command, code) in [
        (act_on(&[], suspend()), "invalid"),
        (even_if_active(act_on(&many, suspend())), "invalid"),
        (even_if_active(act_on(&twice, suspend())), "invalid"),
        (
            even_if_active(act_on(&["a b".into()], suspend())),
            "invalid",
        ),
        (even_if_active(act_on(one, of_text(closes))), "invalid"),
        (even_if_active(act_on(one, of_text("7"))), "invalid"),
        (
            even_if_active(act_on(one, stage(&json!({"after": "0d", "do": "warn"})))),
            "invalid",
        ),
        (
            even_if_active(act_on(one, stage(&json!({"after": "3d", "do": "suspend"})))),
            "invalid",
        ),
        (
            even_if_active(act_on(one, stage(&json!({"after": "0d", "do": "delete"})))),
            "invalid-policy",
        ),
        (if_idle(act_on(one, suspend()), "soon"), "invalid-policy"),
        (act_on(one, set_email(&[])), "invalid"),
        (act_on(one, set_email(&["nobody"])), "invalid"),
        (act_on(one, set_email(&["@acme.example"])), "invalid"),
        (
            act_on(
                &people[..2],
                set_email(&["a@acme.example", "A@acme.example"]),
            ),
            "invalid",
        ),
    ] {
        let refusal = scene.refused(&scene.first, command.clone());
        assert_eq!(refusal.code, code, "{refusal:?} {command:?}");
    }
    let nobody = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    let refusal = scene.refused(&nobody, even_if_active(act_on(one, suspend())));
    assert_eq!(refusal.code, "not-allowed");
    let mut policy = scene.policy.clone();
    policy["id"] = json!("by-hand-1");
    let refusal = scene.refused(
        &scene.first,
        Command::SavePolicy {
            document: policy.to_string(),
            revision: None,
        },
    );
    assert_eq!(refusal.code, "invalid-policy");
    assert_eq!(refusal.errors[0].code, "reserved-id", "{refusal:?}");
}
