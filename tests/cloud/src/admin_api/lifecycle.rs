//! Managed accounts are deactivated, activated, deleted and kept: `/users/{accountId}/manage/lifecycle/…`.

use chrono::TimeDelta;
use serde_json::json;

use super::body::{self, Field, Kind};
use super::manage::{self, reason};
use super::{ApiKey, errors};
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{AccountStatus, User};
use crate::switches::RepeatedWrite;

/// How long a deletion can be cancelled.
const GRACE_DAYS: i64 = 14;

const MESSAGE: [Field; 1] = [("message", Kind::Text)];

/// What is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// `…/disable`.
    Disable,
    /// `…/enable`.
    Enable,
    /// `…/delete`.
    Delete,
    /// `…/cancel-delete`.
    CancelDelete,
}

impl Lifecycle {
    /// The call that ends with this word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "disable" => Some(Lifecycle::Disable),
            "enable" => Some(Lifecycle::Enable),
            "delete" => Some(Lifecycle::Delete),
            "cancel-delete" => Some(Lifecycle::CancelDelete),
            _ => None,
        }
    }

    fn privilege(self) -> &'static str {
        match self {
            Lifecycle::Disable | Lifecycle::Enable => "lifecycle.enablement",
            Lifecycle::Delete | Lifecycle::CancelDelete => "lifecycle.delete",
        }
    }

    /// Why the account's state stands in the way: a code and a sentence.
    fn hindrance(self, user: &User) -> Option<(&'static str, &'static str)> {
        let inactive = user.account_status != AccountStatus::Active;
        match self {
            Lifecycle::Disable if user.for_deletion => {
                Some(("forDeletion", "The account is about to be deleted"))
            }
            Lifecycle::Disable if inactive => {
                Some(("inactive", "The account is already deactivated"))
            }
            Lifecycle::Enable if user.for_deletion => {
                Some(("forDeletion", "The deletion must be cancelled first"))
            }
            Lifecycle::Enable if !inactive => Some(("active", "The account is already active")),
            Lifecycle::Delete if user.for_deletion => {
                Some(("forDeletion", "The account's deletion is already under way"))
            }
            _ => None,
        }
    }

    fn effect(self) -> &'static str {
        match self {
            Lifecycle::Disable => "deactivated",
            Lifecycle::Enable => "reactivated",
            Lifecycle::Delete => "deleting",
            Lifecycle::CancelDelete => "deletionCancelled",
        }
    }

    fn answer(self, account_id: &str) -> Response {
        let message = match self {
            Lifecycle::Disable | Lifecycle::Enable => return Response::empty(204),
            Lifecycle::Delete => format!("AccountId {account_id} has been deleted."),
            Lifecycle::CancelDelete => {
                format!("Deletion of AccountId {account_id} has been cancelled.")
            }
        };
        Response::json(200, &json!({ "message": message }))
    }
}

impl Cloud {
    /// `POST /users/{accountId}/manage/lifecycle/…`.
    pub(super) fn live(
        &mut self,
        account_id: &str,
        call: Lifecycle,
        body: &[u8],
        key: &ApiKey,
    ) -> Response {
        let fields: &[Field] = match call {
            Lifecycle::Disable => &MESSAGE,
            _ => &[],
        };
        let missing = call == Lifecycle::Disable && body.is_empty();
        if missing || body::parse(body, fields).is_err() {
            return manage::unreadable();
        }
        let place = self.place(None);
        let user = match place.managed(account_id, key.kind) {
            Ok(user) => user,
            Err(refusal) => return refusal,
        };
        if let Some(refusal) = self.live_refusal(user, call, key) {
            return refusal;
        }
        self.change_life(account_id, call, Some(&key.owner));
        call.answer(account_id)
    }

    fn live_refusal(&self, user: &User, call: Lifecycle, key: &ApiKey) -> Option<Response> {
        let account_id = &user.account_id;
        match reason(user, call.privilege(), &key.owner) {
            Some(owned)
                if owned.starts_with("externalDirectory") && call != Lifecycle::CancelDelete =>
            {
                let detail = "The account is managed by an identity provider";
                return Some(self.lifecycle_error(account_id, owned, detail));
            }
            Some(reason) => return Some(manage::action_forbidden(reason)),
            None => {}
        }
        if let Some((code, detail)) = call.hindrance(user) {
            return Some(self.lifecycle_error(account_id, code, detail));
        }
        if call == Lifecycle::CancelDelete && !user.for_deletion {
            return Some(match self.switches.repeated_write {
                RepeatedWrite::NoContent => call.answer(account_id),
                RepeatedWrite::Conflict => manage::not_found("There is no deletion to cancel"),
            });
        }
        None
    }

    /// Changes an account's life; reads show it late.
    pub(crate) fn change_life(
        &mut self,
        account_id: &str,
        call: Lifecycle,
        key_owner: Option<&str>,
    ) {
        let (now, until) = (self.clock.now(), self.visible_from());
        let Some(user) = self.organization.user_mut(account_id) else {
            return;
        };
        if until > now {
            user.hold_account(now, until);
        }
        let inactive = matches!(call, Lifecycle::Disable | Lifecycle::Delete);
        user.account_status = if inactive {
            AccountStatus::Inactive
        } else {
            AccountStatus::Active
        };
        user.deactivated_on = inactive.then(|| user.deactivated_on.unwrap_or(now));
        user.for_deletion = call == Lifecycle::Delete;
        user.set_gone_from((call == Lifecycle::Delete).then(|| now + TimeDelta::days(GRACE_DAYS)));
        self.record(call.effect(), account_id, None, None, key_owner);
    }

    fn lifecycle_error(&self, account_id: &str, code: &str, detail: &str) -> Response {
        let error = if self.switches.conflict_told {
            json!({"code": code, "message": detail})
        } else {
            json!({"code": errors::NOT_ELIGIBLE})
        };
        let context = json!({
            "accountId": account_id,
            "message": "This account isn't eligible for the requested action",
            "errorCodes": [error],
        });
        let body = json!({"key": "conflict.lifecycleErrors", "context": context});
        Response::json(409, &body)
    }
}
