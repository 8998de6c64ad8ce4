//! People whom several directories list: each directory is decided, acted on, read back and taken back by itself, and what is
//! done to the account rests on all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use cloud::Response;
use cloud::faults::{FaultKind, Faults};
use cloud::organization::{Access, AccountStatus, Membership, Missing, Product, Role};
use cloud::organization::{Seen, Standing};
use seatkeeper::app::admin::{Answer, Command, Errand, NamedPerson};
use seatkeeper::app::records::{ExemptionSubject, Run, RunState};
use seatkeeper::model::AccountId;
use seatkeeper::plan::{Fate, Person};
use serde_json::{Value, json};

use crate::scene::Scene;

const DOMAIN: &str = "several.example";

/// What a person is in one directory: the standing there, and for how many days the product of its site was not used.
pub type There = (usize, Standing, i64);

pub const ACTIVE: Standing = Standing::Active;
const SUSPENDED: Standing = Standing::Suspended;

/// An organization with as many sites as directories, and a policy that means nobody but the people of [`DOMAIN`].
pub fn scene(directories: usize, stage: &Value, people: &[(&str, &[There])]) -> Scene {
    let mut scene = Scene::new(5, 120, |options| {
        options.directories = directories;
        options.sites = directories;
        options.switches.restore_refused_when_full = false;
        // What was changed is to be seen by the next reading.
        options.switches.group_lag_ms = 0;
        options.switches.read_back_lag_ms = 0;
    });
    scene.policy["match"] = json!({"all": [
        {"status": ["active"]}, {"idle": {"longerThan": "90d"}}, {"emailDomain": [DOMAIN]},
    ]});
    scene.policy["stages"] = match stage {
        Value::Array(_) => stage.clone(),
        one => json!([one]),
    };
    scene.prepare();
    for (name, there) in people {
        put(&scene, name, there);
    }
    scene
}

fn put(scene: &Scene, name: &str, there: &[There]) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let now = cloud.now();
    let is_plain = |user: &&cloud::organization::User| {
        user.missing == Missing::default()
            && user.platform_roles.is_empty()
            && user.managed
            && !user.synced
            && user.tokens.is_none()
            && user.account_status == AccountStatus::Active
            && !user.for_deletion
    };
    let mut user = cloud
        .organization()
        .users
        .iter()
        .find(is_plain)
        .expect("somebody plain")
        .clone();
    user.account_id = name.to_owned();
    user.name = name.to_owned();
    user.email = format!("{name}@{DOMAIN}");
    user.groups.clear();
    user.memberships.clear();
    user.accesses.clear();
    for (directory, standing, days) in there {
        user.memberships
            .push(Membership::new(*directory, *standing));
        let seen = Seen::with_digits(now - TimeDelta::days(*days), 3);
        // Each site belongs to the directory of its number.
        let access = Access::new(*directory, Product::JiraSoftware, Role::User, Some(seen));
        user.accesses.push(access);
    }
    cloud.put_user(user);
}

fn run_now(scene: &Scene) -> Run {
    let held = scene.tick_until_held();
    release(scene, &held)
}

pub fn release(scene: &Scene, held: &Run) -> Run {
    scene.release(&held.id);
    scene.world.deliver_all();
    scene.run(&held.id)
}

/// Which of the directories an effect of ours was in: of an account, what, and the directory's number.
pub fn effects(scene: &Scene, what: &str) -> Vec<(String, Option<usize>)> {
    let cloud = scene.world.cloud.borrow();
    let number = |id: &String| cloud.organization().directory_position(id);
    let ours = cloud
        .effects()
        .iter()
        .filter(|effect| effect.key_owner.is_some() && effect.what == what);
    ours.map(|effect| {
        let directory = effect.directory_id.as_ref().and_then(number);
        (effect.account_id.clone(), directory)
    })
    .collect()
}

fn sorted(mut effects: Vec<(String, Option<usize>)>) -> Vec<(String, Option<usize>)> {
    effects.sort();
    effects
}

fn in_directory(effects: &[(&str, usize)]) -> Vec<(String, Option<usize>)> {
    let named = effects.iter();
    named
        .map(|(account, directory)| ((*account).to_owned(), Some(*directory)))
        .collect()
}

/// How everybody of the domain stands in each of their directories.
fn standings(scene: &Scene) -> BTreeMap<String, Vec<(usize, Standing)>> {
    let cloud = scene.world.cloud.borrow();
    let users = cloud.organization().users.iter();
    users
        .filter(|user| user.email_domain() == DOMAIN)
        .map(|user| {
            let memberships = user.memberships.iter();
            let there = memberships.map(|one| (one.directory, one.standing));
            (user.account_id.clone(), there.collect())
        })
        .collect()
}

/// The lines of a plan by account and the directory's number.
pub fn lines(scene: &Scene, run: &Run) -> BTreeMap<(String, usize), Person> {
    let cloud = &scene.world.cloud;
    let mut lines = BTreeMap::new();
    for NamedPerson { person, .. } in scene.lines(run) {
        let directory = person.directory.as_str();
        let number = cloud
            .borrow()
            .organization()
            .directory_position(directory)
            .expect("a directory");
        lines.insert((person.account.0.clone(), number), person);
    }
    lines
}

pub fn line<'l>(
    lines: &'l BTreeMap<(String, usize), Person>,
    account: &str,
    directory: usize,
) -> &'l Person {
    &lines[&(account.to_owned(), directory)]
}

#[test]
fn each_directory_is_suspended_and_taken_back_by_its_own_status_and_evidence() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "suspend"}),
        &[
            ("both", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("half", &[(0, SUSPENDED, 200), (1, ACTIVE, 200)]),
            ("at-work", &[(0, ACTIVE, 200), (1, ACTIVE, 1)]),
            ("single", &[(1, ACTIVE, 200)]),
        ],
    );
    let before = standings(&scene);
    let run = run_now(&scene);
    assert_eq!(
        run.state,
        RunState::Done,
        "{run:?} {:?}",
        lines(&scene, &run)
    );
    let expected = in_directory(&[
        ("at-work", 0),
        ("both", 0),
        ("both", 1),
        ("half", 1),
        ("single", 1),
    ]);
    assert_eq!(sorted(effects(&scene, "suspended")), expected);
    assert_eq!(run.counts.verified, 5, "{:?}", lines(&scene, &run));
    let undone = scene.undone(&run);
    assert_eq!(undone.state, RunState::Done, "{undone:?}");
    assert_eq!(undone.counts.verified, 5, "{:?}", lines(&scene, &undone));
    // Who was suspended before in the first directory stays so.
    assert_eq!(sorted(effects(&scene, "restored")), expected);
    assert_eq!(standings(&scene), before);
}

#[test]
fn an_access_is_taken_in_the_directory_of_its_site() {
    let people: [(&str, &[There]); 2] = [
        ("both", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
        ("half", &[(0, ACTIVE, 200), (1, SUSPENDED, 200)]),
    ];
    let site = |number: usize| {
        let scene = scene(2, &json!({"after": "0d", "do": "suspend"}), &[]);
        let cloud = scene.world.cloud.borrow();
        cloud.organization().sites[number].host()
    };
    let stage = json!({"after": "0d", "do": "removeAccess", "products": ["jira-software"], "sites": [site(1)]});
    let scene = scene(2, &stage, &people);
    let run = run_now(&scene);
    assert_eq!(run.state, RunState::Done, "{:?}", lines(&scene, &run));
    // Whoever is suspended there holds nothing to be taken.
    assert_eq!(effects(&scene, "roleRevoked"), in_directory(&[("both", 1)]));
    let undone = scene.undone(&run);
    assert_eq!(undone.counts.verified, 1, "{:?}", lines(&scene, &undone));
    assert_eq!(
        effects(&scene, "roleAssigned"),
        in_directory(&[("both", 1)])
    );
}

#[test]
fn what_is_done_to_an_account_rests_on_every_directory_and_is_done_once() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "deactivate"}),
        &[
            ("both", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("half", &[(0, SUSPENDED, 200), (1, ACTIVE, 200)]),
            ("at-work", &[(0, ACTIVE, 200), (1, ACTIVE, 1)]),
            ("half-at-work", &[(0, SUSPENDED, 1), (1, ACTIVE, 200)]),
        ],
    );
    let run = run_now(&scene);
    let lines = lines(&scene, &run);
    assert_eq!(run.state, RunState::Done, "{lines:?}");
    let account_alone = |name: &str| (name.to_owned(), None);
    assert_eq!(
        sorted(effects(&scene, "deactivated")),
        [account_alone("both"), account_alone("half")]
    );
    let fates: BTreeSet<Fate> = [0, 1]
        .map(|directory| line(&lines, "both", directory).fate)
        .into();
    assert_eq!(fates, BTreeSet::from([Fate::Skipped, Fate::Verified]));
    for (account, directory) in [("at-work", 0), ("half-at-work", 1)] {
        let line = line(&lines, account, directory);
        assert_eq!(line.fate, Fate::Skipped);
        assert!(line.reason.starts_with("active-elsewhere"), "{line:?}");
    }
}

#[test]
fn an_exempt_group_of_one_directory_shelters_in_all() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "suspend"}),
        &[
            ("exempt", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("other", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
        ],
    );
    join_exempt(&mut scene.world.cloud.borrow_mut(), "exempt");
    let run = run_now(&scene);
    let lines = lines(&scene, &run);
    let suspended = sorted(effects(&scene, "suspended"));
    assert_eq!(suspended, in_directory(&[("other", 0), ("other", 1)]));
    for directory in [0, 1] {
        assert_eq!(line(&lines, "exempt", directory).fate, Fate::Exempt);
    }
}

/// Joins the exempt group, which is of the first directory.
fn join_exempt(cloud: &mut cloud::Cloud, account: &str) {
    let group = "contractors-keep";
    let found = cloud.organization().group_position(group);
    let directory = cloud.organization().groups[found.expect("the group")].directory;
    assert_eq!(directory, 0);
    cloud.join_group(account, group).expect("a person");
}

#[test]
fn whoever_comes_into_an_exempt_group_of_another_directory_after_the_plan_is_let_be() {
    for directories in [2, 3] {
        let last = directories - 1;
        let scene = scene(
            directories,
            &json!({"after": "0d", "do": "suspend"}),
            &[
                ("comes", &[(last, ACTIVE, 200)]),
                ("stays", &[(last, ACTIVE, 200)]),
            ],
        );
        let held = scene.tick_until_held();
        {
            let mut cloud = scene.world.cloud.borrow_mut();
            let come = |user: &mut cloud::organization::User| {
                user.memberships.push(Membership::new(0, ACTIVE));
            };
            cloud.change_user("comes", come).expect("a person");
            join_exempt(&mut cloud, "comes");
        }
        scene.world.traffic.borrow_mut().clear();
        let run = release(&scene, &held);
        let suspended = effects(&scene, "suspended");
        assert_eq!(suspended, in_directory(&[("stays", last)]));
        let lines = lines(&scene, &run);
        let comes = line(&lines, "comes", last);
        assert_eq!(comes.fate, Fate::Skipped);
        let why = "on reading again: member of an exempt group";
        assert_eq!(comes.reason, why);
        // Of three directories one search finds who is to be read in each by its own path.
        let searches = searches_by_name(&scene);
        let over_all = usize::from(directories > 2);
        assert_eq!(searches.len(), directories + over_all + 1, "{searches:?}");
    }
}

/// The directories in which people were sought by name since the traffic was cleared, `-` for all.
fn searches_by_name(scene: &Scene) -> Vec<String> {
    let traffic = scene.world.traffic.borrow();
    let is_by_name = |body: &[u8]| {
        let body = String::from_utf8_lossy(body);
        body.contains("accountIds") || body.contains("emails")
    };
    // Over all directories addresses are looked up as well, of whom the plan names.
    let is_of_a_batch = |request: &cloud::Request| {
        !request.path.ends_with("/-/users/search")
            || String::from_utf8_lossy(&request.body).contains("directoryIds")
    };
    let searches = traffic.iter().filter(|(request, _)| {
        request.path.ends_with("/users/search")
            && is_by_name(&request.body)
            && is_of_a_batch(request)
    });
    searches
        .filter_map(|(request, _)| Some(request.path.split('/').rev().nth(2)?.to_owned()))
        .collect()
}

#[test]
fn where_nobody_is_elsewhere_one_search_over_all_other_directories_is_enough() {
    let scene = scene(
        4,
        &json!({"after": "0d", "do": "suspend"}),
        &[("single", &[(3, ACTIVE, 200)])],
    );
    let held = scene.tick_until_held();
    scene.world.traffic.borrow_mut().clear();
    let run = release(&scene, &held);
    assert_eq!(run.counts.verified, 1, "{run:?}");
    let cloud = scene.world.cloud.borrow();
    let own = cloud.organization().directories[3].id.clone();
    assert_eq!(searches_by_name(&scene), [own.clone(), "-".into(), own]);
    assert_eq!(cloud.meter().calls_of("users.roleAssignments"), 0);
}

#[test]
fn whose_standing_is_not_told_is_let_be() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "suspend"}),
        &[
            ("silent", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("told", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
        ],
    );
    let path = "users/silent/role-assignments?limit=100";
    let refusal = Response::json(404, &json!({"message": "not found"}));
    let staged = (String::from(path), refusal);
    scene.world.staged.borrow_mut().push(staged.clone());
    let held = scene.tick_until_held();
    let planned = lines(&scene, &held);
    for directory in [0, 1] {
        let fate = line(&planned, "silent", directory).fate;
        assert!(matches!(fate, Fate::Unknown | Fate::Protected), "{fate:?}");
        assert_eq!(line(&planned, "told", directory).fate, Fate::Planned);
    }
    // The same between the plan and the act.
    let path = String::from("users/told/role-assignments?limit=100");
    scene.world.staged.borrow_mut().push((path, staged.1));
    let run = release(&scene, &held);
    assert_eq!(run.state, RunState::Done, "{run:?}");
    assert_eq!(effects(&scene, "suspended"), []);
}

#[test]
fn people_chosen_by_hand_are_told_apart_as_well() {
    let scene = scene(
        2,
        &json!({"after": "0d", "do": "suspend"}),
        &[
            ("both", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("half", &[(0, SUSPENDED, 200), (1, ACTIVE, 200)]),
        ],
    );
    let chosen = scene.order(Command::ActOn {
        people: ["both", "half"].map(|one| AccountId(one.into())).into(),
        errand: Errand::Stage {
            stage: json!({"after": "0d", "do": "suspend"}).to_string(),
        },
        idle: None,
        even_if_active: true,
        dry: true,
        reason: "they left the company".into(),
    });
    let Answer::Run(run) = chosen else {
        panic!("{chosen:?}")
    };
    scene.world.deliver_all();
    let run = scene.run(&run.id);
    let lines = lines(&scene, &run);
    for (account, directory) in [("both", 0), ("both", 1), ("half", 1)] {
        let line = line(&lines, account, directory);
        assert_eq!(line.fate, Fate::Planned, "{line:?}");
    }
    assert_eq!(line(&lines, "half", 0).fate, Fate::Skipped, "{lines:?}");
}

#[test]
fn a_policy_with_stages_leaves_them_undecided() {
    let scene = scene(
        2,
        &json!([
            {"after": "0d", "do": "suspend"},
            {"after": "30d", "do": "rename"},
        ]),
        &[
            ("both", &[(0, ACTIVE, 200), (1, ACTIVE, 200)]),
            ("single", &[(0, ACTIVE, 200)]),
        ],
    );
    let held = scene.tick_until_held();
    let lines = lines(&scene, &held);
    for directory in [0, 1] {
        let line = line(&lines, "both", directory);
        assert_eq!(line.fate, Fate::Protected, "{line:?}");
        assert!(line.reason.contains("several directories"), "{line:?}");
    }
    release(&scene, &held);
    assert_eq!(
        sorted(effects(&scene, "suspended")),
        in_directory(&[("single", 0)])
    );
}

#[test]
fn a_policy_with_stages_changes_the_account_of_whoever_is_suspended_in_all_of_them_once() {
    let mut scene = scene(
        2,
        &json!([
            {"after": "0d", "do": "deactivate"},
            {"after": "30d", "do": "rename"},
        ]),
        &[("both", &[(0, SUSPENDED, 200), (1, SUSPENDED, 200)])],
    );
    // No groups are listed of them, which says nothing of whoever is suspended: nobody may be exempt by one here.
    let Answer::Exemptions(list) = scene.order(Command::Exemptions {}) else {
        panic!("no list")
    };
    for exemption in list.exemptions {
        if matches!(exemption.subject, ExemptionSubject::Group { .. }) {
            let subject = exemption.subject;
            scene.order(Command::RemoveExemption { subject });
        }
    }
    // A status other than active is that of every directory: nobody need be told apart.
    scene.policy["match"]["all"][0] = json!({"status": ["suspended"]});
    scene.order(Command::SavePolicy {
        document: scene.policy.to_string(),
        revision: None,
    });
    let faults = Faults::planned("accounts.disable", FaultKind::Forbidden);
    scene.world.cloud.borrow_mut().set_faults(faults);
    let assert_ends = |run: &Run, fate: Fate| {
        let lines = lines(&scene, run);
        assert_eq!(line(&lines, "both", 0).fate, fate, "{lines:?}");
        let other = line(&lines, "both", 1);
        assert_eq!(other.fate, Fate::Skipped, "{other:?}");
        assert!(other.reason.contains("the same account"), "{other:?}");
    };
    assert_ends(&run_now(&scene), Fate::Failed);
    // The line that was left out takes the failure of the other one for nothing that somebody did.
    scene.world.cloud.borrow_mut().set_faults(Faults::default());
    let two_days = std::time::Duration::from_secs(2 * 86_400);
    scene.world.cloud.borrow().clock().advance(two_days);
    assert_ends(&scene.started("idle-contractors", false), Fate::Verified);
    assert_eq!(
        effects(&scene, "deactivated"),
        [(String::from("both"), None)]
    );
}
