//! The experiment of moving people between directories: from the invitation to the suspension, and every way in between to
//! end otherwise.

use std::time::Duration;

use cloud::faults::{FaultKind, Faults};
use cloud::organization::{AccountStatus, Group, PlatformRole, Product, Project, Standing, User};
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::{Answer, Command, Refusal};
use seatkeeper::app::records::{ExemptionSubject, Experiments, Move, MoveState, Protect};
use seatkeeper::model::{AccountId, DAY, DirectoryId, GroupId, HOUR, Resource};
use serde_json::Value;

use crate::in_process::{Ending, Kills};
use crate::scene::{Scene, exempt};

const USERS: usize = 150;

/// An organization with two directories, read once, in which moving is switched on.
fn scene(seed: u64, lands: InvitationLands) -> Scene {
    let scene = Scene::new(seed, USERS, |options| {
        options.directories = 2;
        options.switches.invitation_lands = lands;
    });
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    switch(&scene, true);
    scene
}

fn switch(scene: &Scene, moving: bool) {
    scene.order(Command::SetExperiments {
        experiments: Experiments { moving },
    });
}

/// People who can be moved from the first directory into the second.
fn movable(scene: &Scene) -> Vec<String> {
    let cloud = scene.world.cloud.borrow();
    let organization = cloud.organization();
    // Whoever is the last of a group of administrators stays.
    let is_administering = |user: &User| {
        let mut groups = user.groups.iter();
        groups.any(|group| organization.groups[*group].name.contains("admin"))
    };
    let is_here = |user: &User| user.memberships.len() == 1 && user.is_in(0);
    let fits = |user: &&User| {
        let missing = &user.missing;
        is_here(user)
            && user.is_active_in(0, cloud.now())
            && user.platform_roles.is_empty()
            && !user.accesses.is_empty()
            && !is_administering(user)
            && !missing.platform_roles
            && !missing.email
            && !missing.status
            && !missing.product_access
            && !missing.groups
    };
    let users = organization.users.iter().filter(fits);
    let accounts: Vec<String> = users.map(|user| user.account_id.clone()).collect();
    assert!(accounts.len() > 6, "{accounts:?}");
    accounts
}

fn directory(scene: &Scene, at: usize) -> DirectoryId {
    let cloud = scene.world.cloud.borrow();
    DirectoryId(cloud.organization().directories[at].id.clone())
}

fn jira_on(scene: &Scene, site: usize) -> Resource {
    let cloud = scene.world.cloud.borrow();
    Resource(cloud.organization().sites[site].ari(Product::JiraSoftware))
}

fn wish(scene: &Scene, account: &str) -> Command {
    Command::BeginMove {
        account: AccountId(account.to_owned()),
        from: directory(scene, 0),
        resource: jira_on(scene, 1),
        role: None,
        groups: None,
        reason: "works for the other company now".into(),
    }
}

fn only(answer: Result<Answer, Refusal>) -> Move {
    match answer {
        Ok(Answer::Moves(mut moves)) if moves.moves.len() == 1 => moves.moves.remove(0).moving,
        other => panic!("{other:?}"),
    }
}

fn begin(scene: &Scene, account: &str) -> Move {
    only(Ok(scene.order(wish(scene, account))))
}

fn approval(id: &str) -> Command {
    Command::ApproveMove {
        id: id.to_owned(),
        reason: "asked the person".into(),
    }
}

/// Asks for a move and has it approved; its job is out then.
fn approved(scene: &Scene, account: &str) -> String {
    let begun = begin(scene, account);
    assert_eq!(begun.state, MoveState::AwaitingApproval);
    let decided = only(scene.world.command(&scene.second, approval(&begun.id)));
    assert_eq!(decided.state, MoveState::Inviting);
    begun.id
}

fn moves(scene: &Scene) -> Vec<Move> {
    match scene.order(Command::Moves {}) {
        Answer::Moves(moves) => moves.moves.into_iter().map(|named| named.moving).collect(),
        other => panic!("{other:?}"),
    }
}

fn found(scene: &Scene, id: &str) -> Move {
    let all = moves(scene);
    all.into_iter().find(|one| one.id == id).expect("the move")
}

fn pass(scene: &Scene, seconds: i64) {
    let time = Duration::from_secs(u64::try_from(seconds).expect("a time"));
    scene.world.cloud.borrow().clock().advance(time);
}

/// Time goes by, and the schedule comes.
fn tick_after(scene: &Scene, seconds: i64) {
    pass(scene, seconds);
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
}

/// What the organization API did to somebody, with the directory.
fn effects(scene: &Scene, account: &str) -> Vec<(&'static str, Option<String>)> {
    let cloud = scene.world.cloud.borrow();
    let theirs = cloud.effects().iter();
    theirs
        .filter(|effect| effect.account_id == account)
        .map(|effect| (effect.what, effect.directory_id.clone()))
        .collect()
}

fn suspensions(scene: &Scene, account: &str) -> usize {
    let all = effects(scene, account).into_iter();
    all.filter(|(what, _)| *what == "suspended").count()
}

fn standings(scene: &Scene, account: &str) -> Vec<(usize, Standing)> {
    let cloud = scene.world.cloud.borrow();
    let user = cloud.organization().user(account).expect("the person");
    let memberships = user.memberships.iter();
    memberships
        .map(|one| (one.directory, one.standing))
        .collect()
}

/// The outcomes in the log of what was done to somebody, in order.
fn outcomes(scene: &Scene, account: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for stored in scene.log() {
        let entry: Value = serde_json::from_str(&stored.entry).expect("JSON");
        let (action, outcome) = (&entry["action"], &entry["outcome"]);
        if entry["subject"] == account {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            all.push((text(action), text(outcome)));
        }
    }
    all
}

const WHOLE_COURSE: [(&str, &str); 6] = [
    ("begin-move", "done"),
    ("approve-move", "done"),
    ("invite", "intent"),
    ("invite", "done"),
    ("suspend", "intent"),
    ("suspend", "done"),
];

fn assert_log(scene: &Scene, account: &str, expected: &[(&str, &str)], when: &str) {
    let logged = outcomes(scene, account);
    let logged: Vec<(&str, &str)> = logged
        .iter()
        .map(|(action, outcome)| (action.as_str(), outcome.as_str()))
        .collect();
    assert_eq!(logged, expected, "{when}");
}

#[test]
fn a_person_is_invited_seen_and_suspended() {
    for seed in 1..=4 {
        let scene = scene(seed, InvitationLands::AtOnce);
        let account = movable(&scene).remove(0);
        let id = approved(&scene, &account);
        assert_eq!(effects(&scene, &account), []);
        scene.world.deliver_all();
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "{done:?}");
        assert_eq!(done.to, Some(directory(&scene, 1)));
        assert_eq!((done.call, done.approved.is_some()), (None, true));
        let message = done.message.expect("a message");
        assert!(message.contains("restore the person"), "{message}");
        assert_eq!(
            effects(&scene, &account),
            [
                ("invited", Some(directory(&scene, 1).0)),
                ("suspended", Some(directory(&scene, 0).0))
            ]
        );
        let expected = [(0, Standing::Suspended), (1, Standing::Active)];
        assert_eq!(standings(&scene, &account), expected);
        assert_log(&scene, &account, &WHOLE_COURSE, "the whole course");

        // Ours is no change by somebody else, and nothing more follows.
        tick_after(&scene, 2 * DAY);
        match scene.order(Command::UnexplainedChanges {}) {
            Answer::Unexplained(list) => assert_eq!(list.changes, []),
            other => panic!("{other:?}"),
        }
        assert_eq!(effects(&scene, &account).len(), 2);
    }
}

#[test]
fn whoever_must_agree_is_waited_for() {
    let scene = scene(5, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    for _ in 0..3 {
        tick_after(&scene, HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Invited);
    }
    let searches = |scene: &Scene| {
        let traffic = scene.world.traffic.borrow();
        let all = traffic.iter().filter(|(request, _)| {
            String::from_utf8_lossy(&request.body).contains(&account)
                && request.path.ends_with("/users/search")
        });
        all.count()
    };
    let before = searches(&scene);
    tick_after(&scene, HOUR);
    assert_eq!(searches(&scene) - before, 2, "one call for each directory");
    assert_eq!(suspensions(&scene, &account), 0);
    let accepted = scene.world.cloud.borrow_mut().accept_invitations(&account);
    assert_eq!(accepted, 1);
    pass(&scene, 10);
    tick_after(&scene, HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
    assert_eq!(suspensions(&scene, &account), 1);
    assert_log(&scene, &account, &WHOLE_COURSE, "accepted");
}

#[test]
fn a_move_expires_after_exactly_30_days() {
    let scene = scene(6, InvitationLands::OnceAccepted);
    let people = movable(&scene);
    let id = approved(&scene, &people[0]);
    scene.world.deliver_all();
    let invited = found(&scene, &id);
    assert_eq!(invited.state, MoveState::Invited);
    let undecided = begin(&scene, &people[1]);
    for (found_at, waiting, account, why) in [
        (
            &invited,
            MoveState::Invited,
            &people[0],
            "not seen in the other directory within 30 days",
        ),
        (
            &undecided,
            MoveState::AwaitingApproval,
            &people[1],
            "nobody decided on it within 30 days",
        ),
    ] {
        let end = found_at.since.plus(30 * DAY);
        for (early, expected) in [(1, waiting), (0, MoveState::Expired)] {
            let scene = scene.copy();
            let now: chrono::DateTime<chrono::Utc> = scene.world.cloud.borrow().now();
            pass(&scene, end.0 - now.timestamp() - early);
            // Whoever comes in at the last moment is late all the same where the time is over.
            assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
            let after = found(&scene, &found_at.id);
            assert_eq!(after.state, expected, "{early} {after:?}");
            if expected == MoveState::Expired {
                let message = after.message.expect("a message");
                assert!(message.contains(why), "{message}");
                scene.world.cloud.borrow_mut().accept_invitations(account);
                scene.world.deliver_all();
                tick_after(&scene, 2 * HOUR);
                assert_eq!(suspensions(&scene, account), 0);
                let logged = outcomes(&scene, account);
                let last = logged.last().expect("an entry");
                assert_eq!(last.0, "expire-move");
            }
        }
    }
}

#[test]
fn a_kill_at_any_await_changes_nothing_about_the_result() {
    let start = scene(7, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 1;
        let scene = start.copy();
        scene.world.kills.set(Kills::AtAwait(awaits));
        scene.world.deliver_all();
        scene.world.kills.set(Kills::None);
        tick_after(&scene, 2 * HOUR);
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "killed at {awaits}: {done:?}");
        assert_eq!(suspensions(&scene, &account), 1, "killed at {awaits}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("killed at {awaits}"),
        );
        if scene.world.killed.get() == 0 {
            break;
        }
    }
    assert!(awaits > 60, "only {awaits} awaits");
}

#[test]
fn orders_killed_at_any_await_and_given_again_are_carried_out_once() {
    let start = scene(8, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let begun = begin(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 1;
        let scene = start.copy();
        let was_killed = {
            let (world, second) = (&scene.world, &scene.second);
            world.command_killed_at(second, approval(&begun.id), awaits)
        };
        // Whoever sees that it was not carried out gives it again.
        if found(&scene, &begun.id).state == MoveState::AwaitingApproval {
            only(scene.world.command(&scene.second, approval(&begun.id)));
        }
        scene.world.deliver_all();
        let done = found(&scene, &begun.id);
        assert_eq!(done.state, MoveState::Done, "killed at {awaits}: {done:?}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("killed at {awaits}"),
        );
        if !was_killed {
            break;
        }
    }
    assert!(awaits > 5, "only {awaits} awaits");
}

#[test]
fn jobs_delivered_twice_do_everything_once() {
    let scene = scene(9, InvitationLands::AtOnce);
    let faults = Faults {
        duplicate_delivery: 1.0,
        ..Faults::default()
    };
    scene.world.cloud.borrow_mut().set_faults(faults);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
    assert_eq!(effects(&scene, &account).len(), 2);
    assert_log(&scene, &account, &WHOLE_COURSE, "twice");
}

#[test]
fn a_worker_that_hangs_does_nothing_after_another_one_took_over() {
    let start = scene(10, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut awaits = 0;
    loop {
        awaits += 3;
        let scene = start.copy();
        let hung = scene.world.deliver_around_a_zombie(awaits);
        scene.world.deliver_all();
        tick_after(&scene, 2 * HOUR);
        let done = found(&scene, &id);
        assert_eq!(done.state, MoveState::Done, "hung at {awaits}: {done:?}");
        // A call that hung may come through late; it changes nothing then, and nothing is logged twice.
        assert_eq!(suspensions(&scene, &account), 1, "hung at {awaits}");
        assert_log(
            &scene,
            &account,
            &WHOLE_COURSE,
            &format!("hung at {awaits}"),
        );
        if !hung {
            break;
        }
    }
}

#[test]
fn nothing_is_done_while_everything_is_stopped_or_the_experiment_is_off() {
    let stop = |scene: &Scene, stopped: bool| {
        scene.order(Command::SetStopped { stopped });
    };
    let off = |scene: &Scene, is_off: bool| switch(scene, !is_off);
    type Halt<'a> = &'a dyn Fn(&Scene, bool);
    let halts: [Halt<'_>; 2] = [&stop, &off];
    for halt in halts {
        let scene = scene(11, InvitationLands::OnceAccepted);
        let people = movable(&scene);
        let account = &people[0];
        let id = approved(&scene, account);
        halt(&scene, true);
        scene.world.deliver_all();
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Inviting);
        assert_eq!(effects(&scene, account), []);
        let refusal = scene.refused(&scene.first, wish(&scene, &people[1]));
        assert_eq!(refusal.code, "wrong-state");

        halt(&scene, false);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Invited);
        // Also right before the suspension.
        scene.world.cloud.borrow_mut().accept_invitations(account);
        halt(&scene, true);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(suspensions(&scene, account), 0);
        halt(&scene, false);
        tick_after(&scene, 2 * HOUR);
        assert_eq!(found(&scene, &id).state, MoveState::Done);
    }
}

#[test]
fn stopping_in_the_middle_of_a_job_holds_the_next_call() {
    let start = scene(12, InvitationLands::OnceAccepted);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    start.world.deliver_all();
    start.world.cloud.borrow_mut().accept_invitations(&account);
    pass(&start, 2 * HOUR);
    assert_eq!(start.world.tick(None), Ending::Value(Ok(())));
    for passing in 0..6 {
        let scene = start.copy();
        let delivery = loop {
            let delivery = scene
                .world
                .cloud
                .borrow_mut()
                .next_delivery()
                .expect("a job");
            if delivery.invocation.payload.to_string().contains("moves") {
                break delivery;
            }
            let outcome = scene.world.deliver(&delivery.invocation);
            scene.world.cloud.borrow_mut().finish(delivery.id, outcome);
        };
        let job = delivery.invocation.payload["body"]["job"]
            .as_str()
            .expect("a job")
            .to_owned();
        let host = scene.world.host(900, None);
        let first = scene.first.clone();
        crate::in_process::around(
            async {
                seatkeeper::app::work(&host, seatkeeper::host::Queue::Work, &job).await;
            },
            passing * 12,
            || {
                let stopped = scene
                    .world
                    .command(&first, Command::SetStopped { stopped: true });
                assert!(stopped.is_ok(), "{stopped:?}");
            },
        );
        let after = found(&scene, &id);
        let was_suspended = suspensions(&scene, &account) == 1;
        let was_intended = matches!(after.state, MoveState::Suspending | MoveState::Done);
        assert_eq!(was_suspended, was_intended, "{passing}: {after:?}");
    }
}

#[test]
fn a_second_person_approves() {
    let scene = scene(13, InvitationLands::AtOnce);
    let people = movable(&scene);
    let begun = begin(&scene, &people[0]);
    let refusal = scene.refused(&scene.first, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
    let nobody = scene.world.cloud.borrow().organization().people.ordinary[0].clone();
    for command in [
        approval(&begun.id),
        wish(&scene, &people[1]),
        Command::Moves {},
        Command::SetExperiments {
            experiments: Experiments { moving: false },
        },
    ] {
        assert_eq!(scene.refused(&nobody, command).code, "not-allowed");
    }
    // Whoever asked for it may take it back.
    let rejection = |id: &str| Command::RejectMove {
        id: id.to_owned(),
        reason: "not meant".into(),
    };
    let rejected = only(Ok(scene.order(rejection(&begun.id))));
    assert_eq!(rejected.state, MoveState::Rejected);
    for command in [approval(&begun.id), rejection(&begun.id)] {
        assert_eq!(scene.refused(&scene.second, command).code, "wrong-state");
    }
    assert_eq!(
        scene.refused(&scene.second, approval("no-such")).code,
        "not-found"
    );
    scene.world.deliver_all();
    assert_eq!(effects(&scene, &people[0]), []);

    // Whoever loosened since what holds it is no second person either.
    let begun = begin(&scene, &people[0]);
    let limits = Command::SetLimits {
        percent_per_day: 50,
    };
    let loosened = scene.world.command(&scene.second, limits);
    assert!(loosened.is_ok(), "{loosened:?}");
    let refusal = scene.refused(&scene.second, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");
}

#[test]
fn the_only_administrator_approves_a_day_later() {
    let scene = scene(14, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    {
        let mut cloud = scene.world.cloud.borrow_mut();
        let is_one = |user: &&User| user.platform_roles.contains(&PlatformRole::OrgAdmin);
        let users = cloud.organization().users.iter().filter(is_one);
        let others: Vec<String> = users.map(|user| user.account_id.clone()).collect();
        for other in others.iter().filter(|other| **other != scene.first) {
            cloud.set_org_admin(other, false).expect("a person");
        }
        let unknown: Vec<String> = cloud
            .organization()
            .users
            .iter()
            .filter(|user| user.missing.platform_roles)
            .map(|user| user.account_id.clone())
            .collect();
        for other in unknown {
            let told = cloud.change_user(&other, |user| user.missing.platform_roles = false);
            told.expect("a person");
        }
    }
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let begun = begin(&scene, &account);
    assert_eq!(
        scene.refused(&scene.first, approval(&begun.id)).code,
        "four-eyes"
    );
    pass(&scene, DAY);
    let decided = only(Ok(scene.order(approval(&begun.id))));
    assert!(decided.approved.expect("an approval").single_handed);
}

#[test]
fn a_move_can_be_called_off_until_the_person_is_suspended() {
    let scene = scene(15, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    let cancel = Command::CancelMove {
        id: id.clone(),
        reason: "stays after all".into(),
    };
    let cancelled = only(Ok(scene.order(cancel.clone())));
    assert_eq!(cancelled.state, MoveState::Cancelled);
    assert!(
        cancelled
            .message
            .expect("a message")
            .contains("the invitation stands")
    );
    scene.world.cloud.borrow_mut().accept_invitations(&account);
    tick_after(&scene, 2 * HOUR);
    assert_eq!(suspensions(&scene, &account), 0);
    assert_eq!(scene.refused(&scene.first, cancel).code, "wrong-state");
}

#[test]
fn refused_invitations_end_the_move_in_words() {
    type Change = fn(&mut cloud::Cloud);
    let unpaid: Change = |cloud| cloud.set_paid(false);
    let full: Change = |cloud| cloud.set_capacity(1, Product::JiraSoftware, Some(0));
    let forbidden: Change = |cloud| {
        cloud.set_faults(Faults::planned("users.invite", FaultKind::Forbidden));
    };
    for (change, why) in [
        (unpaid, "no paid subscription"),
        (full, "no seat of a product is left"),
        (forbidden, "does not allow it"),
    ] {
        let scene = scene(16, InvitationLands::AtOnce);
        let account = movable(&scene).remove(0);
        let id = approved(&scene, &account);
        change(&mut scene.world.cloud.borrow_mut());
        scene.world.deliver_all();
        let failed = found(&scene, &id);
        assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
        let message = failed.message.expect("a message");
        assert!(message.contains(why), "{message}");
        assert_eq!(effects(&scene, &account), []);
        let expected = [
            ("begin-move", "done"),
            ("approve-move", "done"),
            ("invite", "intent"),
            ("invite", "failed"),
        ];
        assert_log(&scene, &account, &expected, why);
        // Another attempt is another move.
        begin(&scene, &account);
    }
}

#[test]
fn a_part_that_fails_is_said() {
    let scene = scene(17, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    let synced = {
        let cloud = scene.world.cloud.borrow();
        let organization = cloud.organization();
        let mut groups = organization.groups.iter();
        let group = groups.find(|group| group.external_synced && group.grants.is_empty());
        group.expect("a group").id.clone()
    };
    let mut command = wish(&scene, &account);
    if let Command::BeginMove { groups, .. } = &mut command {
        *groups = Some(vec![GroupId(synced.clone())]);
    }
    let begun = only(Ok(scene.order(command)));
    only(scene.world.command(&scene.second, approval(&begun.id)));
    scene.world.deliver_all();
    let invited = outcomes(&scene, &account);
    assert!(invited.contains(&(String::from("invite"), String::from("done"))));
    let told = scene
        .log()
        .into_iter()
        .any(|stored| stored.entry.contains("without the group") && stored.entry.contains(&synced));
    assert!(told, "nobody was told of the group");
    assert_eq!(found(&scene, &begun.id).state, MoveState::Done);
}

const PASSING: [FaultKind; 8] = [
    FaultKind::TooManyRequests,
    FaultKind::ServerErrorBefore,
    FaultKind::ServerErrorAfter,
    FaultKind::CutBefore,
    FaultKind::CutAfter,
    FaultKind::TimeoutBefore,
    FaultKind::TimeoutAfter,
    FaultKind::Truncated,
];

#[test]
fn a_passing_failure_of_any_call_changes_nothing_about_the_result() {
    let start = scene(18, InvitationLands::AtOnce);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    for operation in [
        "users.search",
        "users.invite",
        "users.suspend",
        "users.roleAssignments",
    ] {
        for kind in PASSING {
            let scene = start.copy();
            let faults = Faults::planned(operation, kind);
            scene.world.cloud.borrow_mut().set_faults(faults);
            scene.world.deliver_all();
            tick_after(&scene, 2 * HOUR);
            let when = format!("{operation} {kind:?}");
            let done = found(&scene, &id);
            assert_eq!(done.state, MoveState::Done, "{when}: {done:?}");
            assert_eq!(suspensions(&scene, &account), 1, "{when}");
            assert_log(&scene, &account, &WHOLE_COURSE, &when);
        }
    }
}

#[test]
fn what_is_never_answered_clearly_is_given_up() {
    let start = scene(19, InvitationLands::Nowhere);
    let account = movable(&start).remove(0);
    let id = approved(&start, &account);
    let mut faults = Faults::planned("users.invite", FaultKind::ServerErrorBefore);
    faults.planned[0].times = 100;
    start.world.cloud.borrow_mut().set_faults(faults);
    start.world.deliver_all();
    let failed = found(&start, &id);
    assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
    let traffic = start.world.traffic.borrow();
    let calls = traffic
        .iter()
        .filter(|(request, _)| request.path.ends_with("/invite"));
    assert_eq!(calls.count(), 3);
}

#[test]
fn suspensions_of_moves_count_against_the_days_cap() {
    let scene = scene(20, InvitationLands::AtOnce);
    // The least there is: one person a day.
    scene.order(Command::SetLimits { percent_per_day: 1 });
    pass(&scene, 60);
    let people = movable(&scene);
    let ids: Vec<String> = people[..2]
        .iter()
        .map(|account| approved(&scene, account))
        .collect();
    scene.world.deliver_all();
    let states =
        |scene: &Scene| -> Vec<MoveState> { ids.iter().map(|id| found(scene, id).state).collect() };
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Invited]);
    let waits = found(&scene, &ids[1]).message.expect("a message");
    assert!(
        waits.starts_with("waits for another day: 1 people and 1 of other runs"),
        "{waits}"
    );
    tick_after(&scene, 23 * HOUR);
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Invited]);
    tick_after(&scene, HOUR);
    tick_after(&scene, HOUR);
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Done]);
}

#[test]
fn whoever_is_sheltered_meanwhile_is_not_suspended() {
    let scene = scene(31, InvitationLands::OnceAccepted);
    let people = movable(&scene);
    let ids: Vec<String> = people[..3]
        .iter()
        .map(|account| approved(&scene, account))
        .collect();
    scene.world.deliver_all();
    for account in &people[..3] {
        scene.world.cloud.borrow_mut().accept_invitations(account);
    }
    let subject = ExemptionSubject::User {
        account: AccountId(people[0].clone()),
    };
    scene.order(exempt(subject, "on leave"));
    let promoted = scene
        .world
        .cloud
        .borrow_mut()
        .set_org_admin(&people[1], true);
    promoted.expect("a person");
    tick_after(&scene, 2 * HOUR);
    for (id, why) in [
        (&ids[0], "exempt by name"),
        (&ids[1], "organization administrator"),
    ] {
        let failed = found(&scene, id);
        assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
        let message = failed.message.expect("a message");
        assert!(message.contains(why), "{message}");
    }
    for account in &people[..2] {
        assert_eq!(suspensions(&scene, account), 0);
    }
    assert_eq!(found(&scene, &ids[2]).state, MoveState::Done);
}

#[test]
fn who_cannot_be_moved_is_refused_at_once() {
    let scene = scene(22, InvitationLands::AtOnce);
    let people = movable(&scene);
    let subject = ExemptionSubject::User {
        account: AccountId(people[0].clone()),
    };
    scene.order(exempt(subject, "on leave"));
    let (several, silent, idle) = {
        let mut cloud = scene.world.cloud.borrow_mut();
        for account in &people[1..3] {
            let told = cloud.change_user(account, |user| user.missing.email = true);
            told.expect("a person");
        }
        let here_only = cloud.change_user(&scene.first, |user| {
            user.memberships.truncate(1);
            user.accesses.retain(|access| access.site == 0);
        });
        here_only.expect("a person");
        cloud.set_org_admin(&people[6], true).expect("a person");
        let suspended = cloud.set_standing(&people[3], Standing::Suspended);
        suspended.expect("a person");
        let mut users = cloud.organization().users.iter();
        let several = users.find(|user| {
            user.memberships.len() == 2 && user.is_active_in(0, cloud.now()) && !user.missing.email
        });
        (
            several.expect("somebody").account_id.clone(),
            people[1].clone(),
            people[3].clone(),
        )
    };
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let administering = {
        let cloud = scene.world.cloud.borrow();
        let mut groups = cloud.organization().groups.iter();
        let group = groups.find(|group| group.name.starts_with("jira-admins"));
        GroupId(group.expect("a group").id.clone())
    };
    let movable = &people[4];
    type Twist<'t> = &'t dyn Fn(&mut Command);
    let plain: Twist<'_> = &|_| {};
    let (other, own) = (directory(&scene, 1), jira_on(&scene, 0));
    let away: Twist<'_> = &|command| {
        if let Command::BeginMove { from, .. } = command {
            from.clone_from(&other);
        }
    };
    let inside: Twist<'_> = &|command| {
        if let Command::BeginMove { resource, .. } = command {
            resource.clone_from(&own);
        }
    };
    let nowhere: Twist<'_> = &|command| {
        if let Command::BeginMove { resource, .. } = command {
            *resource = Resource("ari:cloud:jira-software::site/none".into());
        }
    };
    let powerful: Twist<'_> = &|command| {
        if let Command::BeginMove { role, .. } = command {
            *role = Some("atlassian/admin".into());
        }
    };
    let ruling: Twist<'_> = &|command| {
        if let Command::BeginMove { groups, .. } = command {
            *groups = Some(vec![administering.clone()]);
        }
    };
    for (account, twist, why) in [
        (&people[0], plain, "exempt by name"),
        (&people[6], plain, "organization administrator"),
        (&scene.first, plain, "protected"),
        (&several, plain, "several directories"),
        (&silent, plain, "e-mail address"),
        (&idle, plain, "not active"),
        (movable, away, "does not list"),
        (movable, inside, "belongs to the directory"),
        (movable, nowhere, "no such product"),
        (movable, powerful, "administers nothing"),
        (movable, ruling, "makes administrators"),
    ] {
        let mut command = wish(&scene, account);
        twist(&mut command);
        let refusal = scene.refused(&scene.first, command);
        assert_eq!(refusal.code, "invalid", "{why}: {refusal:?}");
        assert!(refusal.message.contains(why), "{why}: {refusal:?}");
    }
    begin(&scene, movable);
    let refusal = scene.refused(&scene.first, wish(&scene, movable));
    assert_eq!(refusal.code, "wrong-state");
    switch(&scene, false);
    let refusal = scene.refused(&scene.first, wish(&scene, &people[5]));
    assert!(refusal.message.contains("experiment"), "{refusal:?}");
}

fn protect(scene: &Scene, protect: Protect) {
    scene.order(Command::SetProtections { protect });
}

/// The next job of moves alone.
fn deliver_one(scene: &Scene) {
    loop {
        let delivery = scene.world.cloud.borrow_mut().next_delivery();
        let Some(delivery) = delivery else {
            let at = scene.world.cloud.borrow().next_event_at();
            let cloud = scene.world.cloud.borrow();
            cloud.clock().advance_to(at.expect("a job"));
            continue;
        };
        let outcome = scene.world.deliver(&delivery.invocation);
        scene.world.cloud.borrow_mut().finish(delivery.id, outcome);
        if delivery.invocation.payload.to_string().contains("moves") {
            return;
        }
    }
}

/// Makes somebody lead a project.
fn give_project(scene: &Scene, lead: &str) {
    let project = Project {
        key: String::from("OPS"),
        lead: lead.to_owned(),
        open: true,
        components: vec![],
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.jira_content().projects.push(project);
}

/// Makes somebody the only active member of a group of administrators of the first directory.
fn leave_alone_in_admins(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let group = {
        let mut groups = cloud.organization().groups.iter();
        let is_it = |group: &Group| group.directory == 0 && group.name.starts_with("jira-admins");
        groups.position(is_it).expect("a group")
    };
    let users = cloud.organization().users.iter();
    let all: Vec<String> = users.map(|user| user.account_id.clone()).collect();
    for other in all {
        let changed = cloud.change_user(&other, |user| {
            user.groups.retain(|held| *held != group);
            if other == account {
                user.groups.push(group);
            }
        });
        changed.expect("a person");
    }
}

#[test]
fn what_protects_from_runs_protects_from_moves() {
    let leads = Protect {
        project_leads: true,
        ..Protect::default()
    };
    let tokens = Protect {
        tokens_used_within_days: Some(30),
        ..Protect::default()
    };
    type Change<'c> = &'c dyn Fn(&Scene, &str);
    let leading: Change<'_> = &|scene, account| {
        give_project(scene, account);
        protect(scene, leads);
    };
    let scripting: Change<'_> = &|scene, account| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.use_token(account).expect("a person");
        drop(cloud);
        protect(scene, tokens);
    };
    let administering: Change<'_> = &|scene, account| {
        leave_alone_in_admins(scene, account);
        pass(scene, 60);
        scene.order(Command::StartSync {});
        scene.world.deliver_all();
    };
    let start = scene(23, InvitationLands::OnceAccepted);
    let people = movable(&start);
    let managed = {
        let cloud = start.world.cloud.borrow();
        let is_managed = |account: &&String| {
            cloud
                .organization()
                .user(account)
                .expect("a person")
                .managed
        };
        people
            .iter()
            .find(is_managed)
            .expect("a managed account")
            .clone()
    };
    for (change, why) in [
        (leading, "leads the project OPS"),
        (scripting, "an API token was used on 2026-11-2"),
        (
            administering,
            "last active member of the administrators' group jira-admins",
        ),
    ] {
        // Before the invitation.
        let scene = start.copy();
        change(&scene, &managed);
        let id = approved(&scene, &managed);
        scene.world.deliver_all();
        let failed = found(&scene, &id);
        let message = failed.message.clone().unwrap_or_default();
        assert!(message.contains(why), "{why}: {failed:?}");
        assert_eq!(failed.state, MoveState::Failed);
        assert_eq!(effects(&scene, &managed), [], "{why}");

        // Before the suspension.
        let scene = start.copy();
        let id = approved(&scene, &managed);
        scene.world.deliver_all();
        scene.world.cloud.borrow_mut().accept_invitations(&managed);
        pass(&scene, 60);
        change(&scene, &managed);
        tick_after(&scene, 2 * HOUR);
        let failed = found(&scene, &id);
        let message = failed.message.clone().unwrap_or_default();
        assert!(message.contains(why), "{why}: {failed:?}");
        assert_eq!(failed.state, MoveState::Failed);
        assert_eq!(suspensions(&scene, &managed), 0, "{why}");
    }
}

#[test]
fn nobody_is_moved_while_the_newest_reading_is_suspect() {
    let scene = scene(24, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    scene.world.cloud.borrow_mut().accept_invitations(&account);
    pass(&scene, 60);
    let many = cloud::Response::json(200, &serde_json::json!({ "count": 1_000 }));
    let staged = &scene.world.staged;
    staged
        .borrow_mut()
        .push((String::from("/users/count"), many));
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(suspensions(&scene, &account), 0);
    assert_eq!(found(&scene, &id).state, MoveState::Invited);
    let refusal = scene.refused(&scene.first, wish(&scene, &movable(&scene)[1]));
    assert!(refusal.message.contains("suspect"), "{refusal:?}");

    staged.borrow_mut().clear();
    pass(&scene, HOUR);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
}

#[test]
fn what_was_loosened_before_a_move_was_asked_for_makes_a_requester_until_another_one_is_approved() {
    let scene = scene(25, InvitationLands::AtOnce);
    let people = movable(&scene);
    let limits = Command::SetLimits {
        percent_per_day: 50,
    };
    let loosened = scene.world.command(&scene.second, limits);
    assert!(loosened.is_ok(), "{loosened:?}");
    pass(&scene, 60);
    let begun = begin(&scene, &people[0]);
    let refusal = scene.refused(&scene.second, approval(&begun.id));
    assert_eq!(refusal.code, "four-eyes", "{refusal:?}");

    // Of two people each approves what the other one asks for; that looks at the limit, too.
    let theirs = only(scene.world.command(&scene.second, wish(&scene, &people[1])));
    only(Ok(scene.order(approval(&theirs.id))));
    let decided = only(scene.world.command(&scene.second, approval(&begun.id)));
    assert_eq!(decided.state, MoveState::Inviting);
}

#[test]
fn a_call_that_is_out_is_settled_while_everything_is_stopped_or_the_experiment_is_off() {
    let stop: &dyn Fn(&Scene) = &|scene| {
        scene.order(Command::SetStopped { stopped: true });
    };
    let off: &dyn Fn(&Scene) = &|scene| switch(scene, false);
    for halt in [stop, off] {
        for (kind, state, outcome, suspended) in [
            (FaultKind::ServerErrorAfter, MoveState::Done, "done", 1),
            (FaultKind::ServerErrorBefore, MoveState::Failed, "failed", 0),
            (
                FaultKind::TooManyRequests,
                MoveState::Invited,
                "not-done",
                0,
            ),
        ] {
            let scene = scene(26, InvitationLands::AtOnce);
            let account = movable(&scene).remove(0);
            let id = approved(&scene, &account);
            let faults = Faults::planned("users.suspend", kind);
            scene.world.cloud.borrow_mut().set_faults(faults);
            while found(&scene, &id).state != MoveState::Suspending {
                deliver_one(&scene);
            }
            halt(&scene);
            scene.world.deliver_all();
            tick_after(&scene, 2 * HOUR);
            let settled = found(&scene, &id);
            assert_eq!(settled.state, state, "{kind:?}: {settled:?}");
            assert_eq!(settled.call, None, "{kind:?}");
            assert_eq!(suspensions(&scene, &account), suspended, "{kind:?}");
            let logged = outcomes(&scene, &account);
            let last = logged.last().expect("an entry");
            assert_eq!((last.0.as_str(), last.1.as_str()), ("suspend", outcome));
            let intents = logged.iter().filter(|(_, outcome)| outcome == "intent");
            assert_eq!(intents.count(), 2, "{kind:?}");
            if state == MoveState::Invited {
                scene.order(Command::SetStopped { stopped: false });
                switch(&scene, true);
                tick_after(&scene, 2 * HOUR);
                assert_eq!(found(&scene, &id).state, MoveState::Done);
            }
        }
    }
}

#[test]
fn an_accepted_suspension_that_shows_no_standing_yet_is_looked_at_again() {
    let scene = scene(27, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    // The product of the other directory, and nothing about the old one.
    let none = serde_json::json!({
        "data": [{
            "resourceId": jira_on(&scene, 1), "directoryId": directory(&scene, 1),
            "roles": ["atlassian/user"],
        }],
        "links": {},
    });
    let none = cloud::Response::json(200, &none);
    let staged = &scene.world.staged;
    staged
        .borrow_mut()
        .push((String::from("/role-assignments"), none));
    while suspensions(&scene, &account) == 0 {
        deliver_one(&scene);
    }
    let waiting = found(&scene, &id);
    assert_eq!(waiting.state, MoveState::Suspending, "{waiting:?}");
    let late = scene.copy();
    staged.borrow_mut().clear();
    scene.world.deliver_all();
    let done = found(&scene, &id);
    assert_eq!(done.state, MoveState::Done);
    let message = done.message.expect("a message");
    assert!(
        message.starts_with("seen in the new directory"),
        "{message}"
    );

    late.world.deliver_all();
    let done = found(&late, &id);
    assert_eq!(done.state, MoveState::Done);
    let message = done.message.expect("a message");
    assert!(message.contains("tells no standing"), "{message}");
    assert!(done.since.since(waiting.since) >= 100);
}

#[test]
fn whoever_is_moved_is_reported_and_erased() {
    let scene = scene(28, InvitationLands::AtOnce);
    let account = movable(&scene).remove(0);
    begin(&scene, &account);
    let gone = scene
        .world
        .cloud
        .borrow_mut()
        .change_user(&account, |user| {
            user.memberships.clear();
            user.accesses.clear();
            user.account_status = AccountStatus::Closed;
        });
    gone.expect("a person");
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    assert_eq!(moves(&scene).len(), 1);
    tick_after(&scene, 8 * DAY);
    let was_reported = scene.world.cloud.borrow().reported().contains_key(&account);
    assert!(was_reported, "nobody was asked about them");
    assert_eq!(moves(&scene), []);
}
