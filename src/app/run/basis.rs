//! What the planning of all runs of a job rests on.

use crate::app::documents::ExemptionBook;
use crate::app::lists::ListBook;
use crate::app::records::{Connection, Protect};
use crate::app::sheltered::Emptied;
use crate::app::sync::{Accepted, SnapshotHead};
use crate::plan::Protections;
use crate::snapshot::Snapshot;

/// What the planning of all runs of a job rests on.
pub(super) struct Basis<'a> {
    pub(super) head: &'a SnapshotHead,
    /// The jump that somebody took for true last.
    pub(super) accepted: Option<Accepted>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) exemptions: &'a ExemptionBook,
    pub(super) exempt_groups_gone: Vec<String>,
    /// Exempt patterns that shelter nobody any more; not looked for where nothing will be done.
    pub(super) exemptions_emptied: Vec<Emptied>,
    /// The imported lists, for what a policy names of them.
    pub(super) lists: ListBook,
    pub(super) connection: Connection,
    pub(super) left_alone: Protections,
    /// Who is protected besides those who always are.
    pub(super) protect: Protect,
}
