//! Runs as news: those that wait for somebody, and those that ended.

use super::book::Piece;
use crate::app::records::{Run, RunState};
use crate::notice::capital;
use crate::policy::{Report, ReportWhen};

/// A run as people know it.
fn name(run: &Run) -> String {
    let name = match &run.by_hand {
        Some(reason) => format!("by hand ({reason})"),
        None => run.policy.name.clone(),
    };
    match (&run.undoes, run.cause.wished_by()) {
        (Some(_), Some(_)) => format!("{name}, an access asked back"),
        (Some(_), None) => format!("{name}, taking a run back"),
        (None, _) => name,
    }
}

/// By which way somebody asked for their access back and why, if that is why the run exists.
pub(super) fn asked_back(run: &Run) -> Option<String> {
    run.cause.wished_by()?;
    let undoes = run.undoes.as_ref()?;
    Some(format!("{}. ", capital(&undoes.reason)))
}

/// A run that waits for somebody's decision.
pub(super) fn waiting(run: &Run) -> Option<Piece> {
    let name = name(run);
    let people = run.counts.planned;
    let (title, text) = match run.state {
        RunState::Held => {
            let guards: Vec<&str> = run.guards.iter().map(|one| one.text.as_str()).collect();
            let text = format!(
                "{}. Nothing is done until an approver releases or rejects it on the page.",
                guards.join("; ")
            );
            let title = format!("{name}: held, {people} people planned");
            (title, capital(&text))
        }
        RunState::AwaitingApproval => {
            let text = "Nothing is done until an approver approves or rejects exactly this plan.";
            let title = format!("{name}: waits for approval, {people} people planned");
            (title, text.to_owned())
        }
        _ => return None,
    };
    Some(Piece {
        key: format!("run:{}:{}", run.id, run.state.name()),
        title,
        text: asked_back(run).unwrap_or_default() + &text,
        run: Some(run.id.clone()),
        subject: run.cause.wished_by().cloned(),
        is_decision: true,
        ..Piece::default()
    })
}

/// A run that ended, if that is news. What its policy itself says about it is meant where that says something: of that, a run
/// that was held and released is one that was held.
pub(super) fn ended(run: &Run, own: Option<&Report>, when: ReportWhen) -> Option<Piece> {
    let is_wanted = match own {
        Some(own) => is_news(run, own.when) || run.release.is_some(),
        None => is_news(run, when),
    };
    if !run.state.is_over() || !is_wanted {
        return None;
    }
    let counts = &run.counts;
    let mut text = format!(
        "{} of {} people matched were acted on, {} failed, {} were let be.",
        counts.acted, counts.matched, counts.failed, counts.skipped
    );
    if let Some(message) = &run.message {
        text.push_str(&format!(" {message}."));
    }
    if let Some(plan) = &run.plan {
        text.push_str(&format!(" The plan's hash is {}.", plan.hash));
    }
    Some(Piece {
        key: format!("run:{}:over", run.id),
        title: format!("{}: {}", name(run), in_words(run)),
        text,
        run: Some(run.id.clone()),
        ..Piece::default()
    })
}

pub(super) fn in_words(run: &Run) -> String {
    match run.state {
        RunState::Previewed => format!("dry run, {} people planned", run.counts.planned),
        RunState::Done => format!("done, {} people", run.counts.acted),
        RunState::DoneWithFailures => format!("done, {} failed", run.counts.failed),
        state => state.name().replace('-', " "),
    }
}

fn is_news(run: &Run, when: ReportWhen) -> bool {
    let is_smooth = matches!(run.state, RunState::Done | RunState::Previewed);
    let is_problem = !is_smooth || run.counts.failed > 0;
    match when {
        ReportWhen::Always => true,
        ReportWhen::Changes => is_problem || (!run.dry && run.counts.acted > 0),
        ReportWhen::Problems => is_problem,
    }
}
