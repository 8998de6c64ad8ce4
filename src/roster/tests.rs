//! The roster against a naive one that looks at every person with plain loops.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

mod figures;
mod naive;
mod own_names;

use self::naive::is_let_through;
use super::fold::folded;
use super::*;
use crate::model::{
    AccountId, Activity, Claim, DAY, DirectoryId, GroupId, Resource, Status, Truth,
};
use crate::snapshot::{Access, Group, UserRecord};

const NOW: Time = Time(20_000 * DAY);
const PRODUCTS: [&str; 3] = ["jira-software", "confluence", "jira-servicedesk"];
const SEATS: [Seat; 3] = [Seat::Taken, Seat::None, Seat::Unknown];
const SITES: [(&str, &str); 2] = [("1", "acme.atlassian.net"), ("2", "beta.atlassian.net")];

fn sites() -> Vec<Site> {
    let site = |(cloud_id, host): (&str, &str)| Site {
        cloud_id: cloud_id.into(),
        host: host.into(),
    };
    SITES.into_iter().map(site).collect()
}

fn roster(people: &[UserRecord]) -> Roster {
    let mut snapshot = Snapshot::new();
    for person in people {
        snapshot.push(person);
    }
    Roster::new(snapshot, sites(), Seats::default(), NOW)
}

fn person(account: &str) -> UserRecord {
    UserRecord::unknown(AccountId(account.into()), DirectoryId("d1".into()))
}

fn access(product: usize, site: usize, activity: Activity) -> Access {
    let (product, (cloud_id, _)) = (PRODUCTS[product], SITES[site]);
    Access {
        resource: Resource(format!("ari:cloud:{product}::site/{cloud_id}")),
        product: product.into(),
        seat: None,
        activity,
    }
}

fn days_ago(days: i64) -> Activity {
    Activity::Seen(NOW.plus(-days * DAY))
}

fn pick<T: Clone>(random: &mut impl Rng, values: &[T]) -> T {
    values[random.random_range(0..values.len())].clone()
}

fn some(random: &mut impl Rng) -> bool {
    random.random_range(0..4) > 0
}

fn anybody(random: &mut ChaCha8Rng, number: usize) -> UserRecord {
    let first = pick(random, &["Anna", "Änne", "Bob", "Ada", "Łukasz", "Иван"]);
    let last = pick(random, &["Müller", "Smith", "de la Cruz", "Weiß", "O'Neil"]);
    let domain = pick(random, &["acme.example", "Acme.example", "other.example"]);
    let group = |id: &str| Group {
        id: GroupId(id.into()),
        name: Some(format!("group {id}")),
    };
    let activity = [
        days_ago(0),
        days_ago(29),
        days_ago(30),
        days_ago(31),
        days_ago(400),
        Activity::Never,
        Activity::Unknown,
    ];
    let mut accesses = Vec::new();
    for product in 0..PRODUCTS.len() {
        for site in 0..SITES.len() {
            if random.random_range(0..3) == 0 {
                accesses.push(Access {
                    seat: pick(random, &[Some(true), Some(false), None]),
                    ..access(product, site, pick(random, &activity))
                });
            }
        }
    }
    let hex: String = (0..24)
        .map(|_| pick(random, &['a', 'd', '0', 'e']))
        .collect();
    UserRecord {
        status: some(random).then(|| pick(random, &Status::ALL).0),
        claim: some(random).then(|| pick(random, &Claim::ALL).0),
        name: some(random).then(|| format!("{first} {last}")),
        email: some(random).then(|| format!("{}{number}@{domain}", folded(first))),
        added: some(random).then(|| NOW.plus(-DAY * random.random_range(0..900))),
        groups: some(random).then(|| {
            let groups = ["g1", "g2", "g3"].into_iter();
            groups
                .filter(|_| random.random_range(0..3) == 0)
                .map(group)
                .collect()
        }),
        roles: some(random).then(|| {
            let roles = ["atlassian/org-admin", "atlassian/site-admin"].into_iter();
            let chosen = roles.filter(|_| random.random_range(0..4) == 0);
            chosen.map(String::from).collect()
        }),
        access: some(random).then_some(accesses),
        // Now and then somebody whom another directory lists already.
        ..UserRecord::unknown(
            AccountId(if number % 7 == 6 {
                format!("712020:{:04}", number - 1)
            } else if number % 7 == 5 {
                format!("712020:{number:04}")
            } else {
                hex
            }),
            DirectoryId(if number % 7 == 6 { "d2" } else { "d1" }.into()),
        )
    }
}

fn list(random: &mut ChaCha8Rng, values: &[&str]) -> Vec<String> {
    let mut list = Vec::new();
    if random.random_range(0..5) == 0 {
        list.push(pick(random, values).to_owned());
        if random.random() {
            list.push(pick(random, values).to_owned());
        }
    }
    list
}

fn any_filter(random: &mut ChaCha8Rng) -> Filter {
    use ActivityKind as K;
    let texts = [
        "",
        "a",
        "ann",
        "müll",
        "MULLER anna",
        "ada",
        "dead0e",
        "712020:00",
        "acme.EX",
    ];
    let kinds = [K::Idle, K::Never, K::Active, K::Unknown, K::None];
    Filter {
        text: pick(random, &texts).to_owned(),
        status: list(random, &["active", "suspended", "unknown"]),
        claim: list(random, &["managed", "external", "unknown"]),
        directories: list(random, &["d1", "d2"]),
        roles: list(random, &["atlassian/org-admin", "unknown"]),
        groups: list(random, &["g1", "g2", "unknown"]),
        domains: list(random, &["acme.example", "OTHER.example", "unknown"]),
        products: list(random, &PRODUCTS),
        sites: list(random, &["1", "BETA.atlassian.net"]),
        seats: match random.random_range(0..5) {
            0 => vec![pick(random, &SEATS)],
            1 => vec![Seat::Taken, Seat::Unknown],
            _ => Vec::new(),
        },
        activity: (random.random_range(0..3) == 0).then(|| ActivityFilter {
            kind: pick(random, &kinds),
            days: pick(random, &[None, Some(30), Some(365)]),
        }),
        ..Filter::default()
    }
}

fn names(rows: &[RosterRow]) -> Vec<(String, Option<String>)> {
    let rows = rows.iter();
    rows.map(|row| (row.account.clone(), row.directory.clone()))
        .collect()
}

#[test]
fn a_filter_lets_through_whom_a_naive_one_does_also_after_other_filters() {
    let mut random = ChaCha8Rng::seed_from_u64(6);
    for size in [0, 1, 63, 64, 65, 300, 1_500] {
        let people: Vec<UserRecord> = (0..size).map(|n| anybody(&mut random, n)).collect();
        let mut roster = roster(&people);
        assert_eq!(roster.people(), count(size));
        let mut least = usize::MAX;
        for _ in 0..150 {
            let filter = any_filter(&mut random);
            let expected: Vec<(String, Option<String>)> = people
                .iter()
                .filter(|person| is_let_through(person, &filter))
                .map(|person| (person.account.0.clone(), Some(person.directory.0.clone())))
                .collect();
            let shown = roster.filter(filter.clone()).unwrap();
            assert_eq!(shown, count(expected.len()), "{filter:?}");
            assert_eq!(names(&roster.rows(0, shown)), expected, "{filter:?}");
            least = least.min(expected.len());
        }
        assert!(
            size < 300 || least < size / 50,
            "the filters let too many through"
        );
    }
}

#[test]
fn typing_sign_by_sign_finds_the_same_as_typing_at_once() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let people: Vec<UserRecord> = (0..800).map(|n| anybody(&mut random, n)).collect();
    let mut typed = roster(&people);
    for text in [
        "Müller anna",
        "dead0e00",
        "ада",
        "a b c",
        "712020:0005",
        "anna7 acme",
    ] {
        let mut so_far = String::new();
        // There and back again.
        let signs = text.chars().count();
        let steps = (1..=signs).chain((0..signs).rev());
        for length in steps {
            so_far.clear();
            so_far.extend(text.chars().take(length));
            let filter = Filter {
                text: so_far.clone(),
                ..Filter::default()
            };
            let shown = typed.filter(filter.clone()).unwrap();
            let mut fresh = roster(&people);
            assert_eq!(shown, fresh.filter(filter).unwrap(), "{so_far:?}");
            assert_eq!(typed.rows(0, shown), fresh.rows(0, shown), "{so_far:?}");
        }
    }
}

#[test]
fn what_is_not_known_is_never_shown_as_idle_or_never_used() {
    let old = days_ago(100);
    let recent = days_ago(3);
    let (never, unknown) = (Activity::Never, Activity::Unknown);
    for (activities, expected) in [
        (Some(vec![old]), "idle"),
        (Some(vec![old, never]), "idle"),
        (Some(vec![old, unknown]), "unknown"),
        (Some(vec![unknown]), "unknown"),
        (Some(vec![never, unknown]), "unknown"),
        (Some(vec![never, never]), "never"),
        (Some(vec![recent, unknown]), "active"),
        (Some(vec![recent, old]), "active"),
        (Some(vec![]), "none"),
        (None, "unknown"),
    ] {
        let access = |(site, activity): (usize, &Activity)| access(0, site, *activity);
        let somebody = UserRecord {
            access: activities
                .as_ref()
                .map(|activities| activities.iter().enumerate().map(access).collect()),
            ..person("a")
        };
        let mut roster = roster(&[somebody]);
        let mut found = Vec::new();
        for (kind, name) in [
            (ActivityKind::Idle, "idle"),
            (ActivityKind::Never, "never"),
            (ActivityKind::Active, "active"),
            (ActivityKind::Unknown, "unknown"),
            (ActivityKind::None, "none"),
        ] {
            let days = Some(90);
            let filter = Filter {
                activity: Some(ActivityFilter { kind, days }),
                ..Filter::default()
            };
            if roster.filter(filter).unwrap() == 1 {
                found.push(name);
            }
        }
        // Exactly one of them is true of everybody.
        assert_eq!(found, [expected], "{activities:?}");
    }
}

#[test]
fn a_policy_filters_as_it_decides() {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let people: Vec<UserRecord> = (0..400).map(|n| anybody(&mut random, n)).collect();
    let mut roster = roster(&people);
    let document = r#"{"version":1,"id":"p","name":"P","tolerance":"0h","match":{"all":[{"status":["active"]},
        {"idle":{"longerThan":"30d","sites":["acme.atlassian.net"]}}]},"stages":[{"after":"0d","do":"suspend"}]}"#;
    let preview = roster.preview(document, 5).unwrap();
    assert!(preview.matched > 5 && preview.unknown > 5, "{preview:?}");
    assert_eq!(preview.sample.len(), 5);
    assert!(preview.sample.iter().all(|one| one.reason.contains("day")));
    assert_eq!(preview.undecided.len(), 5);
    let mut all = 0;
    for (is, verdict) in [
        (RowTruth::True, Truth::True),
        (RowTruth::Unknown, Truth::Unknown),
        (RowTruth::False, Truth::False),
    ] {
        let policy = Some(PolicyFilter {
            document: document.into(),
            is,
        });
        let filter = Filter {
            policy,
            ..Filter::default()
        };
        let shown = roster.filter(filter).unwrap();
        all += shown;
        let rows = roster.rows(0, shown);
        for row in rows.iter().filter(|row| !row.elsewhere) {
            let explained = roster.explain(document, &row.account).unwrap();
            assert_eq!(explained[0].verdict, verdict);
        }
        match is {
            RowTruth::True => assert_eq!(shown, preview.matched),
            RowTruth::Unknown => assert_eq!(shown, preview.unknown),
            RowTruth::False => {}
        }
    }
    assert_eq!(all, roster.people());
    let wrong = Filter {
        policy: Some(PolicyFilter {
            document: "{}".into(),
            is: RowTruth::True,
        }),
        ..Filter::default()
    };
    assert!(matches!(roster.filter(wrong), Err(RosterError::Policy(_))));
}

#[test]
fn a_pasted_list_finds_people_by_address_and_id_and_says_whom_it_does_not_find() {
    let with = |account: &str, email: &str| UserRecord {
        email: Some(email.into()),
        ..person(account)
    };
    let mut roster = roster(&[
        with("712020:a", "Anna@acme.example"),
        with("712020:b", "bob@acme.example"),
        with("712020:c", "carl@acme.example"),
    ]);
    let filter = |within: &[&str], without: &[&str]| Filter {
        within: within.iter().map(|name| (*name).to_owned()).collect(),
        without: without.iter().map(|name| (*name).to_owned()).collect(),
        ..Filter::default()
    };
    assert_eq!(
        roster.filter(filter(&["pasted"], &[])),
        Err(RosterError::NoSuchSet("pasted".into()))
    );
    let text = "\"Anna\" <anna@ACME.example>; 712020:B,\r\n712020:b nobody@acme.example";
    let marked = roster.mark("pasted", text);
    assert_eq!((marked.people, marked.given, marked.missing), (2, 4, 2));
    assert_eq!(marked.not_found, ["Anna", "nobody@acme.example"]);
    assert_eq!(roster.filter(filter(&["pasted"], &[])), Ok(2));
    roster.mark("exempt", "712020:a");
    assert_eq!(roster.filter(filter(&["pasted"], &["exempt"])), Ok(1));
    assert_eq!(roster.accounts(0, 9), ["712020:b"]);
    // Another set under the same name is asked for at once, by the same filter.
    roster.mark("exempt", "712020:b");
    assert_eq!(roster.filter(filter(&["pasted"], &["exempt"])), Ok(1));
    assert_eq!(roster.accounts(0, 9), ["712020:a"]);
}

#[test]
fn an_order_is_stable_and_leaves_what_is_not_known_at_the_end() {
    let with = |account: &str, name: Option<&str>, status, activity| UserRecord {
        name: name.map(String::from),
        status,
        access: Some(vec![access(0, 0, activity)]),
        ..person(account)
    };
    let (active, suspended) = (Some(Status::Active), Some(Status::Suspended));
    let mut roster = roster(&[
        with("1", Some("Örn Longname B"), active, days_ago(5)),
        with("2", None, suspended, Activity::Unknown),
        with("3", Some("orn longname a"), suspended, Activity::Never),
        with("4", Some("Zoe"), None, days_ago(9)),
        with("5", Some("adam"), active, days_ago(7)),
    ]);
    let mut order = |column, descending| {
        roster.sort(column, descending);
        roster.accounts(0, 9).concat()
    };
    assert_eq!(order(Column::Name, false), "53142");
    assert_eq!(order(Column::Name, true), "41352");
    assert_eq!(order(Column::Name, false), "53142");
    // Whoever is equal stays in the order of the names.
    assert_eq!(order(Column::Status, false), "51324");
    assert_eq!(order(Column::Status, true), "32514");
    assert_eq!(order(Column::LastSeen, false), "34512");
    assert_eq!(order(Column::LastSeen, true), "15432");
    let filter = Filter {
        status: vec!["active".into()],
        ..Filter::default()
    };
    assert_eq!(roster.filter(filter), Ok(2));
    assert_eq!(roster.accounts(0, 9), ["1", "5"]);
}

#[test]
fn facets_count_those_who_are_shown() {
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let people: Vec<UserRecord> = (0..500).map(|n| anybody(&mut random, n)).collect();
    let mut roster = roster(&people);
    let filter = Filter {
        text: "ann".into(),
        ..Filter::default()
    };
    roster.filter(filter.clone()).unwrap();
    let facets = roster.facets(2);
    let shown: Vec<&UserRecord> = people
        .iter()
        .filter(|person| is_let_through(person, &filter))
        .collect();
    let of = |counts: &[NamedCount], value: &str| {
        let mut counts = counts.iter();
        counts
            .find(|count| count.value == value)
            .map_or(0, |count| count.people)
    };
    let number =
        |is: &dyn Fn(&UserRecord) -> bool| count(shown.iter().filter(|one| is(one)).count());
    assert_eq!(facets.people, number(&|_| true));
    assert_eq!(
        of(&facets.status, "active"),
        number(&|one| one.status == Some(Status::Active))
    );
    assert_eq!(
        of(&facets.claim, "unknown"),
        number(&|one| one.claim.is_none())
    );
    let is_of = |one: &UserRecord, domain: &str| {
        let email = one.email.as_deref().unwrap_or_default().to_lowercase();
        email.ends_with(domain)
    };
    assert_eq!(
        of(&facets.domains, "acme.example"),
        number(&|one| is_of(one, "@acme.example"))
    );
    assert_eq!(
        of(&facets.external_domains, "other.example"),
        number(&|one| is_of(one, "@other.example") && one.claim == Some(Claim::External))
    );
    assert_eq!(facets.groups.len(), 2);
    assert!(facets.groups[0].people >= facets.groups[1].people);
    for group in &facets.groups {
        let is_in = |one: &UserRecord| {
            let groups = one.groups.as_ref();
            groups.is_some_and(|groups| groups.iter().any(|known| known.id.as_str() == group.value))
        };
        assert_eq!(group.people, number(&is_in));
    }
    for product in &facets.products {
        let holds = |one: &UserRecord| {
            let mut accesses = one.access.iter().flatten();
            accesses.any(|access| access.product == product.value)
        };
        assert_eq!(product.people, number(&holds));
    }
    assert_eq!(facets.products.len(), PRODUCTS.len());
    assert_eq!(facets.sites.len(), SITES.len());
    for counted in &facets.accesses {
        let holds = |one: &UserRecord| {
            one.access.iter().flatten().any(|access| {
                let cloud_id = access.resource.site().unwrap();
                let host = SITES
                    .iter()
                    .find(|(known, _)| *known == cloud_id)
                    .unwrap()
                    .1;
                access.product == counted.product && counted.site.as_deref() == Some(host)
            })
        };
        assert_eq!(counted.people, number(&holds));
    }
}

#[test]
fn a_panel_names_the_groups_that_grant_an_access() {
    let group = |id: &str| Group {
        id: GroupId(id.into()),
        name: Some(format!("the {id}")),
    };
    let somebody = UserRecord {
        groups: Some(vec![group("users"), group("others")]),
        access: Some(vec![
            access(0, 0, days_ago(5)),
            access(1, 0, Activity::Never),
        ]),
        ..person("a")
    };
    let mut snapshot = Snapshot::new();
    snapshot.push(&somebody);
    let mut seats = Seats::default();
    let jira = Resource("ari:cloud:jira-software::site/1".into());
    seats.grant(&GroupId("users".into()), &jira, &["atlassian/user".into()]);
    let roster = Roster::new(snapshot, sites(), seats, NOW);
    let panel = roster.panel("a").unwrap();
    let accesses = panel.listings[0].accesses.as_ref().unwrap();
    assert_eq!(accesses[0].by_groups, ["the users"]);
    assert!(!accesses[0].perhaps_others);
    assert_eq!(accesses[0].site.as_deref(), Some("acme.atlassian.net"));
    // No group of theirs is known to grant it: somebody gave it otherwise.
    assert_eq!(accesses[1].by_groups, [""; 0]);
    assert!(accesses[1].perhaps_others);
    assert_eq!(roster.panel("b"), None);
}

#[test]
fn a_table_has_headings_once_and_begins_no_formula() {
    let somebody = UserRecord {
        name: Some("=1+1".into()),
        access: Some(vec![access(0, 0, Activity::Unknown)]),
        ..person("a")
    };
    let mut roster = roster(&[somebody]);
    let table = roster.csv(0, 9);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("Account id,Name,Email,"));
    assert_eq!(
        lines[1],
        "a,'=1+1,,unknown,unknown,d1,unknown,unknown,jira-software on acme.atlassian.net: unknown"
    );
    assert_eq!(roster.csv(1, 9), "");
    let nobody = Filter {
        text: "nobody".into(),
        ..Filter::default()
    };
    assert_eq!(roster.filter(nobody), Ok(0));
    assert_eq!(roster.csv(0, 9).lines().count(), 1);
}
