//! The engine, each rule at its exact boundary.

mod actions;
mod admin_access;
mod day;
mod entities;
mod faults;
mod jira_api;
mod limits;
mod managed;
mod population;
mod privacy;
mod queue;
mod roles;
mod standing;
mod storage;
mod tenant;
mod transactions;
mod users_search;
