//! The beginning of a whole reading: what is small, in one go.

use super::book::{DirectoryListing, GroupsRead, Listing, StoredSite, StoredWorkspace};
use super::insistent::Insistent;
use super::{random_suffix, seats};
use crate::app::worker::WorkError;
use crate::atlassian::{
    Workspace, directories, product_key, read_count, read_directories, read_workspaces, sites_of,
    users_count, workspaces,
};
use crate::host::Host;
use crate::model::{DirectoryId, Time};

/// Reads the directories with how many people are in each, and the sites with their products.
pub(super) async fn begin<H: Host>(
    calls: &Insistent<'_, '_, H>,
    started: Time,
) -> Result<Listing, WorkError> {
    let host = calls.host();
    let mut directories = Vec::new();
    for (id, name) in read_all_directories(calls).await? {
        let counted = count(calls, &id).await?;
        directories.push(DirectoryListing {
            id,
            name,
            counted,
            cursor: None,
            done: false,
            restarts: 0,
        });
    }
    let workspaces = read_all_workspaces(calls).await?;
    let sites = stored_sites(&workspaces);
    let mut workspaces: Vec<StoredWorkspace> = workspaces.into_iter().map(stored).collect();
    seats::note(host, seats::said(&calls.api.calls).await, &mut workspaces);
    Ok(Listing {
        id: format!("{}-{}", started.compact(), random_suffix(host)),
        started,
        sites,
        workspaces,
        directories,
        groups: Some(GroupsRead::default()),
        pages_failed: 0,
        base: None,
        journal: Vec::new(),
        stored: Vec::new(),
        listed: 0,
    })
}

fn stored(workspace: Workspace) -> StoredWorkspace {
    StoredWorkspace {
        resource: workspace.resource,
        product: product_key(&workspace.product).to_owned(),
        capacity: workspace.capacity,
        said: None,
    }
}

async fn read_all_directories<H: Host>(
    calls: &Insistent<'_, '_, H>,
) -> Result<Vec<(DirectoryId, String)>, WorkError> {
    let api = calls.api;
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = directories(&api.organization, cursor.as_deref(), &api.key);
        let (page, next) = calls
            .read("reading the directories", request, read_directories)
            .await?;
        found.extend(page);
        cursor = next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}

/// How many people a directory has, if Atlassian says so: a key that may not ask leaves it unknown.
async fn count<H: Host>(
    calls: &Insistent<'_, '_, H>,
    directory: &DirectoryId,
) -> Result<Option<u32>, WorkError> {
    let api = calls.api;
    let request = users_count(&api.organization, directory, &api.key);
    let operation = "counting the people of a directory";
    match calls.read(operation, request, read_count).await {
        Ok(count) => Ok(Some(count)),
        Err(error) if error.is_passing() || error.is_the_keys_fault() => Err(error.into()),
        Err(_) => Ok(None),
    }
}

async fn read_all_workspaces<H: Host>(
    calls: &Insistent<'_, '_, H>,
) -> Result<Vec<Workspace>, WorkError> {
    let api = calls.api;
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = workspaces(&api.organization, cursor.as_deref(), &api.key);
        let (page, next) = calls
            .read("reading the sites", request, read_workspaces)
            .await?;
        found.extend(page);
        cursor = next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}

fn stored_sites(workspaces: &[Workspace]) -> Vec<StoredSite> {
    let mut sites: Vec<StoredSite> = Vec::new();
    for site in sites_of(workspaces) {
        let site = StoredSite {
            cloud_id: site.cloud_id,
            host: site.host,
        };
        if !sites.contains(&site) {
            sites.push(site);
        }
    }
    sites
}
