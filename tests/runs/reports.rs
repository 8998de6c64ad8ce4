//! Who is told by name, what a policy says about its own reports, and the report of a run that somebody sends.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use cloud::organization::AccountStatus;
use seatkeeper::app::admin::{Answer, Command, MessagePreview, ReportSent};
use seatkeeper::app::records::{
    GiveBack, NewsMessage, Notices, Reports, RoleGroup, Roles, Run, RunState,
};
use seatkeeper::audit::StoredEntry;
use seatkeeper::model::{AccountId, GroupId};
use seatkeeper::policy::ReportWhen;
use serde_json::{Value, json};

use crate::approval::{user_of_jira, users_of_jira};
use crate::in_process::Ending;
use crate::scene::Scene;

/// One press of the button.
const PRESS: &str = "9d1c7a52-0000-4000-8000-000000000001";

/// A scene in which a policy is due; what changes it comes before it is saved.
fn scene(change: impl FnOnce(&mut Value)) -> Scene {
    let mut scene = Scene::new(31, 300, |_| {});
    change(&mut scene.policy);
    scene.prepare();
    scene
}

/// Says who is told.
fn tell(scene: &Scene, reports: Option<Reports>) {
    let issue = scene.world.cloud.borrow_mut().make_issue("LIFE", "Seats");
    scene.order(notices(issue, reports));
}

fn notices(issue: String, reports: Option<Reports>) -> Command {
    Command::SetNotices {
        notices: Some(Notices {
            issue,
            contact: Some("it@acme.example".into()),
            most_warned: 1_000,
            keep_days: Some(30),
            keep_times: None,
            give_back: Some(GiveBack::Ask),
            reports,
        }),
    }
}

fn to_people(people: &[&String]) -> Reports {
    let ids = people.iter().map(|account| AccountId((*account).clone()));
    Reports {
        people: ids.collect(),
        seats_percent: None,
        ..Reports::default()
    }
}

fn quarter(scene: &Scene) {
    let clock = scene.world.cloud.borrow().clock().clone();
    clock.advance(Duration::from_secs(900));
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

/// A run that is held, with nothing told of it yet.
fn held(scene: &Scene) -> Run {
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let run = scene.only_run();
    assert_eq!(run.state, RunState::Held, "{run:?}");
    run
}

/// Somebody who uses Jira and administers nothing, with their address.
fn reader(scene: &Scene) -> (String, String) {
    let account = user_of_jira(scene);
    let users = scene.world.cloud.borrow().dump_users();
    let user = users
        .into_iter()
        .find(|user| user["accountId"] == account.as_str());
    let email = user.expect("the user")["email"].clone();
    (account, email.as_str().expect("an address").to_owned())
}

/// Closes an account: mail reaches it no more.
fn close(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let closed = cloud.change_user(account, |user| user.account_status = AccountStatus::Closed);
    closed.expect("a person");
}

/// Whom the calls that send mail named.
fn named(scene: &Scene) -> Vec<Value> {
    let traffic = scene.world.traffic.borrow();
    let sent = traffic
        .iter()
        .filter(|(request, _)| request.path.ends_with("/notify"));
    sent.map(|(request, _)| {
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        body["to"].clone()
    })
    .collect()
}

/// Who got what, by subject.
fn mail(scene: &Scene) -> Vec<(String, String, String)> {
    let cloud = scene.world.cloud.borrow();
    let inbox = cloud.inbox().iter();
    inbox
        .map(|mail| {
            let text = mail.text.clone().unwrap_or_default();
            (mail.account_id.clone(), mail.subject.clone(), text)
        })
        .collect()
}

fn messages(scene: &Scene) -> Vec<(NewsMessage, bool)> {
    match scene.order(Command::News {}) {
        Answer::News(news) => {
            let items = news.items.iter();
            items
                .map(|item| (item.message, item.why.is_some()))
                .collect()
        }
        other => panic!("{other:?}"),
    }
}

/// What the log says of messages to administrators.
fn reported(scene: &Scene) -> Vec<Value> {
    let entries: Vec<StoredEntry> = scene.log();
    let entries = entries.iter().map(|entry| {
        let entry: Value = serde_json::from_str(&entry.entry).expect("JSON");
        entry
    });
    entries
        .filter(|entry| entry["action"] == json!("report"))
        .collect()
}

#[test]
fn people_are_told_by_name_and_whom_mail_does_not_reach_is_left_out() {
    for (reader_is_told, is_closed, expected) in [
        (true, false, (NewsMessage::Sent, false)),
        (true, true, (NewsMessage::Sent, false)),
        (false, true, (NewsMessage::Refused, true)),
    ] {
        let scene = scene(|_| {});
        let (reader, _) = reader(&scene);
        let other = scene.exempt_users[0].clone();
        if is_closed {
            close(&scene, &other);
        }
        let people = if reader_is_told {
            vec![&reader, &other]
        } else {
            vec![&other]
        };
        tell(&scene, Some(to_people(&people)));
        held(&scene);
        quarter(&scene);
        assert_eq!(messages(&scene), [expected], "{is_closed}");
        let named: BTreeSet<String> = named(&scene)
            .iter()
            .flat_map(|to| to["users"].as_array().expect("people").clone())
            .map(|one| one["accountId"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!(named.contains(&other), !is_closed);
        assert_eq!(named.contains(&reader), reader_is_told);
    }
}

#[test]
fn whoever_is_told_is_an_account_and_one_of_at_most_50() {
    let scene = scene(|_| {});
    let many: Vec<AccountId> = (0..51)
        .map(|number| AccountId(format!("712020:{number}")))
        .collect();
    for (people, is_fit) in [
        (many.clone(), false),
        (many[..50].to_vec(), true),
        (vec![AccountId("ada@acme.example".into())], false),
    ] {
        let reports = Reports {
            people,
            ..Reports::default()
        };
        let command = notices("LIFE-1".into(), Some(reports));
        if is_fit {
            scene.order(command);
        } else {
            assert_eq!(scene.refused(&scene.first, command).code, "invalid");
        }
    }
}

#[test]
fn whoever_closed_their_account_is_told_nothing_any_more() {
    let scene = scene(|_| {});
    let (reader, _) = reader(&scene);
    let closed = scene.exempt_users[0].clone();
    tell(&scene, Some(to_people(&[&reader, &closed])));
    held(&scene);
    close(&scene, &closed);
    for _ in 0..3 {
        let clock = scene.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(7 * 86_400));
        quarter(&scene);
    }
    let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
        panic!("no overview")
    };
    let notices = overview.settings.notices.expect("notices");
    let people = notices.reports.expect("reports").people;
    assert_eq!(people, [AccountId(reader)]);
}

#[test]
fn whoever_is_told_is_in_the_weekly_report_of_accounts() {
    let scene = scene(|_| {});
    // Nothing else is kept of them.
    let stranger = String::from("712020:no-directory-lists-them");
    tell(&scene, Some(to_people(&[&stranger])));
    held(&scene);
    quarter(&scene);
    let cloud = scene.world.cloud.borrow();
    assert!(cloud.reported().contains_key(&stranger));
}

#[test]
fn a_policy_says_itself_when_its_runs_are_reported_and_to_whom() {
    for (when, own, of_dry, of_real) in [
        (ReportWhen::Problems, Some("always"), true, true),
        (ReportWhen::Always, Some("problems"), false, true),
        (ReportWhen::Problems, Some("changes"), false, true),
        (ReportWhen::Problems, None, false, false),
        (ReportWhen::Always, None, true, true),
    ] {
        let mut scene = Scene::new(31, 300, |_| {});
        let (reader, email) = reader(&scene);
        let users = users_of_jira(&scene);
        if let Some(own) = own {
            let to = [email.to_uppercase(), "nobody@acme.example".into()];
            scene.policy["report"] = json!({"to": to, "when": own});
        }
        scene.prepare();
        let told = Reports {
            groups: vec![users],
            runs: when,
            seats_percent: None,
            ..Reports::default()
        };
        tell(&scene, Some(told));
        let run = held(&scene);
        // That it waits is told to whom the settings name.
        quarter(&scene);
        scene.release(&run.id);
        scene.world.deliver_all();
        scene.started("idle-contractors", true);
        for _ in 0..4 {
            quarter(&scene);
        }
        let case = format!("{when:?} {own:?}");
        let titles: Vec<String> = match scene.order(Command::News {}) {
            Answer::News(news) => news.items.into_iter().map(|item| item.title).collect(),
            other => panic!("{other:?}"),
        };
        let has = |part: &str| titles.iter().any(|title| title.contains(part));
        assert_eq!(has("dry run"), of_dry, "{case}: {titles:?}");
        assert_eq!(has(": done"), of_real, "{case}: {titles:?}");
        let got = |part: &str| -> BTreeSet<String> {
            let mails = mail(&scene).into_iter();
            let about =
                mails.filter(|(_, subject, text)| subject.contains(part) || text.contains(part));
            about.map(|(account, ..)| account).collect()
        };
        assert!(got(": held").len() > 5, "{case}");
        let done = got(": done");
        match own {
            Some(_) => assert_eq!(done, BTreeSet::from([reader]), "{case}"),
            None => assert_eq!(done.len() > 5, of_real, "{case}"),
        }
    }
}

#[test]
fn a_policy_can_name_groups_and_one_that_is_not_there_is_said() {
    for (group, message) in [
        (None, NewsMessage::Sent),
        (Some("no-such-group"), NewsMessage::Refused),
    ] {
        let mut scene = Scene::new(31, 300, |_| {});
        let name = group.map_or_else(|| users_of_jira(&scene).name, String::from);
        scene.policy["report"] = json!({"to": [name], "when": "always"});
        scene.prepare();
        tell(&scene, None);
        scene.started("idle-contractors", true);
        quarter(&scene);
        let Answer::News(news) = scene.order(Command::News {}) else {
            panic!("no news")
        };
        let dry = news
            .items
            .iter()
            .find(|item| item.title.contains("dry run"));
        assert_eq!(dry.expect("news of it").message, message);
        // The settings name nobody.
        let others = news.items.iter().filter(|item| item.report.is_none());
        assert!(
            others
                .into_iter()
                .all(|item| item.message == NewsMessage::Nobody)
        );
    }
}

fn order(run: &Run, press: &str, people: &[&String]) -> Command {
    Command::SendReport {
        run: run.id.clone(),
        people: people.iter().map(|one| AccountId((*one).clone())).collect(),
        groups: Vec::new(),
        note: Some("for the audit of November".into()),
        bundle: None,
        press: press.into(),
    }
}

fn sent(answer: Answer) -> ReportSent {
    match answer {
        Answer::ReportSent(sent) => sent,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_is_sent_once_a_press_and_says_what_proves_it() {
    let scene = scene(|_| {});
    tell(&scene, None);
    let (reader, _) = reader(&scene);
    let run = held(&scene);
    for _ in 0..2 {
        let done = sent(scene.order(order(&run, PRESS, &[&reader])));
        assert_eq!((done.message, done.why), (NewsMessage::Sent, None));
    }
    let mails = mail(&scene);
    assert_eq!(mails.len(), 1, "{mails:?}");
    let (account, subject, text) = &mails[0];
    assert_eq!(*account, reader);
    let people = run.counts.planned;
    assert_eq!(
        *subject,
        format!("Seatkeeper: report of Idle contractors: held, {people} people planned")
    );
    let plan = &run.plan.as_ref().expect("a plan").hash;
    for part in [
        "for the audit of November",
        run.guards[0].text.get(1..).expect("a text"),
        &format!("Matched: {}; still planned: {people};", run.counts.matched),
        &format!("protected: {}. Not decided", run.counts.protected),
        "protected, ",
        &run.id,
        &format!("The plan's hash: {plan}"),
        "No evidence bundle came with it",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // An exemption's reason is somebody's words about somebody.
    assert!(!text.contains("on leave"), "{text}");
    let (_, head) = text.rsplit_once(": ").expect("the log's head");
    let (number, hash) = head.split_once(':').expect("a number and a hash");
    let number: usize = number.parse().expect("a number");
    assert_eq!(scene.log()[number - 1].hash, hash);
    let entries = reported(&scene);
    assert_eq!(entries.len(), 1, "{entries:?}");
    let entry = &entries[0];
    assert_eq!(entry["actor"], json!(format!("person:{}", scene.first)));
    assert_eq!(entry["run"], json!(run.id));
    assert_eq!(entry["outcome"], json!("done"));
    assert_eq!(entry["after"]["people"], json!([reader]));

    // Another press is another report; the page's bundle is named in it.
    let bundle = "0a".repeat(32);
    let Command::SendReport {
        run,
        people,
        groups,
        note,
        ..
    } = order(&run, PRESS, &[&reader])
    else {
        unreachable!()
    };
    let again = Command::SendReport {
        run,
        people,
        groups,
        note,
        bundle: Some(bundle.clone()),
        press: "9d1c7a52-0000-4000-8000-000000000002".into(),
    };
    assert_eq!(sent(scene.order(again)).message, NewsMessage::Sent);
    let mails = mail(&scene);
    assert_eq!(mails.len(), 2);
    assert!(mails[1].2.contains(&format!("the SHA-256 {bundle}")));
}

#[test]
fn a_report_is_refused_to_those_who_only_look_and_with_what_is_wrong() {
    let scene = scene(|_| {});
    let (reader, _) = reader(&scene);
    let run = held(&scene);
    let wish = order(&run, PRESS, &[&reader]);
    assert_eq!(
        scene.refused(&scene.first, wish.clone()).code,
        "wrong-state"
    );
    tell(&scene, None);
    let jira_admin = scene.world.cloud.borrow().organization().people.jira_admins[0].clone();
    for account in [&jira_admin, &reader] {
        assert_eq!(scene.refused(account, wish.clone()).code, "not-allowed");
    }
    let with = |change: &dyn Fn(&mut Value)| {
        let mut command = json!({
            "command": "sendReport", "run": run.id, "people": [reader], "groups": [], "note": null,
            "bundle": null, "press": PRESS,
        });
        change(&mut command);
        Command::read(&command.to_string()).expect("a command")
    };
    for (change, code) in [
        (
            &(|one: &mut Value| one["people"] = json!([])) as &dyn Fn(&mut Value),
            "invalid",
        ),
        (&|one: &mut Value| one["people"] = json!(["a b"]), "invalid"),
        (&|one: &mut Value| one["press"] = json!("short"), "invalid"),
        (
            &|one: &mut Value| one["press"] = json!("with a blank in it, and long"),
            "invalid",
        ),
        (&|one: &mut Value| one["bundle"] = json!("0a"), "invalid"),
        (
            &|one: &mut Value| one["note"] = json!("two\nlines"),
            "invalid",
        ),
        (&|one: &mut Value| one["run"] = json!("none"), "not-found"),
    ] {
        assert_eq!(scene.refused(&scene.first, with(change)).code, code);
    }
    scene.order(Command::SetRoles {
        roles: Roles {
            operator: Some(users_of_jira(&scene)),
            approver: None,
        },
    });
    let by_operator = scene.world.command(&reader, wish);
    assert_eq!(
        sent(by_operator.expect("an answer")).message,
        NewsMessage::Sent
    );
    // To a group, by its id.
    let mut to_group = with(&|_| {});
    if let Command::SendReport { groups, press, .. } = &mut to_group {
        *groups = vec![RoleGroup {
            id: GroupId("no-such-group".into()),
            name: "gone".into(),
        }];
        *press = "9d1c7a52-0000-4000-8000-000000000003".into();
    }
    let refused = sent(scene.order(to_group));
    assert_eq!(refused.message, NewsMessage::Refused);
    assert!(refused.why.is_some());
}

#[test]
fn a_run_at_work_has_no_report_yet() {
    let scene = scene(|_| {});
    tell(&scene, None);
    let (reader, _) = reader(&scene);
    let policy = "idle-contractors".to_owned();
    let Answer::Run(run) = scene.order(Command::StartRun { policy, dry: true }) else {
        panic!("no run")
    };
    let refused = scene.refused(&scene.first, order(&run, PRESS, &[&reader]));
    assert_eq!(refused.code, "wrong-state");
    scene.world.deliver_all();
    let done = sent(scene.order(order(&run, PRESS, &[&reader])));
    assert_eq!(done.message, NewsMessage::Sent);
    assert!(mail(&scene)[0].1.contains("dry run"));
}

#[test]
fn a_report_that_may_have_been_sent_is_not_sent_again_and_one_that_was_not_is() {
    for (fault, first, again, mails) in [
        (
            FaultKind::Forbidden,
            Some(NewsMessage::Refused),
            NewsMessage::Refused,
            0,
        ),
        (
            FaultKind::CutAfter,
            Some(NewsMessage::Unclear),
            NewsMessage::Unclear,
            1,
        ),
        (
            FaultKind::ServerErrorBefore,
            Some(NewsMessage::Unclear),
            NewsMessage::Unclear,
            0,
        ),
        (FaultKind::TooManyRequests, None, NewsMessage::Sent, 1),
    ] {
        let scene = scene(|_| {});
        tell(&scene, None);
        let (reader, _) = reader(&scene);
        let run = held(&scene);
        let faults = Faults::planned("jira.issue.notify", fault);
        scene.world.cloud.borrow_mut().set_faults(faults);
        let wish = order(&run, PRESS, &[&reader]);
        let answer = scene.world.command(&scene.first, wish.clone()).ok();
        assert_eq!(answer.map(|one| sent(one).message), first, "{fault:?}");
        let clock = scene.world.cloud.borrow().clock().clone();
        clock.advance(Duration::from_secs(3_600));
        assert_eq!(sent(scene.order(wish)).message, again, "{fault:?}");
        assert_eq!(mail(&scene).len(), mails, "{fault:?}");
        assert_eq!(reported(&scene).len(), 1, "{fault:?}");
    }
}

#[test]
fn a_kill_at_any_await_sends_no_press_twice_and_each_is_settled_once() {
    let scene = scene(|_| {});
    tell(&scene, None);
    let (reader, _) = reader(&scene);
    let run = held(&scene);
    let mut fates = BTreeSet::new();
    for awaits in 1.. {
        let copy = scene.copy();
        let wish = order(&run, PRESS, &[&reader]);
        let was_killed = copy
            .world
            .command_killed_at(&copy.first, wish.clone(), awaits);
        let pressed = sent(copy.order(wish.clone())).message;
        // The schedule settles what nobody asks for again.
        quarter(&copy);
        let settled = sent(copy.order(wish)).message;
        let mails = mail(&copy)
            .iter()
            .filter(|(_, subject, _)| subject.contains("report of"))
            .count();
        let mine = reported(&copy)
            .into_iter()
            .filter(|entry| entry["run"] == json!(run.id))
            .count();
        match settled {
            NewsMessage::Sent => assert_eq!(mails, 1, "killed after {awaits}"),
            NewsMessage::Unclear => assert!(mails <= 1, "killed after {awaits}"),
            other => panic!("killed after {awaits}: {other:?}"),
        }
        assert_eq!(mine, 1, "killed after {awaits}");
        fates.insert(format!("{pressed:?} {settled:?} {mails}"));
        if !was_killed {
            break;
        }
    }
    let expected = ["Sent Sent 1", "Trying Unclear 0", "Trying Unclear 1"];
    assert_eq!(fates, expected.map(str::to_owned).into());
}

#[test]
fn a_message_is_shown_as_a_person_would_get_it() {
    let scene = scene(|policy| {
        policy["stages"] = json!([{"after": "0d", "do": "warn"}, {"after": "7d", "do": "suspend"}]);
    });
    tell(&scene, None);
    let (reader, _) = reader(&scene);
    let show = |account: &str, stage: u32, language: Option<&str>| {
        scene.world.command(
            &scene.first,
            Command::PreviewMessage {
                document: scene.policy.to_string(),
                stage,
                account: AccountId(account.to_owned()),
                seen: None,
                reason: "last seen 120 days ago".into(),
                language: language.map(String::from),
            },
        )
    };
    let shown = |answer: Answer| -> MessagePreview {
        match answer {
            Answer::MessagePreview(preview) => preview,
            other => panic!("{other:?}"),
        }
    };
    let english = shown(show(&reader, 0, None).expect("an answer"));
    assert!(english.reached);
    for part in [
        "Last seen 120 days ago. Not before 2026-11-28, your access is suspended.",
        "https://link.example/keep-access",
        "https://link.example/get-access-back",
        "Questions? it@acme.example",
    ] {
        assert!(english.text.contains(part), "{part}\n{}", english.text);
    }
    assert!(english.text.starts_with("Hello "), "{}", english.text);
    assert!(english.html.contains("<a href="));
    let german = shown(show(&reader, 0, Some("de")).expect("an answer"));
    assert!(german.text.starts_with("Guten Tag "), "{}", german.text);
    close(&scene, &reader);
    assert!(!shown(show(&reader, 0, None).expect("an answer")).reached);
    for (account, stage) in [(reader.as_str(), 1), (reader.as_str(), 9), ("a b", 0)] {
        assert_eq!(
            show(account, stage, None).expect_err("refused").code,
            "invalid"
        );
    }
    assert_eq!(named(&scene), Vec::<Value>::new());
}
