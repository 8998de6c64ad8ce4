//! How accesses follow from groups and from roles of a person's own.

use super::{Access, Membership, Organization, Product, Role, Roles, User};

impl Organization {
    /// The roles of a person's own behind one access: those that were given, or the access itself where no group accounts
    /// for it.
    pub fn own_roles(&self, user: &User, access: &Access) -> Roles {
        let by_group = || self.role_by_groups(user, access.site, access.product);
        if access.own.is_empty() && by_group().is_none() {
            return Roles::of(access.role);
        }
        access.own
    }

    /// Whether joining, or a role, would take a seat that the person does not hold yet, of a product that has none left.
    pub fn lacks_seat(&self, user: &User, site: usize, product: Product, now: crate::Time) -> bool {
        let Some(capacity) = self.sites[site].capacity[product as usize] else {
            return false;
        };
        let seated = |access: &Access| {
            (access.site, access.product) == (site, product) && access.role.takes_seat()
        };
        let holds =
            user.accesses.iter().any(seated) && user.is_active_in(self.sites[site].directory, now);
        !holds && self.seats_used(site, product, now) >= capacity as usize
    }

    /// Adds a person to a group, with the access that it gives.
    pub(crate) fn join(&mut self, at: usize, group: usize) {
        if self.users[at].groups.contains(&group) {
            return;
        }
        let grants = self.groups[group].grants.clone();
        for grant in &grants {
            self.make_own(at, grant.site, grant.product);
        }
        self.users[at].groups.push(group);
        for grant in &grants {
            self.follow(at, grant.site, grant.product);
        }
    }

    /// Takes a person out of a group, with the access that nothing else gives.
    pub(crate) fn leave(&mut self, at: usize, group: usize) {
        self.users[at].groups.retain(|found| *found != group);
        for grant in self.groups[group].grants.clone() {
            self.follow(at, grant.site, grant.product);
        }
    }

    /// Gives a person a role of their own.
    pub(crate) fn assign(&mut self, at: usize, site: usize, product: Product, role: Role) {
        self.make_own(at, site, product);
        let user = &mut self.users[at];
        if user.access_mut(site, product).is_none() {
            let access = regained(user, site, product, role);
            user.accesses.push(access);
        }
        if let Some(access) = user.access_mut(site, product) {
            access.own.insert(role);
        }
        self.follow(at, site, product);
    }

    /// Takes a role of a person's own away.
    pub(crate) fn revoke(&mut self, at: usize, site: usize, product: Product, role: Role) {
        self.make_own(at, site, product);
        if let Some(access) = self.users[at].access_mut(site, product) {
            access.own.remove(role);
        }
        self.follow(at, site, product);
    }

    /// Takes a person out of a directory, with all that they have there.
    pub(crate) fn remove_from_directory(&mut self, at: usize, directory: usize) {
        let (sites, groups) = (&self.sites, &self.groups);
        let user = &mut self.users[at];
        let elsewhere = |membership: &Membership| membership.directory != directory;
        user.memberships.retain(elsewhere);
        user.leave(directory);
        user.groups
            .retain(|group| groups[*group].directory != directory);
        user.accesses
            .retain(|access| sites[access.site].directory != directory);
        if user.memberships.is_empty() {
            user.platform_roles.clear();
        }
    }

    /// The strongest role that a person's groups give.
    fn role_by_groups(&self, user: &User, site: usize, product: Product) -> Option<Role> {
        let granted = user
            .groups
            .iter()
            .filter_map(|&group| self.groups[group].grants(site, product));
        granted.max()
    }

    /// Notes as given to the person what no group accounts for, before something else comes or goes.
    fn make_own(&mut self, at: usize, site: usize, product: Product) {
        let user = &self.users[at];
        let held = |access: &&Access| (access.site, access.product) == (site, product);
        let Some(access) = user.accesses.iter().find(held) else {
            return;
        };
        let own = self.own_roles(user, access);
        if let Some(access) = self.users[at].access_mut(site, product) {
            access.own = own;
        }
    }

    /// Lets one access follow from what gives it: the strongest role, or none and the access is lost.
    fn follow(&mut self, at: usize, site: usize, product: Product) {
        let by_groups = self.role_by_groups(&self.users[at], site, product);
        let user = &mut self.users[at];
        let own = user
            .access_mut(site, product)
            .and_then(|access| access.own.iter().next_back());
        let Some(role) = by_groups.max(own) else {
            let held = |access: &Access| (access.site, access.product) == (site, product);
            if let Some(place) = user.accesses.iter().position(held) {
                let lost = user.accesses.remove(place);
                user.keep_lost(lost);
            }
            return;
        };
        match user.access_mut(site, product) {
            Some(access) => access.role = role,
            None => {
                let access = regained(user, site, product, role);
                user.accesses.push(access);
            }
        }
    }
}

/// An access that was lost before, with its activity, or a new one.
fn regained(user: &mut User, site: usize, product: Product, role: Role) -> Access {
    match user.take_lost(site, product) {
        Some(mut lost) => {
            lost.role = role;
            lost.own = Roles::default();
            lost
        }
        None => Access::new(site, product, role, None),
    }
}
