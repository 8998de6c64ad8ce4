//! The report of a run that somebody sends, once a press, and a message shown to whoever writes its policy.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use cloud::organization::{Product, User};
use seatkeeper::app::admin::{
    Answer, Command, MessagePreview, MessageWish, Refusal, ReportSent, ReportWish,
};
use seatkeeper::app::records::{
    GiveBack, LinkRules, NewsMessage, Notices, PolicyLinks, RoleGroup, Roles, Run,
};
use seatkeeper::model::{AccountId, GroupId};
use serde_json::{Value, json};

use crate::approval::users_of_jira;
use crate::foreign::read;
use crate::give_back::words;
use crate::reports::{close, held, mail, named, quarter, reader, reported, scene, tell};
use crate::scene::Scene;

/// One press of the button.
const PRESS: &str = "9d1c7a52-0000-4000-8000-000000000001";

fn order(run: &Run, press: &str, people: &[&String]) -> Command {
    Command::SendReport {
        run: run.id.clone(),
        report: ReportWish {
            people: people.iter().map(|one| AccountId((*one).clone())).collect(),
            groups: Vec::new(),
            note: Some("for the audit of November".into()),
            bundle: None,
            press: press.into(),
        },
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
        "protected: organization administrator",
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
    let mut again = order(&run, "9d1c7a52-0000-4000-8000-000000000002", &[&reader]);
    if let Command::SendReport { report, .. } = &mut again {
        report.bundle = Some(bundle.clone());
    }
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
            "command": "sendReport", "run": run.id,
            "report": {"people": [reader], "groups": [], "note": null, "bundle": null, "press": PRESS},
        });
        change(&mut command);
        Command::read(&command.to_string()).expect("a command")
    };
    for (change, code) in [
        (
            &(|one: &mut Value| one["report"]["people"] = json!([])) as &dyn Fn(&mut Value),
            "invalid",
        ),
        (
            &|one: &mut Value| one["report"]["people"] = json!(["a b"]),
            "invalid",
        ),
        (
            &|one: &mut Value| one["report"]["press"] = json!("short"),
            "invalid",
        ),
        (
            &|one: &mut Value| one["report"]["press"] = json!("with a blank in it, and long"),
            "invalid",
        ),
        (
            &|one: &mut Value| one["report"]["bundle"] = json!("0a"),
            "invalid",
        ),
        (
            &|one: &mut Value| one["report"]["note"] = json!("two\nlines"),
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
    if let Command::SendReport { report, .. } = &mut to_group {
        report.groups = vec![RoleGroup {
            id: GroupId("no-such-group".into()),
            name: "gone".into(),
        }];
        report.press = "9d1c7a52-0000-4000-8000-000000000003".into();
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

fn preview(
    scene: &Scene,
    account: &str,
    stage: u32,
    language: Option<&str>,
) -> Result<Answer, Refusal> {
    let message = MessageWish {
        document: scene.policy.to_string(),
        stage,
        account: AccountId(account.to_owned()),
        seen: None,
        reason: "last seen 120 days ago".into(),
        language: language.map(String::from),
    };
    let command = Command::PreviewMessage { message };
    scene.world.command(&scene.first, command)
}

#[test]
fn a_message_is_shown_as_a_person_would_get_it() {
    let scene = scene(|policy| {
        policy["stages"] = json!([{"after": "0d", "do": "warn"}, {"after": "7d", "do": "suspend"}]);
    });
    tell(&scene, None);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let (reader, _) = reader(&scene);
    let show = |account: &str, stage, language| preview(&scene, account, stage, language);
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
    // The links of the policy itself, as its run would send them.
    let own = scene.copy();
    let links = LinkRules {
        keep_days: Some(7),
        ..LinkRules::default()
    };
    let policy = String::from("idle-contractors");
    own.order(Command::SetNotices {
        notices: Some(Notices {
            policies: vec![PolicyLinks { policy, links }],
            ..words(Some(GiveBack::Ask))
        }),
    });
    let texts = shown(preview(&own, &reader, 0, None).expect("an answer")).text;
    assert!(
        texts.contains("https://link.example/keep-access"),
        "{texts}"
    );
    assert!(!texts.contains("get-access-back"), "{texts}");
    // Jira knows them still, and they hold nothing of it.
    let elsewhere = |user: &mut User| {
        for access in &mut user.accesses {
            access.product = Product::Confluence;
        }
    };
    let mut cloud = own.world.cloud.borrow_mut();
    cloud.change_user(&reader, elsewhere).expect("a person");
    drop(cloud);
    read(&own);
    assert!(!shown(preview(&own, &reader, 0, None).expect("an answer")).reached);
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
