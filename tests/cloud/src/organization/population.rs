//! Draws the people: first those with a part to play, then the crowd.

use std::collections::HashMap;

use chrono::{SubsecRound, TimeDelta};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::account::{
    Access, AccountStatus, Membership, Missing, PlatformRole, Seen, Standing, User,
};
use super::generate::{CONTRACTOR_DOMAINS, Population, VERIFIED_DOMAINS};
use super::identifiers::account_id;
use super::names::{AWKWARD, DEPARTMENTS, FIRST, LAST, TITLES, ZONES};
use super::{Organization, Product, Role};
use crate::clock::Time;

/// The idle limit of the demonstration's policy and its tolerance (RULES R6), around which activity is clustered.
const LIMIT_DAYS: i64 = 90;
const TOLERANCE_DAYS: i64 = 1;

/// How a person uses the products.
#[derive(Clone, Copy)]
enum Habit {
    /// Something within the last two months.
    Recent,
    /// Everything far beyond the limit.
    Idle,
    /// The latest use within two days of the limit with its tolerance.
    NearLimit,
    /// Far beyond the limit where recorded; at least one product without a record.
    Unrecorded,
    /// The latest use at exactly this instant.
    Exactly(Time),
}

/// A part that a person must be given, whatever the seed.
enum Part {
    OrgAdmin,
    IdleOrgAdmin,
    IdleSiteAdmin,
    JiraAdmin,
    Ordinary,
    IdleContractor,
    Exempt,
    Boundary(Time),
}

/// The organization under construction.
pub struct Draft<'a> {
    population: &'a Population,
    organization: &'a mut Organization,
    draw: &'a mut ChaCha8Rng,
    /// The source of what was added after the first seeds were in use.
    later: &'a mut ChaCha8Rng,
    /// Where each group is, by name.
    groups: HashMap<String, usize>,
    /// The group that gives a role on a product of a site.
    granting: HashMap<(usize, Product, Role), usize>,
    teams: Vec<usize>,
}

impl<'a> Draft<'a> {
    /// A draft without people.
    pub fn new(
        population: &'a Population,
        organization: &'a mut Organization,
        draw: &'a mut ChaCha8Rng,
        later: &'a mut ChaCha8Rng,
    ) -> Self {
        let groups: HashMap<String, usize> = organization
            .groups
            .iter()
            .enumerate()
            .map(|(position, group)| (group.name.clone(), position))
            .collect();
        let mut granting = HashMap::new();
        for (position, group) in organization.groups.iter().enumerate() {
            for grant in &group.grants {
                granting.insert((grant.site, grant.product, grant.role), position);
            }
        }
        let teams = (0..organization.groups.len())
            .filter(|at| organization.groups[*at].name.starts_with("team-"))
            .collect();
        Draft {
            population,
            organization,
            draw,
            later,
            groups,
            granting,
            teams,
        }
    }

    /// Adds all people, in no order.
    pub fn fill(mut self) {
        let parts = parts(self.population.now);
        for part in parts.iter().take(self.population.users) {
            self.play(part);
        }
        while self.organization.users.len() < self.population.users {
            let user = self.somebody();
            self.organization.users.push(user);
        }
    }

    fn play(&mut self, part: &Part) {
        let (domain, habit) = match part {
            Part::OrgAdmin | Part::JiraAdmin | Part::Ordinary => ("acme.example", Habit::Recent),
            Part::Boundary(at) => (CONTRACTOR_DOMAINS[0], Habit::Exactly(*at)),
            _ => (CONTRACTOR_DOMAINS[0], Habit::Idle),
        };
        let mut user = self.person(domain);
        user.managed = domain == "acme.example";
        let products = if user.managed { 2 } else { 1 };
        self.give_access(&mut user, habit, products);
        self.join_groups(&mut user, domain);
        let id = user.account_id.clone();
        match part {
            Part::OrgAdmin | Part::IdleOrgAdmin => {
                user.platform_roles.push(PlatformRole::OrgAdmin);
                self.join(&mut user, "org-admins");
            }
            Part::IdleSiteAdmin => user.platform_roles.push(PlatformRole::SiteAdmin),
            Part::JiraAdmin => self.administer_jira(&mut user),
            Part::Exempt => self.join(&mut user, "contractors-keep"),
            Part::Ordinary | Part::IdleContractor | Part::Boundary(_) => {}
        }
        let people = &mut self.organization.people;
        match part {
            Part::OrgAdmin => people.org_admins.push(id),
            Part::IdleOrgAdmin | Part::IdleSiteAdmin => people.idle_admins.push(id),
            Part::JiraAdmin => people.jira_admins.push(id),
            Part::Ordinary => people.ordinary.push(id),
            Part::IdleContractor => people.idle_contractors.push(id),
            Part::Boundary(_) => people.boundary.push(id),
            Part::Exempt => {}
        }
        self.organization.users.push(user);
    }

    /// Administration of Jira on the first site comes with access to it.
    fn administer_jira(&mut self, user: &mut User) {
        let product = Product::JiraSoftware;
        if user.access_mut(0, product).is_none() {
            let seen = self.population.now - TimeDelta::hours(self.later.random_range(1..300));
            let access = Access::new(0, product, Role::Admin, Some(Seen::with_digits(seen, 3)));
            user.accesses.push(access);
        }
        for access in &mut user.accesses {
            if access.site == 0 && access.product == product {
                access.role = Role::Admin;
            }
        }
        join(user, self.granting[&(0, product, Role::Admin)]);
    }

    /// One more of the crowd.
    pub fn somebody(&mut self) -> User {
        let domain = match self.draw.random_range(0..100) {
            0..38 => "acme.example",
            38..58 => "globex.example",
            58..72 => CONTRACTOR_DOMAINS[0],
            72..85 => CONTRACTOR_DOMAINS[1],
            _ => "mail.example",
        };
        let mut user = self.person(domain);
        user.managed = VERIFIED_DOMAINS.contains(&domain);
        user.synced = user.managed && self.draw.random_ratio(1, 4);
        let habit = match self.draw.random_range(0..100) {
            0..38 => Habit::Recent,
            38..80 => Habit::Idle,
            80..88 => Habit::NearLimit,
            _ => Habit::Unrecorded,
        };
        let products = match self.draw.random_range(0..100) {
            0..4 => 0,
            4..40 => 1,
            40..74 => 2,
            74..92 => 3,
            _ => 4,
        };
        self.give_access(&mut user, habit, products);
        self.leave_primary_directory(&mut user);
        self.vary_roles(&mut user);
        self.give_status(&mut user);
        self.join_groups(&mut user, domain);
        if self.draw.random_ratio(1, 400) {
            user.platform_roles.push(PlatformRole::UserAccessAdmin);
        }
        user.missing = self.missing();
        user.shrink();
        user
    }

    fn person(&mut self, domain: &str) -> User {
        let first = self.pick(&FIRST);
        let last = self.pick(&LAST);
        let number = self.organization.users.len();
        let name = if self.draw.random_ratio(1, 250) {
            self.pick(&AWKWARD).to_owned()
        } else {
            format!("{first} {last}")
        };
        let days = self.draw.random_range(120..3000);
        let seconds = self.draw.random_range(0..86_400);
        User {
            account_id: account_id(self.draw),
            account_status: AccountStatus::Active,
            for_deletion: false,
            deactivated_on: None,
            managed: false,
            synced: false,
            name,
            nickname: first,
            email: format!("{}.{}{number}@{domain}", ascii(first), ascii(last)),
            email_hidden: self.draw.random_ratio(3, 10),
            mfa: self.draw.random(),
            job_title: self.pick(&TITLES),
            department: self.pick(&DEPARTMENTS),
            time_zone: self.pick(&ZONES),
            added_to_org: self.population.now - TimeDelta::days(days) - TimeDelta::seconds(seconds),
            platform_roles: Vec::new(),
            memberships: vec![Membership::new(0, Standing::Active)],
            accesses: Vec::new(),
            groups: Vec::new(),
            missing: Missing::default(),
            tokens: None,
            unseen: None,
        }
    }

    fn give_access(&mut self, user: &mut User, habit: Habit, products: usize) {
        let sites = self.organization.sites.len();
        let mut offered: Vec<(usize, Product)> = (0..sites)
            .flat_map(|site| Product::ALL.map(|product| (site, product)))
            .collect();
        for place in 0..products.min(offered.len()) {
            // The first access decides the habit; the others are older or, for the unrecorded, may be unknown.
            let chosen = self.draw.random_range(place..offered.len());
            offered.swap(place, chosen);
            let (site, product) = offered[place];
            let seen = self.activity(habit, place == 0);
            let mut access = Access::new(site, product, Role::User, seen);
            if self.draw.random_ratio(1, 30) {
                access.role = Role::Admin;
                // The group that administers Jira itself is for the few who have that part.
                if product == Product::JiraSoftware || self.later.random() {
                    access.own.insert(Role::Admin);
                }
            }
            let directory = self.organization.sites[site].directory;
            if !user.is_in(directory) {
                user.memberships
                    .push(Membership::new(directory, Standing::Active));
            }
            user.accesses.push(access);
        }
    }

    /// Most people of another directory's sites are in that directory only.
    fn leave_primary_directory(&mut self, user: &mut User) {
        if user.memberships.len() < 2 || self.later.random_ratio(1, 3) {
            return;
        }
        let needed = |directory| {
            let uses =
                |access: &Access| self.organization.sites[access.site].directory == directory;
            user.accesses.iter().any(uses)
        };
        if !needed(0) {
            user.memberships.remove(0);
        }
    }

    /// Some accesses were given directly; some are those of guests and customers, who take no seat.
    fn vary_roles(&mut self, user: &mut User) {
        for access in &mut user.accesses {
            let drawn = self.later.random_range(0..60);
            if access.role != Role::User {
                continue;
            }
            match (drawn, access.product) {
                (0..4, Product::Confluence) => access.role = Role::Guest,
                (0..5, Product::ServiceManagement) => access.role = Role::Customer,
                (5..8, _) => access.own.insert(Role::User),
                _ => {}
            }
        }
    }

    fn activity(&mut self, habit: Habit, first: bool) -> Option<Seen> {
        let now = self.population.now;
        let limit = TimeDelta::days(LIMIT_DAYS + TOLERANCE_DAYS);
        let at = match (habit, first) {
            (Habit::Exactly(at), true) => {
                return Some(Seen {
                    at,
                    digits: digits_of(at),
                });
            }
            (Habit::Unrecorded, true) => return None,
            (Habit::Recent, true) => now - self.seconds_between(60, 60 * 86_400),
            (Habit::NearLimit, true) => {
                now - limit + TimeDelta::days(2) - self.seconds_between(0, 4 * 86_400)
            }
            (Habit::Unrecorded, false) if self.draw.random_ratio(1, 3) => return None,
            (Habit::Recent, false) => now - self.seconds_between(3_600, 500 * 86_400),
            _ => now - limit - self.seconds_between(3 * 86_400, 600 * 86_400),
        };
        let nanos = self.draw.random_range(0..1_000_000_000);
        let digits = self.draw.random_range(0..=9);
        Some(Seen::with_digits(
            at + TimeDelta::nanoseconds(nanos),
            digits,
        ))
    }

    fn give_status(&mut self, user: &mut User) {
        let now = self.population.now;
        match self.draw.random_range(0..1000) {
            0..70 => {
                for membership in &mut user.memberships {
                    membership.standing = Standing::Suspended;
                }
            }
            70..120 if user.managed => {
                user.memberships.clear();
                user.accesses.clear();
            }
            120..180 => {
                user.account_status = AccountStatus::Inactive;
                user.deactivated_on = Some(now - self.seconds_between(86_400, 200 * 86_400));
            }
            180..200 if user.managed => {
                user.account_status = AccountStatus::Inactive;
                user.for_deletion = true;
                user.deactivated_on = Some(now - self.seconds_between(3_600, 14 * 86_400));
            }
            200..203 => user.account_status = AccountStatus::Closed,
            // A part of the people of several directories is suspended in one of them only.
            203..303 if user.memberships.len() > 1 => {
                user.memberships[0].standing = Standing::Suspended;
            }
            _ => {}
        }
    }

    fn join_groups(&mut self, user: &mut User, domain: &str) {
        for place in 0..user.accesses.len() {
            let access = &user.accesses[place];
            let role = match (access.role, !access.own.is_empty()) {
                // Whoever was given administration directly mostly has the product by a group all the same.
                (Role::Admin, true) => Role::User,
                (_, true) => continue,
                (role, false) => role,
            };
            if let Some(&group) = self.granting.get(&(access.site, access.product, role)) {
                join(user, group);
            }
        }
        self.join(user, user.department);
        if !self.teams.is_empty() && self.later.random() {
            let team = self.teams[self.later.random_range(0..self.teams.len())];
            if user.is_in(self.organization.groups[team].directory) {
                join(user, team);
            }
        }
        if CONTRACTOR_DOMAINS.contains(&domain) {
            self.join(user, "contractors");
            for (name, of) in [
                ("contractors-keep", 15),
                ("contractors-night-shift", 8),
                ("long-leave", 40),
            ] {
                if self.draw.random_ratio(1, of) {
                    self.join(user, name);
                }
            }
        } else if self.draw.random_ratio(1, 25) {
            self.join(user, "release-managers");
        }
    }

    fn join(&self, user: &mut User, name: &str) {
        let Some(&group) = self.groups.get(name) else {
            return;
        };
        if user.is_in(self.organization.groups[group].directory) {
            join(user, group);
        }
    }

    fn missing(&mut self) -> Missing {
        let mut missing = Missing {
            email: self.draw.random_ratio(1, 25),
            ..Missing::default()
        };
        match self.draw.random_range(0..150) {
            0 => missing.groups = true,
            1 => missing.product_access = true,
            2 => missing.platform_roles = true,
            3 => missing.added_to_org = true,
            4 => missing.status = true,
            5 => missing.email = true,
            _ => {}
        }
        missing
    }

    fn seconds_between(&mut self, from: i64, to: i64) -> TimeDelta {
        TimeDelta::seconds(self.draw.random_range(from..to))
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.draw.random_range(0..from.len())]
    }
}

fn join(user: &mut User, group: usize) {
    if !user.groups.contains(&group) {
        user.groups.push(group);
    }
}

fn parts(now: Time) -> Vec<Part> {
    let now = now.trunc_subsecs(0);
    let mut parts = vec![
        Part::OrgAdmin,
        Part::OrgAdmin,
        Part::OrgAdmin,
        Part::IdleOrgAdmin,
        Part::IdleSiteAdmin,
        Part::JiraAdmin,
        Part::JiraAdmin,
        Part::Ordinary,
        Part::Ordinary,
        Part::Ordinary,
        Part::IdleContractor,
        Part::IdleContractor,
        Part::IdleContractor,
        Part::Exempt,
        Part::Exempt,
    ];
    for days in [LIMIT_DAYS, LIMIT_DAYS + TOLERANCE_DAYS] {
        for nanos in [-1_000_000_000, -1, 0, 1, 1_000_000_000] {
            let at = now - TimeDelta::days(days) + TimeDelta::nanoseconds(nanos);
            parts.push(Part::Boundary(at));
        }
    }
    parts
}

fn digits_of(at: Time) -> u32 {
    let nanos = chrono::Timelike::nanosecond(&at);
    if nanos == 0 { 0 } else { 9 }
}

fn ascii(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase()
}
