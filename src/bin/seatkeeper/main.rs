//! The command line: policies as code, and the verification of evidence, on a machine of your own, without Forge and without
//! a key.
//!
//! Exit codes: 0 done; 1 the input is wrong, and what was wrong stands on the standard error; 2 the call itself is wrong.

mod arguments;
mod check;
mod evaluate;
mod explain;
mod failure;
mod input;
mod keep;
mod schedule;
mod terminal;
mod verify;

use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = BufWriter::new(stdout().lock());
    let done = run(&arguments.command, &mut out);
    let flushed = out.flush().map_err(Failure::from);
    match done.and(flushed) {
        Ok(()) | Err(Failure::NobodyListens) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::Check { policies } => check::check(policies, out),
        Command::Describe { policies } => check::describe(policies, out),
        Command::Evaluate { question, format } => evaluate::evaluate(question, *format, out),
        Command::Explain {
            question,
            user,
            format,
        } => explain::explain(question, user, *format, out),
        Command::Snapshot { users, sites, to } => keep::snapshot(users, sites.as_deref(), to, out),
        Command::Verify { file, anchors } => verify::verify(file, anchors, out),
        Command::Schedule { policy, next, now } => schedule::schedule(policy, *next, *now, out),
    }
}
