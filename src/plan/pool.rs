//! A pool of seats: of the people who match, only as many as must go (`keep`, RULES R11).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::evaluate::CompileError;
use crate::model::{AccountId, AccountType, Activity, Status, Time};
use crate::policy::Keep;
use crate::snapshot::{Row, Site, Snapshot};

/// Who leaves a pool of seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The people who are chosen, in the order of the choice.
    pub chosen: Vec<Row>,
    /// How many seats are in use; a person of whom that is not known counts.
    pub in_use: u32,
    /// How many more would have to go, but nobody who may be chosen is left.
    pub missing: u32,
}

/// The seats of one product on one site, of which a policy keeps some.
#[derive(Debug)]
pub struct SeatPool<'s> {
    kept: u32,
    snapshot: &'s Snapshot,
    /// By the number of the access: whether it takes one of these seats.
    seats: Vec<IsSeat>,
}

/// Whether an access takes a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IsSeat {
    Yes,
    No,
    /// Its role is not known: it counts as in use, and nobody is chosen for it.
    Unknown,
}

/// The order of the choice: chosen before, then never seen (by the date of joining), then the longest idle; ties by
/// account.
#[derive(PartialEq, Eq)]
struct Rank<'s> {
    is_new: bool,
    seen: Option<Time>,
    added: Option<Time>,
    account: &'s str,
}

impl Ord for Rank<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // A date that is not known comes last: `None` would come first.
        let added = |rank: &Rank<'_>| (rank.added.is_none(), rank.added);
        self.is_new
            .cmp(&other.is_new)
            .then(self.seen.cmp(&other.seen))
            .then(match self.seen {
                None => added(self).cmp(&added(other)),
                Some(_) => Ordering::Equal,
            })
            .then(self.account.cmp(other.account))
    }
}

impl PartialOrd for Rank<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'s> SeatPool<'s> {
    /// The pool that a policy names, in a snapshot.
    ///
    /// # Errors
    /// A site that the organization does not have.
    pub fn of(
        keep: &Keep,
        snapshot: &'s Snapshot,
        sites: &[Site],
    ) -> Result<SeatPool<'s>, CompileError> {
        let cloud_id = snapshot
            .cloud_id(sites, &keep.site)
            .ok_or_else(|| CompileError::UnknownSite(keep.site.clone()))?;
        let seats = snapshot.accesses().iter().map(|access| {
            let is_there =
                access.product == keep.product && access.resource.site() == Some(cloud_id.as_str());
            match access.seat {
                _ if !is_there => IsSeat::No,
                Some(true) => IsSeat::Yes,
                None => IsSeat::Unknown,
                Some(false) => IsSeat::No,
            }
        });
        Ok(SeatPool {
            kept: keep.seats,
            snapshot,
            seats: seats.collect(),
        })
    }

    /// Chooses among people who match and whom nothing shelters. Whoever was chosen before and still may be comes first: once
    /// chosen, chosen until seen again. Whoever was chosen before, uses a seat, and cannot be decided just now frees it later:
    /// nobody is chosen in their place.
    pub fn choose(
        &self,
        candidates: impl Iterator<Item = Row>,
        before: &BTreeSet<AccountId>,
    ) -> Pool {
        let mut ranked: Vec<(Rank<'_>, Row)> = candidates
            .filter_map(|row| Some((self.rank(row, before)?, row)))
            .collect();
        ranked.sort_unstable();
        let again = ranked.iter().filter(|(rank, _)| !rank.is_new).count();
        let (mut in_use, mut going) = (0_usize, 0_usize);
        for row in self.snapshot.rows().filter(|row| self.may_use(*row)) {
            let account = self.snapshot.account(row);
            in_use += 1;
            going += usize::from(account.is_some_and(|account| before.contains(account)));
        }
        let kept = usize::try_from(self.kept).unwrap_or(usize::MAX);
        let surplus = in_use.saturating_sub(kept);
        let fresh = ranked.len().min(again + surplus.saturating_sub(going)) - again;
        ranked.truncate(again + fresh);
        let count = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
        Pool {
            in_use: count(in_use),
            missing: count(surplus.saturating_sub(going + fresh)),
            chosen: ranked.into_iter().map(|(_, row)| row).collect(),
        }
    }

    /// Whether a person takes one of the seats, as far as that is known. App and customer accounts take none.
    fn may_use(&self, row: Row) -> bool {
        let is_person = matches!(
            self.snapshot.account_type(row),
            Some(AccountType::Atlassian) | None
        );
        let is_active = matches!(self.snapshot.status(row), Some(Status::Active) | None);
        is_person
            && is_active
            && (self.snapshot.activities(row).is_none() || self.activity(row).is_some())
    }

    /// The activity of a person who uses a seat: active, or not known to be something else. Over several accesses to
    /// the product there, the latest; not known if one of them is not.
    fn activity(&self, row: Row) -> Option<Activity> {
        if !matches!(self.snapshot.status(row), Some(Status::Active) | None) {
            return None;
        }
        self.snapshot
            .activities(row)?
            .filter(|(access, _)| self.is_seat(*access) != IsSeat::No)
            .map(|(_, activity)| activity)
            .reduce(later)
    }

    fn is_seat(&self, access: u32) -> IsSeat {
        let index = usize::try_from(access).unwrap_or(usize::MAX);
        self.seats.get(index).copied().unwrap_or(IsSeat::No)
    }

    /// Where a person stands in the order; `None` for whoever is never chosen: also whoever does not surely take a seat.
    fn rank(&self, row: Row, before: &BTreeSet<AccountId>) -> Option<Rank<'s>> {
        let seen = match self.activity(row)? {
            Activity::Seen(time) => Some(time),
            Activity::Never => None,
            Activity::Unknown => return None,
        };
        self.snapshot.status(row)?;
        let mut accesses = self.snapshot.activities(row)?;
        let has_seat = accesses.any(|(access, _)| self.is_seat(access) == IsSeat::Yes);
        if !has_seat || !self.may_use(row) {
            return None;
        }
        let account = self.snapshot.account(row)?;
        Some(Rank {
            is_new: !before.contains(account),
            seen,
            added: self.snapshot.added(row),
            account,
        })
    }
}

fn later(left: Activity, right: Activity) -> Activity {
    match (left, right) {
        (Activity::Unknown, _) | (_, Activity::Unknown) => Activity::Unknown,
        (Activity::Seen(left), Activity::Seen(right)) => Activity::Seen(left.max(right)),
        (Activity::Never, other) | (other, Activity::Never) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DirectoryId, Resource};
    use crate::snapshot::{Access, UserRecord};

    fn person(
        account: &str,
        activity: Activity,
        added: Option<i64>,
        seat: Option<bool>,
    ) -> UserRecord {
        UserRecord {
            status: Some(Status::Active),
            added: added.map(Time),
            access: Some(vec![
                Access {
                    resource: Resource("ari:cloud:confluence::site/1".into()),
                    product: "confluence".into(),
                    seat: None,
                    activity: Activity::Seen(Time(1)),
                },
                Access {
                    resource: Resource("ari:cloud:jira-software::site/1".into()),
                    product: "jira-software".into(),
                    seat,
                    activity,
                },
            ]),
            ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
        }
    }

    fn pool(people: &[UserRecord], seats: u32, before: &[&str]) -> (Vec<String>, u32, u32) {
        let mut snapshot = Snapshot::new();
        for person in people {
            snapshot.push(person);
        }
        let sites = [Site {
            cloud_id: "1".into(),
            host: "acme.atlassian.net".into(),
        }];
        let keep = Keep {
            product: "jira-software".into(),
            site: "ACME.atlassian.net".into(),
            seats,
        };
        let mut chosen_before = BTreeSet::new();
        for account in before {
            chosen_before.insert(AccountId(String::from(*account)));
        }
        let seats = SeatPool::of(&keep, &snapshot, &sites).unwrap();
        // Whoever has "paused" in the name matches no more, or not for sure.
        let matches = |row: &Row| !snapshot.account(*row).unwrap().contains("paused");
        let pool = seats.choose(snapshot.rows().filter(matches), &chosen_before);
        let chosen = pool.chosen.iter().filter_map(|row| snapshot.account(*row));
        (
            chosen.map(String::from).collect(),
            pool.in_use,
            pool.missing,
        )
    }

    #[test]
    fn the_longest_idle_go_until_the_seats_are_enough() {
        let seen = |at| Activity::Seen(Time(at));
        let suspended = UserRecord {
            status: Some(Status::Suspended),
            ..person("gone", seen(5), None, Some(true))
        };
        let people = [
            person("recent", seen(900), None, Some(true)),
            person("tie-b", seen(100), None, Some(true)),
            person("tie-a", seen(100), None, Some(true)),
            person("never-undated", Activity::Never, None, Some(true)),
            person("never-young", Activity::Never, Some(70), Some(true)),
            person("never-old", Activity::Never, Some(20), Some(true)),
            person("unknown", Activity::Unknown, None, Some(true)),
            person("no-seat", seen(1), None, Some(false)),
            person("seat-unknown", seen(1), None, None),
            suspended,
        ];
        let order = [
            "never-old",
            "never-young",
            "never-undated",
            "tie-a",
            "tie-b",
            "recent",
        ];
        for seats in 0..10 {
            let goes = 8_usize.saturating_sub(seats);
            let (chosen, in_use, missing) = pool(&people, u32::try_from(seats).unwrap(), &[]);
            assert_eq!(in_use, 8);
            assert_eq!(chosen, order[..goes.min(order.len())], "{seats}");
            assert_eq!(
                usize::try_from(missing).unwrap(),
                goes.saturating_sub(order.len())
            );
        }
        let (chosen, _, _) = pool(&people, 6, &["tie-b", "no-longer-here"]);
        assert_eq!(chosen, ["tie-b", "never-old"]);
        // Once chosen, chosen until seen again: also when fewer have to go.
        let (chosen, _, missing) = pool(&people, 8, &["tie-b"]);
        assert_eq!((chosen, missing), (vec![String::from("tie-b")], 0));
    }

    #[test]
    fn nobody_is_chosen_in_the_place_of_somebody_who_was_and_cannot_be_decided_now() {
        let never = |account| person(account, Activity::Never, None, Some(true));
        let people = ["a", "b", "c", "paused-1", "paused-2"].map(never);
        let before = ["paused-1", "paused-2"];
        for (seats, expected, unreachable) in [
            (4, &[][..], 0),
            (3, &[], 0),
            (2, &["a"], 0),
            (0, &["a", "b", "c"], 0),
        ] {
            let (chosen, in_use, missing) = pool(&people, seats, &before);
            assert_eq!((in_use, missing), (5, unreachable), "{seats}");
            assert_eq!(chosen, expected, "{seats}");
        }
        assert_eq!(pool(&people, 0, &[]).2, 2);
    }

    #[test]
    fn whoever_may_use_a_seat_counts_and_apps_do_not() {
        let nothing_known = UserRecord {
            access: None,
            ..person("accesses-not-known", Activity::Never, None, Some(true))
        };
        let app = UserRecord {
            account_type: Some(AccountType::App),
            ..person("app", Activity::Never, None, Some(true))
        };
        let people = [
            nothing_known,
            app,
            person("idle", Activity::Never, None, Some(true)),
        ];
        assert_eq!(pool(&people, 0, &[]), (vec![String::from("idle")], 2, 1));
    }

    #[test]
    fn the_latest_of_several_accesses_to_the_product_decides() {
        let twice = |account: &str, second: Activity| {
            let mut person = person(account, Activity::Seen(Time(10)), None, Some(true));
            person.access.as_mut().unwrap().push(Access {
                resource: Resource("ari:cloud:jira-software::site/1".into()),
                product: "jira-software".into(),
                seat: Some(true),
                activity: second,
            });
            person
        };
        let people = [
            twice("recent", Activity::Seen(Time(900))),
            twice("unknown", Activity::Unknown),
            twice("idle", Activity::Never),
            person("once", Activity::Seen(Time(500)), None, Some(true)),
        ];
        let (chosen, in_use, missing) = pool(&people, 0, &[]);
        assert_eq!(chosen, ["idle", "once", "recent"]);
        assert_eq!((in_use, missing), (4, 1));
    }

    #[test]
    fn a_site_that_is_not_there_is_an_error() {
        let keep = Keep {
            product: "p".into(),
            site: "x".into(),
            seats: 1,
        };
        let snapshot = Snapshot::new();
        let found = SeatPool::of(&keep, &snapshot, &[]).err();
        assert_eq!(found, Some(CompileError::UnknownSite("x".into())));
    }
}
