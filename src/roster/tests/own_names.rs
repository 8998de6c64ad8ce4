//! Policies on lists and own fields: left to a run until the page looked them up, and then decided as a run decides them.

use super::super::{Filter, PolicyFilter, RowTruth};
use super::{NOW, person, roster};
use crate::model::{DAY, Truth};
use crate::snapshot::UserRecord;

const OWN: &str = r#"{"version":1,"id":"own","name":"Own","match":{"any":[{"listed":"leavers"},
    {"field":{"name":"team","is":["Sales"]}}]},"stages":[{"after":"0d","do":"suspend"}]}"#;

fn people() -> Vec<UserRecord> {
    ["a1", "a2", "a3"].into_iter().map(person).collect()
}

fn meant(is: RowTruth) -> Filter {
    Filter {
        policy: Some(PolicyFilter {
            document: OWN.into(),
            is,
        }),
        ..Filter::default()
    }
}

#[test]
fn what_the_page_did_not_look_up_is_left_to_a_run_and_never_said_not_to_be_there() {
    let mut roster = roster(&people());
    let preview = roster.preview(OWN, 5).unwrap();
    assert_eq!((preview.matched, preview.unknown), (0, 3));
    assert_eq!(
        preview.warnings,
        [
            "who is on the list `leavers` is not looked up here: a run decides it",
            "who has which value of the field `team` is not looked up here: a run decides it",
        ]
    );
    let why =
        "a run decides whether the list leavers has the person; a run decides on the field team";
    assert_eq!(preview.undecided[0].reason, why);
    let explained = roster.explain(OWN, "a1").unwrap().remove(0);
    assert_eq!(explained.verdict, Truth::Unknown);
    assert_eq!(explained.sentence, why);
    for inner in &explained.condition.inner {
        assert_eq!(inner.read[0].value, "looked up in a run");
    }
    assert_eq!(roster.filter(meant(RowTruth::True)).unwrap(), 0);
    assert_eq!(roster.filter(meant(RowTruth::Unknown)).unwrap(), 3);
}

#[test]
fn what_the_page_looked_up_decides_also_what_was_decided_before() {
    let mut roster = roster(&people());
    assert_eq!(roster.filter(meant(RowTruth::True)).unwrap(), 0);
    roster.know_list("leavers", Some(NOW.plus(-DAY)), "a1\nnobody@acme.example");
    roster.know_field("team", Some("a2 sales\na3 After Sales"));
    assert_eq!(roster.filter(meant(RowTruth::True)).unwrap(), 2);
    assert_eq!(roster.accounts(0, 5), ["a1", "a2"]);
    // Nobody's address is known, so each of the others may be the one that the list names.
    assert_eq!(roster.filter(meant(RowTruth::Unknown)).unwrap(), 1);
    roster.know_list("leavers", Some(NOW.plus(-DAY)), "a1");
    assert_eq!(roster.filter(meant(RowTruth::False)).unwrap(), 1);
    assert_eq!(roster.preview(OWN, 5).unwrap().warnings, [] as [&str; 0]);
    // A list that is too old decides nothing, in the page as in a run.
    roster.know_list("leavers", Some(NOW.plus(-8 * DAY)), "a1");
    let warnings = roster.preview(OWN, 5).unwrap().warnings;
    assert_eq!(
        warnings,
        ["the list `leavers` is too old: nobody is known to be on it or not"]
    );
}

#[test]
fn what_was_looked_up_and_is_not_there_is_said_not_to_be_there() {
    let mut roster = roster(&people());
    roster.know_list("leavers", None, "");
    roster.know_field("team", None);
    assert_eq!(
        roster.preview(OWN, 5).unwrap().warnings,
        [
            "the list `leavers` is not there: nobody is known to be on it or not",
            "there is no field `team`: nobody's value is known",
        ]
    );
}
