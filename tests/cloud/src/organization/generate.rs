//! Makes up an organization from a seed.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::identifiers::{organization_id, uuid};
use super::names::{DEPARTMENTS, SITES};
use super::population::Draft;
use super::{Directory, Group, JiraOnlyAccount, Organization, People, Site};
use crate::clock::Time;

/// The e-mail domains of the contractors, whom the demonstration's policy is about.
pub const CONTRACTOR_DOMAINS: [&str; 2] = ["contractors.example", "freelance.example"];

/// The size and the reference time of an organization.
#[derive(Clone, Debug)]
pub struct Population {
    /// Everything is drawn from it.
    pub seed: u64,
    /// Number of Atlassian accounts.
    pub users: usize,
    /// Number of sites.
    pub sites: usize,
    /// Number of user directories.
    pub directories: usize,
    /// The time to which "recent", "idle" and the boundaries refer.
    pub now: Time,
}

/// Makes up an organization. The same population gives the same organization.
pub fn generate(population: &Population) -> Organization {
    let draw = &mut ChaCha8Rng::seed_from_u64(population.seed);
    let directories = directories(population.directories.max(1), draw);
    let sites = sites(population.sites.max(1), directories.len(), draw);
    let groups = groups(&sites, draw);
    let mut organization = Organization {
        id: organization_id(draw),
        name: "Acme".to_owned(),
        directories,
        sites,
        groups,
        users: Vec::new(),
        jira_only: jira_only(draw),
        people: People::default(),
    };
    Draft::new(population, &mut organization, draw).fill();
    organization
        .users
        .sort_by(|a, b| a.account_id.cmp(&b.account_id));
    organization
}

fn directories(count: usize, draw: &mut ChaCha8Rng) -> Vec<Directory> {
    (0..count)
        .map(|number| Directory {
            id: uuid(draw),
            name: if number == 0 {
                "Primary Directory".to_owned()
            } else {
                format!("Directory {}", number + 1)
            },
        })
        .collect()
}

fn sites(count: usize, directories: usize, draw: &mut ChaCha8Rng) -> Vec<Site> {
    (0..count)
        .map(|number| Site {
            name: SITES
                .get(number)
                .map_or_else(|| format!("site{number}"), |name| (*name).to_owned()),
            cloud_id: uuid(draw),
            directory: number % directories,
        })
        .collect()
}

fn groups(sites: &[Site], draw: &mut ChaCha8Rng) -> Vec<Group> {
    let mut names: Vec<(String, usize)> = vec![
        ("org-admins".to_owned(), 0),
        ("site-admins".to_owned(), 0),
        ("contractors".to_owned(), 0),
        ("contractors-keep".to_owned(), 0),
        ("contractors-night-shift".to_owned(), 0),
        ("release-managers".to_owned(), 0),
        ("long-leave".to_owned(), 0),
        ("auditors".to_owned(), 0),
    ];
    names.extend(DEPARTMENTS.iter().map(|name| ((*name).to_owned(), 0)));
    for site in sites {
        for prefix in [
            "jira-users",
            "jira-admins",
            "service-desk-agents",
            "confluence-users",
        ] {
            names.push((format!("{prefix}-{}", site.name), site.directory));
        }
    }
    names
        .into_iter()
        .enumerate()
        .map(|(number, (name, directory))| Group {
            id: uuid(draw),
            description: (number % 3 != 2).then(|| format!("Members of {name}")),
            name,
            directory,
            external_synced: number % 9 == 8,
        })
        .collect()
}

fn jira_only(draw: &mut ChaCha8Rng) -> Vec<JiraOnlyAccount> {
    let apps = [
        "Automation for Jira",
        "Slack",
        "Jira Service Management Widget",
    ];
    let customers = ["Portal Customer One", "Portal Customer Two"];
    let mut accounts: Vec<JiraOnlyAccount> = Vec::new();
    for name in apps {
        accounts.push(JiraOnlyAccount {
            account_id: format!("557058:{}", uuid(draw)),
            account_type: "app",
            name: name.to_owned(),
        });
    }
    for name in customers {
        accounts.push(JiraOnlyAccount {
            account_id: format!("qm:{}:{}", uuid(draw), uuid(draw)),
            account_type: "customer",
            name: name.to_owned(),
        });
    }
    accounts
}
