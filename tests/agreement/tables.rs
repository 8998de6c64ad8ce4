//! The three-valued tables of the conditions on a person's own values, and of their combinations, by hand: reference and
//! engine must both give them.

use seatkeeper::model::{AccountType, Claim, ManagedBy, ProfileField, Status};
use seatkeeper::policy::{Condition, OwnField, Pattern, Profile};

use crate::reference::answer::Answer::{No, Unknown, Yes};
use crate::reference::calendar::{moment, span};
use crate::reference::glob::{fits, fits_in_any_case};
use crate::reference::person::{Directory, Field, Group, List, Person, World};
use crate::scene::{NOW, exactly, expect, nobody, says, world};

fn patterns(texts: &[&str]) -> Vec<Pattern> {
    texts
        .iter()
        .map(|text| Pattern((*text).to_owned()))
        .collect()
}

#[test]
fn globs_fit_whole_texts() {
    for (glob, text, expected) in [
        ("", "", true),
        ("", "a", false),
        ("*", "", true),
        ("a*", "a", true),
        ("*.partner.example", "eu.partner.example", true),
        ("*.partner.example", "partner.example", false),
        ("*.partner.example", "notpartner.example", false),
        ("a*b*c", "abbbcc", true),
        ("a*b*c", "acb", false),
        ("ä*", "ärger", true),
        ("Jira", "jira", false),
    ] {
        assert_eq!(fits(glob, text), expected, "{glob} {text}");
    }
    assert!(fits_in_any_case("JIRA-*", "jira-Users"));
    assert!(
        !fits_in_any_case("Ärger", "ärger"),
        "only A to Z have small letters here"
    );
}

#[test]
fn states_of_an_account() {
    let known = Person {
        status: Some(Status::Suspended),
        claim: Some(Claim::External),
        account_type: Some(AccountType::App),
        managed_by: Some(ManagedBy::Idp),
        mfa: Some(false),
        ..nobody()
    };
    for (condition, expected) in [
        (
            Condition::Status(vec![Status::Active, Status::Suspended]),
            Yes,
        ),
        (Condition::Status(vec![Status::Active]), No),
        (Condition::Account(Claim::External), Yes),
        (Condition::Account(Claim::Managed), No),
        (
            Condition::AccountType(vec![AccountType::Customer, AccountType::App]),
            Yes,
        ),
        (Condition::AccountType(vec![AccountType::Atlassian]), No),
        (Condition::ManagedBy(ManagedBy::Idp), Yes),
        (Condition::ManagedBy(ManagedBy::Admins), No),
        (Condition::Mfa(false), Yes),
        (Condition::Mfa(true), No),
    ] {
        says(&condition, known.clone(), expected);
        says(&condition, nobody(), Unknown);
    }
}

fn member(groups: &[(&str, Option<&str>)]) -> Person {
    let group = |(id, name): &(&str, Option<&str>)| Group {
        id: (*id).to_owned(),
        name: name.map(String::from),
    };
    Person {
        groups: Some(groups.iter().map(group).collect()),
        ..nobody()
    }
}

#[test]
fn groups() {
    let group = Condition::Group(patterns(&["g-1", "jira-*"]));
    says(&group, nobody(), Unknown);
    says(&group, member(&[]), No);
    says(&group, member(&[("g-2", Some("jira-users"))]), Yes);
    says(&group, member(&[("g-2", Some("Jira-users"))]), No);
    says(&group, member(&[("g-1", None)]), Yes);
    says(&group, member(&[("g-2", None)]), Unknown);
    says(
        &group,
        member(&[("g-2", None), ("g-3", Some("jira-"))]),
        Yes,
    );
    says(
        &group,
        member(&[("g-2", None), ("g-3", Some("others"))]),
        Unknown,
    );
    says(&group, member(&[("jira-like-id", Some("others"))]), No);
}

#[test]
fn roles() {
    let person = |roles: &[&str]| Person {
        roles: Some(roles.iter().map(|role| (*role).to_owned()).collect()),
        ..nobody()
    };
    let role = Condition::Role(patterns(&["site-admin", "atlassian/org-*"]));
    says(&role, nobody(), Unknown);
    says(&role, person(&[]), No);
    says(&role, person(&["atlassian/site-admin"]), Yes);
    says(
        &role,
        person(&["atlassian/user", "atlassian/org-admin"]),
        Yes,
    );
    says(&role, person(&["org-admin"]), No);
    says(&role, person(&["custom/site-admin"]), No);
}

#[test]
fn directories() {
    let person = |id: &str, name: Option<&str>| Person {
        directory: Some(Directory {
            id: id.to_owned(),
            name: name.map(String::from),
        }),
        ..nobody()
    };
    let directory = Condition::Directory(patterns(&["d-1", "Europe*", "-"]));
    says(&directory, nobody(), Unknown);
    says(&directory, person("d-1", None), Yes);
    says(&directory, person("d-2", None), Unknown);
    says(&directory, person("d-2", Some("Europe West")), Yes);
    says(&directory, person("d-2", Some("europe west")), No);
    says(&directory, person("d-1", Some("Asia")), Yes);
}

#[test]
fn addresses() {
    let person = |email: &str| Person {
        email: Some(email.to_owned()),
        ..nobody()
    };
    let email = Condition::Email(patterns(&["*@Partner.example", "ada@acme.example"]));
    says(&email, nobody(), Unknown);
    says(&email, person(""), Unknown);
    says(&email, person("ADA@acme.EXAMPLE"), Yes);
    says(&email, person("x@partner.example"), Yes);
    says(&email, person("x@eu.partner.example"), No);
    let domain = Condition::EmailDomain(patterns(&["*.partner.example", "acme.example"]));
    says(&domain, nobody(), Unknown);
    says(&domain, person(""), Unknown);
    says(&domain, person("no-at-sign"), Unknown);
    says(&domain, person("x@EU.partner.example"), Yes);
    says(&domain, person("x@partner.example"), No);
    says(&domain, person("x@acme.example@y.example"), No);
    says(&domain, person("x@y@acme.example"), Yes);
}

#[test]
fn profiles() {
    let person = |department: &str| Person {
        department: Some(department.to_owned()),
        ..nobody()
    };
    let profile = Condition::Profile(Profile {
        field: ProfileField::Department,
        is: patterns(&["sales*", "R&D"]),
    });
    says(&profile, nobody(), Unknown);
    says(
        &profile,
        Person {
            job_title: Some("Sales".into()),
            ..nobody()
        },
        Unknown,
    );
    says(&profile, person("Sales EMEA"), Yes);
    says(&profile, person("r&d"), Yes);
    says(&profile, person("Presales"), No);
}

#[test]
fn lists() {
    let known = |email: &str| Person {
        email: Some(email.to_owned()),
        ..nobody()
    };
    let leavers = |imported: &str, members: &[&str]| List {
        name: String::from("leavers"),
        imported: moment(imported),
        max_age: span("7d"),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
    };
    let fresh = "2026-11-14T12:00:00Z";
    let stale = "2026-11-14T11:59:59Z";
    for (list, person, expected) in [
        (leavers(fresh, &[]), known("ada@x.example"), Unknown),
        (leavers(fresh, &["712020:nobody"]), nobody(), Yes),
        (leavers(stale, &["712020:nobody"]), nobody(), Unknown),
        (leavers(fresh, &["712020:NOBODY"]), nobody(), No),
        (
            leavers(fresh, &["712020:other"]),
            known("ada@x.example"),
            No,
        ),
        (
            leavers(fresh, &["Ada@X.example"]),
            known("ada@x.EXAMPLE"),
            Yes,
        ),
        (
            leavers(fresh, &["ada@x.example"]),
            known("grace@x.example"),
            No,
        ),
        (leavers(fresh, &["ada@x.example"]), nobody(), Unknown),
        (leavers(fresh, &["ada@x.example"]), known(""), Unknown),
        (
            leavers(fresh, &["ada@x.example", "712020:nobody"]),
            nobody(),
            Yes,
        ),
        // A member without @ is an account; somebody with such an address is not meant.
        (leavers(fresh, &["ada"]), known("ada"), No),
    ] {
        let world = World {
            lists: vec![list],
            ..world(NOW, person)
        };
        expect(
            &Condition::Listed("leavers".into()),
            exactly(),
            &world,
            expected,
        );
        expect(
            &Condition::Listed("others".into()),
            exactly(),
            &world,
            Unknown,
        );
    }
}

#[test]
fn own_fields() {
    let team = Condition::Field(OwnField {
        name: "team".into(),
        is: patterns(&["blue*"]),
    });
    says(&team, nobody(), Unknown);
    for (values, expected) in [
        (vec![], No),
        (vec![("712020:other", "blue")], No),
        (vec![("712020:nobody", "red")], No),
        (vec![("712020:nobody", "BLUE whales")], Yes),
    ] {
        let values = values
            .into_iter()
            .map(|(account, value)| (account.into(), value.into()));
        let field = Field {
            name: "team".into(),
            values: values.collect(),
        };
        let world = World {
            fields: vec![field],
            ..world(NOW, nobody())
        };
        expect(&team, exactly(), &world, expected);
    }
}

#[test]
fn combinations() {
    let yes = || Condition::Mfa(true);
    let no = || Condition::Mfa(false);
    let unknown = || Condition::Account(Claim::Managed);
    let not = |condition| Condition::Not(Box::new(condition));
    let person = Person {
        mfa: Some(true),
        ..nobody()
    };
    for (condition, expected) in [
        (Condition::All(vec![yes(), yes()]), Yes),
        (Condition::All(vec![yes(), unknown()]), Unknown),
        (Condition::All(vec![unknown(), no()]), No),
        (Condition::Any(vec![no(), no()]), No),
        (Condition::Any(vec![no(), unknown()]), Unknown),
        (Condition::Any(vec![unknown(), yes()]), Yes),
        (not(yes()), No),
        (not(no()), Yes),
        (not(unknown()), Unknown),
        (not(Condition::Any(vec![not(unknown()), yes()])), No),
    ] {
        says(&condition, person.clone(), expected);
    }
}
