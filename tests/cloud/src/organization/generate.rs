//! Makes up an organization from a seed.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::identifiers::{organization_id, uuid};
use super::jira_content::{JiraContent, generate_content};
use super::names::{DEPARTMENTS, SITES};
use super::population::Draft;
use super::token::give_tokens;
use super::{
    AccountStatus, Directory, Grant, Group, JiraOnlyAccount, Order, Organization, People, Product,
    Role, Site, Standing, User,
};
use crate::clock::Time;

/// The e-mail domains of the contractors, whom the demonstration's policy is about.
pub const CONTRACTOR_DOMAINS: [&str; 2] = ["contractors.example", "freelance.example"];

/// The e-mail domains that the organization has verified: accounts of these are managed.
pub const VERIFIED_DOMAINS: [&str; 2] = ["acme.example", "globex.example"];

/// The beginnings of the names of the groups that give a role on a product of the site after which they are named.
pub(super) const GRANTING: [(&str, Product, Role); 8] = [
    ("jira-users", Product::JiraSoftware, Role::User),
    ("jira-admins", Product::JiraSoftware, Role::Admin),
    (
        "service-desk-agents",
        Product::ServiceManagement,
        Role::User,
    ),
    (
        "service-desk-admins",
        Product::ServiceManagement,
        Role::Admin,
    ),
    (
        "portal-customers",
        Product::ServiceManagement,
        Role::Customer,
    ),
    ("confluence-users", Product::Confluence, Role::User),
    ("confluence-admins", Product::Confluence, Role::Admin),
    ("confluence-guests", Product::Confluence, Role::Guest),
];
/// People of the organization for each team.
const USERS_PER_TEAM: usize = 200;
/// More teams are not made, however many people there are.
const MOST_TEAMS: usize = 2_000;

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
    let mut groups = groups(&sites, draw);
    // What came later draws from a source of its own, so that earlier seeds keep their people.
    let later = &mut ChaCha8Rng::seed_from_u64(population.seed ^ 0x61A7);
    add_teams(&mut groups, population.users, directories.len(), later);
    add_grants(&mut groups, &sites, later);
    let mut organization = Organization {
        id: organization_id(draw),
        name: "Acme".to_owned(),
        directories,
        sites,
        groups,
        users: Vec::new(),
        jira_only: jira_only(draw),
        jira: JiraContent::default(),
        people: People::default(),
        order: Order::default(),
    };
    Draft::new(population, &mut organization, draw, later).fill();
    organization
        .users
        .sort_unstable_by(|a, b| a.account_id.cmp(&b.account_id));
    license(&mut organization, population.now);
    let tokens = &mut ChaCha8Rng::seed_from_u64(population.seed ^ 0x70C3);
    give_tokens(&mut organization.users, population.now, tokens);
    let content = &mut ChaCha8Rng::seed_from_u64(population.seed ^ 0x3147);
    organization.jira = generate_content(&organization.users, content);
    organization
}

/// People who join an organization that is there: with accounts and accesses like the others', and nothing used yet.
pub fn newcomers(organization: &Organization, seed: u64, count: usize, now: Time) -> Vec<User> {
    let number = organization.users.len();
    let population = Population {
        seed,
        users: count,
        sites: organization.sites.len(),
        directories: organization.directories.len(),
        now,
    };
    let draw = &mut ChaCha8Rng::seed_from_u64(seed ^ number as u64);
    let later = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x10E5);
    let mut stage = organization.without_users();
    let mut draft = Draft::new(&population, &mut stage, draw, later);
    (0..count)
        .map(|place| {
            let mut user = draft.somebody();
            user.email = format!("new{seed}.{number}.{place}.{}", user.email);
            user.account_status = AccountStatus::Active;
            user.for_deletion = false;
            user.deactivated_on = None;
            for membership in &mut user.memberships {
                membership.standing = Standing::Active;
            }
            for access in &mut user.accesses {
                access.seen = None;
            }
            user
        })
        .collect()
}

/// Seats with room to grow; the last product of the last site shows none.
fn license(organization: &mut Organization, now: Time) {
    for site in 0..organization.sites.len() {
        for product in Product::ALL {
            let used = organization.seats_used(site, product, now);
            let seats = (used + used / 8 + 1).next_multiple_of(100);
            let known = site + 1 < organization.sites.len() || product != Product::Confluence;
            organization.sites[site].capacity[product as usize] =
                known.then(|| u32::try_from(seats).unwrap_or(u32::MAX));
        }
    }
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
            capacity: [None; Product::ALL.len()],
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
            by_its_members: false,
            grants: Vec::new(),
        })
        .collect()
}

/// Teams, which give nothing: an organization has far more of these than of groups that cost money.
fn add_teams(groups: &mut Vec<Group>, users: usize, directories: usize, draw: &mut ChaCha8Rng) {
    for number in 0..(users / USERS_PER_TEAM).min(MOST_TEAMS) {
        groups.push(Group {
            id: uuid(draw),
            name: format!("team-{number:04}"),
            description: None,
            directory: number % directories,
            external_synced: number % 5 == 4,
            by_its_members: number % 5 == 2,
            grants: Vec::new(),
        });
    }
}

/// Lets the groups named after a product and a site give a role there, and adds those for the rarer roles.
fn add_grants(groups: &mut Vec<Group>, sites: &[Site], draw: &mut ChaCha8Rng) {
    for (site, found) in sites.iter().enumerate() {
        for (beginning, product, role) in GRANTING {
            let name = format!("{beginning}-{}", found.name);
            let grant = Grant {
                site,
                product,
                role,
                default: role == Role::User,
            };
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.grants.push(grant),
                None => groups.push(Group {
                    id: uuid(draw),
                    description: Some(format!("Members of {name}")),
                    name,
                    directory: found.directory,
                    external_synced: false,
                    by_its_members: false,
                    grants: vec![grant],
                }),
            }
        }
    }
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
