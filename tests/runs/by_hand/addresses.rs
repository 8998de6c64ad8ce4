//! Setting e-mail addresses: for whom, how it is set back, and that no plan and no log holds one.

use seatkeeper::app::records::RunState;
use seatkeeper::plan::Fate;

use super::{
    act_on, approve, begun, line, managed, plan_text, scene, set_elsewhere, set_email, undo,
    unsynced, user,
};

#[test]
fn an_address_is_set_and_set_back_and_stands_in_no_plan_and_no_log() {
    let scene = scene(5);
    let people = unsynced(&scene)[..2].to_vec();
    let before: Vec<String> = people.iter().map(|one| user(&scene, one).email).collect();
    let wanted = ["new-mia@globex.example", "new-ada@acme.example"];
    let run = begun(&scene, act_on(&people, set_email(&wanted)));
    assert_eq!(
        run.state,
        RunState::AwaitingApproval,
        "{:?}",
        scene.lines(&run)
    );
    assert_eq!(run.counts.planned, 2);
    assert_eq!(run.plan.as_ref().expect("a plan").takes, 0);
    let shown: Vec<Option<String>> = people
        .iter()
        .map(|one| {
            let lines = scene.lines(&run);
            let line = lines
                .iter()
                .find(|line| line.person.account.as_str() == one);
            line.expect("a line").new_email.clone()
        })
        .collect();
    assert_eq!(shown, wanted.map(|address| Some(address.to_owned())));
    let done = approve(&scene, &run);
    assert_eq!(done.state, RunState::Done, "{:?}", scene.lines(&done));
    assert_eq!(done.counts.verified, 2);
    for (one, address) in people.iter().zip(wanted) {
        assert_eq!(user(&scene, one).email, address);
    }
    // Somebody changes one of them again: the undo lets that be, and needs an approval of its own.
    set_elsewhere(&scene, &people[1], "third@acme.example");
    let undone = undo(&scene, &done);
    assert_eq!(undone.state, RunState::AwaitingApproval, "{undone:?}");
    let undone = approve(&scene, &undone);
    assert_eq!(undone.state, RunState::Done, "{:?}", scene.lines(&undone));
    assert_eq!((undone.counts.verified, undone.counts.skipped), (1, 1));
    assert_eq!(user(&scene, &people[0]).email, before[0]);
    assert_eq!(user(&scene, &people[1]).email, "third@acme.example");
    let mut texts = vec![plan_text(&scene, &run), plan_text(&scene, &undone)];
    texts.extend(scene.log().into_iter().map(|entry| entry.entry));
    for text in texts {
        for address in wanted.into_iter().chain(before.iter().map(String::as_str)) {
            assert!(!text.contains(address), "{text}");
        }
    }
}

#[test]
fn an_address_is_refused_to_administrators_outside_of_verified_domains_and_for_accounts_of_others()
{
    let scene = scene(6);
    let people = scene.world.cloud.borrow().organization().people.clone();
    let synced = managed(&scene, |user| user.synced)[0].clone();
    let plain = unsynced(&scene);
    let own = user(&scene, &plain[1]).email;
    let chosen = [
        people.org_admins[1].clone(),
        people.idle_contractors[2].clone(),
        synced.clone(),
        plain[0].clone(),
        plain[1].clone(),
    ];
    let emails = [
        "a@acme.example",
        "b@acme.example",
        "c@acme.example",
        "d@elsewhere.example",
        own.as_str(),
    ];
    let run = begun(&scene, act_on(&chosen, set_email(&emails)));
    assert_eq!(run.counts.planned, 0, "{:?}", scene.lines(&run));
    for (account, fate, words) in [
        (&chosen[0], Fate::Protected, "administrator"),
        (&chosen[1], Fate::Skipped, "is no verified domain"),
        (
            &chosen[2],
            Fate::Skipped,
            "an identity provider keeps the account",
        ),
        (
            &chosen[3],
            Fate::Skipped,
            "elsewhere.example is no verified domain",
        ),
        (&chosen[4], Fate::Skipped, "has this e-mail address already"),
    ] {
        let (found, why) = line(&scene, &run, account);
        assert_eq!(found, fate, "{why}");
        assert!(why.contains(words), "{why}");
    }
    let meter = scene
        .world
        .cloud
        .borrow()
        .meter()
        .calls_of("accounts.setEmail");
    assert_eq!(meter, 0);
}
