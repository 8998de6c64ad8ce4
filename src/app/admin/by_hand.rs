//! Starting runs over people chosen by hand: the same plan, guards and approval as a policy's (RULES R1, R9, R10).

use std::collections::BTreeSet;

use serde_json::json;

use super::error::AdminError;
use super::exemptions::reason;
use super::joined::require_joinable;
use super::runs::refuse_if_stopped;
use super::{Answer, Caller, Errand};
use crate::app::by_hand::{Address, ByHand, MAX_ADDRESSES, MAX_PEOPLE, REVISION, writes};
use crate::app::commit::{Change, commit};
use crate::app::documents::{
    ActiveRuns, encode, load, policy_hash, policy_revision_key, set, set_value,
};
use crate::app::random_suffix;
use crate::app::records::{ApprovalPlace, Cause, PolicyReference, Run, Settings};
use crate::app::run::{begin, new_run_of};
use crate::app::worker::Job;
use crate::audit::sha256_hex;
use crate::host::{Host, Queue};
use crate::json::Tree;
use crate::model::{AccountId, Action, Time};
use crate::plan::{domain_of, needs_memory, runnable};
use crate::policy::{BY_HAND, BY_HAND_NAME, CHOSEN, Policy, read};

/// The most bytes that the chosen people may take in the storage, with room for their number's signs (RULES R16).
const MAX_BYTES: usize = 176 * 1024;
/// The longest e-mail address.
const MAX_ADDRESS: usize = 254;

/// A stage that asks for nothing by itself: what is done stands beside the policy.
const NO_STAGE: &str = r#"{"after":"0d","do":"review"}"#;

/// What a person wants done by hand.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) people: Vec<AccountId>,
    pub(super) errand: Errand,
    /// Only those of them who were idle for longer.
    pub(super) idle: Option<String>,
    pub(super) even_if_active: bool,
    /// Whether it ends before the first action.
    pub(super) dry: bool,
    pub(super) reason: String,
}

/// Starts a run over the chosen people. Its plan must always be approved by somebody else.
pub(super) async fn act_on<H: Host>(
    host: &H,
    caller: &Caller,
    wish: Wish,
) -> Result<Answer, AdminError> {
    let why = reason(&wish.reason)?;
    refuse_if_stopped(host, wish.dry).await?;
    let chosen = chosen(&wish, host.now())?;
    let cause = Cause::Person {
        account: caller.account_id.clone(),
    };
    let id = format!("{BY_HAND}{}-{}", host.now().compact(), random_suffix(host));
    let policy = policy_of(&wish, &id.to_ascii_lowercase(), &why)?;
    let settings: Settings = load(host).await?;
    let (policies, own) = (std::slice::from_ref(&policy), settings.roles.groups());
    require_joinable(host, policies, &own).await?;
    let people = chosen.people.len();
    let reference = PolicyReference {
        id: policy.id.clone(),
        name: policy.name.clone(),
        revision: REVISION,
        hash: policy_hash(&policy)?,
        saved_by: caller.account_id.clone(),
    };
    let run = Run {
        approval_wanted: Some(ApprovalPlace::Page),
        by_hand: Some(why.clone()),
        ..new_run_of(host, reference, cause, wish.dry)
    };
    let queue = if run.dry { Queue::Answer } else { Queue::Work };
    let job = Job::prepare(host, vec![run.id.clone()]).text()?;
    // Before the commit: a job that comes too early waits, a missing one would be missing for ever.
    host.push(queue, job, 0).await?;
    let run = &run;
    commit::<_, AdminError>(host, async || {
        let mut active: ActiveRuns = load(host).await?;
        let mut change = Change::default();
        begin(&mut change, &mut active, run)?;
        for entry in &mut change.entries {
            entry.reason = Some(format!(
                "{}, {people} people chosen by hand: {why}",
                run.policy.name
            ));
            // What an evidence bundle tells of the chosen people is proven by it.
            entry.after = Some(json!({ "chosenSha256": sha256_hex(&encode(&chosen.people)?) }));
        }
        let key = policy_revision_key(&policy.id, REVISION);
        change.writes.push(set_value(key, &policy)?);
        change
            .writes
            .extend(writes(host, &policy.id, &chosen).await?);
        change.writes.push(set(&active)?);
        Ok((change, ()))
    })
    .await?;
    Ok(Answer::Run(Box::new(run.clone())))
}

fn invalid<T>(why: &str) -> Result<T, AdminError> {
    Err(AdminError::Invalid(String::from(why)))
}

/// Whom the run means, each once, with what is given to them.
fn chosen(wish: &Wish, asked: Time) -> Result<ByHand, AdminError> {
    if wish.people.is_empty() {
        return invalid("choose somebody");
    }
    if wish.people.len() > MAX_PEOPLE {
        return Err(AdminError::Invalid(format!(
            "at most {MAX_PEOPLE} people can be chosen by hand: make a policy that says whom you mean"
        )));
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for account in &wish.people {
        if !account.is_plausible() {
            return Err(AdminError::Invalid(format!("{account} is no account id")));
        }
        if !known.insert(account.as_str()) {
            return Err(AdminError::Invalid(format!("{account} is chosen twice")));
        }
    }
    let chosen = ByHand {
        people: wish.people.clone(),
        asked,
        addresses: match &wish.errand {
            Errand::SetEmail { emails } => addresses(&wish.people, emails)?,
            Errand::Stage { .. } | Errand::RevokeTokens {} => Vec::new(),
        },
        revokes_tokens: wish.errand == Errand::RevokeTokens {},
    };
    if encode(&chosen)?.len() > MAX_BYTES {
        return invalid(
            "so many people take more than 176 KiB: make a policy that says whom you mean",
        );
    }
    Ok(chosen)
}

/// A new address for each of the people, in the same order.
fn addresses(people: &[AccountId], emails: &[String]) -> Result<Vec<Address>, AdminError> {
    if people.len() > MAX_ADDRESSES {
        return Err(AdminError::Invalid(format!(
            "at most {MAX_ADDRESSES} people can be given other e-mail addresses at once"
        )));
    }
    if people.len() != emails.len() {
        return invalid("give one e-mail address for each of the people, in the same order");
    }
    let mut addresses: Vec<Address> = Vec::with_capacity(people.len());
    for (account, email) in people.iter().zip(emails) {
        let email = email.trim();
        if !is_address(email) {
            return Err(AdminError::Invalid(format!(
                "the e-mail address for {account} is none"
            )));
        }
        if addresses
            .iter()
            .any(|other| other.to.eq_ignore_ascii_case(email))
        {
            return Err(AdminError::Invalid(format!(
                "the e-mail address for {account} is given twice"
            )));
        }
        addresses.push(Address {
            account: account.clone(),
            to: email.to_owned(),
            from: None,
        });
    }
    Ok(addresses)
}

fn is_address(text: &str) -> bool {
    let is_one = text.bytes().filter(|byte| *byte == b'@').count() == 1;
    let has_both = domain_of(text).is_some_and(|domain| !domain.is_empty());
    let is_plain = !text
        .chars()
        .any(|sign| sign.is_control() || sign.is_whitespace());
    is_one && has_both && is_plain && !text.starts_with('@') && text.len() <= MAX_ADDRESS
}

/// The policy that exists for this run alone.
fn policy_of(wish: &Wish, id: &str, why: &str) -> Result<Policy, AdminError> {
    let listed = format!(r#"{{"listed":"{CHOSEN}"}}"#);
    let condition = match &wish.idle {
        None => listed,
        Some(span) => {
            let span = encode(span)?;
            format!(r#"{{"all":[{listed},{{"idle":{{"longerThan":{span}}}}}]}}"#)
        }
    };
    let stage = match &wish.errand {
        Errand::Stage { stage } => {
            // One object and nothing else, so that it cannot say anything of the rest of the document.
            if !matches!(Tree::read(stage), Ok(Tree::Object(_))) {
                return invalid("the stage is no JSON object, such as {\"do\": \"suspend\"}");
            }
            stage
        }
        Errand::SetEmail { .. } | Errand::RevokeTokens {} => NO_STAGE,
    };
    let even_if_active = wish.even_if_active;
    let document = format!(
        r#"{{"version":1,"id":"{id}","name":"{id}","match":{condition},"stages":[{stage}],"approval":"page","evenIfActive":{even_if_active}}}"#
    );
    let mut policy = read(&document).map_err(AdminError::Policy)?;
    let what = match &wish.errand {
        Errand::SetEmail { .. } => String::from("setEmail"),
        Errand::RevokeTokens {} => String::from("revokeTokens"),
        Errand::Stage { .. } => {
            runnable(&policy).map_err(AdminError::Policy)?;
            require_now(&policy)?;
            require_evidence(&policy, wish)?;
            let actions = policy.stages.iter().flat_map(|stage| &stage.r#do);
            let names: Vec<&str> = actions.map(|action| action.name()).collect();
            names.join(", ")
        }
    };
    policy.name = format!("{BY_HAND_NAME}{what}");
    policy.description = Some(why.to_owned());
    Ok(policy)
}

/// A run by hand acts once, and now.
fn require_now(policy: &Policy) -> Result<(), AdminError> {
    let mut actions = policy.stages.iter().flat_map(|stage| &stage.r#do);
    if actions.any(|action| *action == Action::Warn) {
        return invalid(
            "a warning says what comes next, and by hand nothing does: make a policy with the stage that follows",
        );
    }
    if needs_memory(policy) {
        return invalid(
            "what is done by hand is done now: let `after` be \"0d\", or make a policy",
        );
    }
    Ok(())
}

/// What takes access rests on disuse, or on somebody's word that disuse does not matter (RULES R1).
fn require_evidence(policy: &Policy, wish: &Wish) -> Result<(), AdminError> {
    let mut actions = policy.stages.iter().flat_map(|stage| &stage.r#do);
    if actions.any(|action| action.takes_access()) && wish.idle.is_none() && !wish.even_if_active {
        return invalid(
            "this takes access: say for how long people must have been idle, or that active people are meant as well",
        );
    }
    Ok(())
}
