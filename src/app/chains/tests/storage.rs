//! A storage of plain values whose caller may be killed at every await.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::app::chains::chain::MAX_PART_BYTES;
use crate::host::{
    AccountVerdict, Condition, EntityName, Host, Query, QueryPage, Queue, QueueError, ReportError,
    Request, Response, Secret, SendError, StorageError, Write,
};
use crate::model::{AccountId, Time};

/// Plain values, and what is asked of them.
#[derive(Default)]
pub(super) struct Storage {
    pub(super) values: RefCell<BTreeMap<String, String>>,
    pub(super) reads: Cell<u32>,
    pub(super) written: RefCell<Vec<String>>,
    /// Of the lease's newest holder.
    pub(super) fence: Cell<i32>,
}

/// Over at the second poll.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(move |_| match std::mem::replace(&mut waited, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
}

/// Polls to the end, or so often; `None` for what was killed.
pub(super) fn run<T>(future: impl Future<Output = T>, polls: u32) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    None
}

pub(super) fn finish<T>(future: impl Future<Output = Result<T, StorageError>>) -> T {
    run(future, u32::MAX).unwrap().unwrap()
}

impl Host for Storage {
    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, StorageError> {
        pause().await;
        self.reads.set(self.reads.get() + 1);
        let values = self.values.borrow();
        Ok(keys.iter().map(|key| values.get(key).cloned()).collect())
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StorageError> {
        pause().await;
        assert!(writes.len() <= 25, "{} writes", writes.len());
        let overtaken = |write: &Write| matches!(write, Write::Check { condition: Condition::Equals(_, fence), .. } if *fence != self.fence.get());
        if writes.iter().any(overtaken) {
            return Err(StorageError::Conflict);
        }
        let mut bytes = 0;
        for write in writes {
            match write {
                Write::Set { key, value } => {
                    assert!(value.len() <= MAX_PART_BYTES, "{key}: {}", value.len());
                    bytes += value.len();
                    self.written.borrow_mut().push(key.clone());
                    self.values.borrow_mut().insert(key, value);
                }
                Write::Delete { key } => {
                    self.values.borrow_mut().remove(&key);
                }
                Write::Check { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(bytes <= 4_000_000, "{bytes} bytes");
        pause().await;
        Ok(())
    }

    async fn send(&self, _: Request) -> Result<Response, SendError> {
        panic!("a chain sends nothing")
    }

    async fn deliver(&self, _: crate::host::HookMessage) -> Result<Response, SendError> {
        panic!("a chain tells nobody")
    }

    async fn get_entity(&self, _: EntityName, _: &str) -> Result<Option<String>, StorageError> {
        panic!("a chain reads no entity")
    }

    async fn query(&self, _: Query) -> Result<QueryPage, StorageError> {
        panic!("a chain rests on no query")
    }

    async fn secret(&self, _: &str) -> Result<Option<Secret>, StorageError> {
        panic!("a chain needs no secret")
    }

    async fn set_secret(&self, _: &str, _: Secret) -> Result<(), StorageError> {
        panic!("a chain stores no secret")
    }

    async fn delete_secret(&self, _: &str) -> Result<(), StorageError> {
        panic!("a chain deletes no secret")
    }

    async fn push(&self, _: Queue, _: String, _: u32) -> Result<(), QueueError> {
        panic!("a chain pushes no job")
    }

    async fn report_accounts(
        &self,
        _: &[(AccountId, Time)],
    ) -> Result<Vec<(AccountId, AccountVerdict)>, ReportError> {
        panic!("a chain reports nobody")
    }

    async fn link_url(&self) -> Option<String> {
        panic!("a chain sends no link")
    }

    fn now(&self) -> Time {
        Time(1_790_000_000)
    }

    fn time_left(&self) -> u32 {
        900_000
    }

    fn cloud_id(&self) -> Option<String> {
        None
    }

    fn random(&self) -> [u8; 16] {
        [7; 16]
    }

    fn zone_offset(&self, _: &str, _: Time) -> Option<i64> {
        None
    }
}
