//! Runs over people chosen by hand: the same plan, guards and approval as a policy's, and what only they may do.

mod addresses;
mod approval;
mod asking;
mod beside;
mod evidence;
mod kills;
mod tokens;

use cloud::message::Request;
use cloud::organization::{AccountStatus, Standing, User};
use seatkeeper::app::admin::{Answer, Command, Errand};
use seatkeeper::app::records::Run;
use seatkeeper::model::AccountId;
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::scene::Scene;

const USERS: usize = 400;

/// A scene with everything but a policy that runs.
pub fn scene(seed: u64) -> Scene {
    let scene = Scene::new(seed, USERS, |options| {
        options.switches.restore_refused_when_full = false;
    });
    scene.prepare();
    scene
}

pub fn stage(text: &Value) -> Errand {
    Errand::Stage {
        stage: text.to_string(),
    }
}

pub fn suspend() -> Errand {
    stage(&json!({"after": "0d", "do": "suspend"}))
}

pub fn set_email(emails: &[&str]) -> Errand {
    Errand::SetEmail {
        emails: emails.iter().map(|email| (*email).to_owned()).collect(),
    }
}

pub fn act_on(people: &[String], errand: Errand) -> Command {
    Command::ActOn {
        people: people.iter().cloned().map(AccountId).collect(),
        errand,
        idle: None,
        even_if_active: false,
        dry: false,
        reason: "they left the company".into(),
    }
}

/// The same for people who are idle for so long.
pub fn if_idle(command: Command, span: &str) -> Command {
    match command {
        Command::ActOn {
            people,
            errand,
            even_if_active,
            dry,
            reason,
            ..
        } => Command::ActOn {
            people,
            errand,
            idle: Some(span.to_owned()),
            even_if_active,
            dry,
            reason,
        },
        other => other,
    }
}

/// The same for people who are active as well.
pub fn even_if_active(command: Command) -> Command {
    match command {
        Command::ActOn {
            people,
            errand,
            idle,
            dry,
            reason,
            ..
        } => Command::ActOn {
            people,
            errand,
            idle,
            even_if_active: true,
            dry,
            reason,
        },
        other => other,
    }
}

pub fn begun(scene: &Scene, command: Command) -> Run {
    let run = match scene.order(command) {
        Answer::Run(run) => *run,
        other => panic!("{other:?}"),
    };
    scene.world.deliver_all();
    scene.run(&run.id)
}

pub fn approve(scene: &Scene, run: &Run) -> Run {
    let command = |run: &Run| Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: vec![],
    };
    // Whoever asked for it cannot.
    assert_eq!(scene.refused(&scene.first, command(run)).code, "four-eyes");
    scene
        .world
        .command(&scene.second, command(run))
        .unwrap_or_else(|refusal| panic!("{refusal:?}"));
    scene.world.deliver_all();
    scene.run(&run.id)
}

pub fn undo(scene: &Scene, run: &Run) -> Run {
    begun(
        scene,
        Command::UndoRun {
            run: run.id.clone(),
            steps: vec![],
            dry: false,
            reason: "it was a mistake".into(),
        },
    )
}

pub fn line(scene: &Scene, run: &Run, account: &str) -> (Fate, String) {
    let mut lines = scene.lines(run);
    lines.retain(|line| line.person.account.as_str() == account);
    assert_eq!(lines.len(), 1, "{account}");
    let line = lines.remove(0).person;
    (line.fate, line.reason)
}

/// The text of a run's plan as it is kept, hashed and put into evidence bundles.
pub fn plan_text(scene: &Scene, run: &Run) -> String {
    let command = Command::PlanPart {
        run: run.id.clone(),
        part: 0,
    };
    match scene.order(command) {
        Answer::PlanPart(part) => part.text,
        other => panic!("{other:?}"),
    }
}

pub fn status(scene: &Scene, account: &str) -> String {
    let users = scene.world.cloud.borrow().dump_users();
    let user = users.iter().find(|user| user["accountId"] == account);
    let status = &user.expect("a person")["status"];
    status.as_str().expect("a status").to_owned()
}

pub fn user(scene: &Scene, account: &str) -> User {
    let cloud = scene.world.cloud.borrow();
    cloud
        .organization()
        .user(account)
        .expect("a person")
        .clone()
}

/// Active people without a part to play of whom nothing is missing.
pub fn plain(scene: &Scene, fits: impl Fn(&User) -> bool) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let organization = cloud.organization();
    let is_plain = |user: &&User| {
        let is_of_none = user.groups.iter().all(|group| {
            let name = &organization.groups[*group].name;
            !name.contains("admin") && name != "contractors-keep"
        });
        let missing = user.missing;
        let is_known = ![
            missing.email,
            missing.groups,
            missing.platform_roles,
            missing.product_access,
            missing.status,
        ]
        .contains(&true);
        let is_active = user
            .memberships
            .iter()
            .all(|membership| membership.standing == Standing::Active);
        !organization.people.has(&user.account_id)
            && user.account_status == AccountStatus::Active
            && user.memberships.len() == 1
            && !user.accesses.is_empty()
            && user.platform_roles.is_empty()
            && is_active
            && is_of_none
            && is_known
    };
    let found = organization.users.iter().filter(is_plain);
    let found = found.filter(|user| fits(user));
    found.map(|user| user.account_id.clone()).collect()
}

/// Those with managed accounts.
pub fn managed(scene: &Scene, fits: impl Fn(&User) -> bool) -> Vec<String> {
    plain(scene, |user| user.managed && fits(user))
}

pub fn unsynced(scene: &Scene) -> Vec<String> {
    managed(scene, |user| !user.synced)
}

/// An idle one of the contractors, whose accounts belong to others.
pub fn contractor(scene: &Scene) -> String {
    let cloud = scene.world.cloud.borrow();
    cloud.organization().people.idle_contractors[2].clone()
}

/// Somebody else sets an address at Atlassian.
pub fn set_elsewhere(scene: &Scene, account: &str, email: &str) {
    let mut request = Request::get(&format!("/users/{account}/manage/email"));
    request.method = "PUT".into();
    request.body = json!({ "email": email }).to_string().into_bytes();
    request
        .headers
        .push(("authorization".into(), format!("Bearer {}", scene.key)));
    request
        .headers
        .push(("content-type".into(), "application/json".into()));
    let answer = scene.world.cloud.borrow_mut().admin_api(&request);
    assert_eq!(answer.expect("an answer").status, 204);
}
