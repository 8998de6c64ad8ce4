//! Who stays in the groups of administrators that people are about to leave: asked right before, because the newest reading of
//! everybody may be a day old. It costs a call for each such group, which few people are in.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::facts::Facts;
use crate::app::sync::members_now;
use crate::app::worker::WorkError;
use crate::host::Host;
use crate::model::{AccountId, AccountType, DirectoryId, GroupId, Status, Time};
use crate::plan::{Act, ends, is_guarded, last_of_group};
use crate::snapshot::{Row, Snapshot};

/// For so long it counts that somebody was seen in a group (RULES R6).
const FRESH_SECONDS: i64 = 120;
/// So many pages of a group's members are read at most: where nobody on them stays, nobody leaves.
const MAX_PAGES: u32 = 5;

/// Somebody of each group who was seen in it, and when.
#[derive(Debug, Default)]
pub(super) struct Keepers(BTreeMap<GroupId, (Time, AccountId)>);

/// Who is about to leave a group that must keep an active member.
#[derive(Debug)]
struct Leaving<'a> {
    directory: &'a DirectoryId,
    name: String,
    steps: Vec<u32>,
}

impl<H: Host> Batch<'_, '_, H> {
    /// Lets be whoever would leave a group of administrators, or one that may be such, without an active member as it is now;
    /// answers the others. Of a resumed act it was asked before its intent.
    pub(super) async fn keep_administrators(
        &mut self,
        act: &[u32],
        people: &Snapshot,
    ) -> Result<Vec<u32>, WorkError> {
        let steps = self.steps;
        let mut groups: BTreeMap<GroupId, Leaving<'_>> = BTreeMap::new();
        for step in act {
            let (Some(person), Some(act)) = (steps.person(*step), steps.act(*step, self.progress))
            else {
                continue;
            };
            let row = people.find(&person.account, &person.directory);
            let is_active = row.and_then(|row| people.status(row)) == Some(Status::Active);
            if self.resumed.contains(step) || !is_active {
                continue;
            }
            let held = row.and_then(|row| people.groups(row));
            for group in held.into_iter().flatten() {
                if leaves(act, &group.id, self.facts) {
                    let name = group.name.as_deref().unwrap_or(group.id.as_str());
                    let leaving = groups.entry(group.id.clone()).or_insert_with(|| Leaving {
                        directory: &person.directory,
                        name: name.to_owned(),
                        steps: Vec::new(),
                    });
                    leaving.steps.push(*step);
                }
            }
        }
        let mut last = Vec::new();
        for (group, leaving) in groups {
            if !self.somebody_stays(&group, &leaving).await? {
                let administers = self.facts.seats().administers(&group);
                let why = format!("protected: {}", last_of_group(&leaving.name, administers));
                for step in leaving.steps {
                    if !last.iter().any(|(other, _)| *other == step) {
                        last.push((step, why.clone()));
                    }
                }
            }
        }
        if last.is_empty() {
            return Ok(act.to_vec());
        }
        self.let_be(act, last).await
    }

    /// Whether an active member stays in a group.
    async fn somebody_stays(
        &mut self,
        group: &GroupId,
        leaving: &Leaving<'_>,
    ) -> Result<bool, WorkError> {
        let now = self.worker.host.now();
        if let Some((seen, keeper)) = self.keepers.0.get(group)
            && now.since(*seen) < FRESH_SECONDS
            && self.may_stay(keeper.as_str(), leaving)
        {
            return Ok(true);
        }
        let mut cursor: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let read = members_now(self.api, leaving.directory, group, cursor.as_deref());
            let (members, next) = match read.await {
                Ok(page) => page,
                Err(error) if error.is_passing() || error.is_the_keys_fault() => {
                    return Err(error.into());
                }
                // Not known: nobody leaves (RULES R4).
                Err(_) => return Ok(false),
            };
            let keeper = members.rows().find_map(|row| {
                let account = active(&members, row)?;
                self.may_stay(account, leaving)
                    .then(|| AccountId(account.to_owned()))
            });
            if let Some(keeper) = keeper {
                self.keepers.0.insert(group.clone(), (now, keeper));
                return Ok(true);
            }
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        Ok(false)
    }

    /// Whether somebody is neither about to leave a group nor taken from it by this or another run, whatever a reading shows yet.
    fn may_stay(&self, account: &str, leaving: &Leaving<'_>) -> bool {
        let steps = self.steps;
        let is_leaving = leaving.steps.iter().any(|step| {
            let person = steps.person(*step);
            person.is_some_and(|person| person.account.as_str() == account)
        });
        let is_acted_on = || {
            let mut people = (0u32..).zip(steps.people);
            people.any(|(step, person)| {
                person.account.as_str() == account
                    && (self.progress.may_have_acted(step) || self.progress.open(step).is_some())
            })
        };
        !is_leaving && !self.taken.contains_key(account) && !is_acted_on()
    }
}

/// Whether an act ends the membership of a group that must keep an active member.
fn leaves(act: &Act, group: &GroupId, facts: &Facts) -> bool {
    act.takes_access() && ends(act, group) && is_guarded(facts.seats(), group)
}

/// The account of an active person.
fn active(members: &Snapshot, row: Row) -> Option<&str> {
    let is_one = members.status(row) == Some(Status::Active)
        && members.account_type(row) == Some(AccountType::Atlassian);
    members.account(row).filter(|_| is_one)
}
