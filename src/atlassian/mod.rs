//! Atlassian's remote APIs without I/O: requests are built here, answers and errors are read here.

mod attempts;
mod error;
mod escape;
mod jira;
mod organization;
mod scan;
mod users;

pub use attempts::{Privilege, last_active_dates, manage};
pub use error::{ApiError, ApiErrorKind, check};
pub use jira::{administers_jira, jira_users, my_permissions};
pub use organization::{
    Page, directories, group_search, organization, read_directories, read_groups,
    read_organization, read_workspaces, workspaces,
};
pub use users::{
    IDS_A_CALL, NullActivity, PAGE_SIZE, UserFilter, UserPage, UserReader, suspend, users_search,
};
