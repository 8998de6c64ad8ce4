//! Listings by query whose rows are few: made whole, and cut into pages.

use serde_json::{Map, Value, json};

use super::body::{self, Field};
use super::cursor::{self, Cursor};
use super::errors::{bad_cursor, bad_request};
use crate::message::Response;

const DEFAULT_LIMIT: usize = 20;

/// One page of rows, 20 of them unless the query says otherwise; a cursor makes all other parameters count for nothing.
pub fn paged(
    listing: &str,
    query: &[(String, String)],
    fields: &[Field],
    rows: impl FnOnce(&Map<String, Value>) -> Vec<Value>,
) -> Response {
    let filters = match body::parameters(query, fields) {
        Ok(filters) => filters,
        Err(detail) => return bad_request(&detail),
    };
    let (filters, start) = match body::text(&filters, "cursor") {
        None => (filters, 0),
        Some(text) => {
            let Some(cursor) = Cursor::decode(text, listing) else {
                return bad_cursor();
            };
            let Some(start) = cursor.start() else {
                return bad_cursor();
            };
            (cursor.query.as_object().cloned().unwrap_or_default(), start)
        }
    };
    let limit = body::limit(&filters, DEFAULT_LIMIT);
    let all = rows(&filters);
    let more = start + limit < all.len();
    let data: Vec<Value> = all.into_iter().skip(start).take(limit).collect();
    let mut links = json!({});
    if more {
        links["next"] = json!(cursor::at(listing, start + limit, Value::Object(filters)).encode());
    }
    Response::json(200, &json!({"data": data, "links": links}))
}
