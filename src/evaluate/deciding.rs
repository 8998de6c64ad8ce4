//! Which activity decides: for whom a policy must know when they were seen, and whether it knows enough.
//!
//! Kleene's logic answers that without looking into the condition: a person's activity matters to a policy if nothing is
//! decided while all of it is not known, and something is once it is supposed to be so or so.

use super::bits::Rows;
use super::compile::compile;
use super::context::Context;
use super::verdict::{Reach, Verdicts};
use crate::model::{Activity, Truth};
use crate::policy::Policy;
use crate::snapshot::{Row, Snapshot};

/// What the activity of people means to one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deciding {
    /// Whose activity it must know.
    pub matters: Rows,
    /// Everybody on whom it cannot decide, and could if what is not known of their activity were known.
    pub open: Rows,
}

impl Deciding {
    /// Whether the policy could decide on a person if it knew more of their activity.
    pub fn is_open(&self, row: Row) -> bool {
        self.open.contains(row.0)
    }

    /// Of those whose activity matters, how many it knows enough of.
    pub fn known_enough(&self) -> u32 {
        let pairs = self.matters.words().iter().zip(self.open.words());
        pairs
            .map(|(matters, open)| (matters & !open).count_ones())
            .sum()
    }
}

/// Looks at some policies on the same people; one that cannot be decided on them at all has nobody in any set.
pub fn deciding(policies: &[&Policy], people: &Snapshot, context: Context<'_>) -> Vec<Deciding> {
    let seen = Activity::Seen(context.now);
    let filled = |with: Activity| {
        move |known: Activity| match known {
            Activity::Unknown => with,
            known => known,
        }
    };
    let supposing = |suppose: &dyn Fn(Activity) -> Activity| {
        truths(policies, &people.supposing(suppose), context)
    };
    let now = truths(policies, people, context);
    // One supposition after the other: each is a copy of everybody.
    let blank = supposing(&|_| Activity::Unknown);
    let all_never = supposing(&|_| Activity::Never);
    let all_seen = supposing(&|_| seen);
    let rest_never = supposing(&filled(Activity::Never));
    let rest_seen = supposing(&filled(seen));
    let mut all = Vec::with_capacity(policies.len());
    for policy in 0..policies.len() {
        let of = |truths: &[Option<Decided>], row| {
            let decided = truths.get(policy).and_then(Option::as_ref);
            decided.is_some_and(|decided| decided.contains(row))
        };
        let mut deciding = Deciding {
            matters: Rows::with_room(people.len()),
            open: Rows::with_room(people.len()),
        };
        for row in 0..people.len() {
            if !of(&blank, row) && (of(&all_never, row) || of(&all_seen, row)) {
                deciding.matters.insert(row);
            }
            if !of(&now, row) && (of(&rest_never, row) || of(&rest_seen, row)) {
                deciding.open.insert(row);
            }
        }
        all.push(deciding);
    }
    all
}

/// On whom one policy decides.
type Decided = Rows;

/// On whom each policy decides, reach included (RULES R1); `None` for one that cannot be compiled.
fn truths(policies: &[&Policy], people: &Snapshot, context: Context<'_>) -> Vec<Option<Decided>> {
    let decided = |policy: &&Policy| {
        let compiled = compile(policy, people, context).ok()?;
        let verdicts: Verdicts = compiled.verdicts();
        let mut decided = Rows::with_room(people.len());
        for row in 0..people.len() {
            let is_decided = match verdicts.truth(Row(row)) {
                Truth::Unknown => false,
                Truth::False => true,
                Truth::True => compiled.reach(Row(row), &|_| true) != Reach::Unknown,
            };
            if is_decided {
                decided.insert(row);
            }
        }
        Some(decided)
    };
    policies.iter().map(decided).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DAY, DirectoryId, Resource, Status, Time};
    use crate::policy::read;
    use crate::snapshot::{Access, UserRecord};

    const NOW: Time = Time(1_000 * DAY);

    fn policy(condition: &str) -> Policy {
        read(&format!(
            r#"{{"version":1,"id":"p","name":"P","match":{condition},"stages":[{{"after":"0d","do":"suspend"}}]}}"#
        ))
        .unwrap()
    }

    fn person(status: Option<Status>, activities: &[Activity]) -> UserRecord {
        let access = |(place, activity): (usize, &Activity)| Access {
            resource: Resource(format!("ari:cloud:jira-software::site/{place}")),
            product: if place == 0 {
                "jira-software"
            } else {
                "confluence"
            }
            .into(),
            seat: None,
            activity: *activity,
        };
        UserRecord {
            status,
            access: Some(activities.iter().enumerate().map(access).collect()),
            ..UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        }
    }

    /// Whether activity matters, and whether more of it would help, for one person.
    fn look(condition: &str, person: &UserRecord) -> (bool, bool) {
        let mut people = Snapshot::new();
        people.push(person);
        let policy = policy(condition);
        let found = deciding(&[&policy], &people, Context::at(NOW)).remove(0);
        (found.matters.contains(0), found.open.contains(0))
    }

    #[test]
    fn whose_activity_decides_and_whether_it_is_known() {
        let (old, new) = (Activity::Seen(Time(DAY)), Activity::Seen(NOW));
        let (never, unknown) = (Activity::Never, Activity::Unknown);
        let (active, suspended) = (Some(Status::Active), Some(Status::Suspended));
        let idle = r#"{"all":[{"status":["active"]},{"idle":{"longerThan":"90d"}}]}"#;
        let jira = r#"{"idle":{"longerThan":"90d","products":["jira-software"]}}"#;
        let listed = r#"{"all":[{"listed":"leavers"},{"idle":{"longerThan":"90d"}}]}"#;
        let status = r#"{"status":["active"]}"#;
        for (condition, person, expected) in [
            (idle, person(active, &[old]), (true, false)),
            (idle, person(active, &[unknown]), (true, true)),
            // Seen lately in one product settles it whatever the other one says.
            (idle, person(active, &[new, unknown]), (true, false)),
            (idle, person(active, &[old, unknown]), (true, true)),
            (idle, person(suspended, &[unknown]), (false, false)),
            // A status that is not known leaves one way to decide: that they were seen lately.
            (idle, person(None, &[unknown]), (true, true)),
            // Outside the products of the policy, and within the reach of its action.
            (jira, person(active, &[old, unknown]), (true, true)),
            (jira, person(active, &[new, unknown]), (true, false)),
            (jira, person(active, &[never, never]), (true, false)),
            (status, person(suspended, &[unknown]), (false, false)),
            // What keeps this one open is the list that nobody gave, not the activity.
            (listed, person(active, &[old]), (true, false)),
            (listed, person(active, &[unknown]), (true, true)),
        ] {
            assert_eq!(look(condition, &person), expected, "{condition} {person:?}");
        }
    }
}
