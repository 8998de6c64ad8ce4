//! What happens to each person a policy matches.

use std::collections::BTreeMap;

use super::person::{Before, Counts, Fate, Person};
use super::shelter::{Exempted, Protections, Shelter, shelter};
use crate::evaluate::{Compiled, Reach};
use crate::model::{AccountId, Status, Truth};
use crate::planted::{Fault, planted};
use crate::snapshot::{Row, Snapshot};

/// Everything a decision rests on besides the policy and the snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The exemptions in force.
    pub exempted: &'a Exempted,
    /// The protections in force.
    pub protections: &'a Protections,
    /// People who belong to another run, each with the reason to skip them here (RULES R7).
    pub taken: &'a BTreeMap<AccountId, String>,
}

/// What is decided for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Where they end.
    pub fate: Fate,
    /// Why.
    pub reason: String,
}

/// Decides for one person, or says nothing where the policy does not match. The same function plans a run and decides
/// again on the reading before each action (RULES R6).
pub fn decide(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    row: Row,
    ground: &Ground<'_>,
) -> Option<Verdict> {
    let verdict = |fate, reason: String| Some(Verdict { fate, reason });
    match compiled.verdict(row) {
        Truth::False => return None,
        Truth::Unknown if planted(Fault::UnknownTakenForIdle) => {}
        Truth::Unknown => return verdict(Fate::Unknown, compiled.unknown_reason(row)),
        Truth::True => {}
    }
    match shelter(snapshot, row, ground.exempted, ground.protections) {
        Some(Shelter::Exempt(reason)) => return verdict(Fate::Exempt, reason.to_owned()),
        Some(Shelter::Protected(reason)) => return verdict(Fate::Protected, reason.into_owned()),
        None => {}
    }
    match snapshot.status(row) {
        Some(Status::Active) => {}
        Some(status) => {
            let reason = format!("nothing to suspend: the status is {}", status.name());
            return verdict(Fate::Skipped, reason);
        }
        None => return verdict(Fate::Unknown, String::from("the status is not known")),
    }
    match compiled.reach(row) {
        Reach::Unused => {}
        Reach::Nothing => {
            let reason = String::from("nothing to suspend: no product access is listed");
            return verdict(Fate::Skipped, reason);
        }
        Reach::InUse(time) => {
            let reason = format!("active-elsewhere: {}", compiled.seen_sentence(time));
            return verdict(Fate::Skipped, reason);
        }
        Reach::Unknown if planted(Fault::UnknownTakenForIdle) => {}
        Reach::Unknown => return verdict(Fate::Unknown, compiled.activity_gap(row)),
    }
    if let Some(reason) = snapshot
        .account(row)
        .and_then(|account| ground.taken.get(account))
    {
        return verdict(Fate::Skipped, reason.clone());
    }
    verdict(Fate::Planned, compiled.reason(row))
}

/// Decides for everybody in a snapshot: the people of the plan in the snapshot's order, and the counts.
pub fn plan(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    ground: &Ground<'_>,
) -> (Vec<Person>, Counts) {
    let mut counts = Counts {
        users: u32::try_from(snapshot.len()).unwrap_or(u32::MAX),
        ..Counts::default()
    };
    let mut people = Vec::new();
    for row in compiled.verdicts().possible() {
        let (Some(verdict), Some(account), Some(directory)) = (
            decide(compiled, snapshot, row, ground),
            snapshot.account(row),
            snapshot.directory(row),
        ) else {
            continue;
        };
        counts.add(verdict.fate);
        people.push(Person {
            account: AccountId(account.to_owned()),
            directory: directory.clone(),
            fate: verdict.fate,
            reason: verdict.reason,
            before: Before {
                status: snapshot.status(row),
                last_seen: compiled.last_seen(row),
            },
        });
    }
    (people, counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::{Context, compile};
    use crate::model::{AccountType, Activity, DirectoryId, GroupId, Resource, Time};
    use crate::policy::read;
    use crate::snapshot::{Access, Group, UserRecord};

    /// In Jira idle, or in the group `leavers`: neither says anything about Confluence.
    const POLICY: &str = r#"{"version":1,"id":"p","name":"P","stages":[{"after":"0d","do":"suspend"}],
        "match":{"any":[{"idle":{"longerThan":"90d","products":["jira-software"]}},{"group":["leavers"]}]}}"#;
    const NOW: &str = "2026-11-21T12:00:00Z";
    const OLD: &str = "2026-01-01T00:00:00Z";
    const RECENT: &str = "2026-11-20T00:00:00Z";

    fn seen(product: &str, time: &str) -> Access {
        access(product, Activity::Seen(Time::parse(time).unwrap()))
    }

    fn access(product: &str, activity: Activity) -> Access {
        Access {
            resource: Resource(format!("ari:cloud:{product}::site/1")),
            product: product.to_owned(),
            seat: None,
            activity,
        }
    }

    fn person(access: Vec<Access>) -> UserRecord {
        UserRecord {
            account_type: Some(AccountType::Atlassian),
            status: Some(Status::Active),
            groups: Some(vec![]),
            roles: Some(vec![]),
            access: Some(access),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        }
    }

    fn decided(person: UserRecord, taken: &BTreeMap<AccountId, String>) -> Option<(Fate, String)> {
        let mut snapshot = Snapshot::new();
        snapshot.push(&person);
        let compiled = compile(
            &read(POLICY).unwrap(),
            &snapshot,
            Context::at(Time::parse(NOW).unwrap()),
        )
        .unwrap();
        let ground = Ground {
            exempted: &Exempted::default(),
            protections: &Protections::default(),
            taken,
        };
        let row = snapshot.rows().next().unwrap();
        decide(&compiled, &snapshot, row, &ground).map(|verdict| (verdict.fate, verdict.reason))
    }

    #[test]
    fn an_action_never_goes_further_than_its_evidence() {
        let leaver = |access| UserRecord {
            groups: Some(vec![Group {
                id: GroupId("g".into()),
                name: Some("leavers".into()),
            }]),
            ..person(access)
        };
        let cases = [
            (
                person(vec![seen("jira-software", OLD)]),
                Some(Fate::Planned),
            ),
            (
                person(vec![
                    seen("jira-software", OLD),
                    access("confluence", Activity::Never),
                ]),
                Some(Fate::Planned),
            ),
            (
                person(vec![seen("jira-software", OLD), seen("confluence", OLD)]),
                Some(Fate::Planned),
            ),
            (
                person(vec![seen("jira-software", OLD), seen("confluence", RECENT)]),
                Some(Fate::Skipped),
            ),
            (
                person(vec![
                    seen("jira-software", OLD),
                    access("confluence", Activity::Unknown),
                ]),
                Some(Fate::Unknown),
            ),
            (person(vec![seen("jira-software", RECENT)]), None),
            (
                leaver(vec![seen("jira-software", RECENT)]),
                Some(Fate::Skipped),
            ),
            (
                leaver(vec![seen("jira-software", OLD)]),
                Some(Fate::Planned),
            ),
            (leaver(vec![]), Some(Fate::Skipped)),
            (
                UserRecord {
                    access: None,
                    ..leaver(vec![])
                },
                Some(Fate::Unknown),
            ),
            (
                UserRecord {
                    status: Some(Status::Suspended),
                    ..leaver(vec![])
                },
                Some(Fate::Skipped),
            ),
            (
                UserRecord {
                    status: Some(Status::Deactivated),
                    ..leaver(vec![])
                },
                Some(Fate::Skipped),
            ),
            (
                UserRecord {
                    status: None,
                    ..leaver(vec![])
                },
                Some(Fate::Unknown),
            ),
        ];
        for (person, expected) in cases {
            let found = decided(person.clone(), &BTreeMap::new());
            assert_eq!(
                found.as_ref().map(|(fate, _)| *fate),
                expected,
                "{found:?} {person:?}"
            );
        }
        let (_, reason) = decided(
            person(vec![seen("jira-software", OLD), seen("confluence", RECENT)]),
            &BTreeMap::new(),
        )
        .unwrap();
        assert_eq!(reason, "active-elsewhere: seen on 2026-11-20, 36 hours ago");
    }

    #[test]
    fn whoever_belongs_to_another_run_is_skipped_with_its_reason() {
        let taken = BTreeMap::from([(AccountId("a".into()), String::from("another run"))]);
        let found = decided(person(vec![seen("jira-software", OLD)]), &taken);
        assert_eq!(found, Some((Fate::Skipped, "another run".into())));
    }
}
