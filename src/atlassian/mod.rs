//! Atlassian's remote APIs without I/O: requests are built here, answers and errors are read here.

mod actions;
mod error;
mod error_body;
mod escape;
mod events;
mod groups;
mod held_roles;
mod invite;
mod jira;
mod jira_asking;
mod jira_duties;
mod jira_issues;
mod jira_licences;
mod jira_mail;
mod jira_person;
mod jira_projects;
mod last_active;
mod limits;
mod managed_account;
mod organization;
mod pace;
mod page;
mod privileges;
mod reader;
mod request;
mod scan;
mod seating;
mod seats;
mod users;
mod workspaces;

pub use actions::{
    add_to_group, assign_role, remove_from_directory, remove_from_group, restore, revoke_role,
    suspend,
};
pub use error::{ApiError, ApiErrorKind, check, request_id};
pub use events::{
    EVENTS_A_PAGE, Events, LogIn, event_actions, events_stream, read_events, read_log_in_actions,
};
pub use groups::{
    Grant, ListedGroup, group_search, groups, groups_by_id, groups_granting, read_group_page,
    read_groups, read_role_assignments, role_assignments,
};
pub use held_roles::{DirectoryStanding, HeldRole, HeldRoles, Way, held_roles, read_held_roles};
pub use invite::{Invitation, Invited, invite, read_invited};
pub use jira::{
    GROUP_MEMBERS_A_PAGE, JIRA_USERS_A_PAGE, USERS_A_CALL, administers_jira, group_members,
    jira_users, jira_users_page, my_permissions, read_group_members, read_server_info, server_info,
    user_names,
};
pub use jira_asking::{AskingIssue, Unnamed, read_asking_issue};
pub use jira_duties::{
    JiraFilter, JiraPage, JiraProject, components_page, filters_page, projects_page,
    read_components, read_filters, read_projects,
};
pub use jira_issues::{
    ISSUE_PROPERTY, IssueName, IssueState, NewIssue, attach, comment, create_issue, issue_itself,
    issue_with_history, issues_labelled, issues_moved_to, jira_user, read_created_issue,
    read_found_issues, read_is_person, read_issue,
};
pub use jira_licences::{
    ApplicationRole, application_roles, licence_count, read_application_roles, read_licence_count,
};
pub use jira_mail::{
    PersonOfSite, Recipients, notify, notify_all, people_of_site, read_people_of_site,
};
pub use jira_person::{groups_of_person, read_groups_of_person};
pub use jira_projects::{IssueStatus, IssueType, project_statuses, read_project_statuses};
pub use last_active::{LastActive, last_active_dates, read_last_active};
pub use limits::told_wait;
pub use managed_account::{
    ApiToken, api_tokens, cancel_deletion, deactivate, delete_account, delete_api_token,
    reactivate, read_api_tokens, rename, set_email,
};
pub use organization::{
    directories, domains, organization, read_directories, read_domains, read_organization,
};
pub use pace::{Pacer, Pause, READING_LAST_ACTIVE, Why};
pub use page::Page;
pub use privileges::{Allowed, Privilege, manage, read_privileges};
pub use reader::{NullActivity, UserPage, UserReader};
pub use seats::{GOVERNING, ListedOfSuspended, Seats};
pub use users::{
    EMAILS_A_CALL, IDS_A_CALL, PAGE_SIZE, UserFilter, read_count, users_count, users_search,
    users_search_among,
};
pub use workspaces::{Workspace, product_key, read_workspaces, sites_of, workspaces};
