//! What people do meanwhile, none of whom knows of the app: they work, fall silent, come back, and are moved about by other
//! administrators.

use chrono::TimeDelta;
use cloud::organization::{AccountStatus, Role, Standing};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::in_process::World;
use crate::shape::one_of;

/// Whoever used something within so many days has the habit of it.
const HABIT_DAYS: i64 = 8;
/// The share of people who work on a day.
const AT_WORK: f64 = 0.4;
/// The share that falls silent on a day, and that comes back.
const FALLING_SILENT: f64 = 0.02;
const COMING_BACK: f64 = 0.01;

/// What an administrator did.
pub struct Interfered {
    /// In words.
    pub text: String,
    /// Whose account was deactivated.
    pub deactivated: Option<String>,
}

/// The people's habits.
#[derive(Clone, Debug)]
pub struct Life {
    /// Whom nobody moves about, or nobody could order anything.
    spared: Vec<String>,
    silent: Vec<bool>,
    accounts: Vec<String>,
}

impl Life {
    /// Some have just fallen silent, so that somebody becomes idle every few days. Whoever else used something lately
    /// has the habit of it.
    pub fn new(world: &World, spared: &[String], draw: &mut ChaCha8Rng) -> Life {
        fall_silent(world, draw);
        let cloud = world.cloud.borrow();
        let since = cloud.now() - TimeDelta::days(HABIT_DAYS);
        let users = &cloud.organization().users;
        let is_silent = |user: &cloud::organization::User| {
            !user
                .accesses
                .iter()
                .any(|access| access.seen.is_some_and(|seen| seen.at >= since))
        };
        Life {
            spared: spared.to_vec(),
            silent: users.iter().map(is_silent).collect(),
            accounts: users.iter().map(|user| user.account_id.clone()).collect(),
        }
    }

    /// A day's work, at one moment of it.
    pub fn work(&mut self, world: &World, draw: &mut ChaCha8Rng) {
        for (account, silent) in self.accounts.iter().zip(&mut self.silent) {
            let turns = if *silent { COMING_BACK } else { FALLING_SILENT };
            if draw.random::<f64>() < turns {
                *silent = !*silent;
            }
            if !*silent && draw.random::<f64>() < AT_WORK {
                log_in(world, account, draw);
            }
        }
    }

    /// An administrator does something for which more rights are needed.
    pub fn interfere(&self, world: &World, draw: &mut ChaCha8Rng) -> Interfered {
        let account = one_of(draw, &self.accounts);
        let mut cloud = world.cloud.borrow_mut();
        let organization = cloud.organization();
        let orders = organization.people.org_admins[..2].contains(&account);
        let nothing = Interfered {
            text: format!("nothing is done to {account}"),
            deactivated: None,
        };
        let Some(user) = organization.user(&account) else {
            return nothing;
        };
        if orders || self.spared.contains(&account) {
            return nothing;
        }
        match draw.random_range(0..5) {
            0 if user.managed && user.account_status == AccountStatus::Active => {
                let _ = cloud.set_account_active(&account, false);
                Interfered {
                    text: format!("somebody deactivates {account}"),
                    deactivated: Some(account),
                }
            }
            1 => {
                let name = format!("{} the {}th", user.nickname, draw.random_range(2..9));
                let _ = cloud.rename_person(&account, &name);
                Interfered {
                    text: format!("somebody names {account} {name}"),
                    deactivated: None,
                }
            }
            _ => {
                let held = user.accesses.iter();
                let held: Vec<_> = held.map(|access| (access.site, access.product)).collect();
                if held.is_empty() {
                    return nothing;
                }
                let (site, product) = one_of(draw, &held);
                let assigned = draw.random();
                let _ = cloud.set_own_role(&account, (site, product, Role::User), assigned);
                Interfered {
                    text: format!("{account} has a role of their own on {product:?}: {assigned}"),
                    deactivated: None,
                }
            }
        }
    }

    /// Something happens to one person. Answers it in words.
    pub fn happen(&mut self, world: &World, draw: &mut ChaCha8Rng) -> String {
        let account = one_of(draw, &self.accounts);
        if self.spared.contains(&account) {
            return format!("nothing happens to {account}");
        }
        let mut cloud = world.cloud.borrow_mut();
        match draw.random_range(0..12) {
            0..4 => {
                drop(cloud);
                log_in(world, &account, draw);
                format!("{account} logs in")
            }
            4..6 => {
                let _ = cloud.set_standing(&account, Standing::Active);
                format!("somebody restores {account}")
            }
            6 => {
                let _ = cloud.set_standing(&account, Standing::Suspended);
                format!("somebody suspends {account}")
            }
            7..11 => {
                let organization = cloud.organization();
                let group = draw.random_range(0..organization.groups.len());
                let id = organization.groups[group].id.clone();
                let directory = organization.groups[group].directory;
                let user = organization.user(&account);
                let is_member = user.is_some_and(|user| user.groups.contains(&group));
                // A group takes people of its own directory only.
                if !user.is_some_and(|user| user.is_in(directory)) {
                    return format!("{account} is not where {id} is");
                }
                let _ = if is_member {
                    cloud.leave_group(&account, &id)
                } else {
                    cloud.join_group(&account, &id)
                };
                format!(
                    "{account} {} {id}",
                    if is_member { "leaves" } else { "joins" }
                )
            }
            // The first two administrators stay what they are, or nobody could order anything.
            _ if cloud.organization().people.org_admins[..2].contains(&account) => {
                String::from("nothing happens")
            }
            _ => {
                let admin = draw.random();
                let _ = cloud.set_org_admin(&account, admin);
                format!(
                    "{account} is {} administrator",
                    if admin { "an" } else { "no" }
                )
            }
        }
    }
}

/// Lets people who play no part have been seen last some time ago.
fn fall_silent(world: &World, draw: &mut ChaCha8Rng) {
    let mut cloud = world.cloud.borrow_mut();
    let now = cloud.now();
    let organization = cloud.organization();
    let nobodies = organization
        .users
        .iter()
        .filter(|user| !organization.people.has(&user.account_id));
    let accounts: Vec<String> = nobodies.map(|user| user.account_id.clone()).collect();
    for account in accounts {
        if draw.random_ratio(1, 3) {
            continue;
        }
        let seen = now - TimeDelta::hours(draw.random_range(8 * 24..95 * 24));
        let _ = cloud.change_user(&account, |user| {
            for access in &mut user.accesses {
                if access.seen.is_some_and(|last| last.at > seen) {
                    access.used(seen, seen);
                }
            }
        });
    }
}

fn log_in(world: &World, account: &str, draw: &mut ChaCha8Rng) {
    let mut cloud = world.cloud.borrow_mut();
    let is_active = cloud
        .organization()
        .user(account)
        .is_some_and(|user| user.true_status() == cloud::organization::Status::Active);
    if is_active {
        let minutes = if draw.random() {
            0
        } else {
            draw.random_range(0..1_440)
        };
        let _ = cloud.log_in_reported_after(account, TimeDelta::minutes(minutes));
    }
}
