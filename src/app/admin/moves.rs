//! Moves between directories: listed, asked for, decided on, called off.

use super::error::AdminError;
use super::exemptions::reason;
use super::{Answer, Caller, Command, Moves, NamedMove};
use crate::app::documents::load;
use crate::app::moves::{MovesBook, Wish, approve, begin, cancel, reject};
use crate::app::newest_snapshot;
use crate::app::records::Move;
use crate::host::Host;

/// All moves that are kept, newest first.
pub(super) async fn moves<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: MovesBook = load(host).await?;
    named(host, book.moves).await
}

/// An order about one move; the answer is the move as it is then.
pub(super) async fn carry_out<H: Host>(
    host: &H,
    caller: &Caller,
    command: Command,
) -> Result<Answer, AdminError> {
    let by = &caller.account_id;
    let changed = match command {
        Command::BeginMove {
            account,
            from,
            resource,
            role,
            groups,
            reason: why,
        } => {
            let wish = Wish {
                account,
                from,
                resource,
                role,
                groups: groups.unwrap_or_default(),
                reason: reason(&why)?,
            };
            begin(host, by, wish).await?
        }
        Command::ApproveMove { id, reason: why } => approve(host, by, &id, &reason(&why)?).await?,
        Command::RejectMove { id, reason: why } => reject(host, by, &id, &reason(&why)?).await?,
        Command::CancelMove { id, reason: why } => cancel(host, by, &id, &reason(&why)?).await?,
        _ => return Err(AdminError::NotFound("such an order")),
    };
    named(host, vec![changed]).await
}

async fn named<H: Host>(host: &H, moves: Vec<Move>) -> Result<Answer, AdminError> {
    let newest = match moves.is_empty() {
        true => None,
        false => newest_snapshot(host).await?,
    };
    let mut shown = Vec::with_capacity(moves.len());
    for moving in moves.into_iter().rev() {
        let name = newest.as_ref().and_then(|(_, snapshot)| {
            let row = snapshot.find_all(moving.account.as_str()).next()?;
            snapshot.name(row).map(String::from)
        });
        shown.push(NamedMove { moving, name });
    }
    Ok(Answer::Moves(Moves { moves: shown }))
}
