//! People as plain objects, the way documentation speaks of them. `None` is "not known"; an empty list is knowledge.

use seatkeeper::model::{AccountType, Claim, ManagedBy, ProfileField, Status};
use seatkeeper::policy::Span;

use super::calendar::Moment;

/// One person in one directory.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: String,
    pub directory: Option<Directory>,
    pub account_type: Option<AccountType>,
    pub status: Option<Status>,
    pub claim: Option<Claim>,
    pub managed_by: Option<ManagedBy>,
    pub mfa: Option<bool>,
    pub email: Option<String>,
    pub added: Option<Moment>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub organization: Option<String>,
    pub location: Option<String>,
    pub groups: Option<Vec<Group>>,
    pub roles: Option<Vec<String>>,
    pub accesses: Option<Vec<Access>>,
}

impl Person {
    pub fn profile(&self, field: ProfileField) -> Option<&str> {
        let value = match field {
            ProfileField::JobTitle => &self.job_title,
            ProfileField::Department => &self.department,
            ProfileField::Organization => &self.organization,
            ProfileField::Location => &self.location,
        };
        value.as_deref()
    }

    /// The e-mail address; an empty one is a hidden one.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref().filter(|email| !email.is_empty())
    }
}

/// A directory of the organization.
#[derive(Clone, Debug)]
pub struct Directory {
    pub id: String,
    pub name: Option<String>,
}

/// A group as it stands with a person.
#[derive(Clone, Debug)]
pub struct Group {
    pub id: String,
    pub name: Option<String>,
}

/// A product that a person may open.
#[derive(Clone, Debug)]
pub struct Access {
    pub product: String,
    /// The cloud id of the site; some products have no site.
    pub cloud_id: Option<String>,
    pub seen: Seen,
    /// Whether it takes a paid seat.
    pub seat: Option<bool>,
}

/// The last activity in a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    At(Moment),
    Never,
    Unknown,
}

/// Everything that a policy is judged against.
#[derive(Clone, Debug)]
pub struct World {
    pub now: Moment,
    pub sites: Vec<Site>,
    pub lists: Vec<List>,
    pub fields: Vec<Field>,
    pub people: Vec<Person>,
}

/// A site of the organization.
#[derive(Clone, Debug)]
pub struct Site {
    pub host: String,
    pub cloud_id: String,
}

/// A list of people that an administrator imported: account ids and e-mail addresses.
#[derive(Clone, Debug)]
pub struct List {
    pub name: String,
    pub imported: Moment,
    pub max_age: Span,
    pub members: Vec<String>,
}

/// An administrator's own field: whom it is set for, by account, and to what.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub values: Vec<(String, String)>,
}
