//! The preset of the seat pool on people: the longest idle leave until the seats are enough, and nobody else.

use std::collections::BTreeSet;

use seatkeeper::evaluate::{Context, compile};
use seatkeeper::model::{
    AccountId, AccountType, Activity, DAY, DirectoryId, Resource, Status, Time, Truth,
};
use seatkeeper::plan::SeatPool;
use seatkeeper::policy::{PRESETS, read};
use seatkeeper::snapshot::{Access, Site, Snapshot, UserRecord};

const NOW: Time = Time(1_795_262_400);

fn person(account: &str, activity: Activity) -> UserRecord {
    UserRecord {
        account_type: Some(AccountType::Atlassian),
        status: Some(Status::Active),
        added: Some(NOW.plus(-400 * DAY)),
        access: Some(vec![Access {
            resource: Resource("ari:cloud:jira-software::site/1".into()),
            product: "jira-software".into(),
            seat: Some(true),
            activity,
        }]),
        ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
    }
}

/// 90 people in use, and idle ones beside them: who is chosen.
fn chosen(idle: &[(&str, Activity)]) -> Vec<String> {
    let mut snapshot = Snapshot::new();
    for number in 0..90 {
        let account = format!("in-use-{number}");
        snapshot.push(&person(&account, Activity::Seen(NOW.plus(-DAY))));
    }
    for (account, activity) in idle {
        snapshot.push(&person(account, *activity));
    }
    let preset = PRESETS.iter().find(|preset| preset.id == "seat-pool");
    let policy = read(preset.expect("the preset").document).expect("a policy");
    let sites = [Site {
        cloud_id: "1".into(),
        host: "your-site.atlassian.net".into(),
    }];
    let context = Context {
        sites: &sites,
        ..Context::at(NOW)
    };
    let compiled = compile(&policy, &snapshot, context).expect("a policy that fits");
    let keep = policy.keep.as_ref().expect("a pool");
    let matched = snapshot
        .rows()
        .filter(|row| compiled.verdict(*row) == Truth::True);
    let seats = SeatPool::of(keep, &snapshot, &sites).expect("a known site");
    let pool = seats.choose(matched, &BTreeSet::new());
    pool.chosen
        .iter()
        .filter_map(|row| snapshot.account(*row).map(String::from))
        .collect()
}

#[test]
fn the_seat_pool_frees_what_is_over_a_hundred_seats_and_no_more() {
    let seen = |days: i64| Activity::Seen(NOW.plus(-days * DAY));
    let mut idle = vec![
        ("60-days", seen(60)),
        ("never", Activity::Never),
        ("200-days", seen(200)),
        ("not-known", Activity::Unknown),
        ("29-days", seen(29)),
    ];
    // 95 seats in use: enough for everybody.
    assert_eq!(chosen(&idle), Vec::<String>::new());
    let more: Vec<String> = (0..7).map(|number| format!("40-days-{number}")).collect();
    idle.extend(more.iter().map(|account| (account.as_str(), seen(40))));
    // 102 seats in use.
    assert_eq!(chosen(&idle), ["never", "200-days"]);
}
