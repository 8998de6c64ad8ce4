//! What is stored of the reading of the organization: the newest snapshot, and the reading under way.

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::app::jira_people::JiraListing;
use crate::app::records::{
    Acceptance, Coverage, ProductFigures, Share, Source, Suspicion, SuspicionCode,
};
use crate::model::{DirectoryId, HOUR, Resource, Time};
use crate::snapshot::Site;

/// The newest snapshot, and what the next one is compared with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct SnapshotBook {
    pub(in crate::app) snapshot: Option<SnapshotHead>,
    /// The share of idle people in the last whole readings that were not suspect, the newest last.
    #[serde(default)]
    pub(in crate::app) baselines: Vec<Baseline>,
}

impl Document for SnapshotBook {
    const KEY: &'static str = "snapshot";
}

/// So many whole readings are remembered for the comparison.
const BASELINES: usize = 3;
/// They are so far apart at least: many small steps within a day are one.
const APART_SECONDS: i64 = 20 * HOUR;

impl SnapshotBook {
    /// Remembers how idle the organization is by a whole reading that nobody doubts, before another one takes its place.
    pub(super) fn remember(&mut self, head: &SnapshotHead) {
        if head.accepted.is_some() {
            // Somebody looked at it: from here on it is what is right.
            self.baselines.clear();
        }
        let is_apart = |last: &Baseline| head.taken.since(last.taken) >= APART_SECONDS;
        if head.source != Source::Organization
            || head.is_suspect()
            || !self.baselines.last().is_none_or(is_apart)
        {
            return;
        }
        self.baselines.push(Baseline {
            taken: head.taken,
            idle: head.coverage.idle,
        });
        if self.baselines.len() > BASELINES {
            self.baselines.remove(0);
        }
    }

    /// What a whole reading is compared with: that of the day before, or the first one there is.
    pub(super) fn baseline(&self, taken: Time) -> Option<&Baseline> {
        let yesterday = |known: &&Baseline| taken.since(known.taken) >= APART_SECONDS;
        let before = |known: &&Baseline| known.taken < taken;
        let mut baselines = self.baselines.iter();
        baselines
            .rfind(yesterday)
            .or_else(|| self.baselines.iter().find(before))
    }
}

/// A jump that somebody took for true. Not a part of the newest snapshot, which only its worker writes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct AcceptedBook {
    pub(in crate::app) accepted: Option<Accepted>,
}

impl Document for AcceptedBook {
    const KEY: &'static str = "accepted-jump";
}

/// Which jump, by whom and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct Accepted {
    /// The whole reading.
    pub(in crate::app) taken: Time,
    /// How idle the organization was by it.
    pub(in crate::app) idle: Share,
    pub(in crate::app) acceptance: Acceptance,
}

/// How idle the organization was when nobody doubted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct Baseline {
    pub(in crate::app) taken: Time,
    pub(in crate::app) idle: Share,
}

/// A snapshot: where its chunks are named, and everything that is shown without reading them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct SnapshotHead {
    pub(in crate::app) id: String,
    /// When its first page was read.
    pub(in crate::app) taken: Time,
    /// When what is stored of it was changed last: no two renewals have the same.
    #[serde(default)]
    pub(in crate::app) renewed: Time,
    /// Since when confirmations that an access was never used are carried from reading to reading, if there are any.
    #[serde(default)]
    pub(in crate::app) confirmed: Option<Time>,
    /// In how many values the names of its chunks are stored.
    pub(in crate::app) segments: u32,
    pub(in crate::app) sites: Vec<StoredSite>,
    pub(in crate::app) workspaces: Vec<StoredWorkspace>,
    /// How many people it holds.
    pub(in crate::app) users: u32,
    pub(in crate::app) products: Vec<ProductFigures>,
    pub(in crate::app) source: Source,
    pub(in crate::app) coverage: Coverage,
    pub(in crate::app) suspicions: Vec<Suspicion>,
    /// Who took its jump for true, if somebody did: see [`AcceptedBook`].
    #[serde(skip)]
    pub(in crate::app) accepted: Option<Acceptance>,
    /// Which policies were enabled when this was stated, and within which limits.
    #[serde(default)]
    pub(in crate::app) policies: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct StoredSite {
    pub(super) cloud_id: String,
    pub(super) host: String,
}

/// A product on a site, with its seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct StoredWorkspace {
    pub(super) resource: Resource,
    /// Its key, as accesses have it.
    pub(super) product: String,
    /// How many seats there are.
    pub(super) capacity: Option<u32>,
    /// How many of them Atlassian says are taken.
    pub(super) said: Option<u32>,
}

impl SnapshotHead {
    /// The sites as the evaluation needs them.
    pub(in crate::app) fn sites(&self) -> Vec<Site> {
        sites(&self.sites)
    }

    /// Whether a product on a site is one of the organization's.
    pub(in crate::app) fn has_resource(&self, resource: &Resource) -> bool {
        let mut workspaces = self.workspaces.iter();
        workspaces.any(|workspace| workspace.resource == *resource)
    }

    /// Whether actions may not rest on it. Somebody may have said that a jump is right all the same.
    pub(in crate::app) fn is_suspect(&self) -> bool {
        let is_accepted = |suspicion: &Suspicion| {
            suspicion.code == SuspicionCode::Jump && self.accepted.is_some()
        };
        !self.suspicions.iter().all(is_accepted)
    }
}

pub(super) fn sites(stored: &[StoredSite]) -> Vec<Site> {
    stored
        .iter()
        .map(|site| Site {
            cloud_id: site.cloud_id.clone(),
            host: site.host.clone(),
        })
        .collect()
}

/// The reading under way, which only its worker writes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct SyncBook {
    pub(super) listing: Option<Listing>,
    pub(super) asking: Option<Asking>,
    /// The keys of what was asked and answered and is in the snapshot now.
    #[serde(default)]
    pub(super) spent: Vec<String>,
    /// What is not in use any more.
    pub(super) replaced: Vec<Replaced>,
}

impl Document for SyncBook {
    const KEY: &'static str = "sync";
}

/// A snapshot that was replaced, or a reading that was given up: the list of its chunks that nobody names any more, and of
/// the values that listed them, each in some values of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replaced {
    pub(super) id: String,
    /// In how many values its head is stored.
    pub(super) segments: u32,
    /// In how many values the names of its unused chunks are stored.
    pub(super) lists: u32,
    /// Since when: whoever began to read it before has time to end.
    pub(super) since: Time,
}

/// What went wrong last, if the reading did not come to its end since.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::app) struct FailureBook {
    pub(in crate::app) failure: Option<Failure>,
}

impl Document for FailureBook {
    const KEY: &'static str = "reading-failure";
}

/// What went wrong in a reading, and what will be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct Failure {
    pub(in crate::app) at: Time,
    pub(in crate::app) text: String,
}

/// A whole reading under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listing {
    pub(super) id: String,
    pub(super) started: Time,
    pub(super) sites: Vec<StoredSite>,
    pub(super) workspaces: Vec<StoredWorkspace>,
    pub(super) directories: Vec<DirectoryListing>,
    /// How many of the groups that grant something were asked what they grant; `None` once all were.
    pub(super) groups: Option<GroupsRead>,
    pub(super) pages_failed: u32,
    /// The snapshot that it renews.
    pub(super) base: Option<String>,
    /// What a renewal goes on from.
    pub(super) journal: Vec<String>,
    /// Every chunk that was stored for it: the journal names some of them in turn.
    pub(super) stored: Vec<String>,
    /// The people listed so far.
    pub(super) listed: u32,
}

/// How far the reading of groups has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupsRead {
    /// Where the listing of groups goes on; `None` at its beginning, and when it is at its end.
    pub(super) cursor: Option<String>,
    /// Whether all groups are listed.
    pub(super) listed: bool,
    /// How many of the groups to ask were asked.
    pub(super) asked: u32,
    /// Of how many it could not be read what they grant.
    #[serde(default)]
    pub(super) failed: u32,
    /// How often the listing was begun anew because its cursor was refused.
    #[serde(default)]
    pub(super) restarts: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DirectoryListing {
    pub(super) id: DirectoryId,
    pub(super) name: String,
    /// How many people Atlassian counts, if it said.
    pub(super) counted: Option<u32>,
    pub(super) cursor: Option<String>,
    pub(super) done: bool,
    /// How often the listing was begun anew because its cursor was refused.
    pub(super) restarts: u32,
}

impl Listing {
    /// How many people Atlassian counts, if it said so of every directory.
    pub(super) fn expected(&self) -> Option<u32> {
        self.directories
            .iter()
            .try_fold(0_u32, |sum, directory| sum.checked_add(directory.counted?))
    }

    /// The first directory that is not listed to its end.
    pub(super) fn next_directory(&self) -> Option<usize> {
        self.directories
            .iter()
            .position(|directory| !directory.done)
    }
}

/// People who are asked one by one for their last activity.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asking {
    /// The snapshot whose people they are.
    pub(super) snapshot: String,
    /// Which policies made them worth asking.
    #[serde(default)]
    pub(super) policies: String,
    pub(super) started: Time,
    /// How many of those who are noted were asked, in their order.
    pub(super) asked: u32,
    /// How many of them Atlassian knew.
    pub(super) answered: u32,
    /// How many are worth asking; no more are noted at a time than go into the snapshot together.
    pub(super) to_ask: u32,
    /// How many invocations asked for the next of them in vain.
    #[serde(default)]
    pub(super) in_vain: u32,
    /// In how many stored parts those are who are noted.
    pub(super) open: u32,
    /// How many stored parts the answers have.
    pub(super) answers: u32,
}

/// The listing of Jira's people under way, which only its worker writes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct JiraBook {
    pub(super) listing: Option<JiraListing>,
}

impl Document for JiraBook {
    const KEY: &'static str = "jira-listing";
}
