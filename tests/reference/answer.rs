//! Yes, no, or nobody knows: the reference's own three-valued logic.

/// What a condition says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    Unknown,
}

impl Answer {
    pub fn opposite(self) -> Answer {
        match self {
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            Answer::Unknown => Answer::Unknown,
        }
    }
}

impl From<bool> for Answer {
    fn from(known: bool) -> Answer {
        if known { Answer::Yes } else { Answer::No }
    }
}

/// One "no" settles it; without one, an "unknown" leaves it open.
pub fn all_of(answers: &[Answer]) -> Answer {
    if answers.contains(&Answer::No) {
        Answer::No
    } else if answers.contains(&Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}

/// One "yes" settles it; without one, an "unknown" leaves it open.
pub fn any_of(answers: &[Answer]) -> Answer {
    if answers.contains(&Answer::Yes) {
        Answer::Yes
    } else if answers.contains(&Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::No
    }
}
