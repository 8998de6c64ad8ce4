//! Roles on products, what grants them, and the assignments that follow.

use super::{Access, Group, Organization, PlatformRole, Product, User};

/// A role on a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Uses the help centre of a service desk; takes no seat.
    Customer,
    /// Sees one space; takes no seat.
    Guest,
    /// Uses the product; takes a seat.
    User,
    /// Uses and administers the product; takes a seat.
    Admin,
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// One role alone.
    pub fn of(role: Role) -> Self {
        Roles(1 << role as u8)
    }

    /// Adds a role.
    pub fn insert(&mut self, role: Role) {
        self.0 |= Roles::of(role).0;
    }

    /// Takes a role out.
    pub fn remove(&mut self, role: Role) {
        self.0 &= !Roles::of(role).0;
    }

    /// Whether a role is in it.
    pub fn contains(self, role: Role) -> bool {
        self.0 & Roles::of(role).0 != 0
    }

    /// Whether there is none in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, the weakest first.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Role> {
        Role::ALL
            .into_iter()
            .filter(move |role| self.contains(*role))
    }
}

/// What membership of a group gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which of the organization's sites.
    pub site: usize,
    /// The product there.
    pub product: Product,
    /// The role on it.
    pub role: Role,
    /// Whether people who are given the product join this group.
    pub default: bool,
}

/// How a role came to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Given to the person.
    Direct,
    /// Given to a group of the person's.
    GroupDirect,
}

/// One role of a person and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The name of the role on the wire.
    pub role: &'static str,
    /// Every way it came, without repetition.
    pub methods: Vec<Method>,
}

impl Role {
    /// All of them, the weakest first.
    pub const ALL: [Role; 4] = [Role::Customer, Role::Guest, Role::User, Role::Admin];

    /// Whether it can be had on a product.
    pub fn fits(self, product: Product) -> bool {
        match self {
            Role::Customer => product == Product::ServiceManagement,
            Role::Guest => product == Product::Confluence,
            Role::User | Role::Admin => true,
        }
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "atlassian/customer",
            Role::Guest => "atlassian/guest",
            Role::User => "atlassian/user",
            Role::Admin => "atlassian/admin",
        }
    }

    /// Whether whoever holds it is counted and billed.
    pub fn takes_seat(self) -> bool {
        matches!(self, Role::User | Role::Admin)
    }
}

impl Method {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Method::Direct => "direct",
            Method::GroupDirect => "group_direct",
        }
    }
}

impl Group {
    /// The role that the group gives on a product of a site, if any.
    pub fn grants(&self, site: usize, product: Product) -> Option<Role> {
        self.grants
            .iter()
            .find(|grant| grant.site == site && grant.product == product)
            .map(|grant| grant.role)
    }
}

impl Organization {
    /// The roles that a person holds by one access: of their groups, of the access itself where it was given directly or
    /// where no group accounts for it.
    pub fn assignments(&self, user: &User, access: &Access) -> Vec<Assignment> {
        let mut held: Vec<Assignment> = Vec::new();
        for &group in &user.groups {
            if let Some(role) = self.groups[group].grants(access.site, access.product) {
                hold(&mut held, role.name(), Method::GroupDirect);
            }
        }
        for role in self.own_roles(user, access).iter() {
            hold(&mut held, role.name(), Method::Direct);
        }
        held
    }

    /// The roles on the organization itself.
    pub fn platform_assignments(&self, user: &User) -> Vec<Assignment> {
        let by_group = self
            .group_position("org-admins")
            .is_some_and(|group| user.groups.contains(&group));
        user.platform_roles
            .iter()
            .map(|role| Assignment {
                role: role.name(),
                methods: vec![match role {
                    PlatformRole::OrgAdmin if by_group => Method::GroupDirect,
                    _ => Method::Direct,
                }],
            })
            .collect()
    }

    /// How many active people hold a seat of a product on a site.
    pub fn seats_used(&self, site: usize, product: Product, now: crate::Time) -> usize {
        let holds = |access: &Access| {
            access.site == site && access.product == product && access.role.takes_seat()
        };
        let directory = self.sites[site].directory;
        let counted =
            |user: &&User| user.accesses.iter().any(holds) && user.is_active_in(directory, now);
        self.users.iter().filter(counted).count()
    }
}

fn hold(held: &mut Vec<Assignment>, role: &'static str, method: Method) {
    match held.iter_mut().find(|found| found.role == role) {
        Some(found) if found.methods.contains(&method) => {}
        Some(found) => found.methods.push(method),
        None => held.push(Assignment {
            role,
            methods: vec![method],
        }),
    }
}
