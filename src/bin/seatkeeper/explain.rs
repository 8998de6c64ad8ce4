//! `explain`: why a policy's verdict on one person is what it is.

use std::io::{self, Write};

use seatkeeper::evaluate::{Explained, Explanation, compile};
use seatkeeper::model::Truth;
use seatkeeper::snapshot::{Row, Snapshot};

use crate::arguments::{ExplainFormat, Question};
use crate::evaluate::undecidable;
use crate::failure::{Failure, say};
use crate::input::Material;
use crate::terminal::shown;

/// Explains the verdict on a person, once for each directory that lists them.
pub fn explain(
    question: &Question,
    user: &str,
    format: ExplainFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let material = Material::of(question)?;
    let snapshot = &material.people.snapshot;
    let rows = find(snapshot, user);
    if rows.is_empty() {
        return Err(Failure::Wrong {
            what: format!("nobody among the people has the account id or e-mail address `{user}`"),
            hint: "take it from the answer of evaluate, or look into the file of --users",
        });
    }
    let compiled = compile(&material.policy, snapshot, material.context())
        .map_err(|error| undecidable(&error))?;
    for warning in &compiled.warnings {
        say("warning", warning);
    }
    let explanations: Vec<Explanation> = rows
        .iter()
        .filter_map(|row| compiled.explain(*row))
        .collect();
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &explanations)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            for (row, explanation) in rows.iter().zip(&explanations) {
                write_person(snapshot, *row, explanation, out)?;
                write_condition(&explanation.condition, 0, out)?;
            }
        }
    }
    if material.refused_rows > 0 {
        return Err(Failure::Told);
    }
    Ok(())
}

/// Where somebody is, by account id or else by e-mail address.
fn find(snapshot: &Snapshot, user: &str) -> Vec<Row> {
    let by_account: Vec<Row> = snapshot.find_all(user).collect();
    if !by_account.is_empty() {
        return by_account;
    }
    let has_address = |row: &Row| {
        snapshot
            .email(*row)
            .is_some_and(|email| email.eq_ignore_ascii_case(user))
    };
    snapshot.rows().filter(has_address).collect()
}

fn write_person(
    snapshot: &Snapshot,
    row: Row,
    explanation: &Explanation,
    out: &mut dyn Write,
) -> io::Result<()> {
    let known = [snapshot.name(row), snapshot.email(row)];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    write!(out, "{}", shown(&explanation.account_id))?;
    if !known.is_empty() {
        write!(out, " ({})", shown(&known.join(", ")))?;
    }
    if let Some(directory) = &explanation.directory {
        write!(out, " in the directory {}", shown(directory))?;
    }
    let verdict = match explanation.verdict {
        Truth::True => "matches",
        Truth::False => "does not match",
        Truth::Unknown => "is not known to match",
    };
    writeln!(out, " {verdict}: {}", shown(&explanation.sentence))?;
    writeln!(out, "at {}", explanation.now)
}

/// One condition with its truth before it, below it what was read, and then what it is made of.
fn write_condition(condition: &Explained, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let truth = match condition.truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    };
    let indent = "  ".repeat(depth);
    let words = shown(&condition.condition);
    if condition.sentence.is_empty() {
        writeln!(out, "{truth:8}{indent}{words}")?;
    } else {
        writeln!(
            out,
            "{truth:8}{indent}{words}: {}",
            shown(&condition.sentence)
        )?;
    }
    for reading in &condition.read {
        let (what, value) = (shown(&reading.what), shown(&reading.value));
        write!(out, "{:8}{indent}  {what} = {value}", "")?;
        let source = shown(&reading.source);
        match reading.at {
            Some(at) => writeln!(out, " [{source}, read at {at}]")?,
            None if source.is_empty() => writeln!(out)?,
            None => writeln!(out, " [{source}]")?,
        }
    }
    condition
        .inner
        .iter()
        .try_for_each(|inner| write_condition(inner, depth + 1, out))
}
