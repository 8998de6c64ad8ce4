//! Futures whose code is there once.

use std::pin::Pin;

use crate::host::StorageError;

/// A future on the heap: its code is not copied into every caller, which keeps the core small (docs/decisions/0002).
pub(super) type Boxed<'h, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + 'h>>;
