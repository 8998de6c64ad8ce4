//! The engine, each rule at its exact boundary.

mod actions;
mod admin_access;
mod day;
mod entities;
mod event_log;
mod faults;
mod jira_api;
mod limits;
mod mail;
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
mod web_trigger;
