mod acts;
mod orders;
mod periods;

use super::*;
use crate::audit::{
    Actor, Entry, LogAction, LogHead, Outcome, StoredEntry, canonical, seal, sha256_hex,
};
use crate::model::{AccountId, Time};
use serde_json::{Value, json};

const RUN: &str = "20261121T120000-abcd";

fn plan_parts() -> [String; 2] {
    [
        r#"[{"account":"712020:1","fate":"planned","acts":["suspend"]},{"account":"712020:2","fate":"planned","acts":["suspend"]}]"#,
        r#"[{"account":"712020:3","fate":"exempt","reason":"a \"quoted\", reason"}]"#,
    ]
    .map(String::from)
}

fn plan_hash() -> String {
    sha256_hex(&plan_parts().map(|part| sha256_hex(&part)).concat())
}

const WHY: &str = "<script>alert(1)</script>";
const HELD: &str = "this text runs for the first time";
const NOW: Time = Time(1_795_262_400);

fn policy_hash() -> String {
    sha256_hex(&canonical(&policy()))
}

fn counts() -> Value {
    json!({
        "users": 40, "matched": 3, "unknown": 0, "exempt": 1, "protected": 0,
        "planned": 0, "skipped": 1, "acted": 1, "verified": 1, "failed": 0,
    })
}

fn frozen() -> Value {
    json!({
        "plan": plan_hash(), "snapshot": "s1", "readFrom": "2026-11-21T03:00:00Z", "population": 38,
        "acts": [{"act": "suspend", "people": 2}], "sincePreview": null, "revision": 2,
        "savedBy": "712020:admin", "approvalWanted": "page", "guards": ["first-run"],
        "users": 40, "matched": 3, "unknown": 0, "exempt": 1, "protected": 0, "planned": 2, "skipped": 0,
    })
}

fn entry(action: LogAction, outcome: Outcome, subject: Option<&str>) -> Entry {
    use LogAction as A;
    let (reason, after) = match action {
        A::FreezePlan => (format!("held: {HELD}"), Some(frozen())),
        A::ReleaseRun => (
            format!("single-handed, {WHY}; had been held: {HELD}"),
            Some(json!({"plan": plan_hash()})),
        ),
        A::ApproveRun => (
            String::from("looked at it"),
            Some(json!({"plan": plan_hash(), "issue": "OK-1", "heldOut": [1]})),
        ),
        A::AskApproval => (String::new(), Some(json!({"issue": "OK-1"}))),
        A::EndRun => (String::from("done"), Some(counts())),
        _ => (String::from("real run"), None),
    };
    Entry {
        run: Some(RUN.into()),
        policy: Some("idle-90".into()),
        policy_hash: Some(policy_hash()),
        subject: subject.map(String::from),
        reason: Some(reason),
        after,
        ..Entry::new(
            NOW,
            &Actor::Person(AccountId("712020:admin".into())),
            action,
            outcome,
        )
    }
}

/// The intents of people to whom the same is done.
fn intent(action: LogAction, subjects: &[&str]) -> Entry {
    Entry {
        subjects: subjects.iter().map(|account| (*account).into()).collect(),
        ..entry(action, Outcome::Intent, None)
    }
}

/// A log in which the run's entries begin with number 2.
fn log() -> Vec<StoredEntry> {
    sealed(entries())
}

fn entries() -> Vec<Entry> {
    use LogAction as A;
    use Outcome as O;
    vec![
        entry(A::SavePolicy, O::Done, None),
        entry(A::StartRun, O::Done, None),
        entry(A::FreezePlan, O::Done, None),
        entry(A::ReleaseRun, O::Done, None),
        entry(A::AskApproval, O::Done, None),
        entry(A::ApproveRun, O::Done, None),
        intent(A::Suspend, &["712020:1"]),
        entry(A::Suspend, O::Done, Some("712020:1")),
        entry(A::Suspend, O::Skipped, Some("712020:2")),
        entry(A::EndRun, O::Done, None),
    ]
}

fn sealed(entries: Vec<Entry>) -> Vec<StoredEntry> {
    let mut place = LogHead::genesis();
    let mut log = Vec::new();
    for entry in entries {
        let stored = seal(&entry, place.seq + 1, &place.hash);
        place = place_of(&stored);
        log.push(stored);
    }
    log
}

fn place_of(stored: &StoredEntry) -> LogHead {
    LogHead {
        seq: stored.seq,
        hash: stored.hash.clone(),
    }
}

fn policy() -> Value {
    json!({"id": "idle-90", "name": "<b>Idle</b>", "version": 1})
}

fn bundle(log: &[StoredEntry]) -> Bundle {
    let facts = json!({
        "made": "2026-11-22T08:00:00Z",
        "covers": {"from": "2026-11-21T12:00:00Z", "to": "2026-11-21T13:00:00Z"},
        "head": place_of(log.last().unwrap()),
        "anchors": [place_of(&log[0]), place_of(log.last().unwrap())],
        "policy": policy(),
        "run": {
            "id": RUN, "state": "done", "message": null, "now": NOW, "counts": counts(),
            "guards": [{"code": "first-run", "text": HELD}],
            "policy": {
                "id": "idle-90", "name": "<b>Idle</b>", "revision": 2, "hash": policy_hash(), "savedBy": "712020:admin",
            },
            "plan": {
                "snapshot": "s1", "snapshotTaken": "2026-11-21T03:00:00Z", "population": 38,
                "acts": [{"act": "suspend", "people": 2}],
            },
            "cause": {"by": "person", "account": "712020:admin"},
            "release": {"by": "712020:admin", "at": NOW, "reason": WHY, "singleHanded": true},
            "approvalWanted": "page",
            "approval": {
                "by": "712020:admin", "at": NOW, "reason": "looked at it", "singleHanded": false, "issue": "OK-1",
            },
            "approvalIssue": "OK-1",
            "heldOut": [1],
        },
    });
    let facts: Facts = crate::json::read(&facts.to_string()).unwrap();
    let mut bundle = Bundle::new(facts);
    bundle.add_entries(&log[1..]);
    for part in plan_parts() {
        assert!(bundle.add_plan_part(RUN, &part));
    }
    bundle.add_names(&[NamedAccount {
        account: "712020:1".into(),
        name: Some("=HYPERLINK(\"x\")".into()),
        email: None,
    }]);
    bundle
}

fn text_of(archive: &[u8], name: &str) -> String {
    let files = unpack(archive).unwrap();
    let (_, bytes) = files.into_iter().find(|(found, _)| found == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The archive with one file changed, or taken out.
fn with(archive: &[u8], name: &str, change: &dyn Fn(String) -> Option<String>) -> Vec<u8> {
    let files = unpack(archive).unwrap();
    let files: Vec<(String, String)> = files
        .into_iter()
        .filter_map(|(found, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let text = if found == name { change(text)? } else { text };
            Some((found, text))
        })
        .collect();
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    pack(&files)
}

/// The same, and the manifest brought into agreement with it: what somebody would do who forges a bundle.
fn forged(archive: &[u8], name: &str, change: &dyn Fn(String) -> String) -> Vec<u8> {
    let old = text_of(archive, name);
    let new = change(old.clone());
    let changed = with(archive, name, &|_| Some(new.clone()));
    with(&changed, name::MANIFEST, &|manifest| {
        Some(manifest.replace(&sha256_hex(&old), &sha256_hex(&new)))
    })
}

#[test]
fn a_whole_bundle_verifies_with_and_without_its_names() {
    let log = log();
    let archive = bundle(&log).finish();
    let found = verify_bundle(&archive, vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    assert!(!found.log.tail_proven && found.remarks.is_empty());
    let head = place_of(log.last().unwrap());
    let anchored = verify_bundle(&archive, vec![head]).unwrap();
    assert!(anchored.valid && anchored.log.tail_proven);
    let nameless = with(&archive, name::NAMES, &|_| None);
    let found = verify_bundle(&nameless, vec![]).unwrap();
    assert!(found.valid && found.remarks.len() == 1, "{found:?}");
    // Names stand nowhere else.
    for (name, bytes) in unpack(&archive).unwrap() {
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.contains("HYPERLINK"), name == name::NAMES, "{name}");
    }
}

#[test]
fn every_changed_missing_and_added_file_is_found() {
    let archive = bundle(&log()).finish();
    for (name, _) in unpack(&archive).unwrap() {
        let longer = with(&archive, &name, &|text| Some(text + " "));
        let found = verify_bundle(&longer, vec![]).unwrap();
        // A space more in the manifest changes nothing that it says.
        assert_eq!(found.valid, name == name::MANIFEST, "{name}: {found:?}");
        let missing = with(&archive, &name, &|_| None);
        let found = verify_bundle(&missing, vec![]).unwrap();
        assert_eq!(found.valid, name == name::NAMES, "{name}: {found:?}");
    }
    let mut files = unpack(&archive).unwrap();
    files.push(("more.txt".into(), b"x".to_vec()));
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), String::from_utf8(bytes.clone()).unwrap()))
        .collect();
    assert!(!verify_bundle(&pack(&files), vec![]).unwrap().valid);
}

#[test]
fn a_forged_bundle_is_found_where_it_was_forged() {
    let log = log();
    let archive = bundle(&log).finish();
    let changed = forged(&archive, name::ENTRIES, &|text| {
        text.replace("712020:2", "712020:9")
    });
    let found = verify_bundle(&changed, vec![]).unwrap();
    assert_eq!(found.log.first_misfit, Some(9), "{found:?}");
    let cut = forged(&archive, name::ENTRIES, &|text| {
        let lines: Vec<&str> = text.lines().collect();
        lines[..lines.len() - 1].join("\n") + "\n"
    });
    assert!(!verify_bundle(&cut, vec![]).unwrap().valid);
    // The plan: somebody more, somebody less, other parts.
    for (from, to) in [
        ("712020:3", "712020:4"),
        ("\n\n", "\n"),
        (
            "{\"account\":\"712020:1\",\"fate\":\"planned\",\"acts\":[\"suspend\"]}\n",
            "",
        ),
    ] {
        let changed = forged(&archive, name::PLAN, &|text| text.replacen(from, to, 1));
        let found = verify_bundle(&changed, vec![]).unwrap();
        assert!(!found.valid && found.log.valid, "{from}: {found:?}");
    }
    // An action on somebody whom the plan does not hold.
    let mut more = log.clone();
    let last = place_of(more.last().unwrap());
    let stray = entry(LogAction::Suspend, Outcome::Done, Some("712020:8"));
    more.push(seal(&stray, last.seq + 1, &last.hash));
    let found = verify_bundle(&bundle(&more).finish(), vec![]).unwrap();
    assert!(found.faults[0].contains("712020:8"), "{found:?}");
}

/// Each file in turn, brought into agreement with the manifest: only the entries speak against it.
#[test]
fn a_derived_file_that_was_forged_is_refused_by_the_entries() {
    let archive = bundle(&log()).finish();
    let forgeries = [
        (name::POLICY, "\"version\":1", "\"version\":2"),
        (name::POPULATION, "\"s1\"", "\"s2\""),
        (name::POPULATION, "T03:00:00Z", "T04:00:00Z"),
        (
            name::POPULATION,
            "\"population\": 38",
            "\"population\": 380",
        ),
        (name::POPULATION, "\"people\": 2", "\"people\": 3"),
        (name::POPULATION, "\"matched\": 3", "\"matched\": 4"),
        (
            name::POPULATION,
            "\"failed\": 0,\n    \"matched",
            "\"failed\": 1,\n    \"matched",
        ),
        (
            name::POPULATION,
            "\"sincePreview\": null",
            "\"sincePreview\": {}",
        ),
        (name::POPULATION, "\"intent\": 1", "\"intent\": 2"),
        (name::APPROVALS, "\"by\": \"person\"", "\"by\": \"nobody\""),
        (
            name::APPROVALS,
            "\"policySavedBy\": \"712020:admin",
            "\"policySavedBy\": \"712020:other",
        ),
        (
            name::APPROVALS,
            "\"code\": \"first-run\"",
            "\"code\": \"jump\"",
        ),
        (name::APPROVALS, "\"text\": \"this", "\"text\": \"that"),
        (
            name::APPROVALS,
            "\"singleHanded\": true",
            "\"singleHanded\": false",
        ),
        (
            name::APPROVALS,
            "\"reason\": \"<script>alert(1)</script>\"",
            "\"reason\": \"fine\"",
        ),
        (
            name::APPROVALS,
            "\"reason\": \"looked at it\",\n    \"single",
            "\"reason\": \"saw it\",\n    \"single",
        ),
        (
            name::APPROVALS,
            "\"issue\": \"OK-1\",\n    \"reason",
            "\"issue\": \"OK-2\",\n    \"reason",
        ),
        (
            name::APPROVALS,
            "\"by\": \"712020:admin\"",
            "\"by\": \"712020:other\"",
        ),
        (
            name::APPROVALS,
            "\"approvalWanted\": \"page\"",
            "\"approvalWanted\": null",
        ),
        (
            name::APPROVALS,
            "\"approvalIssue\": \"OK-1\"",
            "\"approvalIssue\": \"OK-2\"",
        ),
        (
            name::APPROVALS,
            "\"heldOut\": [\n    1",
            "\"heldOut\": [\n    0",
        ),
        (
            name::APPROVALS,
            "\"abort\": null",
            "\"abort\": {\"by\": \"712020:x\"}",
        ),
        (
            name::APPROVALS,
            "\"undoes\": null",
            "\"undoes\": {\"run\": \"x\"}",
        ),
        (
            name::APPROVALS,
            "\"action\": \"approve-run\"",
            "\"action\": \"reject-run\"",
        ),
        (name::SUMMARY, "revision 2", "revision 3"),
        (name::SUMMARY, "looked at it", "did not look"),
    ];
    for (name, from, to) in forgeries {
        let forged = forged(&archive, name, &|text| {
            assert!(text.contains(from), "{name} holds no {from}: {text}");
            text.replacen(from, to, 1)
        });
        let found = verify_bundle(&forged, vec![]).unwrap();
        let is_named = found.faults.iter().any(|fault| fault.contains(name));
        assert!(!found.valid && is_named, "{from}: {found:?}");
    }
    let of_manifest = [
        ("\"revision\": 2", "\"revision\": 3"),
        ("\"name\": \"<b>Idle</b>\"", "\"name\": \"Other\""),
        ("\"id\": \"idle-90\"", "\"id\": \"idle-30\""),
        ("\"state\": \"done\"", "\"state\": \"stopped\""),
        ("\"message\": null", "\"message\": \"all is well\""),
        ("\"now\": \"2026-11-21T12", "\"now\": \"2026-11-21T11"),
    ];
    for (from, to) in of_manifest {
        let forged = with(&archive, name::MANIFEST, &|text| {
            assert!(text.contains(from), "no {from}: {text}");
            Some(text.replacen(from, to, 1))
        });
        let found = verify_bundle(&forged, vec![]).unwrap();
        assert!(!found.valid, "{from}: {found:?}");
    }
}

#[test]
fn a_run_that_the_log_ends_is_not_still_at_work() {
    let archive = bundle(&log()).finish();
    let denied = with(&archive, name::MANIFEST, &|text| {
        Some(text.replacen("\"state\": \"done\"", "\"state\": \"executing\"", 1))
    });
    let found = verify_bundle(&denied, vec![]).unwrap();
    let names_the_state =
        |fault: &String| fault.contains(name::MANIFEST) && fault.contains("state");
    assert!(found.faults.iter().any(names_the_state), "{found:?}");
}

#[test]
fn what_no_entry_tells_is_said_to_be_unproven() {
    // As bundles were made before the entries told more, and pages before they had a form.
    let older = log().into_iter().map(|stored| {
        let mut value: Value = serde_json::from_str(&stored.entry).unwrap();
        if value["action"] == "freeze-plan" {
            let after = value["after"].as_object_mut().unwrap();
            for newer in ["readFrom", "population", "acts", "sincePreview", "guards"] {
                after.remove(newer);
            }
        }
        serde_json::from_value::<Entry>(value).unwrap()
    });
    let archive = bundle(&sealed(older.collect())).finish();
    let archive = with(&archive, name::MANIFEST, &|text| {
        Some(text.replace("\"summary\": 1", "\"summary\": 0"))
    });
    let archive = forged(&archive, name::POPULATION, &|text| {
        text.replacen('{', "{\n  \"remark\": \"all is well\",", 1)
    });
    let found = verify_bundle(&archive, vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    let said = found.remarks.join("\n");
    for unproven in [
        "readFrom, population, acts",
        "remark",
        "kinds of the guards",
        name::SUMMARY,
    ] {
        assert!(said.contains(unproven), "{unproven}: {said}");
    }
}

/// Whoever changes the page counts up its form, so that bundles of before are not refused.
#[test]
fn the_page_has_the_form_that_is_told() {
    let page = text_of(&bundle(&log()).finish(), name::SUMMARY);
    assert_eq!(
        (SUMMARY_FORM, sha256_hex(&page).as_str()),
        (
            1,
            "45db79c9334dc92cf53d502efc91382bd36e38119dea2d4e66a0c7d0272e707e"
        ),
        "{page}"
    );
}

#[test]
fn the_files_tell_what_they_should_and_nothing_runs_in_them() {
    let log = log();
    let archive = bundle(&log).finish();
    let manifest: Value = serde_json::from_str(&text_of(&archive, name::MANIFEST)).unwrap();
    assert_eq!(manifest["plan"], plan_hash());
    assert_eq!(manifest["covers"]["run"], RUN);
    assert_eq!(manifest["entries"]["before"], place_of(&log[0]).to_string());
    assert_eq!(manifest["anchors"].as_array().unwrap().len(), 2);
    let population: Value = serde_json::from_str(&text_of(&archive, name::POPULATION)).unwrap();
    assert_eq!(population["population"], 38);
    assert_eq!(
        population["entries"]["suspend"],
        json!({"intent": 1, "done": 1, "skipped": 1})
    );
    assert!(
        population["coverage"]
            .as_str()
            .unwrap()
            .contains("not stored")
    );
    let approvals: Value = serde_json::from_str(&text_of(&archive, name::APPROVALS)).unwrap();
    assert_eq!(approvals["decisions"][0]["action"], "release-run");
    assert_eq!(text_of(&archive, name::POLICY), canonical(&policy()));
    let page = text_of(&archive, name::SUMMARY);
    assert!(page.contains("&lt;b&gt;Idle") && page.contains(&plan_hash()));
    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    assert!(text_of(&archive, name::NAMES).contains("'=HYPERLINK"));
}

#[test]
fn a_policy_that_was_changed_since_is_left_out() {
    let mut bundle = bundle(&log());
    bundle.facts.policy = Some(json!({"id": "idle-90", "version": 2}));
    let archive = bundle.finish();
    assert!(
        unpack(&archive)
            .unwrap()
            .iter()
            .all(|(name, _)| name != name::POLICY)
    );
    assert!(verify_bundle(&archive, vec![]).unwrap().valid);
}

#[test]
fn lines_are_a_log_of_their_own() {
    let log = log();
    let lines: String = log
        .iter()
        .map(|stored| crate::audit::line(stored) + "\n")
        .collect();
    assert!(verify_lines(lines.as_bytes(), vec![]).valid);
    let crooked = lines.replacen("{\"entry\"", "{ \"entry\"", 1);
    assert!(!verify_lines(crooked.as_bytes(), vec![]).valid);
    let torn = lines.replacen('\n', "\n\n", 1);
    assert_eq!(verify_lines(torn.as_bytes(), vec![]).first_misfit, Some(2));
    assert!(verify_lines(b"", vec![]).valid);
}

#[test]
fn a_period_needs_no_run() {
    let log = log();
    let facts = json!({
        "made": "2026-11-22T08:00:00Z",
        "covers": {"from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z"},
        "head": place_of(log.last().unwrap()),
        "leftOut": [{"run": RUN, "why": "it was deleted"}],
    });
    let mut bundle = Bundle::new(crate::json::read(&facts.to_string()).unwrap());
    bundle.add_entries(&log);
    let archive = bundle.finish();
    let found = verify_bundle(&archive, vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    assert!(
        unpack(&archive)
            .unwrap()
            .iter()
            .all(|(name, _)| name != name::PLAN)
    );
}

#[test]
fn a_table_has_no_formula_and_a_cell_for_everything() {
    let mut table = String::new();
    crate::audit::table_head(&mut table);
    let columns = table.trim_end().split(',').count();
    let forged = Entry {
        subjects: vec!["712020:1".into(), "712020:2".into()],
        reason: Some("=cmd".into()),
        http: Some(204),
        ..entry(LogAction::Suspend, Outcome::Done, Some("712020:1"))
    };
    let mut row = String::new();
    crate::audit::table_row(&mut row, &seal(&forged, 1, &crate::audit::genesis()));
    assert_eq!(row.trim_end().split(',').count(), columns, "{row}");
    assert!(
        row.contains(",'=cmd,") && row.contains(",712020:1 712020:2,") && row.contains(",204,")
    );
}
