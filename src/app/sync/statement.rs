//! What is said about a snapshot: how much of the organization it holds, and whether actions may rest on it.

use super::book::{Accepted, Baseline, SnapshotHead, StoredSite, StoredWorkspace, sites};
use super::last_active::has_askable;
use crate::app::own_names::OwnNames;
use crate::app::records::{
    Coverage, CoverageLimits, DirectoryCoverage, FieldCoverage, ProductFigures, Share, Source,
    Suspicion, SuspicionCode,
};
use crate::evaluate::Deciding;
use crate::insights::{fields, idle, products};
use crate::model::Time;
use crate::policy::Policy;
use crate::snapshot::{Row, Snapshot};

/// How many people are asked in a minute, below the 200 that are answered.
const ASKED_A_MINUTE: i64 = 185;

/// Everything that a statement rests on besides the people.
pub(super) struct Ground<'a> {
    pub(super) id: String,
    pub(super) taken: Time,
    pub(super) now: Time,
    pub(super) oldest_reading: Time,
    pub(super) source: Source,
    pub(super) sites: Vec<StoredSite>,
    pub(super) workspaces: Vec<StoredWorkspace>,
    /// With how many Atlassian counts; how many were listed is counted here.
    pub(super) directories: Vec<DirectoryCoverage>,
    pub(super) pages_failed: u32,
    pub(super) policies: &'a [&'a Policy],
    /// The lists and fields that they name.
    pub(super) names: &'a OwnNames,
    pub(super) limits: &'a CoverageLimits,
    pub(super) baseline: Option<&'a Baseline>,
}

/// States a snapshot.
pub(super) fn state(ground: Ground<'_>, people: &Snapshot) -> SnapshotHead {
    let sites = sites(&ground.sites);
    let context = ground.names.context(&sites, ground.taken);
    let deciding = crate::evaluate::deciding(ground.policies, people, context);
    let waiting = u32::try_from(worth_asking(people, &deciding).len()).unwrap_or(u32::MAX);
    let (idle_people, idle_of) = idle(people, ground.taken);
    let coverage = Coverage {
        directories: counted(ground.directories, people),
        fields: fields(people)
            .into_iter()
            .map(|count| FieldCoverage {
                field: count.field.to_owned(),
                known: count.known,
                never: count.never,
                unknown: count.unknown,
            })
            .collect(),
        pages_failed: ground.pages_failed,
        oldest_reading: ground.oldest_reading,
        deciding: share_decided(&deciding),
        idle: Share {
            part: idle_people,
            of: idle_of,
        },
        waiting,
        waiting_until: (waiting > 0)
            .then(|| ground.now.plus(i64::from(waiting) * 60 / ASKED_A_MINUTE)),
    };
    let suspicions = suspicions(&coverage, ground.source, ground.limits, ground.baseline);
    SnapshotHead {
        id: ground.id,
        taken: ground.taken,
        renewed: Time::default(),
        confirmed: None,
        segments: 0,
        users: u32::try_from(people.len()).unwrap_or(u32::MAX),
        products: figures(people, &sites, &ground.workspaces, ground.taken),
        sites: ground.sites,
        workspaces: ground.workspaces,
        source: ground.source,
        coverage,
        suspicions,
        accepted: None,
        policies: String::new(),
    }
}

/// People on whom an enabled policy could decide if it knew more of their activity than it does, and of whom
/// `last-active-dates` can tell it (RULES R13: it is asked only where it can change a verdict).
pub(super) fn worth_asking(people: &Snapshot, deciding: &[Deciding]) -> Vec<Row> {
    let is_open = |row: &Row| deciding.iter().any(|deciding| deciding.is_open(*row));
    people
        .rows()
        .filter(is_open)
        .filter(|row| has_askable(people, *row))
        .collect()
}

fn share_decided(deciding: &[Deciding]) -> Share {
    let mut share = Share::default();
    for deciding in deciding {
        share.of = share.of.saturating_add(deciding.matters.count());
        share.part = share.part.saturating_add(deciding.known_enough());
    }
    share
}

fn counted(mut directories: Vec<DirectoryCoverage>, people: &Snapshot) -> Vec<DirectoryCoverage> {
    for directory in &mut directories {
        directory.listed = 0;
    }
    for row in people.rows() {
        let Some(id) = people.directory(row) else {
            continue;
        };
        if let Some(directory) = directories.iter_mut().find(|known| known.id == *id) {
            directory.listed += 1;
        }
    }
    directories
}

fn figures(
    people: &Snapshot,
    sites: &[crate::snapshot::Site],
    workspaces: &[StoredWorkspace],
    now: Time,
) -> Vec<ProductFigures> {
    let workspace = |product: &str, host: &str| {
        workspaces.iter().find(|workspace| {
            let cloud_id = workspace.resource.site().unwrap_or_default();
            let is_there = cloud_id == host
                || sites
                    .iter()
                    .any(|site| site.cloud_id == cloud_id && site.host == host);
            is_there && workspace.product == product
        })
    };
    let mut counted = products(people, sites, now);
    // What Atlassian counts is shown where nobody is listed too.
    for workspace in workspaces {
        if workspace.said.is_some() || workspace.capacity.is_some() {
            let cloud_id = workspace.resource.site().unwrap_or_default();
            let site = sites.iter().find(|site| site.cloud_id == cloud_id);
            let host = site.map_or(cloud_id, |site| site.host.as_str());
            let place = (workspace.product.clone(), host.to_owned());
            counted.entry(place).or_default();
        }
    }
    counted
        .into_iter()
        .map(|((product, site), counts)| {
            let said = workspace(&product, &site);
            ProductFigures {
                people: counts.people,
                active: counts.active,
                idle: counts.idle,
                never: counts.never,
                unknown: counts.unknown,
                seats: counts.seats,
                seats_unknown: counts.seats_unknown,
                seats_said: said.and_then(|workspace| workspace.said),
                capacity: said.and_then(|workspace| workspace.capacity),
                product,
                site,
            }
        })
        .collect()
}

/// Why actions may not rest on a snapshot.
fn suspicions(
    coverage: &Coverage,
    source: Source,
    limits: &CoverageLimits,
    baseline: Option<&Baseline>,
) -> Vec<Suspicion> {
    let mut suspicions = Vec::new();
    let mut suspect = |code, text| suspicions.push(Suspicion { code, text });
    if source != Source::Organization {
        let text =
            String::from("the organization itself was not read: connect it with its API key");
        suspect(SuspicionCode::Source, text);
    }
    for directory in &coverage.directories {
        let (listed, name) = (directory.listed, &directory.name);
        match directory.counted {
            None => suspect(
                SuspicionCode::Users,
                format!(
                    "atlassian did not say how many people are in {name}, {listed} were listed"
                ),
            ),
            Some(counted) if !is_share(listed, counted, limits.users_percent) => suspect(
                SuspicionCode::Users,
                format!(
                    "{listed} of {counted} people of {name} were listed, fewer than {} %",
                    limits.users_percent
                ),
            ),
            Some(_) => {}
        }
    }
    let Share { part, of } = coverage.deciding;
    if !is_share(part, of, limits.activity_percent) {
        let text = format!(
            "the activity that decides an enabled policy is known {part} of {of} times, less than {} %",
            limits.activity_percent
        );
        suspect(SuspicionCode::Activity, text);
    }
    if let Some(baseline) = baseline
        && has_jumped(baseline.idle, coverage.idle, limits.jump_points)
    {
        let (before, now) = (baseline.idle, coverage.idle);
        let text = format!(
            "{} of {} active people are idle; they were {} of {} on {}",
            now.part,
            now.of,
            before.part,
            before.of,
            baseline.taken.date()
        );
        suspect(SuspicionCode::Jump, text);
    }
    suspicions
}

/// Whether a part is at least so many percent of a whole.
fn is_share(part: u32, of: u32, percent: u32) -> bool {
    u64::from(part) * 100 >= u64::from(of) * u64::from(percent)
}

/// Whether somebody took for true what a snapshot says. Parts that are read again may make a jump a little larger.
pub(super) fn is_accepted(accepted: &Accepted, head: &SnapshotHead) -> bool {
    accepted.taken == head.taken && !has_jumped(accepted.idle, head.coverage.idle, 1)
}

/// Whether a share grew by more than so many percentage points.
fn has_jumped(before: Share, now: Share, points: u32) -> bool {
    if before.of == 0 || now.of == 0 {
        return false;
    }
    let (before_of, now_of) = (u64::from(before.of), u64::from(now.of));
    let grown = u64::from(now.part) * before_of * 100;
    let allowed = u64::from(before.part) * now_of * 100 + u64::from(points) * now_of * before_of;
    grown > allowed
}
