//! What a policy is decided on besides the people and the snapshot they stand in.

use crate::model::{AccountId, Time};
use crate::policy::Span;
use crate::snapshot::Site;

/// How many days old an imported list may be, if nothing else is said (RULES R11).
pub const LIST_MAX_AGE_DAYS: u32 = 7;

/// How old an imported list may be, if nothing else is said.
pub const LIST_MAX_AGE: Span = Span::days(LIST_MAX_AGE_DAYS);

/// Everything that a policy's names and ages refer to.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The reference time of every age.
    pub now: Time,
    /// The organization's sites.
    pub sites: &'a [Site],
    /// The imported lists.
    pub lists: &'a [NamedList],
    /// The administrator's own fields.
    pub fields: &'a [FieldValues],
    /// Which lists and fields were looked up, where not all of them were: the others may be there all the same, and are left
    /// to a run.
    pub looked_up: Option<&'a LookedUp>,
}

impl Context<'_> {
    /// A reference time alone: no sites, lists or own fields.
    pub fn at(now: Time) -> Context<'static> {
        Context {
            now,
            sites: &[],
            lists: &[],
            fields: &[],
            looked_up: None,
        }
    }

    /// Whether a list was not looked up, so that a run decides who is on it.
    pub(super) fn leaves_list(&self, name: &str) -> bool {
        self.looked_up
            .is_some_and(|known| lacks(&known.lists, name))
    }

    /// Whether a field was not looked up, so that a run decides who has which value.
    pub(super) fn leaves_field(&self, name: &str) -> bool {
        self.looked_up
            .is_some_and(|known| lacks(&known.fields, name))
    }
}

fn lacks(names: &[String], name: &str) -> bool {
    !names.iter().any(|known| known == name)
}

/// The names of lists and fields that were looked up, whether they are there or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedUp {
    /// Of lists.
    pub lists: Vec<String>,
    /// Of fields.
    pub fields: Vec<String>,
}

/// An imported list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedList {
    /// The name that policies use.
    pub name: String,
    /// When it was imported last.
    pub imported: Time,
    /// How old it may be; an older one decides nothing.
    pub max_age: Span,
    /// E-mail addresses (with `@`) and account ids.
    pub members: Vec<String>,
}

/// The values of one of the administrator's own fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValues {
    /// The field's name.
    pub name: String,
    /// Who has which value; everybody else has none.
    pub values: Vec<(AccountId, String)>,
}
