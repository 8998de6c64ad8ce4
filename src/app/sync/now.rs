//! People as they are now: the reading just before an action, and the one after it.

use std::pin::Pin;

use super::groups;
use super::insistent::Insistent;
use super::last_active::{ask, fill, has_askable};
use crate::app::api::Api;
use crate::app::worker::WorkError;
use crate::atlassian::{
    ApiError, EMAILS_A_CALL, IDS_A_CALL, NullActivity, Seats, UserFilter, UserReader, users_search,
    users_search_among,
};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId, GroupId, Time};
use crate::snapshot::Snapshot;

/// As much of the time in which a reading before an action counts may go by before the rest must wait.
const PATIENCE_SECONDS: i64 = 45;

/// Those of some people who are in other directories besides, as each of these has them now, without asking for what a
/// search leaves open. Answers whom it asked for as well, as [`people_now`] does.
///
/// One search over all the others finds whoever is there, mostly nobody; only they are read in each directory by its own path
/// (RULES R13).
pub(in crate::app) async fn people_elsewhere_now<H: Host>(
    api: &Api<'_, H>,
    others: &[DirectoryId],
    sought: &[Sought],
) -> Result<(Snapshot, Vec<AccountId>), WorkError> {
    if let [other] = others {
        return people_now(api, other, sought, false).await;
    }
    let (mut people, mut left) = (Snapshot::new(), sought.to_vec());
    for others in others.chunks(IDS_A_CALL) {
        let (found, asked) = read(api, Where::AnyOf(others), &left, false).await?;
        left.retain(|one| asked.contains(&one.account));
        let is_found = |one: &&Sought| found.find_all(one.account.as_str()).next().is_some();
        let there: Vec<Sought> = left.iter().filter(is_found).cloned().collect();
        if there.is_empty() {
            continue;
        }
        for other in others {
            let (of_one, asked) = people_now(api, other, &there, false).await?;
            for record in of_one.rows().filter_map(|row| of_one.record(row)) {
                people.push(&record);
            }
            left.retain(|one| {
                asked.contains(&one.account)
                    || !there.iter().any(|found| found.account == one.account)
            });
        }
    }
    let asked = left.into_iter().map(|one| one.account).collect();
    Ok((people, asked))
}

/// Who is to be read.
#[derive(Clone, Debug)]
pub(in crate::app) struct Sought {
    /// The account.
    pub(in crate::app) account: AccountId,
    /// Their e-mail address, if it is known: a search names many more of them than accounts.
    pub(in crate::app) email: Option<String>,
}

/// People of one directory as they are now, for their status, groups and accesses. Answers whom it asked for as well: some
/// of them at least. Where calls take long, the others are for another time, because what is read first must still count
/// when the last was read (RULES R6).
pub(in crate::app) async fn people_now<H: Host>(
    api: &Api<'_, H>,
    directory: &DirectoryId,
    sought: &[Sought],
    with_activity: bool,
) -> Result<(Snapshot, Vec<AccountId>), WorkError> {
    read(api, Where::In(directory), sought, with_activity).await
}

/// A page of the members of a group as they are now, and where the next one begins, if there is more.
///
/// # Errors
/// That it cannot be read.
pub(in crate::app) async fn members_now<H: Host>(
    api: &Api<'_, H>,
    directory: &DirectoryId,
    group: &GroupId,
    cursor: Option<&str>,
) -> Result<(Snapshot, Option<String>), ApiError> {
    let filter = UserFilter::Members { group, cursor };
    let request = users_search(&api.organization, Some(directory), filter, &api.key);
    let parse = |body: &[u8]| {
        let mut reader = UserReader::default();
        let page = reader.read(body, directory, NullActivity::Unknown)?;
        Ok((reader.into_snapshot(), page.next))
    };
    let calls = Insistent::new(api);
    calls
        .read("reading the members of a group", request, parse)
        .await
}

/// Where people are looked for.
#[derive(Clone, Copy, Debug)]
enum Where<'a> {
    /// In a directory, by its own path.
    In(&'a DirectoryId),
    /// In one of these at least: what is found is over all directories, and stands for the first.
    AnyOf(&'a [DirectoryId]),
}

impl Where<'_> {
    fn directory(&self) -> Option<&DirectoryId> {
        match self {
            Where::In(directory) => Some(directory),
            Where::AnyOf(directories) => directories.first(),
        }
    }
}

/// Whoever was found, and whom was asked for. Boxed, so that its code is there once.
type Found<'f> = Pin<Box<dyn Future<Output = Result<(Snapshot, Vec<AccountId>), WorkError>> + 'f>>;

/// Reads people in one place.
fn read<'f, H: Host>(
    api: &'f Api<'_, H>,
    place: Where<'f>,
    sought: &'f [Sought],
    with_activity: bool,
) -> Found<'f> {
    Box::pin(async move {
        let Some(directory) = place.directory() else {
            return Ok((Snapshot::new(), accounts_of(sought)));
        };
        let seats = groups::known(api.host).await?;
        let mut reading = Reading {
            calls: Insistent::new(api),
            place,
            directory,
            seats,
            with_activity,
            began: api.host.now(),
            people: Snapshot::new(),
            asked: Vec::new(),
        };
        reading.by_address(sought).await?;
        reading.by_account(sought).await?;
        Ok((reading.people, reading.asked))
    })
}

fn accounts_of(sought: &[Sought]) -> Vec<AccountId> {
    sought.iter().map(|one| one.account.clone()).collect()
}

struct Reading<'a, 'h, H> {
    calls: Insistent<'a, 'h, H>,
    place: Where<'a>,
    /// What is found stands in this directory.
    directory: &'a DirectoryId,
    seats: Seats,
    /// Whether what the search leaves open of their activity is asked for, one by one.
    with_activity: bool,
    began: Time,
    people: Snapshot,
    asked: Vec<AccountId>,
}

impl<H: Host> Reading<'_, '_, H> {
    /// By their addresses. Somebody else may have an address by now, so only accounts that are sought count; whoever is not
    /// found so is sought by the account.
    async fn by_address(&mut self, sought: &[Sought]) -> Result<(), WorkError> {
        let addresses: Vec<String> = sought.iter().filter_map(|one| one.email.clone()).collect();
        // To name ten people or fewer takes one call either way, and an account cannot have moved on.
        if addresses.len() <= IDS_A_CALL {
            return Ok(());
        }
        for some in addresses.chunks(EMAILS_A_CALL) {
            let found = self.search(UserFilter::Emails(some)).await?;
            let mut accounts = Vec::new();
            for one in sought {
                if found.find_all(one.account.as_str()).next().is_some() {
                    accounts.push(one.account.clone());
                }
            }
            if !self.take(&found, &accounts).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn by_account(&mut self, sought: &[Sought]) -> Result<(), WorkError> {
        let left: Vec<AccountId> = sought
            .iter()
            .map(|one| &one.account)
            .filter(|account| !self.asked.contains(account))
            .cloned()
            .collect();
        for some in left.chunks(IDS_A_CALL) {
            if self.is_late() {
                return Ok(());
            }
            let found = self.search(UserFilter::Accounts(some)).await?;
            if !self.take(&found, some).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn is_late(&self) -> bool {
        let now = self.calls.host().now();
        !self.asked.is_empty() && now.since(self.began) > PATIENCE_SECONDS
    }

    async fn search(&self, filter: UserFilter<'_>) -> Result<Snapshot, WorkError> {
        let api = self.calls.api;
        let (organization, key) = (&api.organization, &api.key);
        let request = match self.place {
            Where::In(directory) => users_search(organization, Some(directory), filter, key),
            Where::AnyOf(directories) => users_search_among(organization, directories, filter, key),
        };
        let parse = |body: &[u8]| {
            let mut reader = UserReader::default().with_seats(self.seats.clone());
            reader.read(body, self.directory, NullActivity::Unknown)?;
            Ok(reader.into_snapshot())
        };
        Ok(self
            .calls
            .read("reading people before an action", request, parse)
            .await?)
    }

    /// Takes accounts of an answer over; false where the rest must wait.
    async fn take(&mut self, found: &Snapshot, accounts: &[AccountId]) -> Result<bool, WorkError> {
        for account in accounts {
            let row = found.find(account, self.directory);
            if let Some(mut person) = row.and_then(|row| found.record(row)) {
                if let Some(row) = row
                    && self.with_activity
                    && has_askable(found, row)
                {
                    if self.is_late() {
                        return Ok(false);
                    }
                    match ask(&self.calls, &person.account).await {
                        Ok(Some(answer)) => fill(&mut person, &answer),
                        Ok(None) => {}
                        // Whoever is not known is not acted on.
                        Err(error) if error.is_about_one() => {}
                        Err(error) if error.is_passing() && !self.asked.is_empty() => {
                            return Ok(false);
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                self.people.push(&person);
            }
            self.asked.push(account.clone());
        }
        Ok(true)
    }
}
