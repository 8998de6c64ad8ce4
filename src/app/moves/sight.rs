//! Where the people of moves are now, by every directory.

use crate::app::api::Api;
use crate::atlassian::{ApiError, held_roles, read_held_roles};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId, Resource, Time};
use crate::snapshot::{Row, Snapshot};

use crate::app::records::Move;

/// What every directory says of some people.
#[derive(Debug)]
pub(super) struct Look {
    /// When the reading began.
    pub(super) at: Time,
    people: Vec<(DirectoryId, Snapshot)>,
    /// Who has the product of their move in which directory by their roles there.
    by_roles: Vec<(AccountId, DirectoryId)>,
}

/// What a look says of the person of one move.
#[derive(Debug)]
pub(super) struct Sight<'a> {
    /// The person in the directory that they leave.
    pub(super) here: Option<(&'a Snapshot, Row)>,
    /// The person in other directories.
    pub(super) elsewhere: Vec<(&'a Snapshot, Row)>,
    /// The other directory in which they have the product.
    pub(super) there: Option<&'a DirectoryId>,
}

/// Reads some people in every directory: one call for each, and ten people.
pub(super) async fn look<H: Host>(
    api: &Api<'_, H>,
    directories: &[DirectoryId],
    accounts: &[AccountId],
) -> Result<Look, ApiError> {
    let at = api.host.now();
    let mut people = Vec::with_capacity(directories.len());
    for directory in directories {
        let found = api.people(Some(directory), accounts).await?;
        people.push((directory.clone(), found));
    }
    Ok(Look {
        at,
        people,
        by_roles: Vec::new(),
    })
}

impl Look {
    /// Asks for the roles of whoever came into another directory and is not listed there with the product: a listing may leave
    /// out a product that was never used.
    pub(super) async fn ask_for_roles<H: Host>(
        &mut self,
        api: &Api<'_, H>,
        of: &Move,
    ) -> Result<(), ApiError> {
        let sight = self.sight(of);
        if sight.there.is_some() {
            return Ok(());
        }
        let mut directories = Vec::new();
        for (people, row) in sight.elsewhere {
            directories.extend(people.directory(row).cloned());
        }
        for directory in directories {
            let (organization, key) = (&api.organization, &api.key);
            let request = held_roles(organization, Some(&directory), &of.account, None, key);
            let answer = api.call("reading a person's roles", request).await;
            let page = match answer.and_then(|response| read_held_roles(&response.body)) {
                Ok((page, _)) => page,
                // They are looked for again; the others are taken on.
                Err(error) if error.is_about_one() => continue,
                Err(error) => return Err(error),
            };
            if page.iter().any(|held| held.resource == of.resource) {
                self.by_roles.push((of.account.clone(), directory));
            }
        }
        Ok(())
    }

    /// What it says of the person of a move.
    pub(super) fn sight(&self, of: &Move) -> Sight<'_> {
        let mut sight = Sight {
            here: None,
            elsewhere: Vec::new(),
            there: None,
        };
        for (directory, people) in &self.people {
            let Some(row) = people.find(&of.account, directory) else {
                continue;
            };
            if *directory == of.from {
                sight.here = Some((people, row));
                continue;
            }
            sight.elsewhere.push((people, row));
            let mut by_roles = self.by_roles.iter();
            let is_by_roles =
                by_roles.any(|(account, at)| *account == of.account && at == directory);
            if is_by_roles || holds(people, row, &of.resource) {
                sight.there = Some(directory);
            }
        }
        sight
    }
}

/// Whether a person holds an access to a product on a site.
pub(super) fn holds(people: &Snapshot, row: Row, resource: &Resource) -> bool {
    let is_it = |access: u32| {
        let place = usize::try_from(access).unwrap_or(usize::MAX);
        let kind = people.accesses().get(place);
        kind.is_some_and(|kind| kind.resource == *resource)
    };
    people
        .activities(row)
        .is_some_and(|mut held| held.any(|(access, _)| is_it(access)))
}
