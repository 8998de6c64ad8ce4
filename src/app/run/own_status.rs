//! The status of people in each directory, where several list them. A listing shows one status over all directories: who is
//! suspended in some of them is active there. A person's roles say how they stand in each (docs/decisions/0011).

use std::collections::BTreeSet;
use std::pin::Pin;

use crate::app::api::Api;
use crate::app::by_hand::load_by_hand;
use crate::app::documents::{ExemptionBook, load_value, policy_revision_key};
use crate::app::records::Run;
use crate::app::sync::{SnapshotHead, Standings, standings_of};
use crate::app::together::{Piece, together};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiError, DirectoryStanding};
use crate::evaluate::{Context, compile};
use crate::host::Host;
use crate::model::{AccountId, Status, Truth};
use crate::plan::{Protections, needs_memory, sheltered_anywhere};
use crate::policy::Policy;
use crate::snapshot::{Row, Snapshot};

/// So many people are asked about at once.
const AT_ONCE: usize = 5;
/// So many people are asked about for the plans of one job, which fits into a minute's limit of requests. The others are
/// undecided until there are fewer.
const MAX_ASKED: usize = 400;
/// Nobody else is asked about for a plan if less is left of the invocation.
const LEAST_MILLISECONDS: u32 = 20_000;

/// Asks how people stand in each directory, and sets it in their rows that show them as active. What is not known is not
/// supposed: the status of such a row is not known then.
pub(super) fn tell_apart<'f, H: Host>(
    api: &'f Api<'_, H>,
    snapshot: &'f mut Snapshot,
    accounts: &'f [AccountId],
) -> Pin<Box<dyn Future<Output = Result<(), WorkError>> + 'f>> {
    Box::pin(async move {
        let asked: Vec<&AccountId> = accounts
            .iter()
            .filter(|account| active_rows(snapshot, account).next().is_some())
            .collect();
        for some in asked.chunks(AT_ONCE) {
            let pieces = some.iter().map(|account| {
                Box::pin(standings(api, account)) as Piece<'_, Result<Standings, ApiError>>
            });
            let answers = together(pieces.collect()).await;
            for (account, standings) in some.iter().zip(answers) {
                set(snapshot, account, &standings?);
            }
        }
        Ok(())
    })
}

fn active_rows(snapshot: &Snapshot, account: &AccountId) -> impl Iterator<Item = Row> {
    let rows = snapshot.find_all(account.as_str());
    rows.filter(|row| snapshot.status(*row) == Some(Status::Active))
}

fn set(snapshot: &mut Snapshot, account: &AccountId, standings: &Standings) {
    let rows: Vec<Row> = active_rows(snapshot, account).collect();
    for row in rows {
        let directory = snapshot.directory(row);
        let standing = directory.and_then(|directory| standings.of(directory));
        let status = standing.map(|standing| match standing {
            DirectoryStanding::Active => Status::Active,
            DirectoryStanding::Suspended => Status::Suspended,
            DirectoryStanding::NoMembership => Status::NotInvited,
        });
        snapshot.set_status(row, status);
    }
}

/// Whoever cannot be asked about stands nowhere that is known; the others are told apart all the same.
async fn standings<H: Host>(api: &Api<'_, H>, account: &AccountId) -> Result<Standings, ApiError> {
    match standings_of(api, None, account).await {
        Err(error) if error.leaves_one_unknown() => Ok(Standings::default()),
        answer => answer,
    }
}

/// Tells apart whom the policies of some runs may mean, before they are planned; nobody where no two directories list the
/// same person.
pub(super) async fn tell_apart_for_plans<H: Host>(
    api: &Api<'_, H>,
    runs: &[Run],
    head: &SnapshotHead,
    exemptions: &ExemptionBook,
    (snapshot, protections): (&mut Snapshot, &mut Protections),
) -> Result<(), WorkError> {
    if !snapshot.lists_anybody_twice() {
        return Ok(());
    }
    let mut accounts = BTreeSet::new();
    for run in runs {
        let key = policy_revision_key(&run.policy.id, run.policy.revision);
        let Some(policy) = load_value::<Policy>(api.host, &key).await? else {
            continue;
        };
        if needs_memory(&policy) {
            // A restore in one of the directories is not to be seen in a status over all of them, and a chain is left by
            // it (RULES R2): there everybody in several directories stays undecided.
            return Ok(());
        }
        let exempted = exemptions.exempted(&run.policy.id, api.host.now());
        let exempting = exempted.on(snapshot);
        let is_sheltered = |row| sheltered_anywhere(snapshot, row, &exempting, protections);
        let sites = head.sites();
        let by_hand = load_by_hand(api.host, &run.policy.id).await?;
        let lists = by_hand
            .map(|chosen| chosen.lists(run.now))
            .unwrap_or_default();
        let context = Context {
            sites: &sites,
            lists: &lists,
            ..Context::at(run.now)
        };
        // What is wrong with the policy is said when it is planned.
        let Ok(compiled) = compile(&policy, snapshot, context) else {
            continue;
        };
        for row in compiled.verdicts().possible() {
            if accounts.len() < MAX_ASKED
                && is_to_be_asked(snapshot, row)
                && compiled.verdict(row) == Truth::True
                && is_sheltered(row).is_none()
                && let Some(account) = snapshot.account(row)
            {
                accounts.insert(AccountId(account.to_owned()));
            }
        }
    }
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    for some in accounts.chunks(AT_ONCE) {
        if api.host.time_left() < LEAST_MILLISECONDS {
            break;
        }
        tell_apart(api, snapshot, some).await?;
        protections.told_apart.extend(some.iter().cloned());
    }
    Ok(())
}

fn is_to_be_asked(snapshot: &Snapshot, row: Row) -> bool {
    snapshot.is_in_several_directories(row) && snapshot.status(row) == Some(Status::Active)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlassian::HeldRoles;
    use crate::model::{DirectoryId, Resource};
    use crate::snapshot::UserRecord;

    fn held(directory: Option<&str>, standing: Option<DirectoryStanding>) -> HeldRoles {
        HeldRoles {
            resource: Resource("r".into()),
            directory: directory.map(|id| DirectoryId(id.into())),
            standing,
            roles: Vec::new(),
        }
    }

    #[test]
    fn each_row_gets_the_status_of_its_directory_and_none_where_that_is_not_said() {
        use DirectoryStanding::{Active, NoMembership, Suspended};
        let mut standings = Standings::default();
        for (directory, standing) in [
            (None, None),
            (Some("active"), Some(Active)),
            (Some("suspended"), Some(Suspended)),
            (Some("suspended"), Some(Suspended)),
            (Some("left"), Some(NoMembership)),
            (Some("torn"), Some(Active)),
            (Some("torn"), Some(Suspended)),
            (Some("new word"), None),
            (Some("said once"), None),
            (Some("said once"), Some(Active)),
        ] {
            standings.note(held(directory, standing));
        }
        let account = AccountId("a".into());
        let directories = [
            "active",
            "suspended",
            "left",
            "torn",
            "new word",
            "said once",
            "not named",
        ];
        let mut snapshot = Snapshot::new();
        for directory in directories {
            snapshot.push(&UserRecord {
                status: Some(Status::Active),
                ..UserRecord::unknown(account.clone(), DirectoryId(directory.into()))
            });
        }
        // What is of the account is in every directory.
        snapshot.push(&UserRecord {
            status: Some(Status::Deactivated),
            ..UserRecord::unknown(account.clone(), DirectoryId("deactivated".into()))
        });
        set(&mut snapshot, &account, &standings);
        let statuses: Vec<_> = snapshot.rows().map(|row| snapshot.status(row)).collect();
        assert_eq!(
            statuses,
            [
                Some(Status::Active),
                Some(Status::Suspended),
                Some(Status::NotInvited),
                None,
                None,
                None,
                None,
                Some(Status::Deactivated),
            ]
        );
    }
}
