//! One person and one condition, for tests that say by hand what the answer is.

use seatkeeper::policy::{Condition, Selection, Span};

use crate::reference::answer::Answer;
use crate::reference::calendar::{moment, span};
use crate::reference::engine::verdicts;
use crate::reference::evaluate::answer;
use crate::reference::person::{Access, Person, Seen, World};
use crate::reference::random::with;

/// The present, where a test does not care.
pub const NOW: &str = "2026-11-21T12:00:00Z";

/// Somebody of whom nothing is known.
pub fn nobody() -> Person {
    Person {
        account: String::from("712020:nobody"),
        directory: None,
        account_type: None,
        status: None,
        claim: None,
        managed_by: None,
        mfa: None,
        email: None,
        added: None,
        job_title: None,
        department: None,
        organization: None,
        location: None,
        groups: None,
        roles: None,
        accesses: None,
    }
}

/// Somebody with these accesses and, perhaps, a date of joining.
pub fn holder(accesses: Vec<Access>, added: Option<&str>) -> Person {
    Person {
        accesses: Some(accesses),
        added: added.map(moment),
        ..nobody()
    }
}

/// An access to Jira on the site `acme`, of which nobody knows whether it takes a seat.
pub fn jira(seen: Seen) -> Access {
    Access {
        product: String::from("jira-software"),
        cloud_id: Some(String::from("acme")),
        seen,
        seat: None,
    }
}

/// Every access.
pub fn anywhere() -> Selection {
    Selection::default()
}

/// A world with one person and no sites, lists or fields.
pub fn world(now: &str, person: Person) -> World {
    World {
        now: moment(now),
        sites: Vec::new(),
        lists: Vec::new(),
        fields: Vec::new(),
        people: vec![person],
    }
}

/// Whether reference and engine both answer a condition on the only person of a world as expected.
pub fn expect(condition: &Condition, tolerance: Span, world: &World, expected: Answer) {
    let policy = with(condition.clone(), tolerance);
    for person in &world.people {
        let found = answer(condition, &policy, person, world);
        assert_eq!(
            found, expected,
            "the reference: {condition:?} at {} of {person:#?}",
            world.now
        );
    }
    let found = verdicts(&policy, world);
    assert_eq!(
        found,
        Ok(vec![expected]),
        "the engine: {condition:?} at {} of {:#?}",
        world.now,
        world.people
    );
}

/// No tolerance at all.
pub fn exactly() -> Span {
    span("0h")
}

/// The same as `expect`, for somebody at the usual present, in a world with nothing else and without tolerance.
pub fn says(condition: &Condition, person: Person, expected: Answer) {
    expect(condition, exactly(), &world(NOW, person), expected);
}
