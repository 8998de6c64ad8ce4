//! Whether engine and reference agree, and everything needed to look into it if they do not.

use seatkeeper::policy::{Condition, Policy};

use super::answer::Answer;
use super::engine::verdicts;
use super::evaluate::answer;
use super::person::{Field, Person, World};
use super::random::{Case, with};

/// Nothing, if engine and reference give the same answers to a case.
///
/// # Errors
/// Everything needed to look into a difference.
pub fn agreement(case: &Case) -> Result<(), String> {
    let Case {
        seed,
        policy,
        world,
    } = case;
    let expected = references(&policy.r#match, policy, world);
    let found = verdicts(policy, world);
    if found.as_ref() == Ok(&expected) {
        return Ok(());
    }
    let condition = smallest_difference(&policy.r#match, policy, world);
    let part = with(condition.clone(), policy.tolerance);
    let expected = references(condition, policy, world);
    let found = verdicts(&part, world);
    let differing = world.people.iter().enumerate().find(|(index, _)| {
        found.as_ref().ok().and_then(|found| found.get(*index)) != expected.get(*index)
    });
    let (place, person) = differing.unzip();
    let policy = serde_json::to_string(policy).unwrap_or_default();
    let condition = serde_json::to_string(condition).unwrap_or_default();
    let at = |answers: &[Answer]| place.and_then(|place| answers.get(place).copied());
    Err(format!(
        "the engine and the reference differ; run again with SEED={seed}\npolicy: {policy}\nnow: {}\nlists: {:#?}\n\
         fields: {:?}\nperson {place:?}: {person:#?}\nsmallest condition: {condition}, tolerance {}\nreference: {:?}\nengine: {:?}",
        world.now,
        world.lists,
        fields_of(person, world),
        part.tolerance,
        at(&expected),
        found.map(|found| at(&found)),
    ))
}

fn references(condition: &Condition, policy: &Policy, world: &World) -> Vec<Answer> {
    let answer = |person| answer(condition, policy, person, world);
    world.people.iter().map(answer).collect()
}

/// A condition on whose parts both agree, but not on itself.
fn smallest_difference<'c>(
    condition: &'c Condition,
    policy: &Policy,
    world: &World,
) -> &'c Condition {
    let differs = |inner: &&Condition| {
        let part = with((*inner).clone(), policy.tolerance);
        verdicts(&part, world).as_ref() != Ok(&references(inner, policy, world))
    };
    match condition.inner().iter().find(differs) {
        Some(inner) => smallest_difference(inner, policy, world),
        None => condition,
    }
}

fn fields_of<'w>(person: Option<&Person>, world: &'w World) -> Vec<(&'w str, &'w str)> {
    let values = |field: &'w Field| {
        field
            .values
            .iter()
            .filter(|(account, _)| person.is_some_and(|person| person.account == *account))
            .map(|(_, value)| (field.name.as_str(), value.as_str()))
    };
    world.fields.iter().flat_map(values).collect()
}
