//! Documents at random: every field, every condition, every kind of schedule, all of them right.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// A document that `read` takes.
pub fn any_document() -> BoxedStrategy<Value> {
    let head = ("[a-z0-9-]{1,60}", text(), option::of(text()), condition());
    let terms = (
        option::of(any::<bool>()),
        option::of((option::of(1..=1_000_000_u32), option::of(1..=100_u32))),
        option::of(schedule()),
        option::of((
            texts(),
            option::of(select(&["changes", "always", "problems"][..])),
        )),
        option::of(span(0)),
        option::of((1..=10_u32, span(1))),
        option::of(select(&["hold", "proceed"][..])),
    );
    (head, terms, way())
        .prop_map(|((id, name, description, condition), terms, way)| {
            let (enabled, limits, schedule, report, tolerance, confirm, unreachable) = terms;
            let mut document = Map::new();
            let mut put = |name: &str, value: Option<Value>| {
                value.map(|value| document.insert(name.to_owned(), value))
            };
            put("version", Some(json!(1)));
            put("id", Some(json!(id)));
            put("name", Some(json!(name)));
            put("description", description.map(Value::from));
            put("match", Some(condition));
            put("enabled", enabled.map(Value::from));
            put(
                "limits",
                limits.map(|(users, percent)| {
                    object([
                        ("users", users.map(Value::from)),
                        ("percent", percent.map(Value::from)),
                    ])
                }),
            );
            put("schedule", schedule);
            put(
                "report",
                report
                    .map(|(to, when)| object([("to", Some(to)), ("when", when.map(Value::from))])),
            );
            put("tolerance", tolerance.map(Value::from));
            put(
                "confirm",
                confirm.map(|(readings, apart)| json!({"readings": readings, "apart": apart})),
            );
            put("unreachable", unreachable.map(Value::from));
            for (name, value) in way {
                put(name, Some(value));
            }
            Value::Object(document)
        })
        .boxed()
}

/// Stages with what belongs to them: a seat pool, an approval, people of a list.
fn way() -> BoxedStrategy<Vec<(&'static str, Value)>> {
    let pool = (text(), text(), 0..=1_000_000_u32).prop_map(|(product, site, seats)| {
        vec![
            ("keep", json!({"product": product, "site": site, "seats": seats})),
            ("stages", json!([
                {"after": "0d", "do": "warn"},
                {"after": "14d", "do": ["review", "removeAccess"], "products": [product], "sites": [site]},
            ])),
        ]
    });
    let listed = stages().prop_map(|stages| {
        vec![
            (
                "match",
                json!({"all": [{"listed": "leavers"}, {"mfa": false}]}),
            ),
            ("evenIfActive", json!(true)),
            ("approval", json!("issue")),
            ("stages", stages),
        ]
    });
    let approved = (stages(), select(&["page", "issue"][..]))
        .prop_map(|(stages, approval)| vec![("stages", stages), ("approval", json!(approval))]);
    prop_oneof![1 => pool, 1 => listed, 4 => approved].boxed()
}

const ACTIONS: [&str; 12] = [
    "warn",
    "review",
    "createIssue",
    "rename",
    "addToGroup",
    "restore",
    "removeFromGroups",
    "removeAccess",
    "suspend",
    "deactivate",
    "removeFromOrganization",
    "delete",
];

/// One to four stages, each a good while after the one before it.
fn stages() -> BoxedStrategy<Value> {
    let actions = subsequence(ACTIONS.to_vec(), 1..=4)
        .prop_filter("no giving and taking at once", |actions| {
            !(actions.contains(&"addToGroup") && actions.contains(&"removeFromGroups"))
        });
    let stage = (
        actions,
        any::<bool>(),
        option::of(text()),
        texts(),
        texts(),
        texts(),
    );
    vec((stage, select(&["d", "w", "mo", "y"][..])), 1..=4)
        .prop_map(|stages| {
            let mut days = 0;
            let stages = stages.into_iter().map(
                |((actions, alone, template, products, sites, groups), unit)| {
                    let length = match unit {
                        "d" => 1,
                        "w" => 7,
                        "mo" => 28,
                        _ => 365,
                    };
                    let number = (days + 8_i64) / length + 1;
                    days = match unit {
                        "mo" => number / 12 * 366 + number % 12 * 31,
                        "y" => number * 366,
                        _ => number * length,
                    };
                    let has = |names: &[&str]| names.iter().any(|name| actions.contains(name));
                    object([
                        ("after", Some(json!(format!("{number}{unit}")))),
                        (
                            "do",
                            Some(match actions.as_slice() {
                                [action] if alone => json!(action),
                                actions => json!(actions),
                            }),
                        ),
                        (
                            "template",
                            template
                                .filter(|_| has(&["warn", "review", "createIssue", "rename"]))
                                .map(Value::from),
                        ),
                        ("products", has(&["removeAccess"]).then_some(products)),
                        ("sites", has(&["removeAccess"]).then_some(sites)),
                        (
                            "groups",
                            has(&["addToGroup", "removeFromGroups"]).then_some(groups),
                        ),
                    ])
                },
            );
            Value::Array(stages.collect())
        })
        .boxed()
}

fn condition() -> BoxedStrategy<Value> {
    leaf()
        .prop_recursive(6, 40, 4, |inner| {
            let many = vec(inner.clone(), 1..=4);
            prop_oneof![
                many.clone().prop_map(|all| json!({"all": all})),
                many.prop_map(|any| json!({"any": any})),
                inner.prop_map(|not| json!({"not": not})),
            ]
        })
        .boxed()
}

fn leaf() -> BoxedStrategy<Value> {
    let names = |name: &'static str| patterns().prop_map(move |patterns| json!({name: patterns}));
    let choice = |name: &'static str, values: &'static [&'static str]| {
        subsequence(values.to_vec(), 1..=values.len()).prop_map(move |values| json!({name: values}))
    };
    let activity = prop_oneof![
        (span(1), selection()).prop_map(|(limit, selection)| {
            json!({"idle": merged(selection, [("longerThan", Some(json!(limit)))])})
        }),
        (span(1), selection()).prop_map(|(limit, selection)| {
            json!({"neverActive": merged(selection, [("addedMoreThan", Some(json!(limit)))])})
        }),
        (span(1), span(1), selection()).prop_map(|(within, limit, selection)| {
            let limits = [
                ("within", Some(json!(within))),
                ("addedMoreThan", Some(json!(limit))),
            ];
            json!({"onlyOnce": merged(selection, limits)})
        }),
        (span(1), option::of(span(1)), any::<bool>()).prop_map(|(one, other, swap)| {
            let (one, other) = (Some(json!(one)), other.map(Value::from));
            let (more, less) = if swap { (one, other) } else { (other, one) };
            json!({"added": object([("moreThan", more), ("lessThan", less)])})
        }),
        (selection(), option::of(any::<bool>())).prop_map(|(selection, billable)| {
            json!({"access": merged(selection, [("billable", billable.map(Value::from))])})
        }),
    ];
    let states = prop_oneof![
        choice(
            "status",
            &[
                "active",
                "suspended",
                "not_invited",
                "deactivated",
                "for_deletion"
            ]
        ),
        choice("accountType", &["atlassian", "app", "customer"]),
        select(&["managed", "external"][..]).prop_map(|account| json!({"account": account})),
        select(&["idp", "admins"][..]).prop_map(|source| json!({"managedBy": source})),
        any::<bool>().prop_map(|mfa| json!({"mfa": mfa})),
        text().prop_map(|list| json!({"listed": list})),
    ];
    let values = prop_oneof![text().prop_map(Value::from), patterns()].boxed();
    let fields = prop_oneof![
        (
            select(&["jobTitle", "department", "organization", "location"][..]),
            values.clone()
        )
            .prop_map(|(field, is)| json!({"profile": {"field": field, "is": is}})),
        (text(), values).prop_map(|(name, is)| json!({"field": {"name": name, "is": is}})),
    ];
    prop_oneof![
        4 => activity,
        4 => states,
        1 => fields,
        1 => vec("(ari:cloud:identity::group/)?[a-z*-]{1,9}", 1..4).prop_map(|groups| json!({"group": groups})),
        1 => names("role"),
        1 => names("directory"),
        1 => vec("[a-z*]{0,5}@[a-z*.]{1,9}", 1..4).prop_map(|emails| json!({"email": emails})),
        1 => vec("[a-zA-Z*.]{1,9}", 1..4).prop_map(|domains| json!({"emailDomain": domains})),
    ]
    .boxed()
}

fn schedule() -> BoxedStrategy<Value> {
    let once = (0..4_000_000_000_i64).prop_map(|seconds| json!({"once": instant(seconds)}));
    let weekdays =
        || subsequence(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 1..=6).prop_shuffle();
    let month = || {
        (vec(1..=31_u32, 1..=3), any::<bool>()).prop_map(|(mut days, last)| {
            days.sort_unstable();
            days.dedup();
            days.into_iter()
                .map(Value::from)
                .chain(last.then(|| json!("last")))
                .rev()
                .collect::<Vec<_>>()
        })
    };
    let year = || subsequence(vec!["01-01", "02-29", "03-31", "12-31"], 1..=4).prop_shuffle();
    let on = prop_oneof![
        Just(("hour", None)),
        Just(("day", None)),
        option::of(weekdays().prop_map(|days| json!(days))).prop_map(|on| ("week", on)),
        option::of(month().prop_map(|days| json!(days))).prop_map(|on| ("month", on)),
        select(&["mon", "sun"][..]).prop_map(|day| ("week", Some(json!(day)))),
        option::of(year().prop_map(|days| json!(days))).prop_map(|on| ("year", on)),
    ];
    let at = option::of(
        (0..24_u32, 0..60_u32).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
    );
    let zone = option::of(select(
        &[
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+3",
        ][..],
    ));
    let window = (0..3_000_i64, 0..30_i64)
        .prop_map(|(from, length)| json!({"from": date(from), "to": date(from + length)}));
    let except = option::of(prop_oneof![
        weekdays().prop_map(|days| json!(days)),
        window.prop_map(|window| json!(["sun", window])),
    ]);
    let every =
        (1..=1_000_u32, on, at, zone, except).prop_map(|(n, (unit, on), at, zone, except)| {
            object([
                ("every", Some(json!({"n": n, "unit": unit}))),
                ("on", on),
                ("at", at.filter(|_| unit != "hour").map(Value::from)),
                ("zone", zone.map(Value::from)),
                ("except", except),
            ])
        });
    prop_oneof![1 => once, 3 => every].boxed()
}

fn instant(seconds: i64) -> String {
    seatkeeper::model::Time(seconds).to_string()
}

fn date(days: i64) -> String {
    seatkeeper::model::Time(days * seatkeeper::model::DAY).date()
}

fn selection() -> BoxedStrategy<Value> {
    (option::of(texts()), option::of(texts()))
        .prop_map(|(products, sites)| object([("products", products), ("sites", sites)]))
        .boxed()
}

fn span(least: u32) -> BoxedStrategy<String> {
    (least..=10_000, select(&["h", "d", "w", "mo", "y"][..]))
        .prop_map(|(number, unit)| format!("{number}{unit}"))
        .boxed()
}

fn text() -> BoxedStrategy<String> {
    "[a-zA-Zäöü\"\\\\/. -]{0,12}[a-z0-9]".boxed()
}

fn texts() -> BoxedStrategy<Value> {
    vec(text(), 1..4).prop_map(|texts| json!(texts)).boxed()
}

fn patterns() -> BoxedStrategy<Value> {
    vec("[a-zA-Z0-9*/:-]{1,12}", 1..4)
        .prop_map(|patterns| json!(patterns))
        .boxed()
}

/// An object of the fields that are there.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    merged(json!({}), fields)
}

fn merged<const N: usize>(mut object: Value, fields: [(&str, Option<Value>); N]) -> Value {
    for (name, value) in fields {
        if let Some(value) = value {
            object[name] = value;
        }
    }
    object
}
