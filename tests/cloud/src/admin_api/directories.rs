//! `orgs`, `orgs/{orgId}` and `directories`.

use serde_json::{Value, json};

use super::cursor::Cursor;
use super::errors::{bad_cursor, bad_request};
use super::users::Place;
use crate::message::{Request, Response};

const DEFAULT_LIMIT: usize = 20;

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

    /// `GET /v2/orgs/{orgId}/directories`.
    pub fn directories(&self, request: &Request) -> Response {
        let limit = match request.parameter("limit").map(str::parse::<usize>) {
            None => DEFAULT_LIMIT,
            Some(Ok(limit)) if (1..=100).contains(&limit) => limit,
            Some(_) => return bad_request("limit must be a whole number from 1 to 100"),
        };
        let start = match request.parameter("cursor") {
            None => 0,
            Some(text) => match Cursor::decode(text, "directories")
                .and_then(|cursor| cursor.after.first()?.parse::<usize>().ok())
            {
                Some(start) => start,
                None => return bad_cursor(),
            },
        };
        let all = &self.organization.directories;
        let data: Vec<Value> = all
            .iter()
            .skip(start)
            .take(limit)
            .map(|directory| {
                json!({
                    "directoryId": directory.id,
                    "name": directory.name,
                    "icon": "https://icons.example/directory.png",
                })
            })
            .collect();
        let mut links = json!({});
        if start + limit < all.len() {
            let next = Cursor {
                listing: "directories".to_owned(),
                after: vec![(start + limit).to_string()],
                query: Value::Null,
                issued: 0,
                day: None,
            };
            links["next"] = json!(next.encode());
        }
        Response::json(200, &json!({"data": data, "links": links}))
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
