//! Random cases: a policy, and a small organization whose dates lie on the policy's own boundaries. A case is all in its
//! seed.

mod dice;
pub mod moments;
mod patterns;
mod people;
mod policies;
mod spans;
mod words;

use chrono::TimeDelta;
use seatkeeper::policy::Policy;

use dice::Dice;
pub use policies::with;

use super::calendar::earlier;
use super::person::{Field, List, Person, Site, World};
use moments::{Moments, beside};
use words::{FIELD_VALUES, FIELDS, LISTS, SITES, addresses};

/// A policy and what it is judged against.
#[derive(Clone, Debug)]
pub struct Case {
    pub seed: u64,
    pub policy: Policy,
    pub world: World,
}

impl Case {
    pub fn from_seed(seed: u64) -> Case {
        let mut dice = Dice::from_seed(seed);
        let policy = policies::policy(&mut dice);
        let world = world(&mut dice, &policy);
        Case {
            seed,
            policy,
            world,
        }
    }
}

fn world(dice: &mut Dice, policy: &Policy) -> World {
    let moments = Moments::of(policy, dice);
    let people = people::people(dice, &moments);
    World {
        now: moments.now,
        sites: sites(),
        lists: lists(dice, &moments, &people),
        fields: fields(dice, &people),
        people,
    }
}

fn sites() -> Vec<Site> {
    SITES
        .iter()
        .map(|(host, cloud_id)| Site {
            host: (*host).to_owned(),
            cloud_id: (*cloud_id).to_owned(),
        })
        .collect()
}

/// Lists of accounts, of e-mail addresses, of both and of nobody, some too old by a second; one name has no list.
fn lists(dice: &mut Dice, moments: &Moments, people: &[Person]) -> Vec<List> {
    let names = LISTS.iter().filter(|name| **name != "never-imported");
    names
        .map(|name| {
            let max_age = spans::some_span(dice);
            let imported = match dice.below(4) {
                0 => moments.now,
                1 => moments.now - TimeDelta::seconds(dice.between(0, 10_000_000)),
                _ => beside(earlier(moments.now, max_age), dice),
            };
            List {
                name: (*name).to_owned(),
                imported,
                max_age,
                members: members(dice, people),
            }
        })
        .collect()
}

fn members(dice: &mut Dice, people: &[Person]) -> Vec<String> {
    let (emails, accounts) = *dice.one_of(&[(0, 0), (0, 5), (5, 0), (3, 3)]);
    let mut members = dice.several(emails, email);
    if !people.is_empty() {
        members.extend(dice.several(accounts, |dice| dice.one_of(people).account.clone()));
    }
    members
}

/// An address for a list; what is no address there would be read as an account.
fn email(dice: &mut Dice) -> String {
    let email = dice.word(&addresses());
    if dice.chance(50) {
        email.to_ascii_uppercase()
    } else {
        email.to_owned()
    }
}

/// Fields that are set for some of the people; one name has no field.
fn fields(dice: &mut Dice, people: &[Person]) -> Vec<Field> {
    let names = FIELDS.iter().filter(|name| **name != "never-set-up");
    names
        .map(|name| {
            let mut values: Vec<(String, String)> = Vec::new();
            for person in people {
                let is_new = values
                    .last()
                    .is_none_or(|(account, _)| *account != person.account);
                if is_new && dice.chance(60) {
                    let value = dice.word(&FIELD_VALUES).to_owned();
                    values.push((person.account.clone(), value));
                }
            }
            Field {
                name: (*name).to_owned(),
                values,
            }
        })
        .collect()
}
