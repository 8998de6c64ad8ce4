//! What a policy says of a person, told as the documentation tells it: one small function for each condition, no state,
//! no preparation, nothing shared with the engine.

use seatkeeper::model::{AccountType, Claim, ManagedBy, Status};
use seatkeeper::policy::{Condition, OwnField, Pattern, Policy, Profile};

use super::activity::{access, added, idle, never_active, only_once};
use super::answer::{Answer, all_of, any_of};
use super::calendar::earlier;
use super::glob::{fits, fits_in_any_case};
use super::person::{Directory, Group, Person, World};

/// Whether a condition of a policy holds for a person: the policy's `match`, or a part of it.
pub fn answer(condition: &Condition, policy: &Policy, person: &Person, world: &World) -> Answer {
    let each = |inner: &[Condition]| -> Vec<Answer> {
        inner
            .iter()
            .map(|condition| answer(condition, policy, person, world))
            .collect()
    };
    match condition {
        Condition::All(inner) => all_of(&each(inner)),
        Condition::Any(inner) => any_of(&each(inner)),
        Condition::Not(inner) => answer(inner, policy, person, world).opposite(),
        Condition::Idle(argument) => idle(argument, policy.tolerance, person, world),
        Condition::NeverActive(argument) => never_active(argument, person, world),
        Condition::OnlyOnce(argument) => only_once(argument, person, world),
        Condition::Added(argument) => added(argument, person, world),
        Condition::Status(statuses) => status(statuses, person),
        Condition::Account(claim) => account(*claim, person),
        Condition::AccountType(types) => account_type(types, person),
        Condition::ManagedBy(source) => managed_by(*source, person),
        Condition::Mfa(on) => mfa(*on, person),
        Condition::Group(patterns) => group(patterns, person),
        Condition::Role(patterns) => role(patterns, person),
        Condition::Directory(patterns) => directory(patterns, person),
        Condition::Email(patterns) => email(patterns, person),
        Condition::EmailDomain(patterns) => email_domain(patterns, person),
        Condition::Access(argument) => access(argument, person, world),
        Condition::Profile(argument) => profile(argument, person),
        Condition::Listed(name) => listed(name, person, world),
        Condition::Field(argument) => field(argument, person, world),
    }
}

fn status(statuses: &[Status], person: &Person) -> Answer {
    match person.status {
        Some(status) => Answer::from(statuses.contains(&status)),
        None => Answer::Unknown,
    }
}

fn account(claim: Claim, person: &Person) -> Answer {
    match person.claim {
        Some(known) => Answer::from(known == claim),
        None => Answer::Unknown,
    }
}

fn account_type(types: &[AccountType], person: &Person) -> Answer {
    match person.account_type {
        Some(known) => Answer::from(types.contains(&known)),
        None => Answer::Unknown,
    }
}

fn managed_by(source: ManagedBy, person: &Person) -> Answer {
    match person.managed_by {
        Some(known) => Answer::from(known == source),
        None => Answer::Unknown,
    }
}

fn mfa(on: bool, person: &Person) -> Answer {
    match person.mfa {
        Some(known) => Answer::from(known == on),
        None => Answer::Unknown,
    }
}

/// In one of the groups, by id or by name. A group that did not say its name may have any.
fn group(patterns: &[Pattern], person: &Person) -> Answer {
    let Some(groups) = &person.groups else {
        return Answer::Unknown;
    };
    let answers: Vec<Answer> = groups
        .iter()
        .map(|Group { id, name }| by_id_or_name(patterns, id, name.as_deref()))
        .collect();
    any_of(&answers)
}

/// Holds one of the roles, with or without `atlassian/` before it.
fn role(patterns: &[Pattern], person: &Person) -> Answer {
    let Some(roles) = &person.roles else {
        return Answer::Unknown;
    };
    let is_meant = |role: &String| {
        let short = role.strip_prefix("atlassian/").unwrap_or(role);
        any_fits(patterns, role) || any_fits(patterns, short)
    };
    Answer::from(roles.iter().any(is_meant))
}

fn directory(patterns: &[Pattern], person: &Person) -> Answer {
    match &person.directory {
        Some(Directory { id, name }) => by_id_or_name(patterns, id, name.as_deref()),
        None => Answer::Unknown,
    }
}

/// A pattern is an id, letter by letter, or a glob on the name.
fn by_id_or_name(patterns: &[Pattern], id: &str, name: Option<&str>) -> Answer {
    if patterns.iter().any(|pattern| pattern.0 == id) {
        return Answer::Yes;
    }
    match name {
        Some(name) => Answer::from(any_fits(patterns, name)),
        None => Answer::Unknown,
    }
}

fn email(patterns: &[Pattern], person: &Person) -> Answer {
    match person.email() {
        Some(email) => Answer::from(any_fits_in_any_case(patterns, email)),
        None => Answer::Unknown,
    }
}

/// The domain is what stands after the last `@`.
fn email_domain(patterns: &[Pattern], person: &Person) -> Answer {
    match person.email().and_then(|email| email.rsplit_once('@')) {
        Some((_, domain)) => Answer::from(any_fits_in_any_case(patterns, domain)),
        None => Answer::Unknown,
    }
}

fn profile(profile: &Profile, person: &Person) -> Answer {
    match person.profile(profile.field) {
        Some(value) => Answer::from(any_fits_in_any_case(&profile.is, value)),
        None => Answer::Unknown,
    }
}

/// On the list by account id or by e-mail address. A list that is missing, empty or too old says nothing of anybody,
/// and a list of e-mail addresses nothing of somebody who hides theirs.
fn listed(name: &str, person: &Person, world: &World) -> Answer {
    let Some(list) = world.lists.iter().find(|list| list.name == name) else {
        return Answer::Unknown;
    };
    if list.members.is_empty() || list.imported < earlier(world.now, list.max_age) {
        return Answer::Unknown;
    }
    let (emails, accounts): (Vec<&String>, Vec<&String>) =
        list.members.iter().partition(|member| member.contains('@'));
    if accounts.contains(&&person.account) {
        return Answer::Yes;
    }
    match person.email() {
        Some(email) => Answer::from(
            emails
                .iter()
                .any(|member| member.eq_ignore_ascii_case(email)),
        ),
        None if emails.is_empty() => Answer::No,
        None => Answer::Unknown,
    }
}

/// A field that nobody has set up is not known; one that is not set for this person is not one of the values.
fn field(field: &OwnField, person: &Person, world: &World) -> Answer {
    let Some(known) = world.fields.iter().find(|known| known.name == field.name) else {
        return Answer::Unknown;
    };
    let value = known
        .values
        .iter()
        .find(|(account, _)| *account == person.account);
    match value {
        Some((_, value)) => Answer::from(any_fits_in_any_case(&field.is, value)),
        None => Answer::No,
    }
}

fn any_fits(patterns: &[Pattern], text: &str) -> bool {
    patterns.iter().any(|pattern| fits(&pattern.0, text))
}

fn any_fits_in_any_case(patterns: &[Pattern], text: &str) -> bool {
    patterns
        .iter()
        .any(|pattern| fits_in_any_case(&pattern.0, text))
}
