//! What policies do to people, in stages.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::policies::Names;
use crate::shape::one_of;

/// What cannot be undone comes so many hours after the stage before it at least (RULES R12).
const IRREVERSIBLE_HOURS: i64 = 7 * 24;

/// What a warning says: the text's name as the subject. One that may be a repetition says so before [`BEGINNING`].
const MESSAGE: &str =
    "{policy}\nTo {name}: {reason}. {step}, not before {date}.\nKeep: {keepLink}\nBack: {backLink}";
/// The first words of every warning.
pub const BEGINNING: &str = "To ";
/// The first words of the line with the link that gives back.
pub const BACK: &str = "Back: ";
/// What a warning said in the first generation of lives.
const FIRST_MESSAGE: &str = "{policy}\n{name}: {reason}. {step}, not before {date}.\n{keepLink}";

/// One thing that is done to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Warn,
    Rename,
    /// To the group with this id.
    AddToGroup(String),
    /// From the groups with these ids.
    RemoveFromGroups(Vec<String>),
    /// The product, on the site with this host.
    RemoveAccess(&'static str, String),
    Suspend,
    Deactivate,
    RemoveFromOrganization,
    Delete,
}

/// One stage of a policy.
#[derive(Clone, Debug)]
pub struct StageText {
    /// How many hours after a person entered the chain.
    pub after_hours: i64,
    /// What it does, from narrow to wide.
    pub deeds: Vec<Deed>,
}

impl Deed {
    /// One product on one site.
    pub fn draw_removal(draw: &mut ChaCha8Rng, names: &Names) -> Deed {
        let products = ["jira-software", "confluence", "jira-service-desk"];
        Deed::RemoveAccess(one_of(draw, &products), one_of(draw, &names.hosts))
    }

    /// The name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Deed::Warn => "warn",
            Deed::Rename => "rename",
            Deed::AddToGroup(_) => "add-to-group",
            Deed::RemoveFromGroups(_) => "remove-from-groups",
            Deed::RemoveAccess(..) => "remove-access",
            Deed::Suspend => "suspend",
            Deed::Deactivate => "deactivate",
            Deed::RemoveFromOrganization => "remove-from-organization",
            Deed::Delete => "delete",
        }
    }

    /// The name in a policy.
    fn word(&self) -> &'static str {
        match self {
            Deed::AddToGroup(_) => "addToGroup",
            Deed::RemoveFromGroups(_) => "removeFromGroups",
            Deed::RemoveAccess(..) => "removeAccess",
            Deed::RemoveFromOrganization => "removeFromOrganization",
            other => other.name(),
        }
    }
}

impl StageText {
    fn of(after_hours: i64, deeds: impl Into<Vec<Deed>>) -> StageText {
        StageText {
            after_hours,
            deeds: deeds.into(),
        }
    }

    /// Whether it cannot be undone.
    pub fn is_irreversible(&self) -> bool {
        let lasting = |deed: &Deed| matches!(deed, Deed::RemoveFromOrganization | Deed::Delete);
        self.deeds.iter().any(lasting)
    }

    /// Whether it warns.
    pub fn warns(&self) -> bool {
        self.deeds.contains(&Deed::Warn)
    }

    /// As it stands in a policy.
    pub fn document(&self, is_first_generation: bool) -> Value {
        let message = if is_first_generation {
            FIRST_MESSAGE
        } else {
            MESSAGE
        };
        let words: Vec<&str> = self.deeds.iter().map(Deed::word).collect();
        let after = if self.after_hours % 24 == 0 {
            format!("{}d", self.after_hours / 24)
        } else {
            format!("{}h", self.after_hours)
        };
        let mut stage = json!({ "after": after });
        stage["do"] = match words.as_slice() {
            [word] => json!(word),
            words => json!(words),
        };
        for deed in &self.deeds {
            match deed {
                Deed::Warn => stage["template"] = json!(message),
                Deed::AddToGroup(group) => stage["groups"] = json!([group]),
                Deed::RemoveFromGroups(groups) => stage["groups"] = json!(groups),
                Deed::RemoveAccess(product, host) => {
                    stage["products"] = json!([product]);
                    stage["sites"] = json!([host]);
                }
                _ => {}
            }
        }
        stage
    }
}

/// Puts warnings before stages, each so many hours before what follows it.
pub fn warn_before(stages: &mut Vec<StageText>, gaps: &[i64]) {
    let hours: i64 = gaps.iter().sum();
    for stage in stages.iter_mut() {
        stage.after_hours += hours;
    }
    let mut until = hours;
    for gap in gaps.iter().rev() {
        until -= gap;
        stages.insert(0, StageText::of(until, [Deed::Warn]));
    }
}

/// Draws the stages of a policy.
pub fn draw_stages(draw: &mut ChaCha8Rng, names: &Names) -> Vec<StageText> {
    let first = one_of(draw, &[0, 0, 0, 12]);
    let next = first + one_of(draw, &[6, 24, 36]);
    let last = first + IRREVERSIBLE_HOURS;
    let removal = Deed::draw_removal(draw, names);
    let groups: Vec<String> = (0..6).map(|_| one_of(draw, &names.groups)).collect();
    let join = Deed::AddToGroup(groups[0].clone());
    let mut leave = groups;
    leave.sort();
    leave.dedup();
    let leave = Deed::RemoveFromGroups(leave);
    let one = |deed: Deed| StageText::of(first, [deed]);
    let then = |after: i64, deed: Deed| StageText::of(after, [deed]);
    match draw.random_range(0..16) {
        0 => vec![one(Deed::Suspend)],
        1 | 2 => vec![one(removal)],
        3 => vec![one(removal), then(next, Deed::Suspend)],
        4 => vec![one(leave)],
        5 => vec![StageText::of(first, [leave, Deed::Suspend])],
        6 => vec![one(leave), then(next, Deed::Suspend)],
        7 => vec![one(Deed::Rename), then(next, Deed::Deactivate)],
        8 => vec![one(Deed::Deactivate)],
        9 | 10 => vec![one(Deed::Suspend), then(next, Deed::Deactivate)],
        11 => vec![one(join), then(next, Deed::Suspend)],
        12 => vec![StageText::of(first, [join, Deed::Suspend])],
        13 => vec![StageText::of(first, [Deed::Rename, Deed::Suspend])],
        14 => vec![one(Deed::Deactivate), then(last, Deed::Delete)],
        _ => vec![one(Deed::Suspend), then(last, Deed::RemoveFromOrganization)],
    }
}
