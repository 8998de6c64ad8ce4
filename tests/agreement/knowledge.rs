//! More knowledge never contradicts: what was decided without a value stays decided with it. In other words, hiding a
//! known value may only turn an answer into "unknown", for every condition and every combination of them. (`keep`, which
//! compares people with one another, is no condition and not part of this.) And: whoever is not idle does not become so
//! by being seen later.

use chrono::TimeDelta;
use seatkeeper::policy::{Condition, Policy};

use crate::reference::answer::Answer;
use crate::reference::engine::verdicts;
use crate::reference::evaluate::answer;
use crate::reference::person::{Access, Person, Seen, World};
use crate::reference::random::moments::within_reach;
use crate::reference::random::{Case, with};

const CASES: u64 = 1_500;

/// A world that knows one thing less, and what that is.
type Erased = (String, World);

#[test]
fn hiding_a_value_leaves_an_answer_or_makes_it_unknown() {
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..CASES {
        let Case { policy, world, .. } = Case::from_seed(seed);
        for world in people_apart(&world) {
            let before = both(&policy, &world);
            for (what, world) in erasures(&world) {
                let after = both(&policy, &world);
                assert!(
                    after == before || after == Answer::Unknown,
                    "seed {seed}: hiding {what} turned {before:?} into {after:?}\n{}\n{:#?}",
                    serde_json::to_string(&policy).expect("JSON"),
                    world.people
                );
                if after == before {
                    kept += 1
                } else {
                    lost += 1
                }
            }
        }
    }
    assert!(
        kept > 10_000 && lost > 1_000,
        "{kept} answers kept, {lost} lost: a test of nothing"
    );
}

#[test]
fn being_seen_later_makes_nobody_idle() {
    let (mut unmoved, mut moved) = (0, 0);
    for seed in 0..CASES {
        let Case { policy, world, .. } = Case::from_seed(seed);
        for condition in idle_conditions(&policy.r#match) {
            let policy = with(condition.clone(), policy.tolerance);
            for world in people_apart(&world) {
                let before = both(&policy, &world);
                for (what, world) in seen_later(&world) {
                    let after = both(&policy, &world);
                    assert!(
                        before == Answer::Yes || after != Answer::Yes,
                        "seed {seed}: {what} turned {before:?} into {after:?}\n{}\n{:#?}",
                        serde_json::to_string(&policy).expect("JSON"),
                        world.people
                    );
                    if after == before {
                        unmoved += 1
                    } else {
                        moved += 1
                    }
                }
            }
        }
    }
    assert!(
        unmoved > 1_000 && moved > 200,
        "{unmoved} answers unmoved, {moved} moved: a test of nothing"
    );
}

/// The answer of reference and engine, which must be the same.
fn both(policy: &Policy, world: &World) -> Answer {
    let person = world.people.first().expect("the one person");
    let expected = answer(&policy.r#match, policy, person, world);
    assert_eq!(verdicts(policy, world), Ok(vec![expected]));
    expected
}

/// The first few people of a world, each in a world of their own.
fn people_apart(world: &World) -> Vec<World> {
    let alone = |person: &Person| World {
        people: vec![person.clone()],
        ..world.clone()
    };
    world.people.iter().take(3).map(alone).collect()
}

fn idle_conditions(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Idle(_) => vec![condition],
        _ => condition.inner().iter().flat_map(idle_conditions).collect(),
    }
}

/// A world after something happened to its one person.
fn changed(world: &World, change: impl Fn(&mut Person)) -> World {
    let mut world = world.clone();
    world.people.iter_mut().for_each(change);
    world
}

/// A world in which one of the person's accesses is another.
fn with_access(world: &World, index: usize, change: impl Fn(&mut Access)) -> World {
    changed(world, |person| {
        person
            .accesses
            .iter_mut()
            .flatten()
            .skip(index)
            .take(1)
            .for_each(&change);
    })
}

fn accesses(world: &World) -> impl Iterator<Item = (usize, &Access)> {
    let accesses = world
        .people
        .iter()
        .filter_map(|person| person.accesses.as_ref());
    accesses.flatten().enumerate()
}

fn seen_later(world: &World) -> Vec<Erased> {
    let mut later = Vec::new();
    for (index, access) in accesses(world) {
        let Seen::At(time) = access.seen else {
            continue;
        };
        for seconds in [1, 2, 86_400, 8_000_000, 100_000_000] {
            let time = within_reach(time + TimeDelta::seconds(seconds));
            let what = format!("access {index} seen {seconds} s later");
            later.push((
                what,
                with_access(world, index, |access| access.seen = Seen::At(time)),
            ));
        }
    }
    later
}

/// Every world in which one value that was known is not.
fn erasures(world: &World) -> Vec<Erased> {
    let mut erased = values_erased(world);
    erased.extend(accesses_erased(world));
    erased.extend(group_names_erased(world));
    erased.extend(imports_erased(world));
    erased
}

/// Something that happens to a person.
type Change = fn(&mut Person);

/// The values of a person, by name: how to take one away.
const VALUES: [(&str, Change); 16] = [
    ("the directory", |person| person.directory = None),
    ("the directory's name", |person| {
        person
            .directory
            .iter_mut()
            .for_each(|directory| directory.name = None);
    }),
    ("the kind of account", |person| person.account_type = None),
    ("the status", |person| person.status = None),
    ("the claim", |person| person.claim = None),
    ("the source", |person| person.managed_by = None),
    ("two-step verification", |person| person.mfa = None),
    ("the e-mail address", |person| person.email = None),
    ("the date of joining", |person| person.added = None),
    ("the job title", |person| person.job_title = None),
    ("the department", |person| person.department = None),
    ("the organization", |person| person.organization = None),
    ("the location", |person| person.location = None),
    ("the groups", |person| person.groups = None),
    ("the roles", |person| person.roles = None),
    ("the accesses", |person| person.accesses = None),
];

fn values_erased(world: &World) -> Vec<Erased> {
    VALUES
        .into_iter()
        .map(|(what, erase)| (what.to_owned(), changed(world, erase)))
        .collect()
}

fn accesses_erased(world: &World) -> Vec<Erased> {
    accesses(world)
        .flat_map(|(index, _)| {
            let unseen = with_access(world, index, |access| access.seen = Seen::Unknown);
            let unpaid = with_access(world, index, |access| access.seat = None);
            [
                (format!("activity {index}"), unseen),
                (format!("seat {index}"), unpaid),
            ]
        })
        .collect()
}

fn group_names_erased(world: &World) -> Vec<Erased> {
    let groups = world
        .people
        .iter()
        .filter_map(|person| person.groups.as_ref())
        .flatten();
    groups
        .enumerate()
        .map(|(index, _)| {
            let erased = changed(world, |person| {
                let group = person.groups.iter_mut().flatten().nth(index);
                group.into_iter().for_each(|group| group.name = None);
            });
            (format!("the name of group {index}"), erased)
        })
        .collect()
}

/// Each list and each field gone from the world.
fn imports_erased(world: &World) -> Vec<Erased> {
    let without_list = world.lists.iter().map(|list| {
        let mut without = world.clone();
        without.lists.retain(|other| other.name != list.name);
        (format!("the list {}", list.name), without)
    });
    let without_field = world.fields.iter().map(|field| {
        let mut without = world.clone();
        without.fields.retain(|other| other.name != field.name);
        (format!("the field {}", field.name), without)
    });
    without_list.chain(without_field).collect()
}
