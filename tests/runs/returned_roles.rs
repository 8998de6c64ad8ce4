//! A direct role that was taken besides a group: an undo is done where the role is there, not where the access is listed.

use cloud::faults::{FaultKind, Faults};
use cloud::organization::Product;
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::actions::fates;
use crate::in_process::Kills;
use crate::scene::Scene;

const ASSIGN: &str = "users.assignRole";

/// A run took Jira from people, of whom one had it by a group and by a role of their own.
struct Taken {
    scene: Scene,
    run: Run,
    person: String,
    before: Value,
    /// Somebody else, who had it by groups alone.
    by_group: String,
}

fn row(scene: &Scene, account: &str) -> Value {
    let users = scene.world.cloud.borrow().dump_users();
    let mut users = users.into_iter();
    let mut row = users
        .find(|user| user["accountId"] == account)
        .expect("a person");
    // Whoever comes back into a group stands last in the list of it.
    for list in ["groups", "productAccess"] {
        if let Some(list) = row[list].as_array_mut() {
            list.sort_by_key(|one| one["id"].to_string());
        }
    }
    row
}

/// The roles of Jira on the first site that are the person's own.
fn own(scene: &Scene, account: &str) -> Vec<String> {
    let jira = scene.world.cloud.borrow().organization().sites[0].ari(Product::JiraSoftware);
    let row = row(scene, account);
    let roles = row["ownRoles"].as_array().into_iter().flatten();
    let roles = roles.filter_map(|role| role.as_str()?.strip_suffix(&format!("@{jira}")));
    roles.map(str::to_owned).collect()
}

fn assign(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let resource = cloud.organization().sites[0].ari(Product::JiraSoftware);
    let path = format!(
        "/admin/v1/orgs/{}/users/{account}/roles/assign",
        cloud.organization().id
    );
    let body = json!({"role": "atlassian/admin", "resource": resource});
    let request = cloud::Request::post(&path, &body)
        .with_header("authorization", &format!("Bearer {}", scene.key));
    let answer = cloud.admin_api(&request).expect("an answer");
    assert_eq!(answer.status, 204);
}

fn scene(seed: u64, group_lag_ms: u32, managed: bool, deeds: &Value) -> Scene {
    let mut scene = Scene::new(seed, 400, |options| {
        options.switches.restore_refused_when_full = false;
        options.switches.group_lag_ms = group_lag_ms;
    });
    let site = scene.world.cloud.borrow().organization().sites[0].host();
    scene.policy["stages"] = json!([{
        "after": "0d", "do": deeds, "products": ["jira-software"], "sites": [site],
    }]);
    if managed {
        scene.policy["match"]["all"][2] = json!({"account": "managed"});
    }
    scene.prepare();
    scene
}

fn taken(group_lag_ms: u32) -> Taken {
    let scene = scene(11, group_lag_ms, false, &json!("removeAccess"));
    let held = scene.tick_until_held();
    let mut planned = scene.planned(&held);
    planned.retain(|account| own(&scene, account).is_empty());
    let (person, by_group) = (planned[0].clone(), planned[1].clone());
    assign(&scene, &person);
    let before = row(&scene, &person);
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.state, RunState::Done, "{:?}", fates(&scene, &run));
    assert!(own(&scene, &person).is_empty(), "taken");
    Taken {
        scene,
        run,
        person,
        before,
        by_group,
    }
}

/// The undo for the one person, as far as it came.
fn undo(scene: &Scene, run: &Run, person: &str) -> Run {
    let lines = scene.lines(run);
    let step = lines
        .iter()
        .filter(|line| !line.person.acts.is_empty())
        .position(|line| line.person.account.0 == person)
        .expect("a step");
    let begun = scene.order(Command::UndoRun {
        run: run.id.clone(),
        steps: vec![u32::try_from(step).expect("few")],
        dry: false,
        reason: "it was a mistake".into(),
    });
    let Answer::Run(begun) = begun else {
        panic!("{begun:?}")
    };
    scene.world.deliver_all();
    scene.run(&begun.id)
}

fn only_fate(scene: &Scene, run: &Run) -> (Fate, String) {
    let mut all = fates(scene, run);
    assert_eq!(all.len(), 1, "{all:?}");
    let (_, fate, reason) = all.remove(0);
    (fate, reason)
}

#[test]
fn a_role_that_was_refused_has_not_come_back_although_the_access_has() {
    let taken = taken(0);
    for (status, body) in [
        (
            400,
            json!({"errors": [{"code": "ADMIN-UAM-400-3", "title": "not valid"}]}),
        ),
        (403, json!({"message": "not this one"})),
        (
            409,
            json!({"errors": [{"code": "ADMIN-UAM-409-3", "title": "no seat"}]}),
        ),
    ] {
        let scene = taken.scene.copy();
        let refusal = cloud::Response::json(status, &body);
        let staged = ("/roles/assign".to_owned(), refusal);
        scene.world.staged.borrow_mut().push(staged);
        let undone = undo(&scene, &taken.run, &taken.person);
        assert_eq!(
            undone.state,
            RunState::DoneWithFailures,
            "{status}: {undone:?}"
        );
        let (fate, reason) = only_fate(&scene, &undone);
        assert_eq!(fate, Fate::Failed, "{status}");
        assert!(reason.starts_with("giving access back: "), "{reason}");
        let now = row(&scene, &taken.person);
        assert_eq!(now["groups"], taken.before["groups"], "{status}");
        assert!(own(&scene, &taken.person).is_empty(), "{status}");
        // Another undo gives back what is missing, though the access is there.
        scene.world.staged.borrow_mut().clear();
        let again = undo(&scene, &taken.run, &taken.person);
        assert_eq!(again.counts.verified, 1, "{:?}", only_fate(&scene, &again));
        assert_eq!(row(&scene, &taken.person), taken.before, "{status}");
    }
}

#[test]
fn a_lost_answer_to_the_assignment_is_settled_by_the_role() {
    let taken = taken(0);
    for (kind, times, gives) in [
        (FaultKind::TimeoutBefore, 1, true),
        (FaultKind::ServerErrorBefore, 1, true),
        (FaultKind::TimeoutAfter, 1, true),
        (FaultKind::CutAfter, 1, true),
        (FaultKind::TimeoutBefore, 1_000, false),
    ] {
        let scene = taken.scene.copy();
        let mut faults = Faults::planned(ASSIGN, kind);
        faults.planned[0].times = times;
        scene.world.cloud.borrow_mut().set_faults(faults);
        let undone = undo(&scene, &taken.run, &taken.person);
        let (fate, reason) = only_fate(&scene, &undone);
        let is_back = row(&scene, &taken.person) == taken.before;
        assert_eq!(is_back, gives, "{kind:?} {times}: {reason}");
        let expected = if gives { Fate::Verified } else { Fate::Failed };
        assert_eq!(fate, expected, "{kind:?} {times}: {reason}");
    }
}

#[test]
fn a_kill_at_any_await_of_the_undo_leaves_no_role_behind() {
    let taken = taken(2_000);
    let mut killed = 0;
    for awaits in 1.. {
        let scene = taken.scene.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        let undone = undo(&scene, &taken.run, &taken.person);
        assert_eq!(undone.state, RunState::Done, "{awaits}: {undone:?}");
        assert_eq!(undone.counts.verified, 1, "{awaits}: {undone:?}");
        assert_eq!(row(&scene, &taken.person), taken.before, "{awaits}");
        if scene.world.killed.get() == taken.scene.world.killed.get() {
            break;
        }
        killed += 1;
    }
    assert!(killed > 50, "{killed}");
}

#[test]
fn only_whose_act_gives_a_role_is_asked_about() {
    let taken = taken(0);
    let asked = |account: &str| {
        let scene = taken.scene.copy();
        undo(&scene, &taken.run, account);
        let traffic = scene.world.traffic.borrow();
        let asking = traffic
            .iter()
            .filter(|(sent, _)| sent.path.ends_with("/role-assignments"));
        asking
            .filter(|(sent, _)| sent.path.contains("/users/"))
            .count()
    };
    assert_eq!(asked(&taken.person), 2, "before the calls and after them");
    assert_eq!(asked(&taken.by_group), 0);
}

#[test]
fn a_later_act_of_the_step_forgets_no_role() {
    let scene = scene(12, 0, true, &json!(["removeAccess", "deactivate"]));
    let held = scene.tick_until_held();
    // Whoever does not hold Jira yet is only deactivated.
    let lines = scene.lines(&held).into_iter();
    let both = lines.filter(|line| line.person.acts.len() == 2);
    let both = both.map(|line| line.person.account.0.clone());
    let planned: Vec<String> = both
        .filter(|account| own(&scene, account).is_empty())
        .collect();
    for account in &planned {
        assign(&scene, account);
    }
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    let verified = scene.verified(&run);
    let person = planned.iter().find(|one| verified.contains(one));
    let person = person.expect("a person").clone();
    assert!(own(&scene, &person).is_empty());
    let undone = undo(&scene, &run, &person);
    assert_eq!(
        undone.counts.verified,
        1,
        "{:?}",
        only_fate(&scene, &undone)
    );
    assert!(own(&scene, &person).contains(&"atlassian/admin".to_owned()));
}
