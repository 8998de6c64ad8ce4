//! What a condition names that is the organization's own: lists and fields.

use super::condition::Condition;

/// The names of lists and fields in a condition, each as often as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnNames<'c> {
    /// Of lists.
    pub lists: Vec<&'c str>,
    /// Of fields.
    pub fields: Vec<&'c str>,
}

impl Condition {
    /// The lists and fields that it names.
    pub fn own_names(&self) -> OwnNames<'_> {
        let mut names = OwnNames::default();
        let mut open = vec![self];
        while let Some(condition) = open.pop() {
            match condition {
                Condition::All(inner) | Condition::Any(inner) => open.extend(inner),
                Condition::Not(inner) => open.push(inner),
                Condition::Listed(name) => names.lists.push(name),
                Condition::Field(field) => names.fields.push(&field.name),
                _ => {}
            }
        }
        names
    }
}
