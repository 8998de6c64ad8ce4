//! Imported lists and own fields in storage: uploads side by side, left lying, erased from, and too old by the time of the
//! action.

use std::time::Duration;

use cloud::forge::Outcome;
use cloud::organization::AccountStatus;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{FieldDefinition, FieldKind, PersonFields, RunState};
use seatkeeper::app::work;
use seatkeeper::audit::sha256_hex;
use seatkeeper::host::Queue;
use seatkeeper::model::AccountId;
use serde_json::json;

use crate::configuration::exported;
use crate::in_process::{Ending, around};
use crate::own_names::{meant, run, scene as naming};
use crate::scene::Scene;

const DAY: u64 = 86_400;

fn part(members: &[&str], part: u32, of: u32) -> Command {
    Command::ImportList {
        name: "leavers".into(),
        members: members.iter().map(|member| String::from(*member)).collect(),
        part,
        of,
    }
}

fn pass(scene: &Scene, seconds: u64) {
    let time = Duration::from_secs(seconds);
    scene.world.cloud.borrow().clock().advance(time);
}

/// The stored values whose keys begin so.
fn stored(scene: &Scene, start: &str) -> Vec<(String, String)> {
    let cloud = scene.world.cloud.borrow();
    let plain = cloud.stored().plain(cloud.now()).into_iter();
    plain
        .filter(|(key, _)| key.starts_with(start))
        .map(|(key, value)| (key, value.to_string()))
        .collect()
}

#[test]
fn two_people_who_upload_a_list_at_the_same_time_never_mix_their_parts() {
    let scene = Scene::new(311, 60, |_| {});
    let by_second = |command| scene.world.command(&scene.second, command);
    scene.order(part(&["712020:a0"], 0, 2));
    by_second(part(&["712020:b0"], 0, 2)).expect("a new beginning");
    let refusal = scene.refused(&scene.first, part(&["712020:a1"], 1, 2));
    assert_eq!(refusal.code, "wrong-state");
    by_second(part(&["712020:b1"], 1, 2)).expect("the rest");
    let members = exported(&scene)["lists"][0]["members"].clone();
    assert_eq!(members, json!(["712020:b0", "712020:b1"]));
}

#[test]
fn a_list_that_is_too_old_at_the_time_of_the_action_decides_nothing() {
    let scene = naming(312, json!({"listed": "leavers"}));
    let meant = meant(&scene);
    let members: Vec<&str> = meant.iter().take(5).map(String::as_str).collect();
    for (is_renewed, expected) in [(false, 0), (true, 5)] {
        let scene = scene.copy();
        scene.order(part(&members, 0, 1));
        pass(&scene, 5 * DAY);
        let held = run(&scene, false);
        assert_eq!((held.state, held.counts.planned), (RunState::Held, 5));
        // 9 days old, although the run was asked for when it was 5.
        pass(&scene, 4 * DAY);
        if is_renewed {
            scene.order(part(&members, 0, 1));
        }
        scene.release(&held.id);
        scene.world.deliver_all();
        let ended = scene.run(&held.id);
        assert_eq!(ended.counts.verified, expected, "{ended:?}");
        assert_eq!(ended.counts.skipped, 5 - expected, "{ended:?}");
    }
}

#[test]
fn uploads_that_nobody_goes_on_with_leave_nothing() {
    let scene = Scene::new(313, 60, |_| {});
    let begin = || {
        scene.order(part(&["someone@partner.example"], 0, 2));
        scene.order(Command::ImportConfiguration {
            hash: sha256_hex("a text"),
            part: 0,
            of: 2,
            text: "someone@partner.example".into(),
        });
    };
    begin();
    let count = || stored(&scene, "list:").len() + stored(&scene, "configuration:").len();
    assert_eq!(count(), 2);
    pass(&scene, 6 * DAY);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!(count(), 2);
    pass(&scene, 2 * DAY);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!(count(), 0);
    // Begun anew, it is as young as any other.
    begin();
    pass(&scene, DAY);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!(count(), 2);
}

/// A scene in which somebody who is on a list closed their account, and the jobs before the one that erases them are done.
fn about_to_erase() -> (Scene, String) {
    let scene = Scene::new(314, 80, |_| {});
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let closed = scene.exempt_users[0].clone();
    scene.order(part(&[&closed, "712020:other"], 0, 1));
    let close = |user: &mut cloud::organization::User| user.account_status = AccountStatus::Closed;
    scene
        .world
        .cloud
        .borrow_mut()
        .change_user(&closed, close)
        .expect("a person");
    pass(&scene, 8 * DAY);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    (scene, closed)
}

/// Delivers everything, and lets something happen at the so-many-th await of the job that erases. Answers whether that was
/// under way then.
fn erase_around(scene: &Scene, awaits: u32, between: impl FnOnce()) -> bool {
    let world = &scene.world;
    loop {
        let Some(delivery) = world.cloud.borrow_mut().next_delivery() else {
            let at = world.cloud.borrow().next_event_at().expect("the job comes");
            world.cloud.borrow().clock().advance_to(at);
            continue;
        };
        let job = delivery.invocation.payload["body"]["job"].clone();
        let job = job.as_str().expect("a job");
        if !job.contains("erase") {
            let outcome = world.deliver(&delivery.invocation);
            world.cloud.borrow_mut().finish(delivery.id, outcome);
            continue;
        }
        let host = world.host(900, None);
        let was_under_way = around(work(&host, Queue::Work, job), awaits, between);
        world.cloud.borrow_mut().finish(delivery.id, Outcome::Done);
        world.deliver_all();
        return was_under_way;
    }
}

#[test]
fn a_list_that_is_replaced_while_somebody_is_erased_leaves_nothing_of_the_one_before() {
    let (scene, closed) = about_to_erase();
    let mut awaits = 1;
    loop {
        let copy = scene.copy();
        let was_under_way = erase_around(&copy, awaits, || {
            copy.order(part(&["712020:other", "712020:third"], 0, 1));
        });
        pass(&copy, 3_600);
        assert_eq!(copy.world.tick(None), Ending::Value(Ok(())));
        copy.world.deliver_all();
        let left = stored(&copy, "list:");
        assert_eq!(left.len(), 1, "at {awaits}: {left:?}");
        assert!(!left[0].1.contains(&closed), "at {awaits}: {left:?}");
        assert!(left[0].1.contains("third"), "at {awaits}: {left:?}");
        if !was_under_way {
            break;
        }
        awaits += 1;
    }
    assert!(awaits > 40, "{awaits}");
}

#[test]
fn whoever_is_erased_is_in_no_upload_either() {
    let (scene, closed) = about_to_erase();
    scene.order(Command::ImportConfiguration {
        hash: sha256_hex("a text"),
        part: 0,
        of: 2,
        text: closed.clone(),
    });
    scene.order(Command::ImportList {
        name: "more".into(),
        members: vec![closed.clone()],
        part: 0,
        of: 2,
    });
    erase_around(&scene, 1, || {});
    let mut left = stored(&scene, "list:");
    left.extend(stored(&scene, "configuration:"));
    assert!(
        !left.iter().any(|(_, text)| text.contains(&closed)),
        "{left:?}"
    );
}

fn field(name: &str) -> FieldDefinition {
    FieldDefinition {
        name: name.into(),
        kind: FieldKind::Text,
        choices: Vec::new(),
    }
}

#[test]
fn a_field_that_was_given_up_comes_back_without_the_values_that_it_had() {
    let scene = Scene::new(315, 60, |_| {});
    let fields = |names: &[&str]| {
        let fields = names.iter().map(|name| field(name)).collect();
        scene.order(Command::SetFields { fields });
    };
    fields(&["Team", "Leaves"]);
    let person = PersonFields {
        account: scene.first.clone(),
        values: vec![("Team".into(), "a".into()), ("Leaves".into(), "b".into())],
        note: None,
    };
    scene.order(Command::SetPersonFields { person });
    let only_one = PersonFields {
        account: scene.second.clone(),
        values: vec![("Leaves".into(), "c".into())],
        note: None,
    };
    scene.order(Command::SetPersonFields { person: only_one });
    fields(&["Team"]);
    fields(&["Team", "Leaves"]);
    let accounts = vec![
        AccountId(scene.first.clone()),
        AccountId(scene.second.clone()),
    ];
    let Answer::PersonFields(shown) = scene.order(Command::PersonFields { accounts }) else {
        panic!("no fields")
    };
    assert_eq!(shown.people.len(), 1, "{shown:?}");
    let team = (String::from("Team"), String::from("a"));
    assert_eq!(shown.people[0].values, [team]);
}
