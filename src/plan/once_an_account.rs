//! Acts on the account itself: whom several directories list has one account all the same.

use std::collections::BTreeSet;

use super::act::Act;
use super::person::{Counts, Fate, Person};
use crate::model::AccountId;

/// Leaves what is done to an account to the first line of a plan that does it: a second line of the same person, in another
/// directory, keeps what it does there.
pub fn once_an_account(people: &mut [Person], counts: &mut Counts) {
    let mut done = BTreeSet::<AccountId>::new();
    for person in people.iter_mut() {
        if !person.acts.iter().any(Act::needs_management) {
            continue;
        }
        if done.insert(person.account.clone()) {
            continue;
        }
        person.acts.retain(|act| !act.needs_management());
        if person.acts.is_empty() {
            person.fate = Fate::Skipped;
            person.reason =
                String::from("the same account is in the plan, as another directory lists it");
            counts.planned = counts.planned.saturating_sub(1);
            counts.skipped = counts.skipped.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DirectoryId;

    fn person(account: &str, directory: &str, acts: &[Act]) -> Person {
        let (account, directory) = (AccountId(account.into()), DirectoryId(directory.into()));
        Person {
            acts: acts.to_vec(),
            ..Person::new(account, directory, Fate::Planned, "idle".into())
        }
    }

    #[test]
    fn an_account_is_deactivated_once_and_suspended_in_each_directory() {
        let mut people = [
            person("a", "1", &[Act::Suspend, Act::Deactivate]),
            person("a", "2", &[Act::Suspend, Act::Deactivate]),
            person("b", "1", &[Act::Deactivate]),
            person("b", "2", &[Act::Deactivate]),
            person("c", "2", &[Act::Suspend]),
        ];
        let mut counts = Counts {
            planned: 5,
            ..Counts::default()
        };
        once_an_account(&mut people, &mut counts);
        let acts: Vec<Vec<&str>> = people
            .iter()
            .map(|person| person.acts.iter().map(Act::name).collect())
            .collect();
        let expected: [&[&str]; 5] = [
            &["suspend", "deactivate"],
            &["suspend"],
            &["deactivate"],
            &[],
            &["suspend"],
        ];
        assert_eq!(acts, expected);
        assert_eq!(people[3].fate, Fate::Skipped);
        assert_eq!((counts.planned, counts.skipped), (4, 1));
    }
}
