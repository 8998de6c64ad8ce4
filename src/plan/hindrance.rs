//! What stands against an act on a person.

use crate::model::GroupId;

/// Why something cannot be done to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// There is nothing to do, or it is not possible.
    Impossible {
        /// Why.
        reason: String,
        /// The groups that stand in the way, for those who keep them elsewhere.
        groups: Vec<GroupId>,
        /// Whether an identity provider keeps the account as a whole.
        provided: bool,
    },
    /// Whether it is possible is not known.
    Unknown(String),
}

impl Hindrance {
    /// That there is nothing to do, or that it is not possible, and no group stands in the way.
    pub(super) fn impossible(reason: impl Into<String>) -> Hindrance {
        Hindrance::Impossible {
            reason: reason.into(),
            groups: Vec::new(),
            provided: false,
        }
    }
}
