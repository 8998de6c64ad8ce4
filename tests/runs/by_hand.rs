//! Runs over people chosen by hand: the same plan, guards and approval as a policy's, and what only they may do.

use cloud::message::Request;
use cloud::organization::{AccountStatus, Standing, User};
use seatkeeper::app::admin::{Answer, Command, Errand, NamedPerson};
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::model::AccountId;
use seatkeeper::plan::{Act, Fate, GuardCode};
use serde_json::{Value, json};

use crate::in_process::Kills;
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

fn stage(text: &Value) -> Errand {
    Errand::Stage {
        stage: text.to_string(),
    }
}

pub fn suspend() -> Errand {
    stage(&json!({"after": "0d", "do": "suspend"}))
}

fn set_email(emails: &[&str]) -> Errand {
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
fn if_idle(command: Command, span: &str) -> Command {
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

/// The lines of a run's plan.
pub fn lines(scene: &Scene, run: &Run) -> Vec<NamedPerson> {
    let mut all = Vec::new();
    for part in 0..run.plan.as_ref().expect("a plan").parts {
        let command = Command::RunPeople {
            run: run.id.clone(),
            part,
        };
        match scene.order(command) {
            Answer::People(people) => all.extend(people.people),
            other => panic!("{other:?}"),
        }
    }
    all
}

fn line(scene: &Scene, run: &Run, account: &str) -> (Fate, String) {
    let mut lines = lines(scene, run);
    lines.retain(|line| line.person.account.as_str() == account);
    assert_eq!(lines.len(), 1, "{account}");
    let line = lines.remove(0).person;
    (line.fate, line.reason)
}

/// The text of a run's plan as it is kept, hashed and put into evidence bundles.
fn plan_text(scene: &Scene, run: &Run) -> String {
    let command = Command::PlanPart {
        run: run.id.clone(),
        part: 0,
    };
    match scene.order(command) {
        Answer::PlanPart(part) => part.text,
        other => panic!("{other:?}"),
    }
}

fn status(scene: &Scene, account: &str) -> String {
    let users = scene.world.cloud.borrow().dump_users();
    let user = users.iter().find(|user| user["accountId"] == account);
    let status = &user.expect("a person")["status"];
    status.as_str().expect("a status").to_owned()
}

fn user(scene: &Scene, account: &str) -> User {
    let cloud = scene.world.cloud.borrow();
    cloud
        .organization()
        .user(account)
        .expect("a person")
        .clone()
}

/// Active people without a part to play of whom nothing is missing.
fn plain(scene: &Scene, fits: impl Fn(&User) -> bool) -> Vec<String> {
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

fn unsynced(scene: &Scene) -> Vec<String> {
    managed(scene, |user| !user.synced)
}

/// An idle one of the contractors, whose accounts belong to others.
fn contractor(scene: &Scene) -> String {
    let cloud = scene.world.cloud.borrow();
    cloud.organization().people.idle_contractors[2].clone()
}

/// Somebody else sets an address at Atlassian.
fn set_elsewhere(scene: &Scene, account: &str, email: &str) {
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
        lines(&scene, &run)
    );
    let done = approve(&scene, &run);
    assert_eq!(done.counts.verified, 1, "{:?}", lines(&scene, &done));
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
            "invalid-policy",
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
        },
    );
    assert_eq!(refusal.code, "invalid-policy");
    assert_eq!(refusal.errors[0].code, "reserved-id", "{refusal:?}");
}

#[test]
fn an_address_is_set_and_set_back_and_stands_in_no_plan_and_no_log() {
    let scene = scene(5);
    let people = unsynced(&scene)[..2].to_vec();
    let before: Vec<String> = people.iter().map(|one| user(&scene, one).email).collect();
    let wanted = ["new-mia@globex.example", "new-ada@acme.example"];
    let run = begun(&scene, act_on(&people, set_email(&wanted)));
    assert_eq!(
        run.state,
        RunState::AwaitingApproval,
        "{:?}",
        lines(&scene, &run)
    );
    assert_eq!(run.counts.planned, 2);
    assert_eq!(run.plan.as_ref().expect("a plan").takes, 0);
    let shown: Vec<Option<String>> = people
        .iter()
        .map(|one| {
            let lines = lines(&scene, &run);
            let line = lines
                .iter()
                .find(|line| line.person.account.as_str() == one);
            line.expect("a line").new_email.clone()
        })
        .collect();
    assert_eq!(shown, wanted.map(|address| Some(address.to_owned())));
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{:?}", lines(&scene, &done));
    assert_eq!(done.counts.verified, 2);
    for (one, address) in people.iter().zip(wanted) {
        assert_eq!(user(&scene, one).email, address);
    }
    // Somebody changes one of them again: the undo lets that be, and needs an approval of its own.
    set_elsewhere(&scene, &people[1], "third@acme.example");
    let undone = undo(&scene, &done);
    assert_eq!(undone.state, RunState::AwaitingApproval, "{undone:?}");
    let undone = approve(&scene, &undone);
    assert_eq!(undone.state, RunState::Done, "{:?}", lines(&scene, &undone));
    assert_eq!((undone.counts.verified, undone.counts.skipped), (1, 1));
    assert_eq!(user(&scene, &people[0]).email, before[0]);
    assert_eq!(user(&scene, &people[1]).email, "third@acme.example");
    let mut texts = vec![plan_text(&scene, &run), plan_text(&scene, &undone)];
    texts.extend(scene.log().into_iter().map(|entry| entry.entry));
    for text in texts {
        for address in wanted.into_iter().chain(before.iter().map(String::as_str)) {
            assert!(!text.contains(address), "{text}");
        }
    }
}

#[test]
fn an_address_is_refused_to_administrators_outside_of_verified_domains_and_for_accounts_of_others()
{
    let scene = scene(6);
    let people = scene.world.cloud.borrow().organization().people.clone();
    let synced = managed(&scene, |user| user.synced)[0].clone();
    let plain = unsynced(&scene);
    let own = user(&scene, &plain[1]).email;
    let chosen = [
        people.org_admins[1].clone(),
        people.idle_contractors[2].clone(),
        synced.clone(),
        plain[0].clone(),
        plain[1].clone(),
    ];
    let emails = [
        "a@acme.example",
        "b@acme.example",
        "c@acme.example",
        "d@elsewhere.example",
        own.as_str(),
    ];
    let run = begun(&scene, act_on(&chosen, set_email(&emails)));
    assert_eq!(run.counts.planned, 0, "{:?}", lines(&scene, &run));
    for (account, fate, words) in [
        (&chosen[0], Fate::Protected, "administrator"),
        (&chosen[1], Fate::Skipped, "is no verified domain"),
        (
            &chosen[2],
            Fate::Skipped,
            "an identity provider keeps the account",
        ),
        (
            &chosen[3],
            Fate::Skipped,
            "elsewhere.example is no verified domain",
        ),
        (&chosen[4], Fate::Skipped, "has this e-mail address already"),
    ] {
        let (found, why) = line(&scene, &run, account);
        assert_eq!(found, fate, "{why}");
        assert!(why.contains(words), "{why}");
    }
    let meter = scene
        .world
        .cloud
        .borrow()
        .meter()
        .calls_of("accounts.setEmail");
    assert_eq!(meter, 0);
}

#[test]
fn every_token_is_revoked_and_none_comes_back() {
    let scene = scene(7);
    let owners = managed(&scene, |user| user.tokens.is_some());
    let without = managed(&scene, |user| user.tokens.is_none())[0].clone();
    let external = contractor(&scene);
    let chosen = [
        owners[0].clone(),
        owners[1].clone(),
        without.clone(),
        external.clone(),
    ];
    let run = begun(&scene, act_on(&chosen, Errand::RevokeTokens {}));
    assert_eq!(
        run.state,
        RunState::AwaitingApproval,
        "{:?}",
        lines(&scene, &run)
    );
    let (fate, why) = line(&scene, &run, &external);
    assert_eq!(fate, Fate::Skipped);
    assert!(why.contains("external account"), "{why}");
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{:?}", lines(&scene, &done));
    assert_eq!((done.counts.verified, done.counts.skipped), (2, 2));
    let (fate, why) = line(&scene, &done, &without);
    assert_eq!(fate, Fate::Skipped);
    assert!(why.contains("no API token"), "{why}");
    for owner in &chosen[..2] {
        assert!(
            user(&scene, owner)
                .tokens
                .is_none_or(|tokens| tokens.is_empty())
        );
    }
    let undone = undo(&scene, &done);
    assert_eq!(undone.counts.planned, 0, "{undone:?}");
    let (_, why) = line(&scene, &undone, &owners[0]);
    assert!(why.contains("do not come back"), "{why}");
}

#[test]
fn a_kill_anywhere_changes_nothing() {
    let mut killed = 0;
    for seed in 1..4 {
        let scene = scene(seed);
        let owners = managed(&scene, |user| user.tokens.is_some() && !user.synced);
        let chosen = owners[..2].to_vec();
        let before: Vec<String> = chosen.iter().map(|one| user(&scene, one).email).collect();
        scene.world.kills.set(Kills::OneIn(2));
        let revoked = approve(
            &scene,
            &begun(&scene, act_on(&chosen, Errand::RevokeTokens {})),
        );
        assert_eq!(
            revoked.state,
            RunState::Done,
            "{:?}",
            lines(&scene, &revoked)
        );
        assert_eq!(revoked.counts.verified, 2, "{:?}", lines(&scene, &revoked));
        let errand = set_email(&["one@acme.example", "two@acme.example"]);
        let set = approve(&scene, &begun(&scene, act_on(&chosen, errand)));
        assert_eq!(set.state, RunState::Done, "{:?}", lines(&scene, &set));
        assert_eq!(set.counts.verified, 2, "{:?}", lines(&scene, &set));
        assert_eq!(user(&scene, &chosen[0]).email, "one@acme.example");
        let undone = approve(&scene, &undo(&scene, &set));
        assert_eq!(undone.counts.verified, 2, "{:?}", lines(&scene, &undone));
        for (one, email) in chosen.iter().zip(&before) {
            let now = user(&scene, one);
            assert_eq!(now.email, *email);
            assert!(now.tokens.is_none_or(|tokens| tokens.is_empty()));
        }
        for line in lines(&scene, &undone) {
            assert!(matches!(line.person.acts[..], [Act::SetEmail { .. }]));
        }
        // Nothing was called twice that was done once.
        let effects: Vec<String> = scene
            .world
            .cloud
            .borrow()
            .effects()
            .iter()
            .map(|effect| format!("{effect:?}"))
            .filter(|text| text.contains("tokenDeleted"))
            .collect();
        let mut once = effects.clone();
        once.dedup();
        assert_eq!(effects, once);
        killed += scene.world.killed.get();
    }
    assert!(killed > 3, "{killed}");
}

#[test]
fn a_policys_run_clears_nobody_to_approve_runs_by_hand() {
    let scene = scene(30);
    let chosen = plain(&scene, |_| true);
    scene.order(Command::SetLimits {
        percent_per_day: 50,
    });
    let pass = || {
        let minute = std::time::Duration::from_secs(60);
        scene.world.cloud.borrow().clock().advance(minute);
    };
    pass();
    let held = scene.tick_until_held();
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);

    let approval = |run: &Run| Command::ApproveRun {
        run: run.id.clone(),
        reason: "looked at the plan".into(),
        hold_out: vec![],
    };
    let asked_by_second = |account: &String| {
        let command = even_if_active(act_on(std::slice::from_ref(account), suspend()));
        match scene.world.command(&scene.second, command) {
            Ok(Answer::Run(run)) => {
                scene.world.deliver_all();
                scene.run(&run.id)
            }
            other => panic!("{other:?}"),
        }
    };
    let run = asked_by_second(&chosen[0]);
    let refusal = scene.refused(&scene.first, approval(&run));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let why = refusal.hint.unwrap_or_default();
    assert!(why.contains("changed a limit"), "{why}");

    // Of two people each approves what the other one asks for; that looks at the limit, too.
    pass();
    let own = even_if_active(act_on(&chosen[1..2], suspend()));
    let own = begun(&scene, own);
    assert_eq!(approve(&scene, &own).state, RunState::Done);
    pass();
    let run = asked_by_second(&chosen[2]);
    scene.order(approval(&run));
    scene.world.deliver_all();
    assert_eq!(scene.run(&run.id).state, RunState::Done);
}
