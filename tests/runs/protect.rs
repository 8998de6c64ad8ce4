//! Protections that an administrator switches on: duties on this site's Jira, and API tokens in use.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloud::conformance::Validator;
use cloud::faults::{FaultKind, Faults, PlannedFault};
use cloud::organization::{Component, Filter, Project};
use seatkeeper::app::admin::{Answer, Command};
use seatkeeper::app::records::{Protect, Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::actions::fates;
use crate::in_process::Kills;
use crate::scene::Scene;

const OFF: Protect = Protect {
    tokens_used_within_days: None,
    project_leads: false,
    default_assignees: false,
    filter_owners: false,
};
const LEADS: Protect = Protect {
    project_leads: true,
    ..OFF
};
const ASSIGNEES: Protect = Protect {
    default_assignees: true,
    ..OFF
};
const OWNERS: Protect = Protect {
    filter_owners: true,
    ..OFF
};
const TOKENS: Protect = Protect {
    tokens_used_within_days: Some(30),
    ..OFF
};
const EVERY_DUTY: Protect = Protect {
    project_leads: true,
    default_assignees: true,
    filter_owners: true,
    ..OFF
};

/// A scene whose policy suspends idle people of a kind.
fn scene(seed: u64, kind: &Value) -> Scene {
    let mut scene = Scene::new(seed, 400, |_| {});
    scene.policy["match"] = json!({"all": [
        {"status": ["active"]}, {"idle": {"longerThan": "90d"}}, kind,
    ]});
    scene.prepare();
    scene
}

fn contractors(seed: u64) -> Scene {
    let scene = scene(
        seed,
        &json!({"emailDomain": cloud::organization::CONTRACTOR_DOMAINS}),
    );
    let mut cloud = scene.world.cloud.borrow_mut();
    *cloud.jira_content() = cloud::organization::JiraContent::default();
    drop(cloud);
    scene
}

fn managed(seed: u64) -> Scene {
    scene(seed, &json!({"account": "managed"}))
}

fn protect(scene: &Scene, protect: Protect) {
    match scene.order(Command::SetProtections { protect }) {
        Answer::Settings(saved) => assert_eq!(saved.settings.protect, protect),
        other => panic!("{other:?}"),
    }
}

fn start(scene: &Scene, dry: bool) -> Run {
    scene.started("idle-contractors", dry)
}

/// A run that waits for its release.
fn held(scene: &Scene) -> Run {
    let held = start(scene, false);
    assert_eq!(held.state, RunState::Held, "{held:?}");
    held
}

/// The people of a run's plan who ended so, each with the reason.
fn of_fate(scene: &Scene, run: &Run, wanted: Fate) -> BTreeMap<String, String> {
    let people = fates(scene, run).into_iter();
    people
        .filter(|(_, fate, _)| *fate == wanted)
        .map(|(account, _, reason)| (account, reason))
        .collect()
}

fn planned(scene: &Scene) -> Vec<String> {
    let run = start(scene, true);
    of_fate(scene, &run, Fate::Planned).into_keys().collect()
}

fn pass(scene: &Scene, minutes: u64) {
    let time = Duration::from_secs(minutes * 60);
    scene.world.cloud.borrow().clock().advance(time);
}

fn calls_of(scene: &Scene, operation: &str) -> u64 {
    scene.world.cloud.borrow().meter().calls_of(operation)
}

fn strike(scene: &Scene, operation: &str, kind: FaultKind, times: u32) {
    let mut faults = Faults::planned(operation, kind);
    faults.planned[0] = PlannedFault {
        times,
        ..faults.planned[0].clone()
    };
    scene.world.cloud.borrow_mut().set_faults(faults);
}

fn add_project(scene: &Scene, key: &str, lead: &str, open: bool, components: Vec<Component>) {
    let project = Project {
        key: key.to_owned(),
        lead: lead.to_owned(),
        open,
        components,
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.jira_content().projects.push(project);
}

fn component(lead: &str, assigns_lead: bool) -> Component {
    Component {
        name: "core".to_owned(),
        lead: Some(lead.to_owned()),
        assigns_lead,
    }
}

fn add_filter(scene: &Scene, owner: &str, shared: bool, subscribers: &[&str]) {
    let filter = Filter {
        name: "Open bugs".to_owned(),
        owner: owner.to_owned(),
        shared,
        subscribers: subscribers.iter().map(|&one| one.to_owned()).collect(),
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.jira_content().filters.push(filter);
}

/// Gives planned people duties: a project's lead, a component's lead, a filter's owner.
fn give_duties(scene: &Scene, people: &[String]) {
    let [lead, of_component, owner, hidden, alone, ..] = people else {
        panic!("too few people: {people:?}")
    };
    add_project(
        scene,
        "OPS",
        lead,
        true,
        vec![component(of_component, false)],
    );
    add_project(
        scene,
        "SECRET",
        hidden,
        false,
        vec![component(hidden, true)],
    );
    add_filter(scene, owner, true, &[lead]);
    add_filter(scene, hidden, false, &[lead]);
    add_filter(scene, alone, true, &[alone]);
}

#[test]
fn each_duty_protects_whom_it_should_and_only_when_it_is_switched_on() {
    let scene = contractors(1);
    let people = planned(&scene);
    give_duties(&scene, &people);
    // More projects than a page holds.
    for number in 0..60 {
        add_project(&scene, &format!("P{number}"), &scene.first, true, vec![]);
    }
    add_project(&scene, "LAST", &people[5], true, vec![]);
    assert_eq!(planned(&scene), people);
    assert_eq!(calls_of(&scene, "jira.project.search"), 0);
    assert_eq!(calls_of(&scene, "jira.filter.search"), 0);
    let leads = "leads the project OPS";
    let component = "lead or assignee of a component of the project OPS";
    let owns = "owns the filter 10000, to which others are subscribed";
    let assigned = "may be assigned new issues of the project OPS, as its lead";
    let last = "leads the project LAST";
    let may_be_last = "may be assigned new issues of the project LAST, as its lead";
    for (on, expected) in [
        (LEADS, vec![(0, leads), (5, last)]),
        (
            ASSIGNEES,
            vec![(0, assigned), (1, component), (5, may_be_last)],
        ),
        (OWNERS, vec![(2, owns)]),
        (
            EVERY_DUTY,
            vec![(0, leads), (1, component), (2, owns), (5, last)],
        ),
        (OFF, vec![]),
    ] {
        protect(&scene, on);
        let run = start(&scene, true);
        assert_eq!(run.state, RunState::Previewed, "{run:?}");
        let protected = of_fate(&scene, &run, Fate::Protected);
        for (number, person) in people.iter().enumerate() {
            let found = protected.get(person).map(String::as_str);
            let expected = expected.iter().find(|(whose, _)| *whose == number);
            assert_eq!(
                found,
                expected.map(|(_, reason)| *reason),
                "{on:?} {number}"
            );
        }
        let left = of_fate(&scene, &run, Fate::Planned).len();
        assert_eq!(left, people.len() - expected.len(), "{on:?}");
        let shown: BTreeSet<String> = scene
            .protected()
            .into_iter()
            .map(|(account, _)| account)
            .collect();
        for (number, _) in &expected {
            assert!(shown.contains(&people[*number]), "{on:?} {number}");
        }
    }
    if let Ok(validator) = Validator::load() {
        for (request, response) in scene.world.traffic.borrow().iter() {
            let violations = validator.check(request, response);
            assert!(violations.is_empty(), "{}: {violations:?}", request.path);
        }
    }
}

#[test]
fn a_list_that_is_refused_or_not_whole_protects_everybody() {
    for (number, (on, operation)) in (0_u64..).zip([
        (LEADS, "jira.project.search"),
        (ASSIGNEES, "jira.project.component"),
        (OWNERS, "jira.filter.search"),
        // No project is shown.
        (LEADS, ""),
    ]) {
        let scene = contractors(number + 1);
        let people = planned(&scene);
        give_duties(&scene, &people);
        protect(&scene, on);
        if operation.is_empty() {
            scene.world.cloud.borrow_mut().jira_content().projects[0].open = false;
        } else {
            strike(&scene, operation, FaultKind::Forbidden, 100);
        }
        let run = start(&scene, true);
        let protected = of_fate(&scene, &run, Fate::Protected);
        assert_eq!(run.counts.planned, 0, "{operation}: {run:?}");
        for person in &people {
            let reason = &protected[person];
            assert!(reason.starts_with("undecided: "), "{operation}: {reason}");
        }
        // Nothing of it is kept.
        scene.world.cloud.borrow_mut().set_faults(Faults::default());
        scene.world.cloud.borrow_mut().jira_content().projects[0].open = true;
        let again = start(&scene, true);
        assert!(again.counts.planned > 0, "{operation}: {again:?}");
    }
}

#[test]
fn trouble_that_passes_is_waited_for() {
    for kind in [FaultKind::ServerErrorBefore, FaultKind::TooManyRequests] {
        let scene = contractors(3);
        let people = planned(&scene);
        give_duties(&scene, &people);
        protect(&scene, LEADS);
        strike(&scene, "jira.project.search", kind, 1);
        let run = start(&scene, true);
        assert_eq!(run.state, RunState::Previewed, "{kind:?}: {run:?}");
        let planned = of_fate(&scene, &run, Fate::Planned).len();
        assert_eq!(planned, people.len() - 1, "{kind:?}");
    }
}

#[test]
fn who_gets_a_duty_after_the_plan_is_let_be() {
    for kills in [Kills::None, Kills::OneIn(3)] {
        let scene = contractors(4);
        let people = planned(&scene);
        add_project(&scene, "OPS", &people[0], true, vec![]);
        protect(&scene, EVERY_DUTY);
        let held = held(&scene);
        assert_eq!(held.counts.planned as usize, people.len() - 1, "{held:?}");
        add_project(&scene, "NEW", &people[1], true, vec![]);
        // What was read of duties holds for an hour.
        pass(&scene, 61);
        scene.world.kills.set(kills);
        scene.release(&held.id);
        scene.world.deliver_all();
        let run = scene.run(&held.id);
        assert_eq!(run.state, RunState::Done, "{run:?}");
        let skipped = of_fate(&scene, &run, Fate::Skipped);
        let reason = &skipped[&people[1]];
        assert_eq!(reason, "on reading again: leads the project NEW");
        assert_eq!(skipped.len(), 1, "{skipped:?}");
        let done = of_fate(&scene, &run, Fate::Verified);
        assert_eq!(done.len(), people.len() - 2);
    }
}

#[test]
fn a_reading_before_the_act_that_is_refused_lets_everybody_be() {
    let scene = contractors(5);
    let people = planned(&scene);
    add_project(&scene, "OPS", &people[0], true, vec![]);
    protect(&scene, LEADS);
    let held = held(&scene);
    pass(&scene, 61);
    strike(&scene, "jira.project.search", FaultKind::Forbidden, 100);
    scene.release(&held.id);
    scene.world.deliver_all();
    let run = scene.run(&held.id);
    assert_eq!(run.counts.acted, 0, "{run:?}");
    assert_eq!(calls_of(&scene, "users.suspend"), 0);
    let let_be = held.counts.planned + held.counts.skipped;
    assert!(held.counts.planned > 0, "{held:?}");
    assert_eq!(run.counts.skipped, let_be);
}

/// The people of whom an API token was used within so many days.
fn token_users(scene: &Scene, people: &[String], days: i64) -> BTreeSet<String> {
    let cloud = scene.world.cloud.borrow();
    let (organization, now) = (cloud.organization(), cloud.now());
    let uses = |account: &&String| {
        let user = organization.user(account).expect("a person");
        let tokens = user.tokens.as_deref().into_iter().flatten();
        let mut last = tokens.filter_map(|token| token.last_access);
        last.any(|last| (now - last).num_days() < days)
    };
    people.iter().filter(uses).cloned().collect()
}

#[test]
fn a_token_used_lately_protects_managed_accounts_and_nobody_else() {
    let scene = managed(6);
    let people = planned(&scene);
    assert_eq!(calls_of(&scene, "accounts.tokens"), 0);
    protect(&scene, TOKENS);
    let expected = token_users(&scene, &people, 30);
    assert!(!expected.is_empty() && expected.len() < people.len());
    let run = start(&scene, true);
    let protected = of_fate(&scene, &run, Fate::Protected);
    let used: BTreeSet<String> = protected
        .iter()
        .filter(|(_, reason)| reason.starts_with("an API token was used on 2026-"))
        .map(|(account, _)| account.clone())
        .collect();
    assert_eq!(used, expected);
    assert_eq!(run.counts.planned as usize, people.len() - expected.len());
    // Each is asked once, and whoever is not planned is not asked.
    assert_eq!(calls_of(&scene, "accounts.tokens") as usize, people.len());

    let external = contractors(6);
    let people = planned(&external);
    protect(&external, TOKENS);
    external
        .world
        .cloud
        .borrow_mut()
        .use_token(&people[0])
        .expect("a person");
    assert_eq!(planned(&external), people);
    assert_eq!(calls_of(&external, "accounts.tokens"), 0);
}

#[test]
fn tokens_that_cannot_be_asked_for_protect() {
    let scene = managed(7);
    let people = planned(&scene);
    protect(&scene, TOKENS);
    strike(&scene, "accounts.tokens", FaultKind::Forbidden, 1_000);
    let run = start(&scene, true);
    assert_eq!(run.counts.planned, 0, "{run:?}");
    let protected = of_fate(&scene, &run, Fate::Protected);
    for person in &people {
        assert!(protected[person].starts_with("undecided: reading a person's API tokens"));
    }
}

#[test]
fn a_token_used_between_plan_and_act_lets_the_person_be() {
    for limited in [false, true] {
        let scene = managed(8);
        let everybody = planned(&scene);
        protect(&scene, TOKENS);
        if limited {
            // The plan is made all the same; everybody is asked about before their act.
            strike(&scene, "accounts.tokens", FaultKind::TooManyRequests, 5);
        }
        let held = held(&scene);
        let lately = token_users(&scene, &everybody, 30);
        let people: Vec<String> = of_fate(&scene, &held, Fate::Planned).into_keys().collect();
        assert_eq!(people.iter().any(|one| lately.contains(one)), limited);
        let free = people.iter().find(|one| !lately.contains(*one));
        let free = free.expect("somebody without a token");
        scene
            .world
            .cloud
            .borrow_mut()
            .use_token(free)
            .expect("a person");
        pass(&scene, 20);
        scene.release(&held.id);
        scene.world.deliver_all();
        let run = scene.run(&held.id);
        assert_eq!(run.state, RunState::Done, "{run:?}");
        let skipped = of_fate(&scene, &run, Fate::Skipped);
        let reason = "protected: an API token was used on 2026-11-21";
        assert_eq!(skipped[free], reason);
        let mut expected: BTreeSet<String> = people
            .iter()
            .filter(|one| lately.contains(*one))
            .cloned()
            .collect();
        expected.insert(free.clone());
        assert_eq!(skipped.into_keys().collect::<BTreeSet<_>>(), expected);
        let done = of_fate(&scene, &run, Fate::Verified);
        assert_eq!(done.len(), people.len() - expected.len());
    }
}

#[test]
fn protections_are_a_setting_of_the_organization_with_an_entry_and_bounds() {
    let scene = contractors(9);
    for days in [0, 367] {
        let protect = Protect {
            tokens_used_within_days: Some(days),
            ..OFF
        };
        let refusal = scene.refused(&scene.first, Command::SetProtections { protect });
        assert_eq!(refusal.code, "invalid", "{days}");
    }
    let on = Protect {
        tokens_used_within_days: Some(366),
        ..LEADS
    };
    protect(&scene, on);
    match scene.order(Command::Overview {}) {
        Answer::Overview(overview) => assert_eq!(overview.settings.protect, on),
        other => panic!("{other:?}"),
    }
    let log = scene.log();
    let entries: Vec<Value> = log
        .iter()
        .map(|entry| serde_json::from_str(&entry.entry).expect("JSON"))
        .filter(|entry: &Value| entry["action"] == "set-protections")
        .collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["before"]["protect"]["projectLeads"], false);
    assert_eq!(entries[0]["after"]["protect"]["projectLeads"], true);
    assert_eq!(entries[0]["after"]["protect"]["tokensUsedWithinDays"], 366);
    // Whoever changes them cannot release the next run.
    let command = Command::SetProtections { protect: OFF };
    scene
        .world
        .command(&scene.second, command)
        .expect("the second administrator may");
    let held = scene.tick_until_held();
    let release = Command::ReleaseRun {
        run: held.id.clone(),
        reason: "looked at the plan".into(),
    };
    assert!(scene.world.command(&scene.second, release).is_err());
}

#[test]
fn what_was_read_of_duties_goes_when_the_protections_change() {
    let scene = contractors(10);
    let people = planned(&scene);
    give_duties(&scene, &people);
    protect(&scene, EVERY_DUTY);
    let kept = || {
        let cloud = scene.world.cloud.borrow();
        let stored = cloud.stored().plain(cloud.now()).into_iter();
        let duties = stored.filter(|(key, _)| key.starts_with("duties"));
        duties.map(|(key, _)| key).collect::<Vec<String>>()
    };
    assert_eq!(kept(), Vec::<String>::new());
    start(&scene, true);
    assert_eq!(kept().len(), 2);
    pass(&scene, 61);
    start(&scene, true);
    assert_eq!(kept().len(), 2);
    protect(&scene, OFF);
    assert_eq!(kept(), Vec::<String>::new());
}
