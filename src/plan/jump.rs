//! A jump: a run that takes something from many more people than its policy usually does.

use super::guard::{Guard, GuardCode};

/// So many runs say what is usual.
pub const USUAL_RUNS: usize = 10;
/// More than so many times the usual.
const TIMES: u64 = 3;
/// And more than so many people above it: a policy that takes one person a day may take four.
const MORE: u64 = 10;

/// The guard for more than three times as many people as the median of the policy's last runs, and more than ten more. Where
/// there was no run yet, nothing is usual.
pub fn jump(planned: u32, usual: &[u32]) -> Option<Guard> {
    // Twice the median is a whole number for any number of runs.
    let twice = twice_the_median(usual)?;
    let twice_planned = 2 * u64::from(planned);
    let is_jump = twice_planned > TIMES * twice && twice_planned > twice + 2 * MORE;
    is_jump.then(|| {
        let text = format!(
            "{planned} people; the median of the policy's last {} runs is {}{}",
            usual.len(),
            twice / 2,
            if twice % 2 == 0 { "" } else { ".5" }
        );
        Guard::saying(GuardCode::Jump, text)
    })
}

fn twice_the_median(counts: &[u32]) -> Option<u64> {
    let mut ordered: Vec<u32> = Vec::with_capacity(counts.len());
    for count in counts {
        let place = ordered.partition_point(|known| known < count);
        ordered.insert(place, *count);
    }
    let upper = ordered.get(ordered.len() / 2)?;
    let lower = ordered.get(ordered.len().checked_sub(1)? / 2)?;
    Some(u64::from(*lower) + u64::from(*upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_more_than_three_times_the_median_and_more_than_ten_more() {
        for (planned, usual, held) in [
            (1_000_000, &[][..], false),
            (10, &[0], false),
            (11, &[0], true),
            (14, &[4], false),
            (15, &[4], true),
            (15, &[5], false),
            (16, &[5], true),
            (18, &[6], false),
            (19, &[6], true),
            (300, &[100], false),
            (301, &[100], true),
            // 6.5 of an even number of runs, in whatever order.
            (19, &[7, 6], false),
            (20, &[7, 6], true),
            (301, &[100, 1, 1_000], true),
            (300, &[1_000, 100, 1], false),
            (301, &[1, 100, 100, 1_000, 1_000, 1], true),
            (u32::MAX, &[u32::MAX, u32::MAX], false),
        ] {
            assert_eq!(jump(planned, usual).is_some(), held, "{planned} {usual:?}");
        }
        let text = jump(20, &[7, 6]).map(|guard| guard.text);
        let expected = "20 people; the median of the policy's last 2 runs is 6.5";
        assert_eq!(text.as_deref(), Some(expected));
    }
}
