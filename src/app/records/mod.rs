//! What is stored and shown alike: the shapes that the use cases share.

mod connection;
mod exemption;
mod figures;
mod run;
mod settings;

pub use connection::{Connection, Directory};
pub use exemption::ExemptionSubject;
pub use figures::ProductFigures;
pub use run::{Cause, PlanReference, PolicyReference, Release, Run, RunState};
pub use settings::{Edit, Settings};
