//! Suspensions and restorations that are not in our log: an administrator's, an identity provider's, or those of another
//! installation of this app on another site of the same organization (RULES R18).

use super::documents::{load, set};
use super::foreign::UnexplainedBook;
use super::lease::Lease;
use super::records::{ForeignAct, UnexplainedChange};
use super::run::{Acted, acted_since, made_inactive_within};
use super::{left_alone, moves};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, HOUR, Status, Time};
use crate::snapshot::{Renewal, Row, Snapshot};

/// How long before a reading an act of ours may have been that the reading did not show yet.
const VISIBLE_WITHIN_SECONDS: i64 = HOUR;

/// Looks through who was seen differently by a reading than by the one before: whoever was suspended or restored in
/// between, and not by us, is noted, and whoever was restored is left alone for 30 days. So is whom a run of ours suspended
/// since the one before and who is active again: neither reading shows it.
///
/// To be called at the end of every reading and before it takes the place of the one before: a kill in between then has
/// the same comparison made again, which changes nothing more.
pub(super) async fn compare(
    (host, lease): (&impl Host, &Lease),
    renewal: &Renewal,
    after: Time,
    until: Time,
) -> Result<(), StorageError> {
    let people = renewal.people();
    let mut changes: Vec<UnexplainedChange> = renewal
        .changed()
        .filter_map(|(before, now)| change(people, before, now, after, until))
        .collect();
    // A run that ended before the reading before has been seen by it.
    let since = after.plus(-VISIBLE_WITHIN_SECONDS);
    let taken = made_inactive_within(host, (since, until)).await?;
    if changes.is_empty() && taken.is_empty() {
        return Ok(());
    }
    let mut ours = acted_since(host, since).await?;
    ours.took.extend(moves::suspended_since(host, since).await?);
    changes.retain(|change| !is_explained(change, &ours, people));
    let mut book: UnexplainedBook = load(host).await?;
    changes.retain(|change| !book.changes.contains(change));
    for (account, directory, at) in taken {
        let back = UnexplainedChange {
            account,
            directory,
            act: ForeignAct::Restored,
            after: at,
            before: until,
        };
        let row = people.find(&back.account, &back.directory);
        let is_active = row.is_some_and(|row| people.status(row) == Some(Status::Active));
        if is_active && !is_explained(&back, &ours, people) && !book.tells_of(&back) {
            changes.push(back);
        }
    }
    let restored: Vec<AccountId> = changes
        .iter()
        .filter(|change| change.act == ForeignAct::Restored)
        .map(|change| change.account.clone())
        .collect();
    if !restored.is_empty() {
        left_alone::add((host, lease), &restored, until).await?;
    }
    if changes.is_empty() {
        return Ok(());
    }
    book.put(changes);
    lease.transact(host, vec![set(&book)?]).await
}

/// What takes explains a suspension, what gives back a restoration. Whom several directories list shows every change in each
/// of them.
fn is_explained(change: &UnexplainedChange, ours: &Acted, people: &Snapshot) -> bool {
    let acted = match change.act {
        ForeignAct::Suspended => &ours.took,
        ForeignAct::Restored => &ours.gave,
    };
    let row = people.find(&change.account, &change.directory);
    let shows_all = row.is_some_and(|row| people.is_in_several_directories(row));
    let directory = acted.get(&change.account);
    directory.is_some_and(|directory| shows_all || *directory == change.directory)
}

fn change(
    people: &Snapshot,
    before: Row,
    now: Row,
    after: Time,
    until: Time,
) -> Option<UnexplainedChange> {
    let act = match (people.status(before)?, people.status(now)?) {
        (Status::Active, Status::Suspended) => ForeignAct::Suspended,
        (Status::Suspended, Status::Active) => ForeignAct::Restored,
        _ => return None,
    };
    Some(UnexplainedChange {
        account: AccountId(people.account(now)?.to_owned()),
        directory: people.directory(now)?.clone(),
        act,
        after,
        before: until,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::foreign::tests::changed;
    use crate::model::DirectoryId;
    use crate::snapshot::{StoredSnapshot, Unseen, UserRecord};

    fn reading(people: &[(&str, Option<Status>)]) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for (account, status) in people {
            snapshot.push(&UserRecord {
                status: *status,
                ..UserRecord::unknown(AccountId((*account).into()), DirectoryId("d".into()))
            });
        }
        snapshot
    }

    #[test]
    fn only_a_known_change_between_active_and_suspended_counts() {
        use Status::{Active, Deactivated, Suspended};
        let table = [
            ("suspended", Some(Active), Some(Suspended)),
            ("restored", Some(Suspended), Some(Active)),
            ("the-same", Some(Active), Some(Active)),
            ("not-known-before", None, Some(Suspended)),
            ("not-known-now", Some(Active), None),
            ("deactivated", Some(Active), Some(Deactivated)),
            ("reactivated", Some(Deactivated), Some(Active)),
        ];
        let before: Vec<_> = table.iter().map(|(name, was, _)| (*name, *was)).collect();
        let mut now: Vec<_> = table.iter().map(|(name, _, is)| (*name, *is)).collect();
        now.push(("new", Some(Suspended)));
        let mut first = Renewal::of(StoredSnapshot::default(), Time(1));
        first.see(&reading(&before), &|_| true);
        let mut first = first.finish(Unseen::Gone).unwrap();
        let stored = StoredSnapshot::decode(first.head, |name| {
            let chunk = first.chunks.iter_mut().find(|chunk| chunk.name == name)?;
            Some(std::mem::take(&mut chunk.bytes))
        });
        let mut second = Renewal::of(stored.unwrap(), Time(2));
        second.see(&reading(&now), &|_| true);
        let found: Vec<UnexplainedChange> = second
            .changed()
            .filter_map(|(before, now)| change(second.people(), before, now, Time(1), Time(2)))
            .collect();
        assert_eq!(
            found,
            [
                changed("suspended", ForeignAct::Suspended),
                changed("restored", ForeignAct::Restored)
            ]
        );
    }

    #[test]
    fn an_act_of_ours_explains_its_own_kind_of_change() {
        let directory = |id: &str| DirectoryId(id.into());
        let ours = Acted {
            took: BTreeMap::from([
                (AccountId("a".into()), directory("d")),
                (AccountId("b".into()), directory("e")),
                (AccountId("both".into()), directory("e")),
            ]),
            gave: BTreeMap::from([(AccountId("c".into()), directory("d"))]),
        };
        let mut people = Snapshot::new();
        for (account, of) in [
            ("a", "d"),
            ("b", "d"),
            ("c", "d"),
            ("both", "d"),
            ("both", "e"),
        ] {
            people.push(&UserRecord::unknown(
                AccountId(account.into()),
                directory(of),
            ));
        }
        for (account, act, expected) in [
            ("a", ForeignAct::Suspended, true),
            ("a", ForeignAct::Restored, false),
            ("b", ForeignAct::Suspended, false),
            ("c", ForeignAct::Suspended, false),
            ("c", ForeignAct::Restored, true),
            ("both", ForeignAct::Suspended, true),
            ("both", ForeignAct::Restored, false),
        ] {
            assert_eq!(
                is_explained(&changed(account, act), &ours, &people),
                expected,
                "{account} {act:?}"
            );
        }
    }
}
