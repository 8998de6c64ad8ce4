//! Random people, who share groups, roles and accesses as people of an organization do.

use seatkeeper::model::{AccountType, Claim, ManagedBy, Status};

use super::dice::Dice;
use super::moments::Moments;
use super::words::{
    DIRECTORIES, EMAILS, FOREIGN_SITE, GROUPS, PRODUCTS, PROFILE_VALUES, ROLES, SITES,
};
use crate::reference::calendar::Moment;
use crate::reference::person::{Access, Directory, Group, Person, Seen};

/// What the people of one organization have in common.
struct Shared {
    /// In how many cases of a hundred a value is not known.
    unknown: u32,
    group_sets: Vec<Vec<Group>>,
    role_sets: Vec<Vec<String>>,
    /// Products and sites, without anybody's activity.
    access_sets: Vec<Vec<(String, Option<String>)>>,
}

/// The people of one organization, each account once in a directory.
pub fn people(dice: &mut Dice, moments: &Moments) -> Vec<Person> {
    let shared = shared(dice);
    let (count, longest_run) = match dice.below(1_000) {
        0..880 => (dice.below(70), 1),
        880..980 => (100 + dice.below(60), 12),
        980..999 => (200 + dice.below(900), 300),
        _ => (4_000 + dice.below(1_000), 2_000),
    };
    let mut people: Vec<Person> = Vec::new();
    while people.len() < usize::try_from(count).expect("a small number") {
        let person = person(dice, moments, &shared);
        let run = 1 + dice.below(longest_run);
        for _ in 0..run {
            people.push(Person {
                account: account(people.len()),
                ..person.clone()
            });
        }
        if dice.chance(10) {
            people.push(elsewhere(&person, dice, moments, &shared, people.len() - 1));
        }
    }
    people
}

/// The same account in a directory that it was not in yet.
fn elsewhere(
    person: &Person,
    dice: &mut Dice,
    moments: &Moments,
    shared: &Shared,
    index: usize,
) -> Person {
    let mut other = self::person(dice, moments, shared);
    let id_of = |person: &Person| {
        person
            .directory
            .as_ref()
            .map(|directory| directory.id.clone())
    };
    while id_of(&other) == id_of(person) {
        other.directory = directory(dice);
    }
    Person {
        account: account(index),
        ..other
    }
}

/// In the two shapes that accounts have.
fn account(index: usize) -> String {
    if index.is_multiple_of(3) {
        format!("557058:0f0e0d0c-0000-4000-8000-{index:012}")
    } else {
        format!("5b10a2844c20{index:012}")
    }
}

fn shared(dice: &mut Dice) -> Shared {
    let unknown = *dice.one_of(&[0, 0, 3, 20, 60, 90]);
    let (groups, roles, accesses) = (1 + dice.below(6), 1 + dice.below(3), 1 + dice.below(6));
    Shared {
        unknown,
        group_sets: dice.several(groups, |dice| group_set(dice, unknown)),
        role_sets: dice.several(roles, role_set),
        access_sets: dice.several(accesses, access_set),
    }
}

fn group_set(dice: &mut Dice, unknown: u32) -> Vec<Group> {
    let count = dice.below(5);
    dice.several(count, |dice| {
        let (id, name) = *dice.one_of(&GROUPS);
        Group {
            id: id.to_owned(),
            name: dice.unless(unknown / 2, |_| name.to_owned()),
        }
    })
}

fn role_set(dice: &mut Dice) -> Vec<String> {
    let count = dice.below(4);
    dice.several(count, |dice| dice.word(&ROLES).to_owned())
}

fn access_set(dice: &mut Dice) -> Vec<(String, Option<String>)> {
    // Nobody has a hundred accesses, but an input may say so.
    let most = if dice.chance(1) { 100 } else { 5 };
    let count = dice.below(most);
    dice.several(count, |dice| {
        let product = dice.word(&PRODUCTS).to_owned();
        let site = match dice.below(10) {
            0 => None,
            1 => Some(FOREIGN_SITE),
            _ => Some(dice.one_of(&SITES).1),
        };
        (product, site.map(String::from))
    })
}

fn person(dice: &mut Dice, moments: &Moments, shared: &Shared) -> Person {
    let unknown = shared.unknown;
    let added = dice.unless(unknown, |dice| moments.joined(dice));
    Person {
        account: String::new(),
        directory: directory(dice),
        account_type: dice.unless(unknown, |dice| dice.one_of(&AccountType::ALL).0),
        status: dice.unless(unknown, |dice| dice.one_of(&Status::ALL).0),
        claim: dice.unless(unknown, |dice| dice.one_of(&Claim::ALL).0),
        managed_by: dice.unless(unknown, |dice| dice.one_of(&ManagedBy::ALL).0),
        mfa: dice.unless(unknown, |dice| dice.chance(50)),
        email: dice.unless(unknown, |dice| dice.word(&EMAILS).to_owned()),
        added,
        job_title: profile_value(dice, unknown),
        department: profile_value(dice, unknown),
        organization: profile_value(dice, unknown),
        location: profile_value(dice, unknown),
        groups: dice.unless(unknown, |dice| dice.one_of(&shared.group_sets).clone()),
        roles: dice.unless(unknown, |dice| dice.one_of(&shared.role_sets).clone()),
        accesses: dice.unless(unknown, |dice| accesses(dice, moments, shared, added)),
    }
}

fn directory(dice: &mut Dice) -> Option<Directory> {
    dice.unless(15, |dice| {
        let (id, name) = *dice.one_of(&DIRECTORIES);
        Directory {
            id: id.to_owned(),
            name: name.map(String::from),
        }
    })
}

fn profile_value(dice: &mut Dice, unknown: u32) -> Option<String> {
    dice.unless(unknown, |dice| dice.word(&PROFILE_VALUES).to_owned())
}

fn accesses(
    dice: &mut Dice,
    moments: &Moments,
    shared: &Shared,
    added: Option<Moment>,
) -> Vec<Access> {
    let set = dice.one_of(&shared.access_sets).clone();
    let never = *dice.one_of(&[10, 40, 100]);
    set.into_iter()
        .map(|(product, cloud_id)| Access {
            product,
            cloud_id,
            seen: seen(dice, moments, shared.unknown / 2, never, added),
            seat: dice.unless(shared.unknown, |dice| dice.chance(50)),
        })
        .collect()
}

fn seen(
    dice: &mut Dice,
    moments: &Moments,
    unknown: u32,
    never: u32,
    added: Option<Moment>,
) -> Seen {
    if dice.chance(unknown) {
        Seen::Unknown
    } else if dice.chance(never) {
        Seen::Never
    } else {
        Seen::At(moments.seen(added, dice))
    }
}
