//! `groups/search`.

use serde_json::{Map, Value, json};

use super::body::{self, Field, Kind};
use super::cursor::Cursor;
use super::errors::{bad_cursor, bad_request, no_group};
use super::users::Place;
use crate::message::Response;
use crate::organization::{Grant, Group};

const FIELDS: [Field; 12] = [
    ("cursor", Kind::Text),
    ("limit", Kind::UpTo(100)),
    ("searchTerm", Kind::Text),
    ("groupNames", Kind::UniqueTexts(100)),
    ("groupIds", Kind::UniqueTexts(10)),
    ("accountIds", Kind::UniqueTexts(10)),
    ("resourceIds", Kind::UniqueTexts(20)),
    ("resourceOwners", Kind::UniqueTexts(10)),
    ("roleIds", Kind::UniqueTexts(10)),
    ("directoryIds", Kind::UniqueTexts(10)),
    (
        "expand",
        Kind::Expand(1, &["counts.users", "counts.resources"]),
    ),
    ("sortBy", Kind::SortBy("name")),
];

const DEFAULT_LIMIT: usize = 20;

impl Place<'_> {
    /// `POST …/groups/search`.
    pub fn groups(&self, raw: &[u8]) -> Response {
        match self.groups_found(raw) {
            Ok(page) => Response::json(200, &page),
            Err(refusal) => refusal,
        }
    }

    fn groups_found(&self, raw: &[u8]) -> Result<Value, Response> {
        let mut query = body::parse(raw, &FIELDS).map_err(|detail| bad_request(&detail))?;
        if query.contains_key("searchTerm") && query.contains_key("groupNames") {
            return Err(bad_request(
                "searchTerm and groupNames are mutually exclusive, send one of them",
            ));
        }
        let after = match query.remove("cursor") {
            Some(text) => {
                let cursor = text
                    .as_str()
                    .and_then(|text| Cursor::decode(text, "groups"))
                    .filter(|cursor| !cursor.expired(self.now, self.switches.cursor_minutes));
                Some(cursor.ok_or_else(bad_cursor)?.after)
            }
            None => None,
        };
        Ok(self.group_page(&query, after))
    }

    fn group_page(&self, query: &Map<String, Value>, after: Option<Vec<String>>) -> Value {
        let limit = body::limit(query, DEFAULT_LIMIT);
        let key = |group: &Group| vec![group.name.clone(), group.id.clone()];
        let mut found: Vec<(usize, &Group)> = self
            .organization
            .groups
            .iter()
            .enumerate()
            .filter(|(position, group)| self.takes_group(query, *position, group))
            .filter(|(_, group)| after.as_ref().is_none_or(|after| key(group) > *after))
            .collect();
        found.sort_by_key(|(_, group)| key(group));
        let more = found.len() > limit;
        found.truncate(limit);
        let mut links = json!({});
        if let Some((_, last)) = found.last().filter(|_| more) {
            let next = Cursor {
                listing: "groups".to_owned(),
                after: key(last),
                query: Value::Null,
                issued: self.now.timestamp(),
                day: None,
            };
            links["next"] = json!(next.encode());
        }
        let expand = body::texts(query, "expand");
        let members = if expand.iter().any(|name| name == "counts.users") {
            self.members()
        } else {
            Vec::new()
        };
        let data: Vec<Value> = found
            .iter()
            .map(|(position, group)| {
                let mut row = self.group_row(group);
                if expand.iter().any(|name| name == "counts.users") {
                    row["counts"]["users"] = json!(members[*position]);
                }
                if expand.iter().any(|name| name == "counts.resources") {
                    row["counts"]["resources"] = json!(group.grants.len());
                }
                row
            })
            .collect();
        json!({"data": data, "links": links})
    }

    /// Whether the filters of a query take a group.
    pub(super) fn takes_group(
        &self,
        query: &Map<String, Value>,
        position: usize,
        group: &Group,
    ) -> bool {
        let listed = |name: &str, takes: &dyn Fn(&str) -> bool| {
            !query.contains_key(name) || body::texts(query, name).iter().any(|id| takes(id))
        };
        let has_member = |account: &str| {
            self.organization
                .user(account)
                .is_some_and(|user| user.groups.contains(&position))
        };
        let directory = &self.organization.directories[group.directory].id;
        let granted = |fits: &dyn Fn(&Grant) -> bool| group.grants.iter().any(fits);
        self.directory.is_none_or(|only| only == group.directory)
            && body::text(query, "searchTerm")
                .is_none_or(|term| group.name.to_lowercase().contains(&term.to_lowercase()))
            && listed("groupNames", &|name| name == group.name)
            && listed("groupIds", &|id| {
                id.strip_prefix(Group::ARI_PREFIX).unwrap_or(id) == group.id
            })
            && listed("directoryIds", &|id| id == directory)
            && listed("accountIds", &has_member)
            && listed("resourceIds", &|id| {
                granted(&|grant| self.organization.sites[grant.site].ari(grant.product) == id)
            })
            && listed("resourceOwners", &|owner| {
                granted(&|grant| grant.product.resource_owner() == owner)
            })
            && listed("roleIds", &|role| {
                granted(&|grant| grant.role.name() == role) || group.governs().contains(&role)
            })
    }

    /// `GET …/groups/{groupId}`.
    pub fn single_group(&self, id: &str) -> Response {
        let Some(group) = self.group(id) else {
            return no_group();
        };
        let members = self.organization.group_position(&group.id);
        let mut row = self.group_row(group);
        row["counts"] = json!({
            "users": members.map(|position| self.members()[position]),
            "resources": group.grants.len(),
        });
        Response::json(200, &json!({"data": row}))
    }

    fn group_row(&self, group: &Group) -> Value {
        json!({
            "id": group.id,
            "name": group.name,
            "description": group.description.clone().unwrap_or_default(),
            "directoryId": self.organization.directories[group.directory].id,
            "externalSynced": group.external_synced,
            "managedBy": group.managed_by(),
            "managementAccess": {
                "readable": true,
                "modifiable": group.is_modifiable(),
                "deletable": group.is_modifiable(),
            },
            "links": {"self": format!("group-{}", group.id)},
        })
    }

    /// How many members each of the organization's groups has.
    fn members(&self) -> Vec<usize> {
        let mut counts = vec![0; self.organization.groups.len()];
        for user in &self.organization.users {
            for &group in &user.groups {
                counts[group] += 1;
            }
        }
        counts
    }
}
