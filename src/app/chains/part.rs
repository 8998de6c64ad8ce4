//! A part of a chain as it is stored: rows of numbers, and what many people share once for all of them.

use serde::{Deserialize, Serialize};

use super::member::Member;
use crate::model::{AccountId, Activity, DirectoryId, GroupId, Resource, Status, Time, Truth};
use crate::plan::{Link, StageDone, Taken, TakenStatus};
use crate::snapshot::{Access, Group};

/// A part.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct StoredPart {
    directories: Vec<DirectoryId>,
    groups: Vec<(GroupId, Option<String>)>,
    accesses: Vec<StoredAccess>,
    people: Vec<StoredLink>,
}

/// A product on a site, and whether it takes a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredAccess(Resource, String, Option<bool>);

/// Account, directory, entered, readings, confirmed, verdict, done, postponed, taken, stage and what it is to take.
#[derive(Debug, Serialize, Deserialize)]
struct StoredLink(
    AccountId,
    usize,
    i64,
    u32,
    i64,
    u8,
    Vec<(u32, i64)>,
    Option<i64>,
    Option<StoredTaken>,
    Option<(u32, Vec<StoredTaken>)>,
);

/// Status before and as set, groups taken, groups given, accesses taken, accesses and groups that may not be listed.
#[derive(Debug, Serialize, Deserialize)]
struct StoredTaken(
    Option<(u8, u8)>,
    Vec<usize>,
    Vec<usize>,
    Vec<(usize, i64)>,
    Vec<(usize, i64)>,
    Vec<usize>,
);

/// The code of "never used".
const NEVER: i64 = 0;
/// The code of "not known".
const UNKNOWN: i64 = -1;

impl StoredPart {
    /// A part of some people.
    pub(super) fn of(members: &[Member]) -> StoredPart {
        let mut part = StoredPart::default();
        for member in members {
            let link = &member.link;
            let directory = place_of(&mut part.directories, &member.directory);
            let taken = (!link.taken.is_nothing()).then(|| part.stored_taken(&link.taken));
            let offered = link.offered.as_ref();
            let offered = offered.map(|(stage, acts)| {
                let acts = acts.iter().map(|taken| part.stored_taken(taken));
                (*stage, acts.collect())
            });
            let mut done = Vec::new();
            for stage in &link.done {
                done.push((stage.stage, stage.at.0));
            }
            part.people.push(StoredLink(
                member.account.clone(),
                directory,
                link.entered.0,
                link.readings,
                link.confirmed.0,
                truth_code(link.verdict),
                done,
                link.postponed.map(|until| until.0),
                taken,
                offered,
            ));
        }
        part
    }

    fn stored_taken(&mut self, taken: &Taken) -> StoredTaken {
        let status = taken
            .status
            .map(|status| (status_code(status.before), status_code(status.set)));
        let groups = self.stored_groups(&taken.groups);
        let added = taken
            .added
            .iter()
            .map(|id| self.group_place(id, None))
            .collect();
        let access = self.stored_accesses(&taken.access);
        let unlisted = self.stored_accesses(&taken.unlisted);
        let unlisted_groups = self.stored_groups(&taken.unlisted_groups);
        StoredTaken(status, groups, added, access, unlisted, unlisted_groups)
    }

    fn stored_groups(&mut self, groups: &[Group]) -> Vec<usize> {
        let mut places = Vec::new();
        for group in groups {
            places.push(self.group_place(&group.id, group.name.as_ref()));
        }
        places
    }

    fn group_place(&mut self, id: &GroupId, name: Option<&String>) -> usize {
        let mut known = self.groups.iter();
        let known = known.position(|(group, known)| group == id && known.as_ref() == name);
        known.unwrap_or_else(|| {
            self.groups.push((id.clone(), name.cloned()));
            self.groups.len() - 1
        })
    }

    fn stored_accesses(&mut self, accesses: &[Access]) -> Vec<(usize, i64)> {
        let mut places = Vec::new();
        for access in accesses {
            let stored = StoredAccess(access.resource.clone(), access.product.clone(), access.seat);
            places.push((
                place_of(&mut self.accesses, &stored),
                activity_code(access.activity),
            ));
        }
        places
    }

    /// The people of a part; `None` if it does not hold together.
    pub(super) fn members(self) -> Option<Vec<Member>> {
        let mut members = Vec::new();
        for stored in &self.people {
            let StoredLink(
                account,
                directory,
                entered,
                readings,
                confirmed,
                verdict,
                done,
                postponed,
                taken,
                offered,
            ) = stored;
            let mut stages = Vec::new();
            for (stage, at) in done {
                stages.push(StageDone {
                    stage: *stage,
                    at: Time(*at),
                });
            }
            members.push(Member {
                account: account.clone(),
                directory: self.directories.get(*directory)?.clone(),
                link: Link {
                    entered: Time(*entered),
                    readings: *readings,
                    confirmed: Time(*confirmed),
                    done: stages,
                    taken: match taken {
                        Some(taken) => self.taken(taken)?,
                        None => Taken::default(),
                    },
                    offered: match offered {
                        Some((stage, acts)) => {
                            let acts = acts.iter().map(|taken| self.taken(taken));
                            Some((*stage, acts.collect::<Option<_>>()?))
                        }
                        None => None,
                    },
                    postponed: postponed.map(Time),
                    verdict: truth_of(*verdict)?,
                },
            });
        }
        Some(members)
    }

    fn taken(&self, stored: &StoredTaken) -> Option<Taken> {
        let StoredTaken(status, groups, added, access, unlisted, unlisted_groups) = stored;
        let mut taken = Taken {
            groups: self.groups_at(groups)?,
            access: self.accesses_at(access)?,
            unlisted: self.accesses_at(unlisted)?,
            unlisted_groups: self.groups_at(unlisted_groups)?,
            ..Taken::default()
        };
        if let Some((before, set)) = status {
            taken.status = Some(TakenStatus {
                before: status_of(*before)?,
                set: status_of(*set)?,
            });
        }
        for place in added {
            taken.added.push(self.groups.get(*place)?.0.clone());
        }
        Some(taken)
    }

    fn groups_at(&self, places: &[usize]) -> Option<Vec<Group>> {
        let mut groups = Vec::new();
        for place in places {
            let (id, name) = self.groups.get(*place)?.clone();
            groups.push(Group { id, name });
        }
        Some(groups)
    }

    fn accesses_at(&self, places: &[(usize, i64)]) -> Option<Vec<Access>> {
        let mut accesses = Vec::new();
        for (place, activity) in places {
            let StoredAccess(resource, product, seat) = self.accesses.get(*place)?;
            accesses.push(Access {
                resource: resource.clone(),
                product: product.clone(),
                seat: *seat,
                activity: activity_of(*activity),
            });
        }
        Some(accesses)
    }
}

/// The place of a value in a list; a new one if it is not there.
fn place_of<T: Clone + PartialEq>(list: &mut Vec<T>, value: &T) -> usize {
    match list.iter().position(|known| known == value) {
        Some(place) => place,
        None => {
            list.push(value.clone());
            list.len() - 1
        }
    }
}

fn activity_code(activity: Activity) -> i64 {
    match activity {
        Activity::Seen(time) => time.0,
        Activity::Never => NEVER,
        Activity::Unknown => UNKNOWN,
    }
}

fn activity_of(code: i64) -> Activity {
    match code {
        NEVER => Activity::Never,
        seconds if seconds > 0 => Activity::Seen(Time(seconds)),
        _ => Activity::Unknown,
    }
}

fn truth_code(truth: Truth) -> u8 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}

fn truth_of(code: u8) -> Option<Truth> {
    match code {
        0 => Some(Truth::False),
        1 => Some(Truth::Unknown),
        2 => Some(Truth::True),
        _ => None,
    }
}

fn status_code(status: Status) -> u8 {
    match status {
        Status::Active => 0,
        Status::Suspended => 1,
        Status::NotInvited => 2,
        Status::Deactivated => 3,
        Status::ForDeletion => 4,
    }
}

fn status_of(code: u8) -> Option<Status> {
    let mut all = Status::ALL.into_iter().map(|(status, _)| status);
    all.find(|status| status_code(*status) == code)
}
