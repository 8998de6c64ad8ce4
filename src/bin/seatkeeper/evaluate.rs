//! `evaluate`: for whom a policy is true, and for whom it is not known.

use std::collections::HashMap;
use std::io::Write;

use seatkeeper::app::offline::{self, Evaluation};
use seatkeeper::csv::write_row;
use seatkeeper::evaluate::CompileError;
use seatkeeper::snapshot::{Row, Snapshot};

use crate::arguments::{EvaluateFormat, Question};
use crate::failure::{Failure, say};
use crate::input::Material;
use crate::terminal::{shown, write_columns};

/// Decides a policy for everybody.
pub fn evaluate(
    question: &Question,
    format: EvaluateFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let material = Material::of(question)?;
    let snapshot = &material.people.snapshot;
    let evaluation = offline::evaluate(&material.policy, snapshot, material.context())
        .map_err(|error| undecidable(&error))?;
    for warning in &evaluation.warnings {
        say("warning", warning);
    }
    if material.policy.keep.is_some() {
        say(
            "note",
            "`keep` chooses among these people, after exemptions and protections: it is not applied here",
        );
    }
    match format {
        EvaluateFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &evaluation)?;
            writeln!(out)?;
        }
        EvaluateFormat::Csv => write_csv(&evaluation, &Names::of(snapshot), out)?,
        EvaluateFormat::Table => write_table(&evaluation, &Names::of(snapshot), out)?,
    }
    if material.refused_rows > 0 {
        return Err(Failure::Told);
    }
    Ok(())
}

/// A policy whose names lead nowhere.
pub fn undecidable(error: &CompileError) -> Failure {
    Failure::Wrong {
        what: error.to_string(),
        hint: "hosts are looked up in --sites workspaces.json, the answer of POST /admin/v2/orgs/{organization}/workspaces",
    }
}

/// What people are called.
struct Names<'a> {
    snapshot: &'a Snapshot,
    rows: HashMap<&'a str, Row>,
}

impl<'a> Names<'a> {
    fn of(snapshot: &'a Snapshot) -> Names<'a> {
        let rows = snapshot.rows();
        let by_account = rows.filter_map(|row| Some((snapshot.account(row)?, row)));
        Names {
            snapshot,
            rows: by_account.collect(),
        }
    }

    /// The name and the e-mail address; empty where they are not known.
    fn of_account(&self, account: &str) -> (&'a str, &'a str) {
        let Some(row) = self.rows.get(account) else {
            return ("", "");
        };
        let (name, email) = (self.snapshot.name(*row), self.snapshot.email(*row));
        (name.unwrap_or_default(), email.unwrap_or_default())
    }
}

/// Everybody of an evaluation: the verdict, the account, and why.
fn people(evaluation: &Evaluation) -> impl Iterator<Item = (&'static str, &str, &str)> {
    let matched = evaluation.matched.iter().map(|person| {
        (
            "matched",
            person.account_id.as_str(),
            person.reason.as_str(),
        )
    });
    let unknown = evaluation
        .unknown
        .iter()
        .map(|person| ("unknown", person.account_id.as_str(), person.why.as_str()));
    matched.chain(unknown)
}

fn write_csv(
    evaluation: &Evaluation,
    names: &Names<'_>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut table = String::new();
    write_row(
        &mut table,
        &["verdict", "accountId", "name", "email", "why"],
    );
    for (verdict, account, why) in people(evaluation) {
        let (name, email) = names.of_account(account);
        write_row(&mut table, &[verdict, account, name, email, why]);
    }
    out.write_all(table.as_bytes())?;
    Ok(())
}

fn write_table(
    evaluation: &Evaluation,
    names: &Names<'_>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let heading = ["verdict", "account", "name", "e-mail", "why"].map(String::from);
    let mut rows = vec![heading];
    for (verdict, account, why) in people(evaluation) {
        let (name, email) = names.of_account(account);
        rows.push([verdict, account, name, email, why].map(shown));
    }
    if rows.len() > 1 {
        write_columns(out, &rows)?;
        writeln!(out)?;
    }
    writeln!(
        out,
        "{} of {} people match, {} are not known, at {}",
        evaluation.matched.len(),
        evaluation.users,
        evaluation.unknown.len(),
        evaluation.now
    )?;
    Ok(())
}
