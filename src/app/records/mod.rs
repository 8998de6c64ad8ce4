//! What is stored and shown alike: the shapes that the use cases share.

mod anchor;
mod attempt;
mod connection;
mod coverage;
mod exemption;
mod figures;
mod health;
mod import;
mod links;
mod log_ins;
mod moving;
mod news;
mod own;
mod roles;
mod run;
mod settings;
mod trend;
mod unexplained;
mod webhook;

pub use anchor::Anchor;
pub use attempt::Attempt;
pub use connection::{Ability, Capability, Connection, Directory};
pub use coverage::{
    Acceptance, Coverage, DirectoryCoverage, FieldCoverage, ReadingProgress, Share, Source,
    Suspicion, SuspicionCode,
};
pub use exemption::ExemptionSubject;
pub use figures::ProductFigures;
pub use health::{Health, Warning};
pub use import::{ImportReport, ImportState, RefusedRow};
pub use links::{GiveBack, LINK_DAYS, LinkRules, OnLogIn, PolicyLinks};
pub use log_ins::LogIns;
pub use moving::{Move, MoveCall, MoveDecision, MoveState};
pub use news::{
    HookDelivery, HookState, NewsAgain, NewsItem, NewsMessage, NewsTold, Reports, SeatThreshold,
};
pub use own::{FieldDefinition, FieldKind, PersonFields};
pub use roles::{RoleGroup, Roles};
pub use run::{
    AbortOrder, ActCount, ApprovalPlace, Approved, Cause, MAX_HELD_OUT, PlanReference,
    PolicyReference, Release, Run, RunState, SeatFigures, SincePreview, Undoes,
};
pub use settings::{
    ApprovalIssues, CoverageLimits, Edit, Experiments, Notices, Price, Protect, Requests, Settings,
};
pub use trend::{TrendMonth, TrendPlace};
pub use unexplained::{ForeignAct, UnexplainedChange};
pub use webhook::Webhook;
