//! Bundles of a period: each of its runs with its plan, figures and approvals, or the word that it is left out.

use super::*;

const OTHER: &str = "20261121T130000-efgh";

/// The bundle of the period in which the run lies, and another one that is left out or not told of.
fn period(left_out: bool) -> Vec<u8> {
    let mut entries = entries();
    let mut other = entry(LogAction::StartRun, Outcome::Done, None);
    other.run = Some(OTHER.into());
    entries.push(other);
    // What is said of an old run makes it no run of the period.
    let mut report = entry(LogAction::Report, Outcome::Done, None);
    report.run = Some("20260101T000000-old".into());
    entries.push(report);
    let log = sealed(entries);
    let of_run = bundle(&log).facts;
    let left_out = match left_out {
        true => json!([{"run": OTHER, "why": "tooMany"}]),
        false => json!([]),
    };
    let facts = json!({
        "made": "2026-11-22T08:00:00Z",
        "covers": {"from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z"},
        "head": place_of(log.last().unwrap()),
        "runs": [{"run": of_run.run, "policy": of_run.policy}],
        "leftOut": left_out,
    });
    let mut bundle = Bundle::new(crate::json::read(&facts.to_string()).unwrap());
    bundle.add_entries(&log);
    for part in plan_parts() {
        assert!(bundle.add_plan_part(RUN, &part));
        assert!(!bundle.add_plan_part(OTHER, &part));
    }
    let from = Time::parse("2026-11-21T00:00:00Z").unwrap();
    let runs = runs_at_work(&log, from, from.plus(86_400));
    assert_eq!(runs, [RUN, OTHER]);
    assert!(runs_at_work(&log, from, from.plus(60)).is_empty());
    bundle.finish()
}

fn file(name: &str) -> String {
    format!("runs/{RUN}/{name}")
}

#[test]
fn a_period_tells_of_each_of_its_runs_and_whom_it_leaves_out() {
    let archive = period(true);
    let found = verify_bundle(&archive, vec![]).unwrap();
    assert!(found.valid, "{found:?}");
    let said = found.remarks.join("\n");
    assert!(
        said.contains(&format!("the run {OTHER} is left out")),
        "{said}"
    );
    let page = text_of(&archive, name::SUMMARY);
    assert!(
        page.contains(&plan_hash()) && page.contains("left out:"),
        "{page}"
    );
    let population: Value =
        serde_json::from_str(&text_of(&archive, &file(name::POPULATION))).unwrap();
    assert_eq!(population["population"], 38);
    let expected = json!({"intent": 1, "done": 1, "skipped": 1});
    assert_eq!(population["entries"]["suspend"], expected);
    assert_eq!(text_of(&archive, &file(name::POLICY)), canonical(&policy()));
    let plan = text_of(&archive, &file(name::PLAN));
    assert_eq!(plan::hash(&plan), plan_hash());
}

#[test]
fn a_run_that_is_told_otherwise_or_hidden_is_found() {
    let hidden = verify_bundle(&period(false), vec![]).unwrap();
    let named = hidden.faults.iter().any(|fault| fault.contains(OTHER));
    assert!(!hidden.valid && named, "{hidden:?}");
    let archive = period(true);
    for (name, from, to) in [
        (name::PLAN, "\"exempt\"", "\"planned\""),
        (name::PLAN, "712020:2", "712020:9"),
        (name::POPULATION, "\"population\": 38", "\"population\": 39"),
        (name::APPROVALS, "looked at it", "did not look"),
        (name::POLICY, "\"version\":1", "\"version\":2"),
    ] {
        let name = file(name);
        let forged = forged(&archive, &name, &|text| {
            assert!(text.contains(from), "no {from}: {text}");
            text.replace(from, to)
        });
        let found = verify_bundle(&forged, vec![]).unwrap();
        assert!(!found.valid && found.log.valid, "{name} {from}: {found:?}");
    }
    for (from, to) in [
        ("\"state\": \"done\"", "\"state\": \"stopped\""),
        ("one bundle holds", "anybody wants"),
    ] {
        let forged = with(&archive, name::MANIFEST, &|text| {
            assert!(text.contains(from), "no {from}: {text}");
            Some(text.replacen(from, to, 1))
        });
        let found = verify_bundle(&forged, vec![]).unwrap();
        assert!(!found.valid, "{from}: {found:?}");
    }
}

#[test]
fn an_act_in_a_period_is_held_against_the_plan_of_its_run() {
    let archive = period(true);
    let lie = sealed(
        entries()
            .into_iter()
            .chain([intent(LogAction::Suspend, &["712020:3"])])
            .collect(),
    );
    // The same files, with entries that tell of somebody whom the plan calls exempt.
    let lines: String = lie
        .iter()
        .map(|stored| crate::audit::line(stored) + "\n")
        .collect();
    let forged = forged(&archive, name::ENTRIES, &|_| lines.clone());
    let found = verify_bundle(&forged, vec![]).unwrap();
    let why = format!("entry 11 does not fit the plan of the run {RUN}");
    assert!(
        found.faults.iter().any(|fault| fault.starts_with(&why)),
        "{found:?}"
    );
}

#[test]
fn a_bundle_of_before_that_names_no_runs_still_fits() {
    let archive = with(&period(true), name::MANIFEST, &|text| {
        let mut manifest: Value = serde_json::from_str(&text).unwrap();
        let fields = manifest.as_object_mut().unwrap();
        fields.remove("runs");
        fields.remove("leftOut");
        let is_of_the_whole = |file: &Value| !file["name"].as_str().unwrap().contains('/');
        let files = fields["files"].as_array().unwrap().iter();
        let files: Value = files
            .filter(|file| is_of_the_whole(file))
            .cloned()
            .collect();
        fields.insert("files".into(), files);
        Some(manifest.to_string())
    });
    let files = unpack(&archive).unwrap().into_iter();
    let files: Vec<(String, String)> = files
        .filter(|(name, _)| !name.contains('/'))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    let found = verify_bundle(&pack(&files), vec![]).unwrap();
    assert!(found.valid, "{found:?}");
}
