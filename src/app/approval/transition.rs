//! What the workflow of an approval issue can say.

/// What a transition of an issue means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// The plan is approved.
    Approve,
    /// The plan is rejected.
    Reject,
}
