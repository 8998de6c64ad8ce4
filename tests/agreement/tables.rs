//! Each condition's three-valued table, by hand: the answers stand here, and reference and engine must both give them.

use seatkeeper::model::{AccountType, Claim, ManagedBy, ProfileField, Status};
use seatkeeper::policy::{
    AccessHeld, Added, Condition, Idle, NeverActive, OnlyOnce, OwnField, Pattern, Profile,
    Selection,
};

use crate::reference::answer::Answer::{self, No, Unknown, Yes};
use crate::reference::calendar::{moment, span};
use crate::reference::engine::verdicts;
use crate::reference::glob::{fits, fits_in_any_case};
use crate::reference::person::{Access, Directory, Field, Group, List, Person, Seen, Site, World};
use crate::reference::random::with;
use crate::scene::{anywhere, exactly, expect, holder, jira, nobody, world};

const NOW: &str = "2026-11-21T12:00:00Z";

fn patterns(texts: &[&str]) -> Vec<Pattern> {
    texts
        .iter()
        .map(|text| Pattern((*text).to_owned()))
        .collect()
}

fn says(condition: &Condition, person: Person, expected: Answer) {
    expect(condition, exactly(), &world(NOW, person), expected);
}

fn seen(date: &str) -> Seen {
    Seen::At(moment(date))
}

const RECENTLY: &str = "2026-11-20T00:00:00Z";
const LONG_AGO: &str = "2026-01-01T00:00:00Z";

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
fn idle() {
    let idle = Condition::Idle(Idle {
        longer_than: span("90d"),
        selection: anywhere(),
    });
    for (activities, expected) in [
        (vec![], No),
        (vec![Seen::Never], No),
        (vec![Seen::Unknown], Unknown),
        (vec![Seen::Never, Seen::Unknown], Unknown),
        (vec![seen(LONG_AGO)], Yes),
        (vec![seen(RECENTLY)], No),
        (vec![seen(LONG_AGO), Seen::Never], Yes),
        (vec![seen(LONG_AGO), Seen::Unknown], Unknown),
        (vec![seen(RECENTLY), Seen::Unknown], No),
        (vec![seen(LONG_AGO), seen(RECENTLY)], No),
    ] {
        says(
            &idle,
            holder(activities.into_iter().map(jira).collect(), None),
            expected,
        );
    }
    says(&idle, nobody(), Unknown);
}

/// The API gives no such dates. A snapshot cannot hold them, and then says that they are not known.
#[test]
fn dates_beyond_all_clocks_are_not_known() {
    let idle = Condition::Idle(Idle {
        longer_than: span("90d"),
        selection: anywhere(),
    });
    let (before, after) = ("1969-12-31T23:59:59Z", "2106-02-07T06:28:15Z");
    // As an activity, the first second of all clocks is no date either.
    for date in [before, "1970-01-01T00:00:00Z", after] {
        let person = holder(vec![jira(seen(date))], None);
        let found = verdicts(&with(idle.clone(), exactly()), &world(NOW, person));
        assert_eq!(found, Ok(vec![Unknown]), "seen at {date}");
    }
    let added = Condition::Added(Added {
        more_than: Some(span("90d")),
        less_than: None,
    });
    for date in [before, after] {
        let person = holder(vec![], Some(date));
        let found = verdicts(&with(added.clone(), exactly()), &world(NOW, person));
        assert_eq!(found, Ok(vec![Unknown]), "added at {date}");
    }
}

#[test]
fn a_site_that_the_organization_does_not_have_is_an_error() {
    let condition = Condition::Access(AccessHeld {
        selection: Selection {
            products: None,
            sites: Some(vec![String::from("typo.atlassian.net")]),
        },
        billable: None,
    });
    let found = verdicts(&with(condition, exactly()), &world(NOW, nobody()));
    let error = found.expect_err("no such site");
    assert!(error.contains("typo.atlassian.net"), "{error}");
}

#[test]
fn never_active() {
    let never = Condition::NeverActive(NeverActive {
        added_more_than: span("14d"),
        selection: anywhere(),
    });
    for (activities, added, expected) in [
        (vec![], Some(LONG_AGO), No),
        (vec![], None, No),
        (vec![Seen::Never], Some(LONG_AGO), Yes),
        (vec![Seen::Never], Some(RECENTLY), No),
        (vec![Seen::Never], None, Unknown),
        (vec![Seen::Never, Seen::Unknown], Some(LONG_AGO), Unknown),
        (vec![Seen::Never, Seen::Unknown], Some(RECENTLY), No),
        (vec![Seen::Unknown, seen(LONG_AGO)], Some(LONG_AGO), No),
        (vec![seen(LONG_AGO)], None, No),
    ] {
        says(
            &never,
            holder(activities.into_iter().map(jira).collect(), added),
            expected,
        );
    }
    let joined = |date: &str| Person {
        added: Some(moment(date)),
        ..nobody()
    };
    says(&never, joined(LONG_AGO), Unknown);
    says(&never, joined(RECENTLY), No);
}

#[test]
fn only_once() {
    let once = Condition::OnlyOnce(OnlyOnce {
        within: span("1d"),
        added_more_than: span("30d"),
        selection: anywhere(),
    });
    for (activities, added, expected) in [
        (vec![], None, No),
        (vec![seen(LONG_AGO)], None, Unknown),
        (vec![seen(LONG_AGO)], Some(LONG_AGO), Yes),
        (vec![seen(LONG_AGO), Seen::Never], Some(LONG_AGO), Yes),
        (vec![seen(LONG_AGO), Seen::Unknown], Some(LONG_AGO), Unknown),
        (vec![seen(RECENTLY), Seen::Unknown], Some(LONG_AGO), Unknown),
        (vec![seen(RECENTLY), seen(LONG_AGO)], Some(LONG_AGO), No),
        (vec![seen(RECENTLY)], Some(RECENTLY), No),
        (vec![Seen::Never], Some(LONG_AGO), No),
        (vec![Seen::Never], None, Unknown),
        // Seen before joining counts as seen no later than it.
        (vec![seen("2025-06-01T00:00:00Z")], Some(LONG_AGO), Yes),
    ] {
        says(
            &once,
            holder(activities.into_iter().map(jira).collect(), added),
            expected,
        );
    }
    says(
        &once,
        Person {
            added: Some(moment(RECENTLY)),
            ..nobody()
        },
        Unknown,
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
fn accesses() {
    let jira_with = |seat: Option<bool>| Access {
        seat,
        ..jira(Seen::Never)
    };
    let any = |billable| {
        Condition::Access(AccessHeld {
            selection: anywhere(),
            billable,
        })
    };
    for (seats, paid, unpaid, either) in [
        (vec![], No, No, No),
        (vec![None], Unknown, Unknown, Yes),
        (vec![Some(true)], Yes, No, Yes),
        (vec![Some(true), None], Yes, Unknown, Yes),
        (vec![Some(true), Some(false)], Yes, Yes, Yes),
    ] {
        let person = holder(seats.into_iter().map(jira_with).collect(), None);
        says(&any(Some(true)), person.clone(), paid);
        says(&any(Some(false)), person.clone(), unpaid);
        says(&any(None), person, either);
    }
    says(&any(None), nobody(), Unknown);
    says(&any(Some(true)), nobody(), Unknown);
}

#[test]
fn selections() {
    let held = |product: &str, cloud_id: Option<&str>| {
        let access = Access {
            product: product.to_owned(),
            cloud_id: cloud_id.map(String::from),
            ..jira(Seen::Never)
        };
        holder(vec![access], None)
    };
    let of = |products: Option<&[&str]>, sites: Option<&[&str]>| {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let selection = Selection {
            products: products.map(owned),
            sites: sites.map(owned),
        };
        Condition::Access(AccessHeld {
            selection,
            billable: None,
        })
    };
    let confluence = Some(["confluence"].as_slice());
    let acme = Some(["Acme.Atlassian.NET"].as_slice());
    let by_id = Some(["cloud-2"].as_slice());
    for (condition, product, cloud_id, expected) in [
        (of(None, None), "bitbucket", None, Yes),
        (of(confluence, None), "confluence", None, Yes),
        (of(confluence, None), "Confluence", Some("cloud-1"), No),
        (of(None, acme), "confluence", Some("cloud-1"), Yes),
        (of(None, acme), "confluence", Some("cloud-2"), No),
        (of(None, acme), "confluence", None, No),
        (of(None, by_id), "confluence", Some("cloud-2"), Yes),
        (of(confluence, by_id), "confluence", Some("cloud-2"), Yes),
        (of(confluence, by_id), "jira-software", Some("cloud-2"), No),
    ] {
        let site = |host: &str, cloud_id: &str| Site {
            host: host.into(),
            cloud_id: cloud_id.into(),
        };
        let world = World {
            sites: vec![
                site("acme.atlassian.net", "cloud-1"),
                site("beta.atlassian.net", "cloud-2"),
            ],
            ..world(NOW, held(product, cloud_id))
        };
        expect(&condition, exactly(), &world, expected);
    }
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
