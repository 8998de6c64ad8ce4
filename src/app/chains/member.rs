//! One person in a policy's chain.

use crate::model::{AccountId, DirectoryId};
use crate::plan::Link;

/// One person in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Member {
    /// Who.
    pub(in crate::app) account: AccountId,
    /// In which directory.
    pub(in crate::app) directory: DirectoryId,
    /// Where.
    pub(in crate::app) link: Link,
}
