//! Random policies: every condition, up to five deep.

use seatkeeper::model::{AccountType, Action, Claim, ManagedBy, ProfileField, Status};
use seatkeeper::policy::{
    AccessHeld, Added, Approval, Condition, Idle, Limits, NeverActive, OnlyOnce, OwnField,
    POLICY_VERSION, Policy, Profile, Selection, Span, Stage, Unreachable,
};

use super::dice::Dice;
use super::patterns::patterns;
use super::spans::{margin, some_span};
use super::words::{
    DIRECTORIES, DOMAINS, FIELD_VALUES, FIELDS, GROUPS, LISTS, PRODUCTS, PROFILE_VALUES, ROLES,
    SITES, addresses,
};
use crate::reference::calendar::span;

/// How deep conditions stand in one another at most.
const DEEPEST: u32 = 5;

/// A random policy.
pub fn policy(dice: &mut Dice) -> Policy {
    let depth = dice.below(DEEPEST + 1);
    let r#match = condition(dice, depth);
    let tolerance = margin(dice);
    with(r#match, tolerance)
}

/// A policy that is nothing but a condition and a margin.
pub fn with(r#match: Condition, tolerance: Span) -> Policy {
    Policy {
        version: POLICY_VERSION,
        id: String::from("random"),
        name: String::from("Random"),
        description: None,
        enabled: true,
        r#match,
        keep: None,
        stages: vec![Stage {
            after: span("0d"),
            r#do: vec![Action::Suspend],
            template: None,
            products: None,
            sites: None,
            groups: None,
        }],
        limits: Limits::default(),
        approval: Approval::None,
        schedule: None,
        report: None,
        tolerance,
        confirm: None,
        unreachable: Unreachable::Hold,
        even_if_active: false,
    }
}

fn condition(dice: &mut Dice, depth: u32) -> Condition {
    if depth == 0 {
        return on_a_person(dice);
    }
    match dice.below(8) {
        0..=2 => Condition::All(inner(dice, depth)),
        3..=5 => Condition::Any(inner(dice, depth)),
        6 => Condition::Not(Box::new(condition(dice, depth - 1))),
        _ => on_a_person(dice),
    }
}

fn inner(dice: &mut Dice, depth: u32) -> Vec<Condition> {
    let count = 1 + dice.below(4);
    dice.several(count, |dice| condition(dice, depth - 1))
}

/// A condition that is not made of others. Those on activity are worth more chances.
fn on_a_person(dice: &mut Dice) -> Condition {
    match dice.below(24) {
        0..=2 => idle(dice),
        3..=4 => never_active(dice),
        5..=6 => only_once(dice),
        7..=8 => added(dice),
        9..=10 => access(dice),
        11 => Condition::Status(dice.some_of(&Status::ALL.map(|(status, _)| status), 3)),
        12 => Condition::Account(dice.one_of(&Claim::ALL).0),
        13 => Condition::AccountType(dice.some_of(&AccountType::ALL.map(|(kind, _)| kind), 2)),
        14 => Condition::ManagedBy(dice.one_of(&ManagedBy::ALL).0),
        15 => Condition::Mfa(dice.chance(50)),
        16 => group(dice),
        17 => Condition::Role(patterns(
            dice,
            &[ROLES.as_slice(), &["site-admin", "user"]].concat(),
        )),
        18 => directory(dice),
        19 => Condition::Email(patterns(dice, &addresses())),
        20 => Condition::EmailDomain(patterns(dice, &DOMAINS)),
        21 => profile(dice),
        22 => Condition::Listed(dice.word(&LISTS).to_owned()),
        _ => field(dice),
    }
}

fn idle(dice: &mut Dice) -> Condition {
    Condition::Idle(Idle {
        longer_than: some_span(dice),
        selection: selection(dice),
    })
}

fn never_active(dice: &mut Dice) -> Condition {
    Condition::NeverActive(NeverActive {
        added_more_than: some_span(dice),
        selection: selection(dice),
    })
}

fn only_once(dice: &mut Dice) -> Condition {
    Condition::OnlyOnce(OnlyOnce {
        within: some_span(dice),
        added_more_than: some_span(dice),
        selection: selection(dice),
    })
}

fn added(dice: &mut Dice) -> Condition {
    let which = dice.below(3);
    let (first, second) = (some_span(dice), some_span(dice));
    Condition::Added(Added {
        more_than: (which != 0).then_some(first),
        less_than: (which != 1).then_some(second),
    })
}

fn access(dice: &mut Dice) -> Condition {
    Condition::Access(AccessHeld {
        selection: selection(dice),
        billable: dice.unless(40, |dice| dice.chance(50)),
    })
}

fn selection(dice: &mut Dice) -> Selection {
    Selection {
        products: dice.unless(50, |dice| dice.some_of(&PRODUCTS.map(String::from), 2)),
        sites: dice.unless(60, |dice| {
            let count = 1 + dice.below(2);
            dice.several(count, site)
        }),
    }
}

/// A site by its host, its host in capitals, or its cloud id.
fn site(dice: &mut Dice) -> String {
    let (host, cloud_id) = *dice.one_of(&SITES);
    match dice.below(3) {
        0 => host.to_owned(),
        1 => host.to_ascii_uppercase(),
        _ => cloud_id.to_owned(),
    }
}

fn group(dice: &mut Dice) -> Condition {
    let ids = GROUPS.map(|(id, _)| id);
    let names = GROUPS.map(|(_, name)| name);
    Condition::Group(patterns(dice, &[names, names, ids].concat()))
}

fn directory(dice: &mut Dice) -> Condition {
    let ids = DIRECTORIES.map(|(id, _)| id);
    let names = DIRECTORIES.map(|(_, name)| name.unwrap_or("-"));
    Condition::Directory(patterns(dice, &[ids, names].concat()))
}

fn profile(dice: &mut Dice) -> Condition {
    Condition::Profile(Profile {
        field: dice.one_of(&ProfileField::ALL).0,
        is: patterns(dice, &PROFILE_VALUES),
    })
}

fn field(dice: &mut Dice) -> Condition {
    Condition::Field(OwnField {
        name: dice.word(&FIELDS).to_owned(),
        is: patterns(dice, &FIELD_VALUES),
    })
}
