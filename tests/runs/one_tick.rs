//! Two policies that are due in one tick: a person goes to the first that takes access, and nothing else keeps them from it.

use std::collections::BTreeMap;

use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{Run, RunState};
use seatkeeper::plan::Fate;
use serde_json::{Value, json};

use crate::actions::fates;
use crate::in_process::Ending;
use crate::scene::Scene;

/// Managed people whom nobody saw for so many days.
fn policy(scene: &Scene, id: &str, idle: &str, stage: &Value) -> Value {
    let mut stage = stage.clone();
    stage["after"] = json!("0d");
    let mut policy = scene.policy.clone();
    policy["id"] = json!(id);
    policy["name"] = json!(id);
    policy["match"] = json!({"all": [
        {"status": ["active"]}, {"idle": {"longerThan": idle}}, {"account": "managed"},
    ]});
    policy["stages"] = json!([stage]);
    policy
}

/// The runs of two policies of one tick, the administrator's first one first.
fn planned(seed: u64, first: (&str, &Value), second: (&str, &Value)) -> (Scene, [Run; 2]) {
    let scene = Scene::new(seed, 400, |_| {});
    for (id, (idle, stage)) in [("first", first), ("second", second)] {
        scene.order(Command::SavePolicy {
            document: policy(&scene, id, idle, stage).to_string(),
            revision: None,
        });
    }
    scene.order(Command::SetLimits {
        percent_per_day: 50,
    });
    assert_eq!(scene.world.tick(None), Ending::Value(Ok(())));
    scene.world.deliver_all();
    let runs = scene.runs();
    let of = |id: &str| {
        let mut runs = runs.iter();
        let run = runs.find(|run| run.policy.id == id).expect("a run").clone();
        assert_eq!(run.state, RunState::Held, "{run:?}");
        run
    };
    let both = [of("first"), of("second")];
    (scene, both)
}

/// Whom a run does something to, and why not to the others.
fn lines(scene: &Scene, run: &Run) -> BTreeMap<String, (Fate, String)> {
    let lines = fates(scene, run).into_iter();
    lines
        .map(|(account, fate, reason)| (account, (fate, reason)))
        .collect()
}

fn is_planned(lines: &BTreeMap<String, (Fate, String)>, account: &str) -> bool {
    let line = lines.get(account);
    line.is_some_and(|(fate, _)| *fate == Fate::Planned)
}

/// Says of everybody whom both mean to whom they went.
fn split(scene: &Scene, [first, second]: &[Run; 2], reason: &str) -> [usize; 3] {
    let (first, second) = (lines(scene, first), lines(scene, second));
    let mut counts = [0; 3];
    for account in first.keys().chain(second.keys()) {
        match (is_planned(&first, account), is_planned(&second, account)) {
            (true, true) => panic!("{account} belongs to both"),
            (true, false) => counts[0] += 1,
            (false, true) => counts[1] += 1,
            (false, false) => {}
        }
        let both = [first.get(account), second.get(account)];
        let is_let_be = |(fate, why): &&(Fate, String)| *fate == Fate::Skipped && why == reason;
        counts[2] += usize::from(both.into_iter().flatten().any(|line| is_let_be(&line)));
    }
    counts
}

#[test]
fn a_person_goes_to_the_first_policy_that_takes_access_from_them() {
    let rename = json!({"do": "rename"});
    let join = json!({"do": "addToGroup", "groups": ["contractors-night-shift"]});
    let suspend = json!({"do": "suspend"});
    let both = json!({"do": ["rename", "suspend"]});
    let belongs = "belongs to the run of the policy first";
    let waits = "the run of the policy second takes access from them: this waits for the next run";
    for (first, second, reason, loser) in [
        (&rename, &suspend, waits, 0),
        (&join, &suspend, waits, 0),
        (&suspend, &rename, belongs, 1),
        (&suspend, &suspend, belongs, 1),
        (&both, &suspend, belongs, 1),
        // Of two that take nothing, the first: what both did could not be told apart.
        (&rename, &join, belongs, 1),
    ] {
        let what = format!("{first} {second}");
        // The winner means fewer people than the loser.
        let spans = if loser == 0 {
            ("90d", "150d")
        } else {
            ("150d", "90d")
        };
        let (scene, runs) = planned(8, (spans.0, first), (spans.1, second));
        let counts = split(&scene, &runs, reason);
        assert!(counts[0] > 0 && counts[1] > 0, "{what}: {counts:?}");
        assert!(counts[2] > 0, "{what}: {counts:?}");
        let planned = runs.iter().map(|run| run.counts.planned).sum::<u32>();
        let listed = scene.planned(&runs[0]).len() + scene.planned(&runs[1]).len();
        assert_eq!(planned as usize, listed, "{what}");
    }
}

#[test]
fn what_gave_way_is_done_by_the_next_run() {
    let (scene, runs) = planned(
        8,
        ("90d", &json!({"do": "rename"})),
        ("150d", &json!({"do": "suspend"})),
    );
    let gave_way = lines(&scene, &runs[0]).into_iter();
    let gave_way = gave_way.filter(|(_, (_, why))| why.ends_with("this waits for the next run"));
    let taken: Vec<String> = gave_way.map(|(account, _)| account).collect();
    assert!(!taken.is_empty());
    for run in &runs {
        scene.order(Command::RejectRun {
            run: run.id.clone(),
            reason: "not today".into(),
        });
        scene.world.deliver_all();
    }
    let again = scene.started("first", true);
    let planned = scene.planned(&again);
    let lines = lines(&scene, &again);
    for account in &taken {
        assert!(
            planned.contains(account),
            "{account} {:?}",
            lines.get(account)
        );
    }
}
