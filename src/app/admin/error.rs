//! Why a command was not carried out.

use super::Refusal;
use crate::app::approval::DecisionError;
use crate::app::webhook::Failure;
use crate::atlassian::ApiError;
use crate::host::{QueueError, StorageError};
use crate::policy::PolicyError;

/// The reasons there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AdminError {
    /// The caller may not.
    #[error("you may not do this")]
    NotAllowed {
        /// Who may.
        who_may: &'static str,
    },
    /// The caller asked for what now needs somebody else (RULES R9).
    #[error("a second person must decide this")]
    FourEyes {
        /// Why it cannot be the caller.
        why: String,
    },
    /// Nothing is connected.
    #[error("no organization is connected")]
    NotConnected,
    /// A key that cannot do what nothing works without.
    #[error(
        "this organization API key cannot read the people of the organization; nothing was stored"
    )]
    WeakKey {
        /// What it can and what it cannot do.
        steps: String,
    },
    /// The organization has the user management for which Atlassian's APIs were not made.
    #[error("this organization still has the original user management; nothing was stored")]
    OriginalManagement {
        /// What the key can and what it cannot do.
        steps: String,
    },
    /// There is no such thing.
    #[error("there is no {0}")]
    NotFound(&'static str),
    /// Something given is wrong.
    #[error("{0}")]
    Invalid(String),
    /// A setting names what is not there.
    #[error("{why}; nothing was stored")]
    Setting {
        /// Which, such as `$.notices.issue`.
        path: &'static str,
        /// What is wrong, and what to do.
        why: String,
    },
    /// It is not in a state for this.
    #[error("{0}")]
    WrongState(String),
    /// A policy document has mistakes.
    #[error("the policy has mistakes; nothing was stored")]
    Policy(Vec<PolicyError>),
    /// A policy would replace what its writer did not see.
    #[error("{}; nothing was stored", what_is_there(.policy, *.follows, *.there))]
    OtherRevision {
        /// Its id.
        policy: String,
        /// The revision that it was to follow; 0 for a new policy.
        follows: u32,
        /// The one that is there; 0 where there is none.
        there: u32,
    },
    /// The organization's black-outs have mistakes.
    #[error("the black-outs have mistakes; nothing was stored")]
    BlackOuts(Vec<PolicyError>),
    /// Atlassian.
    #[error("{0}")]
    Api(Box<ApiError>),
    /// The webhook's receiver.
    #[error("{}", .0.why)]
    Webhook(Failure),
    /// The app's own storage.
    #[error("{0}")]
    Storage(#[from] StorageError),
    /// The queue.
    #[error("{0}")]
    Queue(#[from] QueueError),
}

/// Boxed: what is as wide as an error of a call would be copied at every `?` on the way.
impl From<ApiError> for AdminError {
    fn from(error: ApiError) -> AdminError {
        AdminError::Api(Box::new(error))
    }
}

fn what_is_there(policy: &str, follows: u32, there: u32) -> String {
    match (follows, there) {
        (0, _) => format!("there is a policy with the id `{policy}` already"),
        (_, 0) => format!("the policy `{policy}` was deleted meanwhile"),
        _ => format!(
            "the policy `{policy}` was saved meanwhile: revision {there} is there, and this was made from revision {follows}"
        ),
    }
}

impl From<DecisionError> for AdminError {
    fn from(error: DecisionError) -> AdminError {
        match error {
            DecisionError::NoSuchRun => AdminError::NotFound("such run"),
            DecisionError::NoSuchMove => AdminError::NotFound("such move"),
            DecisionError::FourEyes { why } => AdminError::FourEyes { why },
            DecisionError::Invalid(why) => AdminError::Invalid(why),
            DecisionError::WrongState(why) => AdminError::WrongState(why),
            DecisionError::NotConnected => AdminError::NotConnected,
            DecisionError::Storage(error) => AdminError::Storage(error),
            DecisionError::Queue(error) => AdminError::Queue(error),
        }
    }
}

impl AdminError {
    fn code(&self) -> &'static str {
        match self {
            AdminError::NotAllowed { .. } => "not-allowed",
            AdminError::FourEyes { .. } => "four-eyes",
            AdminError::NotConnected => "not-connected",
            AdminError::WeakKey { .. } => "key-forbidden",
            AdminError::OriginalManagement { .. } => "original-user-management",
            AdminError::NotFound(_) => "not-found",
            AdminError::Invalid(_) | AdminError::Setting { .. } => "invalid",
            AdminError::WrongState(_) => "wrong-state",
            AdminError::Policy(_) => "invalid-policy",
            AdminError::OtherRevision { follows: 0, .. } => "policy-exists",
            AdminError::OtherRevision { there: 0, .. } => "policy-deleted",
            AdminError::OtherRevision { .. } => "policy-changed",
            AdminError::BlackOuts(_) => "invalid-black-outs",
            AdminError::Api(error) => error.code(),
            AdminError::Webhook(_) => "webhook-failed",
            AdminError::Storage(StorageError::Conflict) => "busy",
            AdminError::Storage(StorageError::Failed(_)) => "storage-failed",
            AdminError::Queue(_) => "queue-failed",
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            AdminError::NotAllowed { who_may } => return Some(format!("ask {who_may}")),
            AdminError::FourEyes { why } => return Some(why.clone()),
            AdminError::WeakKey { steps } => {
                return Some(format!(
                    "{steps}; make an organization API key without scopes at admin.atlassian.com and enter that one"
                ));
            }
            AdminError::OriginalManagement { steps } => {
                return Some(format!(
                    "{steps}; ask atlassian when the organization gets the centralized user management, and upload an export of admin.atlassian.com until then"
                ));
            }
            AdminError::NotConnected => "save the organization's API key on the overview",
            AdminError::NotFound(_) => "reload the page: it may have been changed meanwhile",
            AdminError::Invalid(_) | AdminError::Setting { .. } | AdminError::WrongState(_) => {
                return None;
            }
            AdminError::Policy(_) | AdminError::BlackOuts(_) => {
                "correct every place that is named and save again"
            }
            AdminError::OtherRevision { follows: 0, .. } => {
                "save it under another id, or open the policy that is there and change that one"
            }
            AdminError::OtherRevision { there: 0, .. } => {
                "save it as a new policy, if it is still wanted"
            }
            AdminError::OtherRevision { .. } => {
                "open what is there now, and make the change in that"
            }
            // Nobody repeats a person's command but the person.
            AdminError::Api(error) if error.is_passing() => {
                "nothing was changed: try again in a minute; if it lasts, see status.atlassian.com"
            }
            AdminError::Api(error) => error.hint(),
            AdminError::Webhook(failure) => failure.hint,
            AdminError::Storage(StorageError::Conflict) => {
                "try again: others were changing things at the same time"
            }
            AdminError::Storage(StorageError::Failed(_)) | AdminError::Queue(_) => {
                "reload the page to see what is stored, then try again"
            }
        };
        Some(hint.to_owned())
    }

    /// The error as the page gets it.
    pub(super) fn refusal(self) -> Refusal {
        let (code, message, hint) = (self.code().to_owned(), self.to_string(), self.hint());
        let errors = match self {
            AdminError::Policy(errors) | AdminError::BlackOuts(errors) => errors,
            AdminError::Setting { path, why } => vec![PolicyError {
                path: path.to_owned(),
                code: String::from("not-there"),
                message: why,
            }],
            _ => Vec::new(),
        };
        Refusal {
            code,
            message,
            hint,
            errors,
        }
    }
}
