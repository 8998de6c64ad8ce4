//! Whole runs of the core over the simulated cloud, in one process and on a virtual clock.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod actions;
mod anchors;
mod approval;
mod approval_issues;
mod asked_back;
mod black_outs;
mod by_hand;
mod chains;
mod configuration;
mod configuration_safety;
mod conformance;
mod everybody;
mod evidence;
mod exemptions;
mod failures;
mod foreign;
mod four_eyes;
mod free_seats;
mod give_back;
mod guards;
mod held_again;
mod imports;
mod in_process;
mod joining;
mod keys;
mod late_links;
mod leavers;
mod links;
mod log_in;
mod log_pages;
mod lost_domain;
mod main_job;
mod moves;
mod naive;
mod names;
mod news;
mod news_lasting;
mod news_ways;
mod notices_issue;
mod one_tick;
mod own_names;
mod own_names_slices;
mod own_names_stored;
mod pace;
mod personal_data;
mod policy_list;
mod protect;
mod reading;
mod refusals;
mod refused_links;
mod renames;
mod reports;
mod requests;
mod restored;
mod retention;
mod returned_roles;
mod run_list;
mod scene;
mod schedule;
mod seat_pools;
mod seat_pools_held;
mod sent_reports;
mod settings;
mod several_directories;
mod standing_pages;
mod tokens;
mod trend;
mod undone_again;
mod warnings;
mod webhook;
