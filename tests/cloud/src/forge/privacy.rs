//! The platform's report of accounts: apps that store personal data name the accounts, and hear which of them were closed
//! or changed since.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::Time;
use crate::cloud::Cloud;
use crate::faults::Refusals;
use crate::message::{Answer, Response};

/// The most accounts in one report.
const MOST_ACCOUNTS: usize = 90;
const SCOPE: &str = "report:personal-data";

/// What was reported, and what changed.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// When each account was reported last.
    reported: BTreeMap<String, Time>,
    /// When each account's profile changed last.
    changed: BTreeMap<String, Time>,
}

impl Cloud {
    /// `POST /app/report-accounts` as `@forge/api` sends it: `{"accounts": [{"accountId", "updatedAt"}]}`.
    pub fn report_accounts(&mut self, body: &Value) -> Answer {
        let text = body.to_string();
        let refusals = Refusals {
            too_many_requests: Response::empty(429),
            forbidden: Response::empty(403),
            cursor_expired: Response::empty(400),
            server_error: Response::empty,
        };
        self.call("privacy.report", &text, text.len(), refusals, |cloud| {
            cloud.report_answer(body)
        })
    }

    /// A person changes their profile now.
    pub fn change_profile(&mut self, account_id: &str) {
        let now = self.clock.now();
        let changed = &mut self.forge.privacy.changed;
        changed.insert(account_id.to_owned(), now);
    }

    /// When each account was reported last.
    pub fn reported(&self) -> &BTreeMap<String, Time> {
        &self.forge.privacy.reported
    }

    fn report_answer(&mut self, body: &Value) -> Response {
        if !self.forge.manifest.has_scope(SCOPE) {
            return Response::empty(403);
        }
        let accounts = body["accounts"].as_array().map_or(&[][..], Vec::as_slice);
        if accounts.is_empty() || accounts.len() > MOST_ACCOUNTS {
            return Response::empty(400);
        }
        let mut verdicts = Vec::new();
        for account in accounts {
            let read: Option<Time> = account["updatedAt"].as_str().and_then(|at| at.parse().ok());
            let (Some(id), Some(read)) = (account["accountId"].as_str(), read) else {
                return Response::empty(400);
            };
            let now = self.clock.now();
            self.forge.privacy.reported.insert(id.to_owned(), now);
            if let Some(status) = self.verdict(id, read) {
                verdicts.push(json!({"accountId": id, "status": status}));
            }
        }
        if verdicts.is_empty() {
            return Response::empty(204);
        }
        Response::json(200, &json!({ "accounts": verdicts }))
    }

    fn verdict(&self, id: &str, read: Time) -> Option<&'static str> {
        let user = self.organization.user(id);
        if user.is_some_and(|user| user.is_closed(self.clock.now())) {
            return Some("closed");
        }
        let changed = self.forge.privacy.changed.get(id)?;
        (*changed > read).then_some("updated")
    }
}
