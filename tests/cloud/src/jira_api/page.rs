//! Jira's page objects: `startAt`, `maxResults`, `total`, `isLast`, `values`.

use serde_json::{Value, json};

use super::error;
use crate::message::{Request, Response};

/// Rows of a page when the request names no number.
const DEFAULT_RESULTS: usize = 50;

/// Which rows a request asks for.
pub struct Window {
    /// The first row.
    pub start: usize,
    /// The most rows.
    pub most: usize,
}

impl Window {
    /// Reads `startAt` and `maxResults`; more than `most` rows are never given.
    pub fn of(request: &Request, most: usize) -> Result<Self, Response> {
        Self::with_default(request, DEFAULT_RESULTS, most)
    }

    /// The same with another number of rows where the request names none.
    pub fn with_default(request: &Request, unasked: usize, most: usize) -> Result<Self, Response> {
        let number = |name: &str, default: usize| match request.parameter(name) {
            None => Ok(default),
            Some(text) => text.parse::<usize>().map_err(|_| {
                error(
                    400,
                    "startAt and maxResults must be whole numbers, zero or more.",
                )
            }),
        };
        Ok(Window {
            start: number("startAt", 0)?,
            most: number("maxResults", unasked)?.min(most),
        })
    }

    /// The page object over all rows, of which only those of the page are made.
    pub fn page<T>(&self, host: &str, path: &str, all: &[T], row: impl Fn(&T) -> Value) -> Value {
        let values: Vec<Value> = all
            .iter()
            .skip(self.start)
            .take(self.most)
            .map(row)
            .collect();
        let end = self.start.saturating_add(values.len());
        let mut page = json!({
            "self": format!("https://{host}{path}?startAt={}&maxResults={}", self.start, self.most),
            "maxResults": self.most,
            "startAt": self.start,
            "total": all.len(),
            "isLast": end >= all.len(),
            "values": values,
        });
        if end < all.len() {
            page["nextPage"] = json!(format!(
                "https://{host}{path}?startAt={end}&maxResults={}",
                self.most
            ));
        }
        page
    }
}
