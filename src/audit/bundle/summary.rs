//! The page of a bundle: one file that opens anywhere, without a script and without the app.

use serde_json::Value;

use super::material::{Bundle, Facts};
use super::plan;
use crate::html::escaped;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <title>Seatkeeper: evidence</title>\n<style>\
    body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#172b4d}\
    h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}\
    th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #dfe1e6}\
    th{width:14rem;font-weight:600}code{overflow-wrap:anywhere}</style>\n";

/// The page.
pub(super) fn page(bundle: &Bundle) -> String {
    let mut page = String::from(HEAD);
    let title = match bundle.run_text("id") {
        Some(id) => format!("Evidence of run {id}"),
        None => String::from("Evidence of a period"),
    };
    heading(&mut page, "h1", &title);
    about(&mut page, bundle);
    if bundle.facts.run.is_some() {
        run(&mut page, bundle);
    }
    runs(&mut page, bundle);
    tally(&mut page, bundle);
    decisions(&mut page, bundle);
    proof(&mut page, bundle);
    page.push_str("</html>\n");
    page
}

fn about(page: &mut String, bundle: &Bundle) {
    let verdict = bundle.verdict();
    let before = bundle.check.before().map_or(0, |before| before.seq);
    rows(
        page,
        &[
            ("Made", bundle.facts.made.to_string()),
            (
                "Period",
                format!("{} to {}", bundle.facts.covers.from, bundle.facts.covers.to),
            ),
            (
                "Entries of the log",
                format!("{} to {}", before.saturating_add(1), verdict.last),
            ),
            ("Checked when it was made", verdict.message),
        ],
    );
}

fn run(page: &mut String, bundle: &Bundle) {
    let Some(run) = &bundle.facts.run else {
        return;
    };
    let at = |path: &[&str]| said(path.iter().try_fold(run, |value, name| value.get(*name)));
    heading(page, "h2", "The run");
    rows(
        page,
        &[
            (
                "Policy",
                format!(
                    "{} ({}), revision {}",
                    at(&["policy", "name"]),
                    at(&["policy", "id"]),
                    at(&["policy", "revision"])
                ),
            ),
            ("Policy hash", at(&["policy", "hash"])),
            ("Policy saved by", at(&["policy", "savedBy"])),
            ("State", at(&["state"])),
            ("Said about it", at(&["message"])),
            ("Reference time", at(&["now"])),
            ("Plan hash", plan::hash(&bundle.plan)),
            ("Snapshot", at(&["plan", "snapshot"])),
            ("Read from", at(&["plan", "snapshotTaken"])),
            ("Population", at(&["plan", "population"])),
        ],
    );
    heading(page, "h2", "Figures");
    let counts = run.get("counts").and_then(Value::as_object);
    let counts: Vec<(&str, String)> = counts
        .into_iter()
        .flatten()
        .map(|(name, count)| (name.as_str(), said(Some(count))))
        .collect();
    rows(page, &counts);
}

/// The runs of a period, each in a line, and those that are left out.
fn runs(page: &mut String, bundle: &Bundle) {
    let Facts { runs, left_out, .. } = &bundle.facts;
    if runs.is_empty() && left_out.is_empty() {
        return;
    }
    heading(page, "h2", "The runs of the period");
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (one, part) in runs.iter().zip(&bundle.runs) {
        let at = |path: &[&str]| {
            let value = path
                .iter()
                .try_fold(&one.run, |value, name| value.get(*name));
            said(value)
        };
        let counts = one.run.get("counts").and_then(Value::as_object);
        let mut text = format!(
            "{} ({}), revision {}: {}; plan {}; read from {}; population {}",
            at(&["policy", "name"]),
            at(&["policy", "id"]),
            at(&["policy", "revision"]),
            at(&["state"]),
            plan::hash(&part.plan),
            at(&["plan", "snapshotTaken"]),
            at(&["plan", "population"]),
        );
        for (name, count) in counts.into_iter().flatten() {
            text.push_str(&format!("; {name} {count}"));
        }
        lines.push((one.id(), text));
    }
    for one in left_out {
        lines.push((&one.run, format!("left out: {}", one.in_words())));
    }
    rows(page, &lines);
}

fn tally(page: &mut String, bundle: &Bundle) {
    heading(page, "h2", "What the entries tell");
    let tally: Vec<(&str, String)> = bundle
        .told
        .tally
        .iter()
        .map(|(action, outcome, count)| (action.as_str(), format!("{outcome}: {count}")))
        .collect();
    rows(page, &tally);
}

fn decisions(page: &mut String, bundle: &Bundle) {
    heading(page, "h2", "Who decided");
    if bundle.told.decisions.is_empty() {
        page.push_str("<p>No entry of this bundle is a person's decision on a run.</p>\n");
        return;
    }
    let texts: Vec<(String, String)> = bundle
        .told
        .decisions
        .iter()
        .map(|entry| {
            let text = |name: &str| said(entry.get(name));
            (
                format!("{} {}", text("time"), text("action")),
                format!("{}: {}", text("actor"), text("reason")),
            )
        })
        .collect();
    let texts: Vec<(&str, String)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    rows(page, &texts);
}

fn proof(page: &mut String, bundle: &Bundle) {
    let verdict = bundle.verdict();
    heading(page, "h2", "How to check it");
    page.push_str(
        "<p>Each line of <code>entries.jsonl</code> holds an entry and its SHA-256; each entry holds the hash of the one \
         before it. <code>seatkeeper verify bundle.zip --anchor seq:hash</code> checks every line, every file and the plan, \
         without a network, and so does the app's page. Take the anchor from where your organization keeps it, \
         not from this file. Only <code>names.csv</code> holds names; it may be deleted from the bundle.</p>\n",
    );
    rows(
        page,
        &[
            ("Last entry", format!("{}:{}", verdict.last, verdict.head)),
            ("Head of the log then", bundle.facts.head.to_string()),
        ],
    );
}

fn heading(page: &mut String, element: &str, text: &str) {
    page.push_str(&["<", element, ">", &escaped(text), "</", element, ">\n"].concat());
}

fn rows(page: &mut String, rows: &[(&str, String)]) {
    page.push_str("<table>\n");
    for (name, text) in rows {
        let cells = [
            "<tr><th>",
            &escaped(name),
            "</th><td><code>",
            &escaped(text),
            "</code></td></tr>\n",
        ];
        page.push_str(&cells.concat());
    }
    page.push_str("</table>\n");
}

fn said(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::from("\u{2013}"),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
