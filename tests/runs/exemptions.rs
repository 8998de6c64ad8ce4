//! Exemptions by domain and pattern, for some policies, until a day; and what holds a run when they end.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, Exemption, NamedPerson};
use seatkeeper::app::records::{ExemptionSubject, Run, RunState};
use seatkeeper::model::AccountId;
use seatkeeper::plan::{Fate, GuardCode};
use serde_json::json;

use crate::in_process::Ending;
use crate::scene::{Scene, exempt};

const DOMAINS: &[&str] = &cloud::organization::CONTRACTOR_DOMAINS;

fn domain(domain: &str) -> ExemptionSubject {
    ExemptionSubject::Domain {
        domain: domain.into(),
    }
}

fn keepers() -> ExemptionSubject {
    ExemptionSubject::GroupName {
        glob: "contractors-ke*".into(),
    }
}

fn run(scene: &Scene, dry: bool) -> Run {
    scene.started("idle-contractors", dry)
}

fn listed(scene: &Scene) -> Vec<Exemption> {
    match scene.order(Command::Exemptions {}) {
        Answer::Exemptions(list) => list.exemptions,
        other => panic!("{other:?}"),
    }
}

fn codes(run: &Run) -> Vec<GuardCode> {
    run.guards.iter().map(|guard| guard.code).collect()
}

fn advance(scene: &Scene, hours: u64) {
    let time = Duration::from_secs(hours * 3_600);
    scene.world.cloud.borrow().clock().advance(time);
}

fn saved(scene: &Scene) {
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    scene.order(Command::SetLimits {
        percent_per_day: 100,
    });
}

/// How many people of a run's plan end so for such a reason.
fn with(people: &[NamedPerson], fate: Fate, reason: &str) -> usize {
    let people = people.iter().map(|named| &named.person);
    people
        .filter(|person| person.fate == fate && person.reason.contains(reason))
        .count()
}

#[test]
fn a_domain_is_exempt_from_the_policies_that_the_exemption_names() {
    let scene = Scene::new(41, 400, |_| {});
    saved(&scene);
    let mut other = scene.policy.clone();
    other["id"] = json!("other");
    scene.order(Command::SavePolicy {
        document: other.to_string(),
        revision: None,
    });
    scene.order(exempt(domain(&DOMAINS[0].to_uppercase()), "a partner"));
    scene.order(Command::AddExemption {
        subject: domain(DOMAINS[1]),
        reason: "until they are told".into(),
        owner: Some(AccountId(scene.second.clone())),
        expires: None,
        policies: Some(vec!["other".into()]),
    });
    let run = run(&scene, true);
    let people = scene.lines(&run);
    let of = |domain: &str| -> Vec<NamedPerson> {
        let ending = format!("@{domain}");
        let is_there = |named: &&NamedPerson| {
            let email = named.email.as_deref().unwrap_or_default();
            email.to_ascii_lowercase().ends_with(&ending)
        };
        people.iter().filter(is_there).cloned().collect()
    };
    let (first, second) = (of(DOMAINS[0]), of(DOMAINS[1]));
    let why = "e-mail address of an exempt domain";
    let sheltered = with(&first, Fate::Exempt, why);
    assert!(sheltered > 0);
    // Of whom the policy itself does not know whether it matches, nothing more is asked.
    assert_eq!(sheltered + with(&first, Fate::Unknown, ""), first.len());
    assert_eq!(with(&second, Fate::Exempt, ""), 0);
    assert!(with(&second, Fate::Planned, "") > 0);
    let list = listed(&scene);
    assert!(list[0].shelters > Some(0), "{list:?}");
    assert_eq!(list[1].policies, ["other"]);
    assert_eq!(list[1].owner, Some(AccountId(scene.second.clone())));
    assert!(list[1].owner_name.is_some());
    let nobody = Command::AddExemption {
        subject: domain("x.example"),
        reason: "why".into(),
        owner: None,
        expires: None,
        policies: Some(vec!["nowhere".into()]),
    };
    assert_eq!(scene.refused(&scene.first, nobody).code, "not-found");
}

#[test]
fn an_exemption_shelters_until_its_last_day_is_over_which_is_said_before_and_once_after() {
    let scene = Scene::new(42, 300, |_| {});
    saved(&scene);
    let add = |day: &str| Command::AddExemption {
        subject: domain(DOMAINS[0]),
        reason: "a project".into(),
        owner: None,
        expires: Some(day.into()),
        policies: None,
    };
    let past = scene.refused(&scene.first, add("2026-11-20"));
    assert_eq!(past.code, "invalid", "{past:?}");
    scene.order(add("2026-12-06"));
    let warned = || {
        let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
            panic!("no overview")
        };
        let mut warnings = overview.health.warnings.into_iter();
        warnings.any(|warning| warning.code == "exemption-expires")
    };
    let lapsed = || {
        let log = scene.log();
        let said = log
            .iter()
            .filter(|stored| stored.entry.contains("\"exemption-expires\""));
        said.count()
    };
    let sheltered = || with(&scene.lines(&run(&scene, true)), Fate::Exempt, "domain");
    // 2026-11-21, 12:00.
    assert!(!warned());
    assert!(sheltered() > 0);
    advance(&scene, 2 * 24);
    assert!(warned());
    advance(&scene, 13 * 24 + 11);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    assert_eq!(lapsed(), 0);
    assert!(sheltered() > 0);
    advance(&scene, 1);
    for _ in 0..3 {
        assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
        advance(&scene, 1);
    }
    assert_eq!(lapsed(), 1);
    assert!(!warned());
    assert_eq!(sheltered(), 0);
    let list = listed(&scene);
    assert!(list[0].expired && list[0].shelters == Some(0), "{list:?}");
    // What is over makes room for a new one.
    scene.order(add("2027-01-31"));
    assert_eq!(listed(&scene).len(), 1);
    assert!(sheltered() > 0);
}

#[test]
fn a_pattern_that_shelters_nobody_any_more_holds_the_run_until_somebody_looks() {
    let scene = Scene::new(43, 300, |_| {});
    saved(&scene);
    scene.order(exempt(keepers(), "key people"));
    let first = run(&scene, false);
    assert_eq!(codes(&first), [GuardCode::FirstRun]);
    assert!(with(&scene.lines(&first), Fate::Exempt, "whose name is exempt") > 0);
    scene.order(Command::RejectRun {
        run: first.id,
        reason: "not yet".into(),
    });
    let keepers = members(&scene, "contractors-keep");
    for account in &keepers {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud
            .leave_group(account, "contractors-keep")
            .expect("a group");
    }
    let empty = [GuardCode::FirstRun, GuardCode::ExemptionEmpty];
    // Rejecting it changes nothing.
    for _ in 0..2 {
        advance(&scene, 30);
        let held = run(&scene, false);
        assert_eq!(codes(&held), empty, "{held:?}");
        let text = &held.guards[1].text;
        assert!(text.contains("group-name:contractors-ke*"), "{text}");
        scene.order(Command::RejectRun {
            run: held.id,
            reason: "where are they?".into(),
        });
    }
    advance(&scene, 30);
    let held = run(&scene, false);
    assert_eq!(codes(&held), empty);
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);
    advance(&scene, 30);
    assert_eq!(run(&scene, false).guards, []);
}

#[test]
fn a_jump_against_the_usual_holds_a_run() {
    let scene = Scene::new(44, 1_000, |_| {});
    saved(&scene);
    for name in DOMAINS {
        scene.order(exempt(domain(name), "not yet"));
    }
    // Nobody to act on: that is the usual now.
    assert_eq!(run(&scene, false).state, RunState::Done);
    for name in DOMAINS {
        scene.order(Command::RemoveExemption {
            subject: domain(name),
        });
    }
    let held = run(&scene, false);
    assert!(held.counts.planned > 10, "{held:?}");
    assert_eq!(codes(&held), [GuardCode::FirstRun, GuardCode::Jump]);
    assert!(held.guards[1].text.contains("median"), "{held:?}");
    scene.release(&held.id);
    scene.world.deliver_all();
    assert_eq!(scene.run(&held.id).state, RunState::Done);
}

#[test]
fn a_run_that_a_person_starts_in_a_black_out_is_held() {
    let mut scene = Scene::new(45, 300, |_| {});
    // 2026-11-21 is a Saturday, and still one in New York when it is Sunday in UTC.
    scene.policy["schedule"] = json!({
        "every": {"n": 1, "unit": "week"}, "at": "03:00", "zone": "America/New_York", "except": ["sat"],
    });
    saved(&scene);
    for (hours, black_out) in [(0, true), (16, true), (1, false)] {
        advance(&scene, hours);
        let held = run(&scene, false);
        let is_held = codes(&held).contains(&GuardCode::BlackOut);
        assert_eq!(is_held, black_out, "{held:?}");
        scene.order(Command::RejectRun {
            run: held.id,
            reason: "later".into(),
        });
    }
    scene.world.knows_zones.set(false);
    let held = run(&scene, false);
    assert!(codes(&held).contains(&GuardCode::BlackOut), "{held:?}");
}

#[test]
fn whoever_adds_an_exemption_answers_for_it_unless_they_name_somebody_else() {
    let scene = Scene::new(48, 60, |_| {});
    scene.order(crate::scene::exempt(domain("x.example"), "a partner"));
    assert_eq!(
        listed(&scene)[0].owner,
        Some(AccountId(scene.first.clone()))
    );
}

#[test]
fn a_key_about_to_expire_holds_a_run() {
    let scene = Scene::new(46, 300, |_| {});
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    scene.order(Command::Connect {
        organization_id,
        api_key: scene.key.clone(),
        owner: None,
        expires: Some("2026-11-30".into()),
    });
    saved(&scene);
    for (hours, expected) in [
        (0, &[GuardCode::FirstRun][..]),
        (3 * 24, &[GuardCode::FirstRun, GuardCode::KeyExpires]),
    ] {
        advance(&scene, hours);
        let held = run(&scene, false);
        assert_eq!(codes(&held), expected, "{held:?}");
        scene.order(Command::RejectRun {
            run: held.id,
            reason: "a new key first".into(),
        });
    }
}

/// What became of a person in a run's plan, and why.
fn fate_of(scene: &Scene, run: &Run, account: &str) -> (Fate, String) {
    let mut people = scene.lines(run).into_iter();
    let named = people.find(|named| named.person.account.as_str() == account);
    let person = named.expect("a person of the plan").person;
    (person.fate, person.reason)
}

/// The people who are in a group, by its name.
fn members(scene: &Scene, group: &str) -> Vec<String> {
    let users = scene.world.cloud.borrow().dump_users();
    let is_member = |user: &&serde_json::Value| {
        let mut groups = user["groups"].as_array().into_iter().flatten();
        groups.any(|known| known["name"] == group)
    };
    let accounts = users.iter().filter(is_member);
    accounts
        .map(|user| user["accountId"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn the_last_active_members_of_an_administrators_group_are_spared_by_the_plan_and_before_the_action()
{
    let scene = Scene::new(47, 600, |_| {});
    saved(&scene);
    let site = scene.world.cloud.borrow().organization().sites[0]
        .name
        .clone();
    let (admins, users) = (format!("jira-admins-{site}"), format!("jira-users-{site}"));
    let first = run(&scene, true);
    let site_users = members(&scene, &users);
    let planned: Vec<String> = scene
        .planned(&first)
        .into_iter()
        .filter(|account| site_users.contains(account))
        .take(2)
        .collect();
    let [one, two] = planned.as_slice() else {
        panic!("{planned:?}")
    };
    let leave = |account: &str| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.leave_group(account, &admins).expect("a group");
    };
    let join = |account: &str| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.join_group(account, &admins).expect("a group");
    };
    for account in members(&scene, &admins) {
        leave(&account);
    }
    join(one);
    join(two);
    advance(&scene, 30);
    let both = run(&scene, true);
    for account in [one, two] {
        let (fate, reason) = fate_of(&scene, &both, account);
        assert_eq!(fate, Fate::Protected, "{reason}");
        let expected = format!("last active member of the administrators' group {admins}");
        assert_eq!(reason, expected);
    }
    // Somebody else administers it too: now they can go.
    join(&scene.second);
    advance(&scene, 30);
    let held = run(&scene, false);
    for account in [one, two] {
        let (fate, reason) = fate_of(&scene, &held, account);
        assert_eq!(fate, Fate::Planned, "{reason}");
    }
    // And left an hour ago, which no reading of everybody shows yet: they are asked for again right before.
    let unread = scene.copy();
    {
        let mut cloud = unread.world.cloud.borrow_mut();
        cloud.leave_group(&scene.second, &admins).expect("a group");
        cloud.clock().advance(Duration::from_secs(3_600));
    }
    unread.release(&held.id);
    unread.world.deliver_all();
    for account in [one, two] {
        let (fate, reason) = fate_of(&unread, &held, account);
        assert_eq!(fate, Fate::Skipped, "{reason}");
        assert!(reason.contains("last active member"), "{reason}");
    }
    assert!(unread.run(&held.id).counts.acted > 0);
    // And does not any more when the run is released.
    leave(&scene.second);
    advance(&scene, 30);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    scene.release(&held.id);
    scene.world.deliver_all();
    for account in [one, two] {
        let (fate, reason) = fate_of(&scene, &held, account);
        assert_eq!(fate, Fate::Skipped, "{reason}");
        assert!(reason.contains("last active member"), "{reason}");
    }
    assert!(scene.run(&held.id).counts.acted > 0);
}
