//! `users/stats`, `groups/count`, `groups/stats`: numbers without rows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::body::{self, Field, Kind};
use super::errors::bad_request;
use super::users::{Place, ROLES};
use crate::message::Response;
use crate::organization::AccountStatus;

/// What the counting of groups takes.
const GROUP_FILTERS: [Field; 7] = [
    ("searchTerm", Kind::Text),
    ("directoryIds", Kind::Texts(10)),
    ("accountIds", Kind::Texts(10)),
    ("groupIds", Kind::Texts(10)),
    ("resourceOwners", Kind::Texts(10)),
    ("resourceIds", Kind::Texts(20)),
    ("roleIds", Kind::Choices(10, &ROLES)),
];

impl Place<'_> {
    /// `GET …/users/stats`.
    pub fn user_stats(&self) -> Response {
        let mut statuses = [0_usize; 3];
        let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
        for user in self.listed() {
            statuses[match user.shown_account(self.now).0 {
                AccountStatus::Active => 0,
                AccountStatus::Inactive => 1,
                AccountStatus::Closed => 2,
            }] += 1;
            let mut held: Vec<&str> = user.platform_roles.iter().map(|role| role.name()).collect();
            for access in user
                .accesses
                .iter()
                .filter(|access| self.shows_site(access.site))
            {
                let assigned = self.organization.assignments(user, access);
                held.extend(assigned.iter().map(|assignment| assignment.role));
            }
            held.sort_unstable();
            held.dedup();
            for role in held {
                *roles.entry(role).or_default() += 1;
            }
        }
        let statuses: Vec<Value> = ["active", "inactive", "closed"]
            .iter()
            .zip(statuses)
            .map(|(status, count)| json!({"status": status, "count": count}))
            .collect();
        let roles: Vec<Value> = roles
            .iter()
            .map(|(role, count)| json!({"roleId": role, "count": count}))
            .collect();
        Response::json(200, &json!({"accountStatus": statuses, "roles": roles}))
    }

    /// `GET …/groups/count`.
    pub fn group_count(&self, query: &[(String, String)]) -> Response {
        match body::parameters(query, &GROUP_FILTERS) {
            Ok(filters) => {
                let groups = self.organization.groups.iter().enumerate();
                let taken = groups.filter(|(at, group)| self.takes_group(&filters, *at, group));
                Response::json(200, &json!({"count": taken.count()}))
            }
            Err(detail) => bad_request(&detail),
        }
    }

    /// `GET …/groups/stats`.
    pub fn group_stats(&self) -> Response {
        let here = |directory| self.directory.is_none_or(|only| only == directory);
        let groups = self.organization.groups.iter();
        let (synced, managed): (Vec<bool>, Vec<bool>) = groups
            .filter(|group| here(group.directory))
            .map(|group| group.external_synced)
            .partition(|synced| *synced);
        let all = synced.len() + managed.len();
        let body = json!({
            "totals": {"all": all, "managed": managed.len(), "synced": synced.len()},
            "types": [{"type": "GROUP", "count": all}],
        });
        Response::json(200, &body)
    }
}
