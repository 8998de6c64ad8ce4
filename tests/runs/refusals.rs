//! What is refused: policies with mistakes, keys that do not fit, people without a role. Nothing of it is stored.

use cloud::admin_api::KeyKind;
use seatkeeper::app::admin::{Answer, Command, LogFilter, Refusal, Role};
use seatkeeper::app::records::{ExemptionSubject, Protect, Roles};
use seatkeeper::model::AccountId;
use serde_json::{Value, json};

use crate::in_process::Ending;
use crate::scene::{Scene, exempt};

fn scene(seed: u64) -> Scene {
    Scene::new(seed, 120, |_| {})
}

fn stored(scene: &Scene) -> Vec<(String, Value)> {
    let cloud = scene.world.cloud.borrow();
    let mut stored = cloud.stored().plain(cloud.now());
    // Who was confirmed as an administrator is noted whatever comes of the command.
    stored.retain(|(key, _)| key != "confirmed-administrators");
    stored
}

#[test]
fn a_policy_with_mistakes_is_refused_with_all_of_them_and_not_stored() {
    let scene = scene(1);
    let before = stored(&scene);
    let document =
        json!({"version": 1, "id": "P", "match": {"all": []}, "stages": [], "why": 1}).to_string();
    let refusal = scene.refused(
        &scene.first,
        Command::SavePolicy {
            document,
            revision: None,
        },
    );
    assert_eq!(refusal.code, "invalid-policy");
    let paths: Vec<&str> = refusal
        .errors
        .iter()
        .map(|error| error.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["$.why", "$.name", "$.id", "$.match.all", "$.stages"]
    );
    assert_eq!(stored(&scene), before);
}

#[test]
fn a_key_that_does_not_fit_is_refused_and_not_stored() {
    let scene = scene(2);
    let before = stored(&scene);
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    let key = |kind| {
        scene
            .world
            .cloud
            .borrow_mut()
            .create_key(kind, &scene.first)
    };
    let (expired, scoped, fitting) = (
        key(KeyKind::Expired),
        key(KeyKind::Scoped),
        key(KeyKind::WithoutScopes),
    );
    for (organization, api_key, code) in [
        (organization_id.as_str(), "not-a-key", "key-refused"),
        (organization_id.as_str(), expired.as_str(), "key-refused"),
        (organization_id.as_str(), scoped.as_str(), "key-forbidden"),
        ("another-organization", fitting.as_str(), "wrong-state"),
        ("", fitting.as_str(), "invalid"),
        (organization_id.as_str(), "a key\n", "invalid"),
    ] {
        let command = Command::Connect {
            organization_id: organization.to_owned(),
            api_key: api_key.to_owned(),
            owner: None,
            expires: None,
        };
        let refusal = scene.refused(&scene.first, command);
        assert_eq!(refusal.code, code, "{organization} {refusal:?}");
        assert!(
            !refusal.message.contains(api_key) || api_key.is_empty(),
            "the key is shown"
        );
        assert_eq!(stored(&scene), before);
    }
}

#[test]
fn only_an_administrator_of_the_organization_may_save_a_key() {
    let scene = scene(3);
    let people = scene.world.cloud.borrow().organization().people.clone();
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    let api_key = scene
        .world
        .cloud
        .borrow_mut()
        .create_key(KeyKind::WithoutScopes, &scene.first);
    for caller in [&people.jira_admins[0], &people.ordinary[0]] {
        let command = Command::Connect {
            organization_id: organization_id.clone(),
            api_key: api_key.clone(),
            owner: None,
            expires: None,
        };
        assert_eq!(scene.refused(caller, command).code, "not-allowed");
    }
}

fn changes() -> Vec<Command> {
    let subject = ExemptionSubject::User {
        account: AccountId("a".into()),
    };
    vec![
        Command::SavePolicy {
            document: String::new(),
            revision: None,
        },
        Command::StartRun {
            policy: "p".into(),
            dry: true,
        },
        Command::ReleaseRun {
            run: "r".into(),
            reason: "x".into(),
        },
        Command::RejectRun {
            run: "r".into(),
            reason: "x".into(),
        },
        exempt(subject.clone(), "x"),
        Command::RemoveExemption { subject },
        Command::SetLimits {
            percent_per_day: 100,
        },
        Command::SetProtections {
            protect: Protect::default(),
        },
        Command::SetBlackOuts {
            document: "{}".into(),
        },
        Command::ApproveRun {
            run: "r".into(),
            reason: "x".into(),
            hold_out: vec![],
        },
        Command::AbortRun {
            run: "r".into(),
            reason: "x".into(),
        },
        Command::SetRoles {
            roles: Roles::default(),
        },
        Command::SetRetention { days: Some(200) },
        Command::SetAnchorIssue {
            issue: Some("AUDIT-1".into()),
        },
        Command::SetNotices { notices: None },
        Command::CreateNoticesIssue {
            project: "LIFE".into(),
        },
        Command::TestNotices {
            issue: "LIFE-1".into(),
        },
        Command::SetWebhook { url: None },
        Command::RenewWebhookKey {},
        Command::TestWebhook {},
        Command::SetStopped { stopped: true },
    ]
}

fn looks() -> Vec<Command> {
    vec![
        Command::Overview {},
        Command::Policies {},
        Command::CheckPolicy {
            document: String::new(),
        },
        Command::Runs { cursor: None },
        Command::Run { run: "r".into() },
        Command::RunPeople {
            run: "r".into(),
            part: 0,
        },
        Command::NamesOf {
            accounts: Vec::new(),
        },
        Command::Protected {},
        Command::ListPeople {
            text: String::new(),
            from: 0,
        },
        Command::SnapshotParts {},
        Command::SnapshotPart {
            snapshot: String::new(),
            names: Vec::new(),
        },
        Command::OwnNames {
            lists: Vec::new(),
            fields: Vec::new(),
            cursor: None,
        },
        Command::Exemptions {},
        Command::FindGroups {
            term: String::new(),
        },
        Command::Log {
            filter: None,
            cursor: None,
        },
        Command::LogSlice {
            from: None,
            cursor: None,
        },
        Command::Anchors {},
        Command::PlanPart {
            run: "r".into(),
            part: 0,
        },
        Command::VerifyEntries {
            after: None,
            entries: vec![],
        },
    ]
}

#[test]
fn a_viewer_may_look_and_change_nothing() {
    let scene = scene(4);
    let viewer = scene.world.cloud.borrow().organization().people.jira_admins[0].clone();
    for command in changes() {
        let name = command.name();
        assert_eq!(
            scene.refused(&viewer, command).code,
            "not-allowed",
            "{name}"
        );
    }
    match scene.world.command(&viewer, Command::Overview {}) {
        Ok(Answer::Overview(overview)) => assert_eq!(overview.role, Role::Viewer),
        other => panic!("{other:?}"),
    }
    for command in looks() {
        let name = command.name();
        if let Err(Refusal { code, .. }) = scene.world.command(&viewer, command) {
            assert!(
                ["not-found", "wrong-state"].contains(&code.as_str()),
                "{name}: {code}"
            );
        }
    }
}

#[test]
fn whoever_has_no_role_sees_nothing_and_every_refusal_is_counted() {
    let scene = scene(5);
    let people = scene.world.cloud.borrow().organization().people.clone();
    let (nobody, other) = (&people.ordinary[0], &people.ordinary[1]);
    let mut count = 0;
    for command in looks().into_iter().chain(changes()) {
        let name = command.name();
        let refusal = scene.refused(nobody, command);
        assert_eq!(refusal.code, "not-allowed", "{name}");
        count += 1;
    }
    scene.refused(other, Command::Overview {});
    let refused = |of: &str| -> Vec<Value> {
        let log = scene.log().into_iter();
        let entries = log.map(|stored| serde_json::from_str(&stored.entry).expect("JSON"));
        let actor = format!("person:{of}");
        entries
            .filter(|entry: &Value| entry["action"] == "refused" && entry["actor"] == *actor)
            .collect()
    };
    // The first is seen at once, the others with the hour that they are of.
    let hour = std::time::Duration::from_secs(3_600);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!((refused(nobody).len(), refused(other).len()), (1, 1));
    scene.world.cloud.borrow().clock().advance(hour);
    scene.refused(nobody, Command::Overview {});
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    let told = refused(nobody);
    assert_eq!((told.len(), refused(other).len()), (3, 1), "{told:?}");
    let said = &told[2];
    assert_eq!(said["after"]["count"], count, "{said}");
    assert_eq!(said["after"]["hour"], "2026-11-21T12:00:00Z", "{said}");
    let reason = said["reason"].as_str().expect("a reason");
    assert!(
        reason.contains(&format!("{count} times")) && reason.contains("asked for overview"),
        "{reason}"
    );
    // What was said is not kept, and not said again.
    for _ in 0..2 {
        scene.world.cloud.borrow().clock().advance(hour);
        assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    }
    assert_eq!((refused(nobody).len(), refused(other).len()), (3, 1));
    let is_count = |(key, _): &(String, Value)| key.starts_with("refusals:");
    assert!(!stored(&scene).iter().any(is_count));
    let filter = Some(LogFilter {
        actor: Some(format!("person:{nobody}")),
        ..LogFilter::default()
    });
    match scene.order(Command::Log {
        filter,
        cursor: None,
    }) {
        Answer::Log(page) => assert_eq!(page.entries.len(), 3),
        other => panic!("{other:?}"),
    }
}

/// Whoever is killed while a refusal is counted, or while the counts are said, loses none and doubles none.
#[test]
fn a_kill_anywhere_while_refusals_are_said_changes_nothing() {
    let scene = scene(8);
    let nobody = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    for _ in 0..3 {
        scene.refused(&nobody, Command::Overview {});
    }
    let hour = std::time::Duration::from_secs(3_600);
    scene.world.cloud.borrow().clock().advance(hour);
    for awaits in 1.. {
        let copy = scene.copy();
        let ending = copy.world.tick(Some(awaits));
        copy.world.cloud.borrow().clock().advance(hour);
        assert_eq!(copy.world.tick(None), Ending::Value(Ok(())));
        let counted = copy.log().into_iter().filter(|entry| {
            entry.entry.contains("\"action\":\"refused\"") && entry.entry.contains("\"count\":3")
        });
        assert_eq!(counted.count(), 1, "{awaits}");
        if ending != Ending::Killed {
            break;
        }
    }
}

#[test]
fn an_exemption_needs_a_reason_and_somebody_it_shelters() {
    let scene = scene(6);
    let user = |account: &str| ExemptionSubject::User {
        account: AccountId(account.into()),
    };
    let known = scene.exempt_users[0].clone();
    let nobody = "5b10a2844c20165700ede21g";
    for (subject, reason, code) in [
        (user(&known), " ", "invalid"),
        (user(&known), "two\nlines", "invalid"),
        (user("../x"), "why", "invalid"),
        (user(nobody), "why", "not-found"),
        (
            ExemptionSubject::Group {
                group: "no-such-group".into(),
            },
            "why",
            "not-found",
        ),
    ] {
        let command = exempt(subject, reason);
        assert_eq!(scene.refused(&scene.first, command).code, code, "{reason}");
    }
    scene.order(exempt(user(&known), "why"));
    let twice = exempt(user(&known), "why");
    assert_eq!(scene.refused(&scene.first, twice).code, "wrong-state");
    scene.order(Command::RemoveExemption {
        subject: user(&known),
    });
    let gone = Command::RemoveExemption {
        subject: user(&known),
    };
    assert_eq!(scene.refused(&scene.first, gone).code, "not-found");
}

#[test]
fn a_key_of_the_connected_organization_is_replaced_by_its_administrators_alone() {
    let scene = scene(7);
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    let connect = |api_key: String| Command::Connect {
        organization_id: organization_id.clone(),
        api_key,
        owner: None,
        expires: None,
    };
    let fresh = || {
        scene
            .world
            .cloud
            .borrow_mut()
            .create_key(KeyKind::WithoutScopes, &scene.first)
    };
    let viewer = scene.world.cloud.borrow().organization().people.jira_admins[0].clone();
    assert_eq!(scene.refused(&viewer, connect(fresh())).code, "not-allowed");
    scene
        .world
        .command(&scene.second, connect(fresh()))
        .expect("a replaced key");
    // A revoked key tells nobody apart: the new key of the same organization does.
    let revoked = fresh();
    scene.order(connect(revoked.clone()));
    scene.world.cloud.borrow_mut().revoke_key(&revoked);
    assert_eq!(scene.refused(&viewer, connect(fresh())).code, "not-allowed");
    scene.order(connect(fresh()));
}
