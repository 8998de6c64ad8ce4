//! `workspaces`: the products on the sites.

use serde_json::{Map, Value, json};

use super::body::{self, Field, Kind};
use super::cursor::Cursor;
use super::errors::{bad_cursor, bad_request};
use super::users::Place;
use crate::message::Response;
use crate::organization::{Product, Site};
use crate::switches::WorkspaceType;

const FIELDS: [Field; 4] = [
    ("cursor", Kind::Text),
    ("limit", Kind::UpTo(1000)),
    ("query", Kind::Any),
    ("sort", Kind::Any),
];

const DEFAULT_LIMIT: usize = 20;

impl Place<'_> {
    /// `POST /v2/orgs/{orgId}/workspaces`. A cursor comes alone.
    pub fn workspaces(&self, raw: &[u8]) -> Response {
        match self.workspaces_found(raw) {
            Ok(page) => Response::json(200, &page),
            Err(refusal) => refusal,
        }
    }

    fn workspaces_found(&self, raw: &[u8]) -> Result<Value, Response> {
        let body = body::parse(raw, &FIELDS).map_err(|detail| bad_request(&detail))?;
        let Some(text) = body::text(&body, "cursor") else {
            return self.workspace_page(&body, 0);
        };
        if body.len() > 1 {
            return Err(bad_request("cursor must be sent alone"));
        }
        let cursor = Cursor::decode(text, "workspaces").ok_or_else(bad_cursor)?;
        let start = cursor
            .after
            .first()
            .and_then(|start| start.parse().ok())
            .ok_or_else(bad_cursor)?;
        let query = cursor.query.as_object().cloned().unwrap_or_default();
        self.workspace_page(&query, start)
    }

    fn workspace_page(&self, query: &Map<String, Value>, start: usize) -> Result<Value, Response> {
        let limit = body::limit(query, DEFAULT_LIMIT);
        let mut found: Vec<Value> = Vec::new();
        for site in &self.organization.sites {
            for product in Product::ALL {
                let row = workspace_row(site, product, self.switches.workspace_type);
                if takes(query.get("query"), &row)? {
                    found.push(row);
                }
            }
        }
        let total = found.len();
        let data: Vec<Value> = found.into_iter().skip(start).take(limit).collect();
        let end = start + data.len();
        let mut links = json!({});
        if end < total {
            links["next"] = self.next_workspaces(query, end);
        }
        let meta = json!({
            "pageSize": limit,
            "total": total,
            "startIndex": start,
            "endIndex": end.saturating_sub(1),
        });
        Ok(json!({"data": data, "links": links, "meta": meta}))
    }

    fn next_workspaces(&self, query: &Map<String, Value>, end: usize) -> Value {
        let cursor = Cursor {
            listing: "workspaces".to_owned(),
            after: vec![end.to_string()],
            query: Value::Object(query.clone()),
            issued: 0,
            day: None,
        }
        .encode();
        if !self.switches.workspace_next_is_url {
            return json!(cursor);
        }
        json!(format!(
            "https://api.atlassian.com/admin/v2/orgs/{}/workspaces?cursor={cursor}",
            self.organization.id
        ))
    }
}

fn workspace_row(site: &Site, product: Product, kind: WorkspaceType) -> Value {
    let id = site.ari(product);
    json!({
        "id": id,
        "type": "workspace",
        "attributes": {
            "name": site.name,
            "type": match kind {
                WorkspaceType::Title => product.title(),
                WorkspaceType::Key => product.resource_owner(),
            },
            "typeKey": product.resource_owner(),
            "hostUrl": format!("https://{}", site.host()),
            "status": "online",
            "capacity": site.capacity[product as usize],
            "usage": Value::Null,
            "sandbox": {"type": "NONE"},
            "realm": "eu",
            "regions": ["eu"],
            "owner": Value::Null,
            "labels": [],
            "createdAt": Value::Null,
            "createdBy": Value::Null,
        },
        "links": {"self": format!("https://api.atlassian.com/admin/v2/workspaces/{id}")},
        "relationships": {"entitlement": [{
            "id": format!("{id}/entitlement"),
            "type": "entitlement",
            "attributes": {
                "key": product.resource_owner(),
                "plan": "Standard",
                "planKey": "standard",
            },
        }]},
    })
}

/// Whether a workspace fits a query of the forms `field`, `searchWorkspaces`, `and`, `nor`.
fn takes(query: Option<&Value>, row: &Value) -> Result<bool, Response> {
    let Some(Value::Object(query)) = query else {
        return Ok(true);
    };
    for (operator, operand) in query {
        let fits = match operator.as_str() {
            "field" => field_fits(operand, row),
            "searchWorkspaces" => {
                let wanted = operand.as_str().unwrap_or_default().to_lowercase();
                row["attributes"]["name"]
                    .as_str()
                    .is_some_and(|name| name.to_lowercase().contains(&wanted))
            }
            "and" => all_take(operand, row)?,
            "nor" => !any_takes(operand, row)?,
            "features" | "policies" | "value" => true,
            other => return Err(bad_request(&format!("Unrecognized query \"{other}\""))),
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

fn all_take(operand: &Value, row: &Value) -> Result<bool, Response> {
    for query in operand.as_array().into_iter().flatten() {
        if !takes(Some(query), row)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn any_takes(operand: &Value, row: &Value) -> Result<bool, Response> {
    for query in operand.as_array().into_iter().flatten() {
        if takes(Some(query), row)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The values of `attributes.type` are free text in the document: the key and the title are both accepted.
fn field_fits(operand: &Value, row: &Value) -> bool {
    let name = operand["name"].as_str().unwrap_or_default();
    let attributes = &row["attributes"];
    let actual: Vec<&Value> = match name {
        "attributes.type" => vec![&attributes["type"], &attributes["typeKey"]],
        _ => vec![&attributes[name.trim_start_matches("attributes.")]],
    };
    operand["values"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|value| actual.contains(&value))
}
