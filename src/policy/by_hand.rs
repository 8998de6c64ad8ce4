//! Runs over people chosen by hand: each has a policy of its own, whose id no saved policy may have.

/// What the ids of these policies begin with.
pub const BY_HAND: &str = "by-hand-";

/// What the names of these policies begin with; the names of the actions follow, with commas between them.
pub const BY_HAND_NAME: &str = "By hand: ";

/// The list in such a policy's condition that holds the chosen people.
pub const CHOSEN: &str = "chosen";

/// Whether a policy's id is that of a run over people chosen by hand.
pub fn is_by_hand(id: &str) -> bool {
    id.starts_with(BY_HAND)
}
