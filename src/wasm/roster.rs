//! Everybody in the page: chunks of the newest snapshot in, a few dozen rows at a time out.
//!
//! What comes out is JSON text: it holds a table's screen, never everybody, and the page parses it faster than objects are
//! made across the boundary.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::value::failure;
use crate::atlassian::Seats;
use crate::json;
use crate::model::Time;
use crate::roster::{self, Column, Filter, RosterError};
use crate::snapshot::{ArrivingSnapshot, ChunkError, Origin, Site};

/// What the core needs of the answer to the command `snapshotParts`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    taken: Time,
    now: Time,
    source: String,
    chunks: String,
    sites: Vec<SiteName>,
    grants: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SiteName {
    cloud_id: String,
    host: String,
}

/// The newest snapshot on its way into the page.
#[wasm_bindgen]
pub struct ArrivingRoster {
    parts: Parts,
    people: ArrivingSnapshot,
}

#[wasm_bindgen]
impl ArrivingRoster {
    /// Begins with the answer to the command `snapshotParts`, as JSON text.
    ///
    /// # Errors
    /// An answer that is none, or names chunks that this version cannot read.
    #[wasm_bindgen(constructor)]
    pub fn new(parts: &str) -> Result<ArrivingRoster, JsValue> {
        let mut parts: Parts = json::read(parts).map_err(|error| bad_value(&error))?;
        let people = ArrivingSnapshot::begin(std::mem::take(&mut parts.chunks))
            .map_err(|error| damaged(&error))?;
        Ok(ArrivingRoster { parts, people })
    }

    /// The names of the chunks to load, in the order in which they are read.
    pub fn names(&self) -> Vec<String> {
        let names = self.people.names();
        names.into_iter().map(String::from).collect()
    }

    /// Takes a chunk.
    pub fn take(&mut self, name: &str, bytes: Vec<u8>) {
        self.people.take(name, bytes);
    }

    /// Reads the next of what is there, some thousand people at most; false where there is nothing to read now.
    ///
    /// # Errors
    /// A damaged chunk.
    pub fn step(&mut self) -> Result<bool, JsValue> {
        self.people.step().map_err(|error| damaged(&error))
    }

    /// Everybody, once all chunks were taken and read.
    ///
    /// # Errors
    /// A chunk that is missing.
    pub fn finish(self) -> Result<Roster, JsValue> {
        let Parts {
            taken,
            now,
            source,
            sites,
            grants,
            ..
        } = self.parts;
        let mut people = self.people.finish().map_err(|error| damaged(&error))?;
        people.set_origin(Origin {
            source: String::from(match source.as_str() {
                "jira" => "Jira and an export of admin.atlassian.com, if there is one",
                "import" => "export of admin.atlassian.com",
                _ => "users/search",
            }),
            read: Some(taken),
        });
        let sites = sites.into_iter().map(|site| Site {
            cloud_id: site.cloud_id,
            host: site.host,
        });
        let grants: Option<Seats> = grants.and_then(|grants| json::read(&grants).ok());
        Ok(Roster {
            roster: roster::Roster::new(people, sites.collect(), grants.unwrap_or_default(), now),
        })
    }
}

/// Everybody of a snapshot, a filter on them and an order.
#[wasm_bindgen]
pub struct Roster {
    roster: roster::Roster,
}

#[wasm_bindgen]
impl Roster {
    /// How many people there are, each once for every directory.
    #[wasm_bindgen(getter)]
    pub fn people(&self) -> u32 {
        self.roster.people()
    }

    /// How many of them the filter lets through.
    #[wasm_bindgen(getter)]
    pub fn shown(&self) -> u32 {
        self.roster.shown()
    }

    /// Filters by a `RosterFilter`, as JSON text; answers how many are let through.
    ///
    /// # Errors
    /// A text that is no filter, a policy that cannot be decided, a set that was not given.
    pub fn filter(&mut self, filter: &str) -> Result<u32, JsValue> {
        let filter: Filter = json::read(filter).map_err(|error| bad_value(&error))?;
        self.roster.filter(filter).map_err(|error| refused(&error))
    }

    /// Puts everybody in order by a `RosterColumn`; what is equal stays as it was.
    ///
    /// # Errors
    /// A column that there is not.
    pub fn sort(&mut self, column: &str, descending: bool) -> Result<(), JsValue> {
        let column = Column::parse(column)
            .ok_or_else(|| failure("BAD_VALUE", "nobody is put in order by that column"))?;
        self.roster.sort(column, descending);
        Ok(())
    }

    /// Some of the rows that are shown: `RosterRow[]` as JSON text.
    ///
    /// # Errors
    /// None that rows have.
    pub fn rows(&self, from: u32, most: u32) -> Result<String, JsValue> {
        text(&self.roster.rows(from, most))
    }

    /// The account ids of some of the rows that are shown, each account once: `string[]` as JSON text.
    ///
    /// # Errors
    /// None that account ids have.
    pub fn accounts(&self, from: u32, most: u32) -> Result<String, JsValue> {
        text(&self.roster.accounts(from, most))
    }

    /// Some of the rows that are shown as a table in CSV, with headings before the first of all.
    pub fn csv(&self, from: u32, most: u32) -> String {
        self.roster.csv(from, most)
    }

    /// Counts over those who are shown, with at most so many groups and domains: `Facets` as JSON text.
    ///
    /// # Errors
    /// None that counts have.
    pub fn facets(&self, most: u32) -> Result<String, JsValue> {
        text(&self.roster.facets(most))
    }

    /// Gives a set of account ids and e-mail addresses a name that filters use: `Marked` as JSON text.
    ///
    /// # Errors
    /// None that a set has.
    pub fn mark(&mut self, name: &str, members: &str) -> Result<String, JsValue> {
        text(&self.roster.mark(name, members))
    }

    /// Takes a list that policies name, with a member on each line; without the time of its import where there is no such list.
    #[wasm_bindgen(js_name = knowList)]
    pub fn know_list(&mut self, name: &str, imported: &str, members: &str) {
        let imported = Time::parse(imported);
        self.roster.know_list(name, imported, members);
    }

    /// Takes a field that policies name: an account, a blank and its value on each line; nothing where there is no such field.
    #[wasm_bindgen(js_name = knowField)]
    pub fn know_field(&mut self, name: &str, values: Option<String>) {
        self.roster.know_field(name, values.as_deref());
    }

    /// What is known of an account: `RosterPanel | null` as JSON text.
    ///
    /// # Errors
    /// None that a person has.
    pub fn person(&self, account: &str) -> Result<String, JsValue> {
        text(&self.roster.panel(account))
    }

    /// Why a policy's verdict on an account is what it is: `Explanation[]` as JSON text.
    ///
    /// # Errors
    /// A policy that cannot be decided.
    pub fn explain(&self, document: &str, account: &str) -> Result<String, JsValue> {
        let explained = self.roster.explain(document, account);
        text(&explained.map_err(|error| refused(&error))?)
    }

    /// Whom a policy would mean, with at most so many examples of each kind: `PolicyPreview` as JSON text.
    ///
    /// # Errors
    /// A policy that cannot be decided.
    pub fn preview(&self, document: &str, most: u32) -> Result<String, JsValue> {
        let preview = self.roster.preview(document, most);
        text(&preview.map_err(|error| refused(&error))?)
    }
}

fn text<T: Serialize>(value: &T) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|error| bad_value(&error))
}

fn bad_value(error: &serde_json::Error) -> JsValue {
    failure("BAD_VALUE", &error.to_string())
}

fn damaged(error: &ChunkError) -> JsValue {
    failure("BAD_SNAPSHOT", &error.to_string())
}

fn refused(error: &RosterError) -> JsValue {
    let code = match error {
        RosterError::Policy(_) => "INVALID_POLICY",
        RosterError::Compile(_) => "NOT_EVALUATED",
        RosterError::NoSuchSet(_) => "NO_SUCH_SET",
    };
    failure(code, &error.to_string())
}
