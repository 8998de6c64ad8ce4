//! The clock that everything in the cloud reads: real, real with an offset, or moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

/// A point in time.
pub type Time = DateTime<Utc>;

/// A shared clock. Clones show the same time, so a test keeps one and hands the other to the cloud.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// Microseconds since 1970, moved by [`Clock::advance`] only.
    Virtual(Arc<AtomicI64>),
    /// The machine's clock plus so many microseconds.
    Real(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now` until it is moved.
    pub fn virtual_at(now: Time) -> Self {
        Clock(Source::Virtual(Arc::new(AtomicI64::new(
            now.timestamp_micros(),
        ))))
    }

    /// The machine's clock.
    pub fn real() -> Self {
        Clock(Source::Real(Arc::default()))
    }

    /// A clock that runs like the machine's and shows `now` at this moment.
    pub fn real_from(now: Time) -> Self {
        let offset = now.timestamp_micros() - machine_time().timestamp_micros();
        Clock(Source::Real(Arc::new(AtomicI64::new(offset))))
    }

    /// Whether it stands still until it is moved.
    pub fn is_virtual(&self) -> bool {
        matches!(self.0, Source::Virtual(_))
    }

    /// The time now.
    pub fn now(&self) -> Time {
        match &self.0 {
            Source::Virtual(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default()
            }
            Source::Real(offset) => {
                machine_time() + TimeDelta::microseconds(offset.load(Ordering::SeqCst))
            }
        }
    }

    /// Moves the clock forward; a real clock runs on from there.
    pub fn advance(&self, by: Duration) {
        let (Source::Virtual(micros) | Source::Real(micros)) = &self.0;
        let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        micros.fetch_add(by, Ordering::SeqCst);
    }

    /// Moves the clock forward to `to`; never back.
    pub fn advance_to(&self, to: Time) {
        if let Ok(by) = (to - self.now()).to_std() {
            self.advance(by);
        }
    }
}

fn machine_time() -> Time {
    DateTime::from(SystemTime::now())
}
