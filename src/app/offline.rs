//! Without a host: a policy on a list of people as the organization API returns them, for auditors and golden fixtures.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::atlassian::{ApiError, NullActivity, UserReader};
use crate::evaluate::{CompileError, Context, Explanation, Verdicts, compile};
use crate::model::{AccountId, DirectoryId, Time, Truth};
use crate::policy::{Policy, PolicyError, read};
use crate::snapshot::Snapshot;

/// A policy's own verdict, before exemptions and protections, sorted by account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The reference time.
    pub now: Time,
    /// How many people were looked at.
    pub users: u32,
    /// For whom the policy is true.
    pub matched: Vec<Matched>,
    /// For whom it is not decided.
    pub unknown: Vec<Unknown>,
    /// Names in the policy that match nothing in the snapshot (RULES R12).
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A person for whom a policy is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Matched {
    /// Who.
    pub account_id: AccountId,
    /// Why.
    pub reason: String,
}

/// A person for whom a policy is not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unknown {
    /// Who.
    pub account_id: AccountId,
    /// What is not known.
    pub why: String,
}

/// Why there is no evaluation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// The policy has mistakes.
    #[error("the policy has {} mistakes, the first at {}", .0.len(), .0.first().map_or("$", |error| error.path.as_str()))]
    Policy(Vec<PolicyError>),
    /// The people cannot be read.
    #[error(
        "the list of users cannot be read: it must be an object with a `data` array, as `users/search` answers"
    )]
    Users(#[from] ApiError),
    /// The policy cannot be decided on them.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The reference time cannot be read.
    #[error("the reference time is not a time such as 2026-11-21T12:00:00Z")]
    Now,
}

/// Decides a policy document for everybody in a snapshot, at a reference time.
///
/// # Errors
/// See [`EvaluateError`].
pub fn verdicts(policy: &str, snapshot: &Snapshot, now: &str) -> Result<Verdicts, EvaluateError> {
    let (policy, now) = inputs(policy, now)?;
    Ok(compile(&policy, snapshot, Context::at(now))?.verdicts())
}

/// Explains a policy document's verdict on an account, once for each directory that lists it.
///
/// # Errors
/// See [`EvaluateError`].
pub fn explain(
    policy: &str,
    snapshot: &Snapshot,
    now: &str,
    account: &str,
) -> Result<Vec<Explanation>, EvaluateError> {
    let (policy, now) = inputs(policy, now)?;
    let compiled = compile(&policy, snapshot, Context::at(now))?;
    let rows = snapshot.find_all(account);
    Ok(rows.filter_map(|row| compiled.explain(row)).collect())
}

fn inputs(policy: &str, now: &str) -> Result<(Policy, Time), EvaluateError> {
    let policy = read(policy).map_err(EvaluateError::Policy)?;
    let now = Time::parse(now).ok_or(EvaluateError::Now)?;
    Ok((policy, now))
}

/// Decides a policy document on `{"data": […]}` as `users/search` answers, at a reference time. An access whose
/// `lastActiveTimestamp` is `null` counts as never used here, an absent one as unknown (RULES R13).
///
/// # Errors
/// See [`EvaluateError`].
pub fn evaluate_users(policy: &str, users: &[u8], now: &str) -> Result<Evaluation, EvaluateError> {
    let (policy, now) = inputs(policy, now)?;
    let mut reader = UserReader::default();
    let directory = DirectoryId(String::from(DirectoryId::NOT_SAID));
    reader.read(users, &directory, NullActivity::Never)?;
    let snapshot = reader.into_snapshot();
    Ok(evaluate(&policy, &snapshot, Context::at(now))?)
}

/// Decides a policy on everybody in a snapshot.
///
/// # Errors
/// Names in the policy that cannot be resolved.
pub fn evaluate(
    policy: &Policy,
    snapshot: &Snapshot,
    context: Context<'_>,
) -> Result<Evaluation, CompileError> {
    let compiled = compile(policy, snapshot, context)?;
    // Sorted as they come: ordered maps, because each kind of sort would cost the core 3 KB.
    let (mut matched, mut unknown) = (BTreeMap::new(), BTreeMap::new());
    for row in snapshot.rows() {
        let Some(account) = snapshot.account(row) else {
            continue;
        };
        match compiled.verdict(row) {
            Truth::True => {
                matched.insert(account.to_owned(), compiled.reason(row));
            }
            Truth::Unknown => {
                unknown.insert(account.to_owned(), compiled.unknown_reason(row));
            }
            Truth::False => {}
        }
    }
    Ok(Evaluation {
        now: context.now,
        users: u32::try_from(snapshot.len()).unwrap_or(u32::MAX),
        matched: matched
            .into_iter()
            .map(|(account, reason)| Matched {
                account_id: AccountId(account),
                reason,
            })
            .collect(),
        unknown: unknown
            .into_iter()
            .map(|(account, why)| Unknown {
                account_id: AccountId(account),
                why,
            })
            .collect(),
        warnings: compiled.warnings,
    })
}
