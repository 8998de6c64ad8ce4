//! The reference says what is true: its examples are read, and every row of its tables is decided by the engine.

use std::fs;
use std::path::Path;

use seatkeeper::evaluate::{Context, FieldValues, LIST_MAX_AGE, NamedList, compile};
use seatkeeper::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, ManagedBy, Resource, Status,
    Time, Truth,
};
use seatkeeper::policy::{Policy, read};
use seatkeeper::snapshot::{Access, Group, Site, Snapshot, UserRecord};
use serde_json::Value;

use crate::mistakes::{BEYOND_STRUCTURE, STRUCTURAL, mistakes_in};
use crate::written::document;

const NOW: &str = "2026-11-21T12:00:00Z";

const CONDITIONS: [&str; 21] = [
    "all",
    "any",
    "not",
    "idle",
    "neverActive",
    "onlyOnce",
    "added",
    "status",
    "account",
    "accountType",
    "managedBy",
    "mfa",
    "group",
    "role",
    "directory",
    "email",
    "emailDomain",
    "access",
    "profile",
    "listed",
    "field",
];

fn reference() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy-reference.md");
    fs::read_to_string(path).expect("the reference")
}

/// An example, under which heading it stands, and the rows of the table after it.
struct Example {
    heading: String,
    text: String,
    rows: Vec<(String, Truth)>,
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut heading = String::new();
    let mut is_within = false;
    for line in text.lines() {
        if line == "```json" {
            is_within = true;
            examples.push(Example {
                heading: heading.clone(),
                text: String::new(),
                rows: Vec::new(),
            });
        } else if line == "```" {
            is_within = false;
        } else if is_within {
            let example = examples.last_mut().expect("an example");
            example.text.push_str(line);
            example.text.push('\n');
        } else if let Some(title) = line.strip_prefix("### ") {
            heading = title.trim_matches('`').to_owned();
        } else if line.starts_with("## ") {
            heading = String::new();
        } else if let Some(row) = row(line)
            && let Some(example) = examples.last_mut()
        {
            assert_eq!(example.heading, heading, "a row without an example: {line}");
            example.rows.push(row);
        }
    }
    examples
}

/// A row that says of a person what the condition is.
fn row(line: &str) -> Option<(String, Truth)> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let person = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
    let truth = match cells.next()? {
        "true" => Truth::True,
        "false" => Truth::False,
        "unknown" => Truth::Unknown,
        _ => return None,
    };
    Some((person.to_owned(), truth))
}

/// A whole document as it is; a condition or some fields in the smallest document around them.
fn policy(example: &str) -> Policy {
    let value: Value = serde_json::from_str(example).expect("JSON");
    let fields = value.as_object().expect("an object");
    let text = if fields.contains_key("version") {
        example.to_owned()
    } else if fields.keys().any(|key| CONDITIONS.contains(&key.as_str())) {
        document(&[("match", example)])
    } else {
        let texts: Vec<(String, String)> = fields
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect();
        let fields: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        document(&fields)
    };
    read(&text).unwrap_or_else(|errors| panic!("{example}: {errors:?}"))
}

/// What a row says of one person, and of what is not the person's.
struct Told {
    user: UserRecord,
    directory_name: Option<String>,
    cost_center: Option<String>,
}

fn told(row: &str) -> Told {
    let mut told = Told {
        user: UserRecord::unknown(AccountId("someone".to_owned()), DirectoryId("d".to_owned())),
        directory_name: None,
        cost_center: None,
    };
    for fact in row.split("; ").filter(|fact| *fact != "nothing") {
        match fact.split_once(": ") {
            None if fact == "no access" => told.user.access = Some(Vec::new()),
            Some((name, value)) => tell(&mut told, name, value),
            None => panic!("what is `{fact}`?"),
        }
    }
    told
}

fn tell(told: &mut Told, name: &str, value: &str) {
    let user = &mut told.user;
    let text = Some(value.to_owned());
    match name {
        "account id" => user.account = AccountId(value.to_owned()),
        "added" => user.added = Some(day(value)),
        "status" => user.status = Some(Status::parse(value).expect("a status")),
        "type" => user.account_type = Some(AccountType::parse(value).expect("a type")),
        "account" => user.claim = Some(named(value, &Claim::ALL)),
        "managed by" => user.managed_by = Some(named(value, &ManagedBy::ALL)),
        "two-step" => user.mfa = Some(named(value, &[(true, "on"), (false, "off")])),
        "email" => user.email = text,
        "department" => user.profile[1] = text,
        "directory" => told.directory_name = text,
        "cost center" => told.cost_center = text,
        "groups" => user.groups = Some(list(value).map(group).collect()),
        "roles" => user.roles = Some(list(value).map(str::to_owned).collect()),
        product => user
            .access
            .get_or_insert_default()
            .push(access(product, value)),
    }
}

fn named<T: Copy>(name: &str, all: &[(T, &str)]) -> T {
    let found = all.iter().find(|(_, known)| *known == name);
    found.unwrap_or_else(|| panic!("what is `{name}`?")).0
}

fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(", ").filter(|name| *name != "none")
}

fn group(name: &str) -> Group {
    Group {
        id: GroupId(name.to_owned()),
        name: (name != "of a name not said").then(|| name.to_owned()),
    }
}

/// `jira-software`, `with a seat` or `without a seat`, `on beta`.
fn access(place: &str, seen: &str) -> Access {
    let (place, site) = match place.strip_suffix(" on beta") {
        Some(place) => (place, "beta"),
        None => (place, "acme"),
    };
    let (product, seat) = if let Some(product) = place.strip_suffix(" with a seat") {
        (product, Some(true))
    } else if let Some(product) = place.strip_suffix(" without a seat") {
        (product, Some(false))
    } else {
        (place, None)
    };
    Access {
        resource: Resource(format!("ari:cloud:{product}::site/{site}")),
        product: product.to_owned(),
        seat,
        activity: match seen {
            "never" => Activity::Never,
            "not said" => Activity::Unknown,
            date => Activity::Seen(day(date)),
        },
    }
}

fn day(date: &str) -> Time {
    Time::parse(&format!("{date}T08:00:00Z")).expect("a date")
}

fn verdict(policy: &Policy, row: &str) -> Truth {
    let told = told(row);
    let mut snapshot = Snapshot::new();
    snapshot.push(&told.user);
    if let Some(name) = &told.directory_name {
        snapshot.name_directory(&told.user.directory, name);
    }
    let now = Time::parse(NOW).expect("a time");
    let sites = [
        ("acme", "acme.atlassian.net"),
        ("beta", "beta.atlassian.net"),
    ]
    .map(|(id, host)| Site {
        cloud_id: id.to_owned(),
        host: host.to_owned(),
    });
    let lists = [NamedList {
        name: "leavers".to_owned(),
        imported: now,
        max_age: LIST_MAX_AGE,
        members: vec!["kim@acme.example".to_owned(), "712020:kim".to_owned()],
    }];
    let values = told
        .cost_center
        .map(|value| (told.user.account.clone(), value));
    let fields = [FieldValues {
        name: "cost center".to_owned(),
        values: values.into_iter().collect(),
    }];
    let context = Context {
        sites: &sites,
        lists: &lists,
        fields: &fields,
        ..Context::at(now)
    };
    let compiled = compile(policy, &snapshot, context).expect("a policy on its sites");
    let row = snapshot.rows().next().expect("a person");
    compiled.verdict(row)
}

#[test]
fn every_example_is_read_and_every_row_is_so() {
    let text = reference();
    let examples = examples(&text);
    for example in &examples {
        let policy = policy(&example.text);
        for (row, expected) in &example.rows {
            assert_eq!(
                verdict(&policy, row),
                *expected,
                "{}: {row}",
                example.heading
            );
        }
    }
    for condition in CONDITIONS {
        for truth in [Truth::True, Truth::False, Truth::Unknown] {
            let is_shown = examples.iter().any(|example| {
                example.heading == condition && example.rows.iter().any(|(_, row)| *row == truth)
            });
            assert!(is_shown, "no row shows {condition} as {truth:?}");
        }
    }
}

/// The conditions of this file are all that the language has.
#[test]
fn no_condition_is_left_out() {
    let mistakes = read(&document(&[("match", r#"{"surprise":1}"#)])).expect_err("a mistake");
    let message = &mistakes.first().expect("a mistake").message;
    let (_, names) = message.split_once("there are: ").expect("the names");
    assert_eq!(names.split(", ").collect::<Vec<_>>(), CONDITIONS);
}

#[test]
fn every_code_of_a_mistake_is_explained() {
    let text = reference();
    let (_, table) = text.split_once("## Mistakes").expect("the table");
    let together = [
        "not-json",
        "too-long",
        "too-deep",
        "duplicate-field",
        "needs-list",
        "needs-approval",
        "not-with-keep",
        "too-soon",
    ];
    let codes = mistakes_in(STRUCTURAL)
        .chain(mistakes_in(BEYOND_STRUCTURE))
        .map(|mistake| mistake.code);
    for code in codes.chain(together) {
        assert!(table.contains(&format!("`{code}`")), "{code}");
    }
}
