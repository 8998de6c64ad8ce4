//! What was called, moved and invoked: the figures that cost money or quota on the real platform.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counters since the cloud was made, or since [`Meter::reset`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// Calls per operation, such as `users.search`, failed ones included.
    pub calls: BTreeMap<String, u64>,
    /// Answers per operation and status; `lost` where no answer came.
    pub answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// Bytes of request bodies per operation.
    pub bytes_sent: BTreeMap<String, u64>,
    /// Bytes of response bodies per operation.
    pub bytes_received: BTreeMap<String, u64>,
    /// Points of Jira's REST API per operation.
    pub jira_points: BTreeMap<String, u64>,
    /// Storage traffic.
    pub storage: StorageTraffic,
    /// Invocations per function key.
    pub invocations: BTreeMap<String, u64>,
    /// Events accepted per queue.
    pub events: BTreeMap<String, u64>,
}

/// Storage traffic as the platform bills and limits it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageTraffic {
    /// Bytes read; an empty read counts 1 KB.
    pub bytes_read: u64,
    /// Bytes written.
    pub bytes_written: u64,
    /// Reads in units of 10 KB, rounded up per value.
    pub read_units: u64,
    /// Writes in units of 10 KB, rounded up per value.
    pub write_units: u64,
}

/// One billing unit of the storage.
pub const STORAGE_UNIT: u64 = 10 * 1024;

impl Meter {
    /// Forgets everything counted so far.
    pub fn reset(&mut self) {
        *self = Meter::default();
    }

    /// Calls of one operation.
    pub fn calls_of(&self, operation: &str) -> u64 {
        self.calls.get(operation).copied().unwrap_or_default()
    }

    pub(crate) fn call(&mut self, operation: &str, sent: usize) {
        add(&mut self.calls, operation, 1);
        add(&mut self.bytes_sent, operation, sent);
    }

    pub(crate) fn answer(&mut self, operation: &str, status: &str, received: usize) {
        add(&mut self.bytes_received, operation, received);
        let by_status = self.answers.entry(operation.to_owned()).or_default();
        add(by_status, status, 1);
    }

    pub(crate) fn jira_points(&mut self, operation: &str, points: u32) {
        add(&mut self.jira_points, operation, points as usize);
    }

    pub(crate) fn invocation(&mut self, function: &str) {
        add(&mut self.invocations, function, 1);
    }

    pub(crate) fn event(&mut self, queue: &str) {
        add(&mut self.events, queue, 1);
    }
}

impl StorageTraffic {
    pub(crate) fn read(&mut self, bytes: usize) {
        let bytes = (bytes as u64).max(1024);
        self.bytes_read += bytes;
        self.read_units += bytes.div_ceil(STORAGE_UNIT);
    }

    pub(crate) fn write(&mut self, bytes: usize) {
        let bytes = (bytes as u64).max(1);
        self.bytes_written += bytes;
        self.write_units += bytes.div_ceil(STORAGE_UNIT);
    }
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str, more: usize) {
    let count = match counts.get_mut(name) {
        Some(count) => count,
        None => counts.entry(name.to_owned()).or_default(),
    };
    *count += more as u64;
}
