//! The words that random people and random policies share, strange ones among them.

pub const PRODUCTS: [&str; 5] = [
    "jira-software",
    "jira-servicedesk",
    "confluence",
    "bitbucket",
    "compass",
];

/// Hosts and cloud ids of the organization's sites.
pub const SITES: [(&str, &str); 3] = [
    ("acme.atlassian.net", "11111111-aaaa-4000-8000-000000000001"),
    (
        "acme-labs.atlassian.net",
        "22222222-bbbb-4000-8000-000000000002",
    ),
    ("beta.jira.example", "33333333-cccc-4000-8000-000000000003"),
];

/// A site that somebody has access to and that the organization did not list.
pub const FOREIGN_SITE: &str = "44444444-dddd-4000-8000-000000000004";

/// Ids and names of groups; names that look like globs and ids are allowed, so they are here.
pub const GROUPS: [(&str, &str); 14] = [
    ("a0000000-0000-4000-8000-000000000001", "jira-users-acme"),
    (
        "a0000000-0000-4000-8000-000000000002",
        "jira-users-acme-labs",
    ),
    ("a0000000-0000-4000-8000-000000000003", "Jira-Users-acme"),
    ("a0000000-0000-4000-8000-000000000004", "confluence-users"),
    ("a0000000-0000-4000-8000-000000000005", "ext-contractors"),
    ("a0000000-0000-4000-8000-000000000006", "contractors-ext"),
    (
        "a0000000-0000-4000-8000-000000000007",
        "Gruppe Äußere Öffnung",
    ),
    ("a0000000-0000-4000-8000-000000000008", "開発-チーム"),
    ("a0000000-0000-4000-8000-000000000009", "😀*😀"),
    ("a0000000-0000-4000-8000-00000000000a", "a*b"),
    ("a0000000-0000-4000-8000-00000000000b", ""),
    ("a0000000-0000-4000-8000-00000000000c", " spaces "),
    (
        "a0000000-0000-4000-8000-00000000000d",
        "a0000000-0000-4000-8000-000000000001",
    ),
    ("bare", "e\u{301}quipe\u{202e}"),
];

pub const ROLES: [&str; 7] = [
    "atlassian/org-admin",
    "atlassian/site-admin",
    "atlassian/user",
    "org-admin",
    "custom/org-admin",
    "atlassian/",
    "atlassian/atlassian/user",
];

/// Ids and names of directories; some say no name.
pub const DIRECTORIES: [(&str, Option<&str>); 4] = [
    ("d-0001", Some("Default directory")),
    ("d-0002", Some("d-0001")),
    ("d-0003", None),
    ("d-0004", Some("Zürich *")),
];

pub const EMAILS: [&str; 16] = [
    "ada@acme.example",
    "Ada@ACME.example",
    "grace@acme.example",
    "linus@partner.example",
    "margaret@eu.partner.example",
    "alan@EU.Partner.EXAMPLE",
    "ken@notpartner.example",
    "barbara@contractor.test",
    "a@b@partner.example",
    "@partner.example",
    "nobody@",
    "no-at-sign",
    "",
    "jürgen@müller.example",
    "star*@acme.example",
    "ÄDA@acme.example",
];

/// Those that policies and lists may name.
pub fn addresses() -> Vec<&'static str> {
    let addresses = EMAILS.into_iter().filter(|email| email.contains('@'));
    addresses.collect()
}

pub const DOMAINS: [&str; 9] = [
    "acme.example",
    "ACME.Example",
    "partner.example",
    "eu.partner.example",
    "notpartner.example",
    "contractor.test",
    "müller.example",
    "MÜLLER.example",
    "example",
];

pub const PROFILE_VALUES: [&str; 9] = [
    "Engineering",
    "engineering",
    "Engineering EMEA",
    "Sales",
    "Vertrieb & Öffentlichkeit",
    "Tester*in",
    "R&D",
    " ",
    "x",
];

pub const LISTS: [&str; 4] = ["leavers", "contractors", "never-imported", "vip"];

pub const FIELDS: [&str; 4] = ["costCentre", "contractEnd", "team", "never-set-up"];

pub const FIELD_VALUES: [&str; 6] = ["4711", "4712", "CC-North", "cc-north", "ÖST", "a*b"];
