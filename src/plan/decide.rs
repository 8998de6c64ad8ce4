//! What happens to each person a policy matches.

use std::collections::BTreeMap;

use super::act::Act;
use super::aim::{Aim, GroupFacts, still_fits};
use super::exempt::Exempting;
use super::hindrance::Hindrance;
use super::person::{Before, Counts, Fate, Held, Person};
use super::shelter::{Protections, Shelter, shelter};
use crate::evaluate::{Compiled, Reach};
use crate::model::{AccountId, Activity, GroupId, Truth};
use crate::planted::{Fault, planted};
use crate::snapshot::{AccessKind, Row, Snapshot};

/// Everything that a decision rests on besides the policy and the snapshot.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The exemptions in force, made ready for the snapshot.
    pub exempted: &'a Exempting<'a>,
    /// The protections in force.
    pub protections: &'a Protections,
    /// People who belong to another run, each with the reason to skip them here (RULES R7).
    pub taken: &'a BTreeMap<AccountId, String>,
    /// What is known of groups.
    pub groups: GroupFacts<'a>,
}

/// What is wanted of a person who matches.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// Whatever a stage asks for.
    Stage(&'a Aim),
    /// Exactly what a plan says, if it still can be done.
    Planned(&'a [Act]),
}

/// What is decided for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Where they end.
    pub fate: Fate,
    /// Why.
    pub reason: String,
    /// What is done to them.
    pub acts: Vec<Act>,
    /// Groups that stand in the way.
    pub hindered_by: Vec<GroupId>,
    /// Whether an identity provider keeps the account as a whole.
    pub provided: bool,
}

impl Verdict {
    /// Of somebody on whom nothing can be decided.
    pub fn unknown(reason: String) -> Verdict {
        Verdict::new(Fate::Unknown, reason)
    }

    /// Of somebody to whom nothing is done.
    pub fn new(fate: Fate, reason: String) -> Verdict {
        Verdict {
            fate,
            reason,
            acts: Vec::new(),
            hindered_by: Vec::new(),
            provided: false,
        }
    }
}

/// Decides for one person, or says nothing where the policy does not match. The same function plans a run and decides
/// again on the reading before each action (RULES R6).
pub fn decide(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    row: Row,
    ground: &Ground<'_>,
    wanted: Wanted<'_>,
) -> Option<Verdict> {
    match compiled.verdict(row) {
        Truth::False => return None,
        Truth::Unknown if planted(Fault::UnknownTakenForIdle) => {}
        Truth::Unknown => return Some(Verdict::unknown(compiled.unknown_reason(row))),
        Truth::True => {}
    }
    let judged = Judged { compiled, row };
    Some(decide_matched(&judged, snapshot, row, ground, wanted))
}

/// A policy and the row at which it judges a person: that of the state before our first action, where we did something.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The policy on that state.
    pub compiled: &'a Compiled<'a>,
    /// The person's place in it.
    pub row: Row,
}

/// Decides for somebody who matches. What is done to them depends on how they are, its evidence on how they were.
pub fn decide_matched(
    judged: &Judged<'_>,
    snapshot: &Snapshot,
    row: Row,
    ground: &Ground<'_>,
    wanted: Wanted<'_>,
) -> Verdict {
    let verdict = Verdict::new;
    match shelter(snapshot, row, ground.exempted, ground.protections) {
        Some(Shelter::Exempt(reason)) => return verdict(Fate::Exempt, reason.to_owned()),
        Some(Shelter::Protected(reason)) => return verdict(Fate::Protected, reason.into_owned()),
        None => {}
    }
    let acts = match acts(snapshot, row, ground.groups, wanted) {
        Ok(acts) => acts,
        Err(Hindrance::Unknown(reason)) => return verdict(Fate::Unknown, reason),
        Err(Hindrance::Impossible {
            reason,
            groups,
            provided,
        }) => {
            return Verdict {
                hindered_by: groups,
                provided,
                ..Verdict::new(Fate::Skipped, reason)
            };
        }
    };
    if let Some(stopped) = beyond_evidence(judged, (snapshot, row), &acts, ground.groups) {
        return stopped;
    }
    if let Some(reason) = snapshot
        .account(row)
        .and_then(|account| ground.taken.get(account))
    {
        return verdict(Fate::Skipped, reason.clone());
    }
    Verdict {
        acts,
        ..Verdict::new(Fate::Planned, judged.compiled.reason(judged.row))
    }
}

fn acts(
    snapshot: &Snapshot,
    row: Row,
    facts: GroupFacts<'_>,
    wanted: Wanted<'_>,
) -> Result<Vec<Act>, Hindrance> {
    match wanted {
        Wanted::Stage(aim) => aim.acts(snapshot, row, facts),
        Wanted::Planned(acts) => {
            for act in acts {
                still_fits(act, snapshot, row, facts)?;
            }
            Ok(acts.to_vec())
        }
    }
}

/// An action never goes further than its evidence (RULES R1): everything that it takes must be known to be unused.
/// What reaches all of an account needs the evidence of every directory that lists it.
fn beyond_evidence(
    judged: &Judged<'_>,
    (snapshot, now): (&Snapshot, Row),
    acts: &[Act],
    facts: GroupFacts<'_>,
) -> Option<Verdict> {
    let Judged { compiled, row } = *judged;
    for act in acts.iter().filter(|act| act.takes_access()) {
        let takes = |access: &AccessKind| is_taken_by(act, access, facts);
        let mut reach = compiled.reach(row, &takes);
        if act.reaches_account() {
            for other in snapshot.elsewhere(now) {
                reach = reach.and(compiled.reach_in(snapshot, other, &takes));
            }
        }
        let needs_some = matches!(act, Act::Suspend | Act::RemoveAccess { .. });
        return Some(match reach {
            Reach::Unused => continue,
            Reach::Unknown if planted(Fault::UnknownTakenForIdle) => continue,
            // The list is the evidence then, and somebody else approves the plan.
            Reach::InUse(_) | Reach::Unknown if compiled.even_if_active => continue,
            Reach::Nothing if !needs_some => continue,
            Reach::Nothing => Verdict::new(
                Fate::Skipped,
                String::from("nothing to suspend: no product access is listed"),
            ),
            Reach::InUse(time) => Verdict::new(
                Fate::Skipped,
                format!("active-elsewhere: {}", compiled.seen_sentence(time)),
            ),
            Reach::Unknown => Verdict::new(Fate::Unknown, compiled.activity_gap(row)),
        });
    }
    None
}

/// Whether an access is within the reach of an act.
fn is_taken_by(act: &Act, access: &AccessKind, facts: GroupFacts<'_>) -> bool {
    match act {
        // Whatever else a group grants goes with it.
        Act::RemoveAccess { resources, groups } => {
            resources.contains(&access.resource) || facts.may_grant(groups, &access.resource)
        }
        Act::RemoveFromGroups { groups } => facts.may_grant(groups, &access.resource),
        _ => true,
    }
}

/// Decides for everybody in a snapshot: the people of the plan in the snapshot's order, and the counts.
pub fn plan(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    ground: &Ground<'_>,
    aim: &Aim,
) -> (Vec<Person>, Counts) {
    let mut counts = Counts {
        users: u32::try_from(snapshot.len()).unwrap_or(u32::MAX),
        ..Counts::default()
    };
    let mut people = Vec::new();
    for row in compiled.verdicts().possible() {
        let decided = decide(compiled, snapshot, row, ground, Wanted::Stage(aim));
        let Some(person) = decided.and_then(|verdict| person(compiled, snapshot, row, verdict))
        else {
            continue;
        };
        counts.add(person.fate);
        people.push(person);
    }
    (people, counts)
}

/// The line of a plan for somebody on whom something was decided.
pub fn person(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    row: Row,
    verdict: Verdict,
) -> Option<Person> {
    let mut before = Before {
        status: snapshot.status(row),
        last_seen: compiled.last_seen(row),
        ..Before::default()
    };
    if verdict.fate == Fate::Planned {
        before.groups = snapshot
            .groups(row)
            .map(|groups| groups.map(|group| group.id.clone()).collect());
        before.roles = snapshot
            .roles(row)
            .map(|roles| roles.map(String::from).collect());
        before.access = snapshot.activities(row).map(|activities| {
            let held = |(access, activity)| held(snapshot, access, activity);
            activities.filter_map(held).collect()
        });
    }
    Some(Person {
        account: AccountId(snapshot.account(row)?.to_owned()),
        directory: snapshot.directory(row)?.clone(),
        fate: verdict.fate,
        reason: verdict.reason,
        acts: verdict.acts,
        stage: 0,
        hindered_by: verdict.hindered_by,
        provided: verdict.provided,
        before,
    })
}

fn held(snapshot: &Snapshot, access: u32, activity: Activity) -> Option<Held> {
    let access = snapshot.accesses().get(usize::try_from(access).ok()?)?;
    Some(Held {
        resource: access.resource.clone(),
        seen: match activity {
            Activity::Seen(time) => Some(time),
            Activity::Never | Activity::Unknown => None,
        },
        unknown: activity == Activity::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlassian::Seats;
    use crate::evaluate::{Context, compile};
    use crate::model::{AccountType, DirectoryId, Resource, Status, Time};
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
        decided_of_first(&[person], Act::Suspend, taken)
    }

    /// What is decided for the first of some rows, all of people who were told apart.
    fn decided_of_first(
        people: &[UserRecord],
        act: Act,
        taken: &BTreeMap<AccountId, String>,
    ) -> Option<(Fate, String)> {
        decided_with(people, act, taken, &Seats::default())
    }

    fn decided_with(
        people: &[UserRecord],
        act: Act,
        taken: &BTreeMap<AccountId, String>,
        seats: &Seats,
    ) -> Option<(Fate, String)> {
        let (mut snapshot, mut protections) = (Snapshot::new(), Protections::default());
        for person in people {
            snapshot.push(person);
            protections.told_apart.insert(person.account.clone());
        }
        let compiled = compile(
            &read(POLICY).unwrap(),
            &snapshot,
            Context::at(Time::parse(NOW).unwrap()),
        )
        .unwrap();
        let nobody = crate::plan::Exempted::default();
        let ground = Ground {
            exempted: &nobody.on(&snapshot),
            protections: &protections,
            taken,
            groups: GroupFacts {
                seats,
                closed: &[],
                directories: &[],
                own: &[],
                denied: crate::plan::Denied::default(),
            },
        };
        let row = snapshot.rows().next().unwrap();
        let acts = [act];
        decide(&compiled, &snapshot, row, &ground, Wanted::Planned(&acts))
            .map(|verdict| (verdict.fate, verdict.reason))
    }

    #[test]
    fn what_reaches_the_account_rests_on_every_directory() {
        let decided = |act: Act, there: Option<Vec<Access>>| {
            let here = person(vec![seen("jira-software", OLD)]);
            let elsewhere = UserRecord {
                directory: DirectoryId("elsewhere".into()),
                access: there,
                ..here.clone()
            };
            let found = decided_of_first(&[here, elsewhere], act, &BTreeMap::new());
            found.map(|(fate, _)| fate)
        };
        let recent = Some(vec![seen("confluence", RECENT)]);
        let unknown = Some(vec![access("confluence", Activity::Unknown)]);
        let old = Some(vec![seen("confluence", OLD)]);
        let remove = Act::RemoveFromOrganization;
        for (act, there, expected) in [
            (remove.clone(), recent.clone(), Fate::Skipped),
            (remove.clone(), unknown.clone(), Fate::Unknown),
            (remove.clone(), None, Fate::Unknown),
            (remove.clone(), old, Fate::Planned),
            (remove, Some(vec![]), Fate::Planned),
            (Act::Suspend, recent, Fate::Planned),
            (Act::Suspend, unknown, Fate::Planned),
            (Act::Suspend, None, Fate::Planned),
        ] {
            let found = decided(act.clone(), there.clone());
            assert_eq!(found, Some(expected), "{act:?} {there:?}");
        }
    }

    /// Groups are taken whole: what one of them grants besides is taken, too.
    #[test]
    fn an_access_is_taken_by_no_group_that_gives_one_in_use() {
        let jira = Resource("ari:cloud:jira-software::site/1".into());
        let wiki = Resource("ari:cloud:confluence::site/1".into());
        let mut seats = Seats::default();
        for (group, resource) in [("jira", &jira), ("staff", &jira), ("staff", &wiki)] {
            let role = String::from("atlassian/user");
            seats.grant(&GroupId(group.into()), resource, &[role]);
        }
        for (group, there, expected) in [
            ("jira", seen("confluence", RECENT), Fate::Planned),
            ("staff", seen("confluence", RECENT), Fate::Skipped),
            (
                "staff",
                access("confluence", Activity::Unknown),
                Fate::Unknown,
            ),
            ("staff", seen("confluence", OLD), Fate::Planned),
        ] {
            let groups = vec![GroupId(group.into())];
            let person = UserRecord {
                groups: Some(vec![Group {
                    id: GroupId(group.into()),
                    name: None,
                }]),
                ..person(vec![seen("jira-software", OLD), there])
            };
            let act = Act::RemoveAccess {
                resources: vec![jira.clone()],
                groups,
            };
            let found = decided_with(&[person], act, &BTreeMap::new(), &seats);
            let (fate, reason) = found.unwrap();
            assert_eq!(fate, expected, "{group}: {reason}");
        }
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
