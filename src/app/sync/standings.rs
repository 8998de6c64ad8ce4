//! How a person stands in each directory. A listing shows one status over all of them; a person's roles say more
//! (docs/decisions/0011).

use crate::app::api::Api;
use crate::atlassian::{ApiError, DirectoryStanding, HeldRoles, held_roles, read_held_roles};
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};

/// A person's roles on so many pages of 100 are enough.
const MAX_PAGES: u32 = 5;

/// How a person stands in each directory; a directory about which the answers differ has no standing that is known.
#[derive(Debug, Default)]
pub(in crate::app) struct Standings(Vec<(DirectoryId, Option<DirectoryStanding>)>);

impl Standings {
    /// Notes what a person holds of one product.
    pub(in crate::app) fn note(&mut self, held: HeldRoles) {
        let Some(directory) = held.directory else {
            return;
        };
        match self.0.iter_mut().find(|(known, _)| *known == directory) {
            Some((_, standing)) if *standing != held.standing => *standing = None,
            Some(_) => {}
            None => self.0.push((directory, held.standing)),
        }
    }

    /// How the person stands in a directory, if that is known.
    pub(in crate::app) fn of(&self, directory: &DirectoryId) -> Option<DirectoryStanding> {
        let mut all = self.0.iter();
        let (_, standing) = all.find(|(known, _)| known == directory)?;
        *standing
    }
}

/// How a person stands in one directory, or in each of them, by all of their roles.
pub(in crate::app) async fn standings_of<H: Host>(
    api: &Api<'_, H>,
    directory: Option<&DirectoryId>,
    account: &AccountId,
) -> Result<Standings, ApiError> {
    let mut standings = Standings::default();
    let mut cursor: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let (organization, key) = (&api.organization, &api.key);
        let request = held_roles(organization, directory, account, cursor.as_deref(), key);
        let response = api.call("reading a person's directories", request).await?;
        let (page, next) = read_held_roles(&response.body)?;
        for held in page {
            standings.note(held);
        }
        cursor = next;
        if cursor.is_none() {
            return Ok(standings);
        }
    }
    // A page that was not read might say otherwise.
    Ok(Standings::default())
}
