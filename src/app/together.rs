//! Some calls at once: a limit of requests a minute is only reached if the next one need not wait for the answer before.

use std::pin::Pin;
use std::task::Poll;

/// A future among others of its kind.
pub(super) type Piece<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Lets futures go on side by side until all have ended; their values in the same order.
pub(super) async fn together<T>(pieces: Vec<Piece<'_, T>>) -> Vec<T> {
    let mut pieces: Vec<(Option<Piece<'_, T>>, Option<T>)> = pieces
        .into_iter()
        .map(|piece| (Some(piece), None))
        .collect();
    std::future::poll_fn(|context| {
        let mut all_ended = true;
        for (piece, value) in &mut pieces {
            let Some(future) = piece else { continue };
            match future.as_mut().poll(context) {
                Poll::Ready(ended) => {
                    *value = Some(ended);
                    *piece = None;
                }
                Poll::Pending => all_ended = false,
            }
        }
        if all_ended {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    pieces.into_iter().filter_map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Waker};

    /// Ends at the so-many-th poll.
    async fn after(polls: u32) -> u32 {
        let mut left = polls;
        std::future::poll_fn(move |_| {
            left -= 1;
            if left == 0 {
                Poll::Ready(polls)
            } else {
                Poll::Pending
            }
        })
        .await
    }

    #[test]
    fn the_slowest_one_says_how_long_it_takes_and_the_order_stays() {
        let pieces: Vec<Piece<'_, u32>> = [3, 1, 4, 1]
            .into_iter()
            .map(|polls| Box::pin(after(polls)) as Piece<'_, u32>)
            .collect();
        let mut all = Box::pin(together(pieces));
        let mut context = Context::from_waker(Waker::noop());
        let mut polls = 0;
        let values = loop {
            polls += 1;
            if let Poll::Ready(values) = all.as_mut().poll(&mut context) {
                break values;
            }
        };
        assert_eq!((values, polls), (vec![3, 1, 4, 1], 4));
    }
}
