//! From JSON text to a policy, or to every mistake in it, each with its path.

use serde::{Deserialize, Deserializer, de};

use super::check::Whole;
use super::json::Node;
use super::reader::{Fields, PolicyError, Reader};
use super::{Approval, POLICY_VERSION, Policy, Span, Unreachable};

/// The longest document, in bytes: one stored value holds every revision that is in force.
const MAX_DOCUMENT: usize = 64 * 1024;

/// The margin of a policy that names none (RULES R6).
pub(super) const DEFAULT_TOLERANCE: Span = Span::hours(24);

/// The fields of a document, those first that it must have.
const FIELDS: [&str; 16] = [
    "version",
    "id",
    "name",
    "match",
    "stages",
    "description",
    "enabled",
    "keep",
    "limits",
    "approval",
    "schedule",
    "report",
    "tolerance",
    "confirm",
    "unreachable",
    "evenIfActive",
];
const REQUIRED: [&str; 5] = ["version", "id", "name", "match", "stages"];

/// Reads a policy document (RULES R12).
///
/// # Errors
/// Every mistake in the document: text that is not JSON, unknown and duplicate and missing fields, values of the wrong
/// kind, empty lists, conditions nested deeper than [`MAX_NESTING`](super::MAX_NESTING), fields that would be ignored,
/// and stages that must not follow each other so.
///
/// ```
/// let errors = seatkeeper::policy::read(r#"{"version": 1}"#).unwrap_err();
/// assert_eq!(errors[0].path, "$.id");
/// assert_eq!(errors[0].code, "missing-field");
/// ```
pub fn read(document: &str) -> Result<Policy, Vec<PolicyError>> {
    let mut reader = Reader::default();
    let root = root(&mut reader, document);
    match root.and_then(|root| reader.policy(&root)) {
        Some(policy) if reader.errors.is_empty() => Ok(policy),
        _ => Err(reader.errors),
    }
}

/// The tree of a document; `None` after a mistake.
pub(super) fn root(reader: &mut Reader, document: &str) -> Option<Node> {
    if document.len() > MAX_DOCUMENT {
        reader.error("$", "too-long", "the document is longer than 64 KiB");
        return None;
    }
    let error = match crate::json::read::<Node>(document) {
        Ok(root) => return Some(root),
        Err(error) => error,
    };
    let place = format!("line {}, column {}", error.line(), error.column());
    if error.to_string().starts_with("recursion limit") {
        let message = format!("the document is nested too deep at {place}");
        reader.error("$", "too-deep", &message);
    } else {
        reader.error("$", "not-json", &format!("the text is not JSON at {place}"));
    }
    None
}

/// A stored policy is read by the same rules as a written one.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Policy, D::Error> {
        let root = Node::deserialize(deserializer)?;
        let mut reader = Reader::default();
        let policy = reader.policy(&root);
        policy
            .filter(|_| reader.errors.is_empty())
            .ok_or_else(|| de::Error::custom("a stored policy has mistakes"))
    }
}

impl Reader {
    fn policy(&mut self, root: &Node) -> Option<Policy> {
        let fields = self.fields(root, "$", &FIELDS, &REQUIRED)?;
        self.policy_of(&fields)
    }

    /// Every field is read before any of them may end the reading: all mistakes at once.
    fn policy_of(&mut self, fields: &Fields<'_>) -> Option<Policy> {
        let version = self.field(fields, "version", Reader::version);
        let id = self.field(fields, "id", Reader::id);
        let name = self.field(fields, "name", Reader::text);
        let description = self.field(fields, "description", Reader::text);
        let enabled = self.field(fields, "enabled", Reader::boolean);
        let condition = self.field(fields, "match", Reader::condition);
        let keep = self.field(fields, "keep", Reader::keep);
        let stages = self.field(fields, "stages", Reader::stages);
        let limits = self.field(fields, "limits", Reader::limits);
        let approval = self.field(fields, "approval", |reader, node, path| {
            reader.choice(node, path, ("wrong-approval", "approval"), &Approval::ALL)
        });
        let schedule = self.field(fields, "schedule", Reader::schedule);
        let report = self.field(fields, "report", Reader::report);
        let tolerance = self.field(fields, "tolerance", Reader::span);
        let confirm = self.field(fields, "confirm", Reader::confirm);
        let unreachable = self.field(fields, "unreachable", |reader, node, path| {
            let what = ("wrong-unreachable", "way with people out of reach");
            reader.choice(node, path, what, &Unreachable::ALL)
        });
        let even_if_active = self.field(fields, "evenIfActive", Reader::boolean);
        self.check_whole(&Whole {
            condition: condition.as_ref(),
            keep: keep.as_ref(),
            stages: stages.as_deref().unwrap_or_default(),
            is_approved: fields.has("approval") && approval != Some(Approval::None),
            even_if_active: even_if_active == Some(true),
        });
        Some(Policy {
            version: version?,
            id: id?,
            name: name?,
            description,
            enabled: enabled.unwrap_or(true),
            r#match: condition?,
            keep,
            stages: stages?.into_iter().collect::<Option<_>>()?,
            limits: limits.unwrap_or_default(),
            approval: approval.unwrap_or_default(),
            schedule,
            report,
            tolerance: tolerance.unwrap_or(DEFAULT_TOLERANCE),
            confirm,
            unreachable: unreachable.unwrap_or_default(),
            even_if_active: even_if_active.unwrap_or(false),
        })
    }

    fn version(&mut self, node: &Node, path: &str) -> Option<u32> {
        match node {
            Node::Whole(1) => Some(POLICY_VERSION),
            _ => {
                self.error(
                    path,
                    "wrong-version",
                    "the only version of the language is 1",
                );
                None
            }
        }
    }

    fn id(&mut self, node: &Node, path: &str) -> Option<String> {
        let id = self.text(node, path)?;
        let fits = (1..=60).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            self.error(path, "wrong-id", "must be 1 to 60 signs of a-z, 0-9 and -");
        }
        fits.then_some(id)
    }
}
