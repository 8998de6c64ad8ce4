//! What is known of a person's last activity in one product on one site.

use super::Time;

/// The last activity of one product access. A failed or missing reading is [`Activity::Unknown`], never
/// [`Activity::Never`] (RULES R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activity {
    /// Seen at that time.
    Seen(Time),
    /// Known never to have been used.
    Never,
    /// Not known.
    Unknown,
}
