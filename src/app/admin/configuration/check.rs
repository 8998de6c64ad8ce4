//! Looking at a configuration as a whole before anything of it is taken over.

use super::{Configuration, VERSION};
use crate::app::admin::error::AdminError;
use crate::app::admin::exemptions::{self, is_subject, reason};
use crate::app::admin::joined::require_joinable;
use crate::app::admin::policies::{MAX_BOOK_BYTES, storable};
use crate::app::admin::settings::fits;
use crate::app::admin::settings_merged::merged;
use crate::app::admin::settings_mistakes::mistake;
use crate::app::admin::{lists, person_fields};
use crate::app::documents::{ExemptionBook, PolicyBook, StoredExemption, encode, load};
use crate::app::lists::{ListBook, MAX_LISTS, MAX_PARTS, parts_of};
use crate::audit::sha256_hex;
use crate::host::Host;
use crate::json::{self, Tree};
use crate::schedule::{HostZones, is_zone};

/// What is stored of a policy besides its text, at most about so many bytes: its warnings, who saved it, its last runs.
const ABOUT_A_POLICY: usize = 1_024;

/// Every setting there is.
const SETTINGS: [&str; 18] = [
    "percentPerDay",
    "stopped",
    "limitsEdited",
    "rolesEdited",
    "fieldsEdited",
    "coverage",
    "roles",
    "approvalIssues",
    "requests",
    "retentionDays",
    "anchorIssue",
    "notices",
    "onLogIn",
    "experiments",
    "protect",
    "prices",
    "fields",
    "blackOuts",
];

/// A configuration in which nothing is wrong.
pub(super) struct Checked {
    pub(super) configuration: Configuration,
    /// The settings that it names. One that was exported before there was a setting leaves that as it is.
    pub(super) named: Vec<String>,
}

/// The whole of a text, if everything in it can be taken over.
pub(super) async fn check<H: Host>(
    host: &H,
    text: &str,
    hash: &str,
) -> Result<Checked, AdminError> {
    if !sha256_hex(text).eq_ignore_ascii_case(hash) {
        let why = "the text is not the one that its hash is of: send it again from part 0";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let unreadable = |error: serde_json::Error| {
        AdminError::Invalid(format!("this is no exported configuration: {error}"))
    };
    let mut configuration: Configuration = json::read(text).map_err(unreadable)?;
    if configuration.seatkeeper != VERSION {
        let why = "this configuration was exported by another release, in a form that this one does not know";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let named = named(&Tree::read(text).map_err(unreadable)?);
    if let Some(unknown) = named.iter().find(|name| !SETTINGS.contains(&name.as_str())) {
        return Err(AdminError::Invalid(format!(
            "the settings: this release does not know `{unknown}`, which another one exported"
        )));
    }
    let settings = merged(&load(host).await?, &configuration.settings, &named);
    if let Some(why) = mistake(&settings) {
        return Err(AdminError::Invalid(format!("the settings: {why}")));
    }
    let zone = &settings.black_outs.zone;
    if !is_zone(zone, &HostZones(host)) {
        return Err(AdminError::Invalid(format!(
            "the settings: the time zone `{zone}` of the black-outs is not known here"
        )));
    }
    if !fits(&settings)? {
        let why = "the settings would take more than 64 KiB";
        return Err(AdminError::Invalid(String::from(why)));
    }
    check_policies(host, &configuration)?;
    require_joinable(host, &configuration.policies, &settings.roles.groups()).await?;
    for exemption in &configuration.exemptions {
        check_exemption(&configuration, exemption)?;
    }
    require_room(host, &configuration).await?;
    if !configuration.trend.iter_mut().all(|month| month.is_sound()) {
        let why = "the seats over time are no months with a number for each of their days";
        return Err(AdminError::Invalid(String::from(why)));
    }
    check_lists(host, &mut configuration).await?;
    person_fields::check(&settings.fields, &configuration.people)?;
    Ok(Checked {
        configuration,
        named,
    })
}

/// The settings that a text names.
fn named(text: &Tree<'_>) -> Vec<String> {
    let mut named = Vec::new();
    let Tree::Object(fields) = text else {
        return named;
    };
    for (field, value) in fields {
        if field == "settings"
            && let Tree::Object(settings) = value
        {
            named.extend(settings.iter().map(|(name, _)| name.to_string()));
        }
    }
    named
}

fn check_policies<H: Host>(host: &H, configuration: &Configuration) -> Result<(), AdminError> {
    let mut ids: Vec<&str> = Vec::new();
    for policy in &configuration.policies {
        storable(policy.clone(), &HostZones(host)).map_err(AdminError::Policy)?;
        if ids.contains(&policy.id.as_str()) {
            let why = format!("the policy {} is there twice", policy.id);
            return Err(AdminError::Invalid(why));
        }
        ids.push(&policy.id);
    }
    Ok(())
}

/// Whether there is room for what comes in beside what is here, so that nothing is taken over in part.
async fn require_room<H: Host>(host: &H, configuration: &Configuration) -> Result<(), AdminError> {
    let policies: PolicyBook = load(host).await?;
    let mut bytes = 0;
    for stored in &policies.policies {
        let mut coming = configuration.policies.iter();
        if !coming.any(|policy| policy.id == stored.policy.id) {
            bytes += encode(stored)?.len();
        }
    }
    for policy in &configuration.policies {
        bytes += encode(policy)?.len() + ABOUT_A_POLICY;
    }
    if bytes > MAX_BOOK_BYTES {
        let why = "all policies together, those that are here and those that come in, would take more than 176 KiB: drop some first";
        return Err(AdminError::Invalid(String::from(why)));
    }
    let mut exemptions: ExemptionBook = load(host).await?;
    for exemption in &configuration.exemptions {
        let mut known = exemptions.exemptions.iter();
        if !known.any(|known| known.subject == exemption.subject) {
            exemptions.exemptions.push(exemption.clone());
        }
    }
    exemptions::require_room(&exemptions)
}

fn check_exemption(
    configuration: &Configuration,
    exemption: &StoredExemption,
) -> Result<(), AdminError> {
    let is_known = |id: &String| {
        let mut policies = configuration.policies.iter();
        policies.any(|policy| policy.id == *id) || configuration.dropped.contains(id)
    };
    let has_owner = exemption
        .owner
        .as_ref()
        .is_none_or(|owner| owner.is_plausible());
    if !is_subject(&exemption.subject) || !has_owner || !exemption.policies.iter().all(is_known) {
        let label = exemption.subject.label();
        return Err(AdminError::Invalid(format!(
            "the exemption of {label} is none, or names a policy that is not there"
        )));
    }
    reason(&exemption.reason)?;
    Ok(())
}

/// Looks at the lists, and writes their members as those of every list are written.
async fn check_lists<H: Host>(
    host: &H,
    configuration: &mut Configuration,
) -> Result<(), AdminError> {
    let book: ListBook = load(host).await?;
    let mut all = book.lists.len();
    for list in &mut configuration.lists {
        list.members = lists::checked(&list.name, &list.members)?;
        // Packed anew, a list may take a part more than it was sent in.
        if parts_of(&list.members).len() > usize::try_from(2 * MAX_PARTS).unwrap_or(usize::MAX) {
            let why = format!("the list {} is longer than a list may be", list.name);
            return Err(AdminError::Invalid(why));
        }
        all += usize::from(book.get(&list.name).is_none());
    }
    if all > MAX_LISTS {
        let why = format!("there would be more than {MAX_LISTS} lists: drop some first");
        return Err(AdminError::Invalid(why));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::records::{
        Edit, FieldDefinition, FieldKind, GiveBack, Notices, Price, Requests, Settings,
    };
    use crate::model::{AccountId, Time};
    use crate::policy::BlackOut;

    #[test]
    fn every_setting_is_known_and_taken_over_where_it_is_named() {
        let price = Price {
            product: "p".into(),
            site: None,
            per_seat: 1,
            currency: "EUR".into(),
            tier_edges: Vec::new(),
        };
        let field = FieldDefinition {
            name: "Team".into(),
            kind: FieldKind::Text,
            choices: Vec::new(),
        };
        let mut exported = Settings {
            prices: vec![price],
            fields: vec![field],
            percent_per_day: 7,
            retention_days: Some(400),
            anchor_issue: Some("AUDIT-7".into()),
            on_log_in: Some(GiveBack::Ask),
            notices: Some(Notices {
                issue: "LIFE-1".into(),
                everybody_browses: Some(false),
                contact: None,
                most_warned: 9,
                link_days: Some(30),
                keep_days: Some(90),
                keep_times: None,
                give_back: None,
                reports: None,
                policies: Vec::new(),
                tell_restored: true,
                restored_words: BTreeMap::from([(
                    String::from("default"),
                    String::from("Back\nHello {name}"),
                )]),
            }),
            requests: Some(Requests {
                project: "HELP".into(),
                approved_status: "Approved".into(),
                field: None,
            }),
            ..Settings::default()
        };
        exported.black_outs.except = vec![BlackOut::Weekday(chrono::Weekday::Sat)];
        exported.coverage.jump_points = 3;
        exported.experiments.moving = true;
        exported.protect.project_leads = true;
        // Who edited something last is named and not taken over.
        let edited = Edit {
            by: AccountId("712020:kim".into()),
            at: Time(0),
        };
        let with_edits = Settings {
            roles_edited: Some(edited.clone()),
            fields_edited: Some(edited),
            ..exported.clone()
        };
        let mut names = Vec::new();
        for (name, _) in json::value(&with_edits).unwrap().as_object().unwrap() {
            names.push(name.clone());
        }
        let mut known = SETTINGS.map(String::from).to_vec();
        known.sort();
        names.sort();
        assert_eq!(names, known);
        let present = Settings::default();
        assert_eq!(merged(&present, &with_edits, &names), exported);
        assert_eq!(merged(&present, &exported, &[]), present);
    }
}
