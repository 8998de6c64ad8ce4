//! Atlassian Cloud and the Forge services, simulated, for the tests and the demonstration of Seatkeeper.
//!
//! [`Cloud`] is the engine: synchronous, deterministic, in memory, with a clock handed in. Tests call it directly; the
//! binary `cloud` puts it on HTTP for the real `@forge/*` packages. It knows nothing of the app it judges.
//!
//! - [`organization`]: who and what there is, made up from a seed;
//! - [`admin_api`]: the organization API on it; [`jira_api`]: the few Jira operations;
//! - [`forge`]: the platform around the app: manifest, storage, queues, schedule, invocations;
//! - [`inbox`]: the mail that Jira delivered;
//! - [`switches`]: the open questions, [`faults`]: what goes wrong, [`limits`]: rates and latency, [`meter`]: counters;
//! - [`conformance`]: judges requests and answers by Atlassian's OpenAPI documents; [`http`]: the face on sockets;
//! - [`events`]: what other people do meanwhile, [`day`]: what all of them do in a day, and [`Cloud::after_calls`] to say
//!   when.

pub mod admin_api;
pub mod clock;
mod cloud;
pub mod conformance;
pub mod day;
pub mod events;
pub mod faults;
pub mod forge;
pub mod http;
pub mod inbox;
pub mod jira_api;
pub mod limits;
pub mod message;
pub mod meter;
pub mod organization;
mod script;
pub mod switches;

pub use clock::{Clock, Time};
pub use cloud::{Cloud, Options};
pub use message::{Answer, Lost, LostKind, Request, Response};
