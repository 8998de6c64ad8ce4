//! What administrators are told of people who ask for their access back.

use cloud::faults::{FaultKind, Faults};
use seatkeeper::app::LinkOutput;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{GiveBack, NewsItem, NewsMessage, Notices, Reports, RunState};
use seatkeeper::model::AccountId;
use serde_json::json;

use crate::approval::users_of_jira;
use crate::foreign::pass;
use crate::give_back::{asked_for, is_active, lost, press, scene, words};
use crate::scene::Scene;

const QUARTER: u64 = 900;
const BY_LINK: &str = "The person asked for it by the link of their warning";

fn suspending(give_back: GiveBack) -> Scene {
    scene(&[json!({"after": "7d", "do": "suspend"})], give_back)
}

/// The news about a person, by the beginning of its keys.
fn about(scene: &Scene, account: &str, key: &str) -> Vec<NewsItem> {
    let account = Some(AccountId(account.to_owned()));
    let news = scene.news().into_iter();
    news.filter(|item| item.subject == account && item.key.starts_with(key))
        .collect()
}

#[test]
fn it_is_said_that_they_asked_themselves_and_once_that_it_did_not_come_back() {
    for (end, why) in [
        ("reject", Some("rejected")),
        ("expire", Some("nobody approved the plan within 7 days")),
        ("approve", None),
    ] {
        let scene = suspending(GiveBack::Ask);
        let (account, token) = lost(&scene);
        assert_eq!(press(&scene, &token), LinkOutput::Asked);
        scene.world.deliver_all();
        scene.next_tick(QUARTER);
        let waiting = about(&scene, &account, "run:");
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        let title = "Idle contractors, an access asked back: waits for approval, 1 people planned";
        assert_eq!(waiting[0].title, title);
        assert!(waiting[0].text.starts_with(BY_LINK), "{}", waiting[0].text);
        let run = asked_for(&scene).remove(0).id;
        match end {
            "reject" => {
                scene.order(Command::RejectRun {
                    run: run.clone(),
                    reason: "left the company".into(),
                });
            }
            "expire" => pass(&scene, 8 * 24),
            _ => scene.approve(&run),
        }
        for _ in 0..4 {
            scene.next_tick(QUARTER);
        }
        let told = about(&scene, &account, "wish:");
        assert_eq!(told.len(), usize::from(why.is_some()), "{end}: {told:?}");
        assert_eq!(is_active(&scene, &account), why.is_none());
        if let (Some(why), Some(item)) = (why, told.first()) {
            let title = "Idle contractors: an access asked back did not come back";
            assert_eq!(item.title, title);
            assert!(item.text.starts_with(BY_LINK), "{}", item.text);
            assert!(item.text.contains(why), "{}", item.text);
            assert_eq!(item.run.as_ref(), Some(&run));
        }
    }
}

#[test]
fn a_wish_that_fails_is_told_by_mail_with_the_name() {
    let scene = suspending(GiveBack::Restore);
    scene.order(Command::SetNotices {
        notices: Some(Notices {
            reports: Some(Reports {
                groups: vec![users_of_jira(&scene)],
                ..Reports::default()
            }),
            ..words(Some(GiveBack::Restore))
        }),
    });
    let (account, token) = lost_beside_reports(&scene);
    let mut faults = Faults::planned("users.restore", FaultKind::Forbidden);
    faults.planned[0].times = 99;
    scene.world.cloud.borrow_mut().set_faults(faults);
    assert_eq!(press(&scene, &token), LinkOutput::Restoring);
    scene.world.deliver_all();
    for _ in 0..3 {
        scene.next_tick(QUARTER);
    }
    let run = asked_for(&scene).remove(0);
    assert!(
        run.state.is_over() && run.state != RunState::Done,
        "{run:?}"
    );
    let told = about(&scene, &account, "wish:");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].message, NewsMessage::Sent);
    let users = scene.world.cloud.borrow().dump_users();
    let mut users = users.iter();
    let person = users.find(|user| user["accountId"] == account.as_str());
    let name = person.expect("the person")["name"]
        .as_str()
        .expect("a name");
    // The app keeps the id, and no name.
    assert!(!format!("{told:?}").contains(name));
    let who = format!("Who it is about: {name} ({account}).");
    let cloud = scene.world.cloud.borrow();
    let mut texts = cloud.inbox().iter().filter_map(|mail| mail.text.as_ref());
    assert!(texts.any(|text| text.contains(&who)), "{who}");
}

/// Somebody who lost something since their warning, with their link, where others get mail, too.
fn lost_beside_reports(scene: &Scene) -> (String, String) {
    let account = loop {
        let run = crate::warnings::next_day(scene);
        let verified = match run.plan.as_ref().is_some_and(|plan| plan.takes > 0) {
            true => scene.verified(&run),
            false => Vec::new(),
        };
        if let Some(account) = verified.first() {
            break account.clone();
        }
    };
    let cloud = scene.world.cloud.borrow();
    let mut mails = cloud.inbox().iter().rev();
    let token = mails.find_map(|mail| {
        let (_, token) = mail.text.as_deref()?.split_once("?t=")?;
        let token = token.split_whitespace().next()?.to_owned();
        (mail.account_id == account).then_some(token)
    });
    (account, token.expect("a link"))
}
