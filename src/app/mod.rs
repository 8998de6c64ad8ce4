//! The use cases, async over a [`Host`](crate::host::Host).
//!
//! Every one of them may be killed at any await, delivered twice, and run beside another (DESIGN §1.3). So all progress
//! lives in storage, a job is pushed *before* the state that needs it is committed, and every commit moves the log's
//! head, which makes it fail if anything was committed since it was read.

pub mod admin;
mod anchors;
mod answer;
mod api;
mod approval;
mod attempts;
mod boxed;
mod by_hand;
mod calls;
mod chains;
mod commit;
mod configuration;
mod connection;
mod documents;
mod erasure;
mod foreign;
mod health;
mod hints;
#[cfg(feature = "csv")]
pub mod import;
mod imports;
mod in_force;
mod jira_people;
mod key_use;
mod lease;
mod left_alone;
mod links;
mod lists;
mod moves;
mod news;
mod notify;
pub mod offline;
mod own_fields;
mod own_names;
mod past_policies;
mod privacy;
mod protect;
pub mod records;
mod refusals;
mod requests;
mod restored;
mod retain;
mod run;
mod sheltered;
mod standing;
mod stored_people;
mod sync;
mod tick;
mod together;
mod trend;
mod unexplained;
mod upkeep;
mod webhook;
mod work;
mod worker;

use sync::{newest as newest_snapshot, random_suffix};

pub use answer::{LinkAnswer, LinkMethod, LinkOutput, LinkRequest, link};
pub use approval::Transition;
pub use hints::hint;
pub use requests::transition;
pub use tick::tick;
pub use work::{WorkOutcome, work};
pub use worker::{Job, Task};
