//! The experiment of moving people between directories: from the invitation to the suspension, and every way in between to
//! end otherwise.

mod approval;
mod asking;
mod course;
mod erasure;
mod failures;
mod halts;
mod kills;
mod shelter;

use std::time::Duration;

use cloud::organization::{Product, Standing, User};
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::{Answer, Command, Refusal};
use seatkeeper::app::records::{Experiments, Move, MoveState};
use seatkeeper::model::{AccountId, DirectoryId, Resource};
use serde_json::Value;

use crate::in_process::Ending;
use crate::scene::Scene;

const USERS: usize = 150;

/// An organization with two directories, read once, in which moving is switched on.
pub fn scene(seed: u64, lands: InvitationLands) -> Scene {
    let scene = Scene::new(seed, USERS, |options| {
        options.directories = 2;
        options.switches.invitation_lands = lands;
    });
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    switch(&scene, true);
    scene
}

pub fn switch(scene: &Scene, moving: bool) {
    scene.order(Command::SetExperiments {
        experiments: Experiments { moving },
    });
}

/// People who can be moved from the first directory into the second.
pub fn movable(scene: &Scene) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let organization = cloud.organization();
    // Whoever is the last of a group of administrators stays.
    let is_administering = |user: &User| {
        let mut groups = user.groups.iter();
        groups.any(|group| organization.groups[*group].name.contains("admin"))
    };
    let is_here = |user: &User| user.memberships.len() == 1 && user.is_in(0);
    let fits = |user: &&User| {
        let missing = &user.missing;
        is_here(user)
            && user.is_active_in(0, cloud.now())
            && user.platform_roles.is_empty()
            && !user.accesses.is_empty()
            && !is_administering(user)
            && !missing.platform_roles
            && !missing.email
            && !missing.status
            && !missing.product_access
            && !missing.groups
    };
    let users = organization.users.iter().filter(fits);
    let accounts: Vec<String> = users.map(|user| user.account_id.clone()).collect();
    assert!(accounts.len() > 6, "{accounts:?}");
    accounts
}

pub fn directory(scene: &Scene, at: usize) -> DirectoryId {
    let cloud = scene.world.cloud.borrow();
    DirectoryId(cloud.organization().directories[at].id.clone())
}

pub fn jira_on(scene: &Scene, site: usize) -> Resource {
    let cloud = scene.world.cloud.borrow();
    Resource(cloud.organization().sites[site].ari(Product::JiraSoftware))
}

pub fn wish(scene: &Scene, account: &str) -> Command {
    Command::BeginMove {
        account: AccountId(account.to_owned()),
        from: directory(scene, 0),
        resource: jira_on(scene, 1),
        role: None,
        groups: None,
        reason: "works for the other company now".into(),
    }
}

pub fn only(answer: Result<Answer, Refusal>) -> Move {
    match answer {
        Ok(Answer::Moves(mut moves)) if moves.moves.len() == 1 => moves.moves.remove(0).moving,
        other => panic!("{other:?}"),
    }
}

pub fn begin(scene: &Scene, account: &str) -> Move {
    only(Ok(scene.order(wish(scene, account))))
}

pub fn approval(id: &str) -> Command {
    Command::ApproveMove {
        id: id.to_owned(),
        reason: "asked the person".into(),
    }
}

/// Asks for a move and has it approved; its job is out then.
pub fn approved(scene: &Scene, account: &str) -> String {
    let begun = begin(scene, account);
    assert_eq!(begun.state, MoveState::AwaitingApproval);
    let decided = only(scene.world.command(&scene.second, approval(&begun.id)));
    assert_eq!(decided.state, MoveState::Inviting);
    begun.id
}

pub fn moves(scene: &Scene) -> Vec<Move> {
    match scene.order(Command::Moves {}) {
        Answer::Moves(moves) => moves.moves.into_iter().map(|named| named.moving).collect(),
        other => panic!("{other:?}"),
    }
}

pub fn found(scene: &Scene, id: &str) -> Move {
    let all = moves(scene);
    all.into_iter().find(|one| one.id == id).expect("the move")
}

pub fn pass(scene: &Scene, seconds: i64) {
    let time = Duration::from_secs(u64::try_from(seconds).expect("a time"));
    scene.world.cloud.borrow().clock().advance(time);
}

/// Time goes by, and the schedule comes.
pub fn tick_after(scene: &Scene, seconds: i64) {
    pass(scene, seconds);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

/// What the organization API did to somebody, with the directory.
pub fn effects(scene: &Scene, account: &str) -> Vec<(&'static str, Option<String>)> {
    let cloud = scene.world.cloud.borrow();
    let theirs = cloud.effects().iter();
    theirs
        .filter(|effect| effect.account_id == account)
        .map(|effect| (effect.what, effect.directory_id.clone()))
        .collect()
}

pub fn suspensions(scene: &Scene, account: &str) -> usize {
    let all = effects(scene, account).into_iter();
    all.filter(|(what, _)| *what == "suspended").count()
}

pub fn standings(scene: &Scene, account: &str) -> Vec<(usize, Standing)> {
    let cloud = scene.world.cloud.borrow();
    let user = cloud.organization().user(account).expect("the person");
    let memberships = user.memberships.iter();
    memberships
        .map(|one| (one.directory, one.standing))
        .collect()
}

/// The outcomes in the log of what was done to somebody, in order.
pub fn outcomes(scene: &Scene, account: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for stored in scene.log() {
        let entry: Value = serde_json::from_str(&stored.entry).expect("JSON");
        let (action, outcome) = (&entry["action"], &entry["outcome"]);
        if entry["subject"] == account {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            all.push((text(action), text(outcome)));
        }
    }
    all
}

pub const WHOLE_COURSE: [(&str, &str); 6] = [
    ("begin-move", "done"),
    ("approve-move", "done"),
    ("invite", "intent"),
    ("invite", "done"),
    ("suspend", "intent"),
    ("suspend", "done"),
];

pub fn assert_log(scene: &Scene, account: &str, expected: &[(&str, &str)], when: &str) {
    let logged = outcomes(scene, account);
    let logged: Vec<(&str, &str)> = logged
        .iter()
        .map(|(action, outcome)| (action.as_str(), outcome.as_str()))
        .collect();
    assert_eq!(logged, expected, "{when}");
}

/// The next job of moves alone.
pub fn deliver_one(scene: &Scene) {
    loop {
        let delivery = scene.world.cloud.borrow_mut().next_delivery();
        let Some(delivery) = delivery else {
            let at = scene.world.cloud.borrow().next_event_at();
            let cloud = scene.world.cloud.borrow();
            cloud.clock().advance_to(at.expect("a job"));
            continue;
        };
        let outcome = scene.world.deliver(&delivery.invocation);
        scene.world.cloud.borrow_mut().finish(delivery.id, outcome);
        if delivery.invocation.payload.to_string().contains("moves") {
            return;
        }
    }
}
