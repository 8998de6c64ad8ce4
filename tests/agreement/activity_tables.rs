//! The three-valued tables of the conditions on accesses and dates, by hand: reference and engine must both give them.

use seatkeeper::policy::{AccessHeld, Added, Condition, Idle, NeverActive, OnlyOnce, Selection};

use crate::reference::answer::Answer::{No, Unknown, Yes};
use crate::reference::calendar::{moment, span};
use crate::reference::engine::verdicts;
use crate::reference::person::{Access, Person, Seen, Site, World};
use crate::reference::random::with;
use crate::scene::{NOW, anywhere, exactly, expect, holder, jira, nobody, says, world};

const RECENTLY: &str = "2026-11-20T00:00:00Z";
const LONG_AGO: &str = "2026-01-01T00:00:00Z";

fn seen(date: &str) -> Seen {
    Seen::At(moment(date))
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
