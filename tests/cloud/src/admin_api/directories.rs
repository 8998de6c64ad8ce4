//! `orgs`, `orgs/{orgId}` and `directories`.

use serde_json::{Value, json};

use super::body::{self, Field, Kind};
use super::page::paged;
use super::users::Place;
use crate::message::Response;
use crate::organization::{CONTRACTOR_DOMAINS, VERIFIED_DOMAINS};

/// What the listing of directories takes.
const FIELDS: [Field; 5] = [
    ("accountId", Kind::Text),
    ("directoryIds", Kind::Texts(10)),
    ("searchTerm", Kind::Text),
    ("cursor", Kind::Text),
    ("limit", Kind::UpTo(100)),
];

impl Place<'_> {
    /// `GET /v1/orgs`: a key with scopes sees nothing here.
    pub fn organizations(&self, scoped: bool) -> Response {
        let data: Vec<Value> = if scoped {
            Vec::new()
        } else {
            vec![self.organization_row()]
        };
        let own = "https://api.atlassian.com/admin/v1/orgs";
        Response::json(200, &json!({"data": data, "links": {"self": own}}))
    }

    /// `GET /v1/orgs/{orgId}`.
    pub fn organization(&self) -> Response {
        Response::json(200, &json!({"data": self.organization_row()}))
    }

    /// `GET /v1/orgs/{orgId}/domains`: those that the organization verified, and one that waits for it.
    pub fn domains(&self) -> Response {
        let base = format!(
            "https://api.atlassian.com/admin/v1/orgs/{}/domains",
            self.organization.id
        );
        let row = |name: &str, status: &str| {
            json!({
                "id": name,
                "type": "domains",
                "attributes": {"name": name, "claim": {"type": "dns", "status": status}},
                "links": {"self": format!("{base}/{name}")},
            })
        };
        let verified = VERIFIED_DOMAINS.iter().map(|name| row(name, "verified"));
        let waiting = CONTRACTOR_DOMAINS
            .iter()
            .map(|name| row(name, "unverified"));
        let data: Vec<Value> = verified.chain(waiting).collect();
        Response::json(200, &json!({"data": data, "links": {"self": base}}))
    }

    /// `GET /v2/orgs/{orgId}/directories`.
    pub fn directories(&self, query: &[(String, String)]) -> Response {
        paged("directories", query, &FIELDS, |filters| {
            let of_person = body::text(filters, "accountId").map(|id| self.organization.user(id));
            let term = body::text(filters, "searchTerm").map(str::to_lowercase);
            let ids = body::texts(filters, "directoryIds");
            let all = self.organization.directories.iter().enumerate();
            all.filter(|(at, directory)| {
                of_person.is_none_or(|person| person.is_some_and(|user| user.is_in(*at)))
                    && (ids.is_empty() || ids.contains(&directory.id))
                    && term
                        .as_ref()
                        .is_none_or(|term| directory.name.to_lowercase().contains(term))
            })
            .map(|(_, directory)| {
                json!({
                    "directoryId": directory.id,
                    "name": directory.name,
                    "icon": "https://icons.example/directory.png",
                })
            })
            .collect()
        })
    }

    fn organization_row(&self) -> Value {
        let base = format!(
            "https://api.atlassian.com/admin/v1/orgs/{}",
            self.organization.id
        );
        json!({
            "id": self.organization.id,
            "type": "orgs",
            "attributes": {"name": self.organization.name},
            "links": {"self": base},
            "relationships": {
                "domains": {"links": {"related": format!("{base}/domains")}},
                "users": {"links": {"related": format!("{base}/users")}},
            },
        })
    }
}
