//! People as they come in and out of a snapshot, one by one.

use crate::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, ManagedBy, ProfileField,
    Resource, Status, Time,
};

/// One person in one directory, as read. `None` means that the source did not say: unknown, never "no".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRecord {
    /// The account.
    pub account: AccountId,
    /// The directory it was read from.
    pub directory: DirectoryId,
    /// The kind of account.
    pub account_type: Option<AccountType>,
    /// The composite status.
    pub status: Option<Status>,
    /// Managed or external.
    pub claim: Option<Claim>,
    /// Provisioned from an identity provider, or invited.
    pub managed_by: Option<ManagedBy>,
    /// Whether two-step verification is on.
    pub mfa: Option<bool>,
    /// Display name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When the account was added to the organization.
    pub added: Option<Time>,
    /// The fields of the profile, in the order of [`ProfileField::ALL`].
    pub profile: [Option<String>; ProfileField::ALL.len()],
    /// The groups; an empty list is knowledge.
    pub groups: Option<Vec<Group>>,
    /// The platform roles, such as `atlassian/org-admin`.
    pub roles: Option<Vec<String>>,
    /// The product accesses.
    pub access: Option<Vec<Access>>,
}

impl UserRecord {
    /// A person of whom nothing is known but who they are.
    pub fn unknown(account: AccountId, directory: DirectoryId) -> UserRecord {
        UserRecord {
            account,
            directory,
            account_type: None,
            status: None,
            claim: None,
            managed_by: None,
            mfa: None,
            name: None,
            email: None,
            added: None,
            profile: [const { None }; ProfileField::ALL.len()],
            groups: None,
            roles: None,
            access: None,
        }
    }
}

/// A group as it stands with a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Its UUID.
    pub id: GroupId,
    /// Its name, if it was said.
    pub name: Option<String>,
}

/// An access to one product on one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The product on the site.
    pub resource: Resource,
    /// The product's key, such as `jira-software`.
    pub product: String,
    /// Whether it takes a paid seat, if that is known: `users/search` does not say (RULES R13).
    pub seat: Option<bool>,
    /// The last activity.
    pub activity: Activity,
}

/// What many people hold an access to: a product on a site, with or without a paid seat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccessKind {
    /// The product on the site.
    pub resource: Resource,
    /// The product's key.
    pub product: String,
    /// Whether it takes a paid seat, if that is known.
    pub seat: Option<bool>,
}

/// Where and when people were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Such as `users/search`.
    pub source: String,
    /// When the first of them was read, if that is known.
    pub read: Option<Time>,
}

/// A site of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its cloud id.
    pub cloud_id: String,
    /// Its host, such as `acme.atlassian.net`.
    pub host: String,
}

impl Site {
    /// Whether a policy means this site: by its host in any case, or by its cloud id.
    pub fn is_named(&self, name: &str) -> bool {
        self.host.eq_ignore_ascii_case(name) || self.cloud_id == name
    }
}
