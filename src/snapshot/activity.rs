//! Activities in their column: whole seconds, two codes, and what several say together.

use crate::model::{Activity, Time};

/// The code of "never used" in the column of activities.
pub(crate) const NEVER: u32 = 0;
/// The code of "not known" in the column of activities.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// An activity in its column: seconds since 1970, or one of the two codes. A time before 1970 or after 2106 is none that
/// the API gives, and is not known.
pub(super) fn activity_code(activity: Activity) -> u32 {
    match activity {
        Activity::Seen(time) => match u32::try_from(time.0) {
            Ok(seconds) if seconds != NEVER => seconds,
            _ => UNKNOWN,
        },
        Activity::Never => NEVER,
        Activity::Unknown => UNKNOWN,
    }
}

/// The activity of a code.
pub(super) fn activity_of(code: u32) -> Activity {
    match code {
        NEVER => Activity::Never,
        UNKNOWN => Activity::Unknown,
        seconds => Activity::Seen(Time(i64::from(seconds))),
    }
}

/// What some accesses of a person say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    /// Whether there is one at all.
    pub(crate) any: bool,
    /// Whether one of them is not known.
    pub(crate) unknown: bool,
    /// The latest time seen, in the column's code; [`NEVER`] for none.
    pub(crate) latest: u32,
}

pub(super) const NO_ACTIVITY: Digest = Digest {
    any: false,
    unknown: false,
    latest: NEVER,
};
const ANY: u8 = 1;
const ONE_UNKNOWN: u8 = 2;
/// The flags of a row whose accesses are not known.
pub(super) const NOT_KNOWN_AT_ALL: u8 = 4;

impl Digest {
    /// A digest in two columns: the latest time, and the rest as flags.
    pub(super) fn flags(self) -> u8 {
        (u8::from(self.any) * ANY) | (u8::from(self.unknown) * ONE_UNKNOWN)
    }

    /// From its two columns; `None` where the accesses are not known.
    #[inline]
    pub(super) fn from_columns(latest: u32, flags: u8) -> Option<Digest> {
        (flags & NOT_KNOWN_AT_ALL == 0).then_some(Digest {
            any: flags & ANY != 0,
            unknown: flags & ONE_UNKNOWN != 0,
            latest,
        })
    }

    /// Of the activities, in their code, for which the mask has a bit; those past the 64th have none.
    #[inline]
    pub(crate) fn of(codes: &[u32], mut mask: u64) -> Digest {
        let mut digest = NO_ACTIVITY;
        while mask != 0 {
            let slot = usize::try_from(mask.trailing_zeros()).unwrap_or(usize::MAX);
            mask &= mask - 1;
            if let Some(code) = codes.get(slot) {
                digest = digest.and(*code);
            }
        }
        digest
    }

    /// With one more activity.
    #[inline]
    pub(crate) fn and(mut self, code: u32) -> Digest {
        self.any = true;
        if code == UNKNOWN {
            self.unknown = true;
        } else {
            self.latest = self.latest.max(code);
        }
        self
    }
}
