//! An Atlassian account as the organization sees it: standing in each directory, product accesses, activity.

use chrono::{SecondsFormat, Timelike};

use super::unseen::{Hidden, Unseen};
use super::{ApiToken, Product, Role, Roles};
use crate::clock::Time;

/// The life-cycle status of an account, over all of Atlassian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// Usable.
    Active,
    /// Deactivated.
    Inactive,
    /// Gone for good.
    Closed,
}

/// A person's standing in one directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May use what they have been given.
    Active,
    /// May use nothing; what they have been given is kept.
    Suspended,
}

/// The composite status of the organization API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Account active, membership active.
    Active,
    /// Account active, suspended in every directory.
    Suspended,
    /// Account active, in no directory.
    NotInvited,
    /// Account inactive.
    Deactivated,
    /// A managed account in the fourteen days before its deletion.
    ForDeletion,
}

/// A platform role, as `platformRoles` lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformRole {
    /// Organization administrator.
    OrgAdmin,
    /// Site administrator.
    SiteAdmin,
    /// Administers users and groups of a product, without access to it.
    UserAccessAdmin,
}

/// When something was last used, with the number of fraction digits (0–9) that the API shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The instant, exactly as shown.
    pub at: Time,
    /// Fraction digits of the shown seconds.
    pub digits: u32,
}

/// A person's membership of one directory.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Which of the organization's directories.
    pub directory: usize,
    /// The true standing.
    pub standing: Standing,
    hidden: Option<Box<Hidden<Standing>>>,
}

/// Access to one product on one site.
#[derive(Clone, Debug)]
pub struct Access {
    /// Which of the organization's sites.
    pub site: usize,
    /// The product.
    pub product: Product,
    /// The strongest role held on it.
    pub role: Role,
    /// The roles that were given to the person, besides what their groups give.
    pub own: Roles,
    /// The true last activity; absent when nothing is recorded.
    pub seen: Option<Seen>,
    hidden: Option<Box<Hidden<Option<Seen>>>>,
}

/// Fields that the API leaves out for this person, although asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// No `groups`.
    pub groups: bool,
    /// No `productAccess`.
    pub product_access: bool,
    /// No `platformRoles`.
    pub platform_roles: bool,
    /// No `email`.
    pub email: bool,
    /// No `addedToOrg`.
    pub added_to_org: bool,
    /// No `status`.
    pub status: bool,
}

/// One Atlassian account.
#[derive(Clone, Debug)]
pub struct User {
    /// The account id.
    pub account_id: String,
    /// The account's own status.
    pub account_status: AccountStatus,
    /// Whether its deletion is scheduled.
    pub for_deletion: bool,
    /// When it was deactivated.
    pub deactivated_on: Option<Time>,
    /// Whether the organization owns the account through a verified domain.
    pub managed: bool,
    /// Whether an identity provider owns it.
    pub synced: bool,
    /// Full name.
    pub name: String,
    /// Nickname.
    pub nickname: &'static str,
    /// E-mail address.
    pub email: String,
    /// Whether the person hides the address in their profile (Jira REST obeys it).
    pub email_hidden: bool,
    /// Second factor.
    pub mfa: bool,
    /// Job title.
    pub job_title: &'static str,
    /// Department.
    pub department: &'static str,
    /// IANA time zone.
    pub time_zone: &'static str,
    /// When the person joined the organization.
    pub added_to_org: Time,
    /// Administrative roles.
    pub platform_roles: Vec<PlatformRole>,
    /// Standing per directory; empty for an account in no directory.
    pub memberships: Vec<Membership>,
    /// Product accesses.
    pub accesses: Vec<Access>,
    /// Groups, as positions in the organization's list.
    pub groups: Vec<usize>,
    /// What the API leaves out.
    pub missing: Missing,
    /// API tokens; most people have none.
    pub tokens: Option<Box<Vec<ApiToken>>>,
    pub(super) unseen: Option<Box<Unseen>>,
}

impl AccountStatus {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            AccountStatus::Active => "active",
            AccountStatus::Inactive => "inactive",
            AccountStatus::Closed => "closed",
        }
    }
}

impl Status {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Suspended => "suspended",
            Status::NotInvited => "not_invited",
            Status::Deactivated => "deactivated",
            Status::ForDeletion => "for_deletion",
        }
    }
}

impl PlatformRole {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            PlatformRole::OrgAdmin => "atlassian/org-admin",
            PlatformRole::SiteAdmin => "atlassian/site-admin",
            PlatformRole::UserAccessAdmin => "atlassian/user-access-admin",
        }
    }
}

impl Seen {
    /// An instant cut to so many fraction digits.
    pub fn with_digits(at: Time, digits: u32) -> Self {
        let digits = digits.min(9);
        let unit = 10_u32.pow(9 - digits);
        let nanos = at.nanosecond() / unit * unit;
        Seen {
            at: at.with_nanosecond(nanos).unwrap_or(at),
            digits,
        }
    }

    /// The timestamp as the API writes it.
    pub fn timestamp(&self) -> String {
        let whole = self.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        if self.digits == 0 {
            return whole;
        }
        let nanos = format!("{:09}", self.at.nanosecond());
        let fraction = &nanos[..self.digits as usize];
        format!("{}.{fraction}Z", whole.trim_end_matches('Z'))
    }
}

impl Membership {
    /// A membership that never changed.
    pub fn new(directory: usize, standing: Standing) -> Self {
        Membership {
            directory,
            standing,
            hidden: None,
        }
    }

    /// The standing that reads show at `now`.
    pub fn shown(&self, now: Time) -> Standing {
        Hidden::shown(self.hidden.as_deref(), now).map_or(self.standing, |before| *before)
    }

    /// Changes the standing; reads show it from `visible_from` on.
    pub fn change(&mut self, standing: Standing, now: Time, visible_from: Time) {
        self.hidden = Some(Box::new(Hidden::new(self.shown(now), visible_from)));
        self.standing = standing;
    }
}

impl Access {
    /// An access with its activity so far.
    pub fn new(site: usize, product: Product, role: Role, seen: Option<Seen>) -> Self {
        Access {
            site,
            product,
            role,
            own: Roles::default(),
            seen,
            hidden: None,
        }
    }

    /// The activity that reads show at `now`.
    pub fn shown(&self, now: Time) -> Option<Seen> {
        Hidden::shown(self.hidden.as_deref(), now).map_or(self.seen, |before| *before)
    }

    /// Records a use at an instant that is not over; reads show it from `visible_from` on.
    pub fn used(&mut self, at: Time, visible_from: Time) {
        let before = self.shown(at);
        self.hidden = (visible_from > at).then(|| Box::new(Hidden::new(before, visible_from)));
        self.seen = Some(Seen::with_digits(at, 9));
    }
}

impl User {
    /// The composite status that reads show at `now`.
    pub fn status(&self, now: Time) -> Status {
        composite(self.shown_account(now), self.membership_status(now))
    }

    /// The composite status as it truly is.
    pub fn true_status(&self) -> Status {
        let account = (self.account_status, self.for_deletion);
        composite(account, self.true_membership_status())
    }

    /// `active`, `suspended` or `no_membership`, as reads show it at `now`.
    pub fn membership_status(&self, now: Time) -> &'static str {
        let shown = |membership: &Membership| membership.shown(now);
        membership_by(self.shown_memberships(now), shown)
    }

    /// The membership status as it truly is.
    pub fn true_membership_status(&self) -> &'static str {
        membership_by(&self.memberships, |membership| membership.standing)
    }

    /// The membership of a directory.
    pub fn membership_mut(&mut self, directory: usize) -> Option<&mut Membership> {
        self.memberships
            .iter_mut()
            .find(|membership| membership.directory == directory)
    }

    /// Gives back the room that lists keep for more: there may be a million people.
    pub(super) fn shrink(&mut self) {
        self.name.shrink_to_fit();
        self.email.shrink_to_fit();
        self.accesses.shrink_to_fit();
        self.groups.shrink_to_fit();
        self.memberships.shrink_to_fit();
    }

    /// The access to a product on a site.
    pub fn access_mut(&mut self, site: usize, product: Product) -> Option<&mut Access> {
        self.accesses
            .iter_mut()
            .find(|access| access.site == site && access.product == product)
    }

    /// Whether the person may use what a directory gives, as reads show it at `now`.
    pub fn is_active_in(&self, directory: usize, now: Time) -> bool {
        let active = |membership: &Membership| {
            membership.directory == directory && membership.shown(now) == Standing::Active
        };
        self.account_status == AccountStatus::Active && self.memberships.iter().any(active)
    }

    /// Whether the person belongs to a directory.
    pub fn is_in(&self, directory: usize) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.directory == directory)
    }

    /// The part of the e-mail address behind the `@`.
    pub fn email_domain(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

fn composite((account, for_deletion): (AccountStatus, bool), membership: &str) -> Status {
    if for_deletion {
        return Status::ForDeletion;
    }
    if account != AccountStatus::Active {
        return Status::Deactivated;
    }
    match membership {
        "active" => Status::Active,
        "suspended" => Status::Suspended,
        _ => Status::NotInvited,
    }
}

fn membership_by(
    memberships: &[Membership],
    standing: impl Fn(&Membership) -> Standing,
) -> &'static str {
    if memberships.is_empty() {
        return "no_membership";
    }
    // Partly suspended counts as active: `suspended` means suspended in all directories.
    let anywhere = memberships
        .iter()
        .any(|membership| standing(membership) == Standing::Active);
    if anywhere { "active" } else { "suspended" }
}
