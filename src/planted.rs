//! Faults that a test plants to see the simulation find them. Without the feature `planted-faults` there is none, and every
//! question about one is a constant `false`.

/// What goes wrong when it is planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Commits do not check that the lease is still held.
    FenceDropped,
    /// A lease is granted although another worker holds it.
    LeaseIgnored,
    /// Intents are logged after the calls.
    IntentAfterwards,
    /// Nobody is read again before their action.
    NotReadAgain,
    /// Exemptions are not heeded at the reading before the action.
    ExemptionsForgotten,
    /// A call without a clear answer is taken for done.
    UnclearTakenForDone,
    /// Runs that may act do not count for the day's cap of others.
    CapNotReserved,
    /// A plan may be larger than its policy allows.
    PolicyLimitIgnored,
    /// A run that may act gets no job.
    PushForgotten,
    /// Whoever is not known to be idle is taken for idle.
    UnknownTakenForIdle,
    /// A new invocation forgets which intents are out.
    IntentsForgotten,
    /// The stop switch is not read before a batch.
    StopIgnored,
    /// Entries do not name the one before them.
    ChainBroken,
    /// A step ends without an entry.
    OutcomeForgotten,
    /// Administrators are not protected.
    AdministratorsNotProtected,
    /// Other runs of the last 24 hours are not heeded.
    OtherRunsIgnored,
    /// A run is released by whoever asked for it.
    OwnReleaseAllowed,
    /// A dry run goes on like a real one.
    DryRunActs,
    /// A plan is executed although its policy was changed.
    OldTextExecuted,
    /// Some people of a plan are passed over in silence.
    SomePassedOver,
    /// A lease ends with the invocation's time limit.
    GraceGivenUp,
    /// A plan goes on without the approval that its policy wants.
    ApprovalIgnored,
    /// Whoever an approver held out is acted on like everybody else.
    HeldOutIgnored,
    /// A stage is due as soon as the one before it.
    StageTooEarly,
    /// Nobody leaves a chain.
    ChainNotLeft,
    /// One reading is enough for a policy that asks for several.
    ConfirmIgnored,
    /// A run that somebody ended goes on.
    AbortIgnored,
    /// A message without a clear answer is sent again at once.
    MessageRepeated,
    /// People without Jira are warned.
    UnreachableWarned,
    /// A link that was used keeps nobody from anything.
    LinkForgotten,
    /// A link can be used twice.
    LinkUsedTwice,
    /// What readings showed that others did is not heeded when a run is taken back.
    OthersForgotten,
    /// A warning that was accepted does not end its stage: it is sent again after a day.
    WarningNotNoted,
    /// What a link's end says is not heeded.
    LinkEndIgnored,
}

/// All of them.
#[cfg(feature = "planted-faults")]
pub const FAULTS: [Fault; 34] = [
    Fault::FenceDropped,
    Fault::LeaseIgnored,
    Fault::IntentAfterwards,
    Fault::NotReadAgain,
    Fault::ExemptionsForgotten,
    Fault::UnclearTakenForDone,
    Fault::CapNotReserved,
    Fault::PolicyLimitIgnored,
    Fault::PushForgotten,
    Fault::UnknownTakenForIdle,
    Fault::IntentsForgotten,
    Fault::StopIgnored,
    Fault::ChainBroken,
    Fault::OutcomeForgotten,
    Fault::AdministratorsNotProtected,
    Fault::OtherRunsIgnored,
    Fault::OwnReleaseAllowed,
    Fault::DryRunActs,
    Fault::OldTextExecuted,
    Fault::SomePassedOver,
    Fault::GraceGivenUp,
    Fault::ApprovalIgnored,
    Fault::HeldOutIgnored,
    Fault::StageTooEarly,
    Fault::ChainNotLeft,
    Fault::ConfirmIgnored,
    Fault::AbortIgnored,
    Fault::MessageRepeated,
    Fault::UnreachableWarned,
    Fault::LinkForgotten,
    Fault::LinkUsedTwice,
    Fault::OthersForgotten,
    Fault::WarningNotNoted,
    Fault::LinkEndIgnored,
];

#[cfg(feature = "planted-faults")]
thread_local! {
    static PLANTED: std::cell::Cell<Option<Fault>> = const { std::cell::Cell::new(None) };
}

/// Plants a fault in everything that this thread does from now on, or takes it back.
#[cfg(feature = "planted-faults")]
pub fn plant(fault: Option<Fault>) {
    PLANTED.set(fault);
}

/// Whether a fault is planted.
#[cfg(feature = "planted-faults")]
pub(crate) fn planted(fault: Fault) -> bool {
    PLANTED.get() == Some(fault)
}

/// Whether a fault is planted: never.
#[cfg(not(feature = "planted-faults"))]
#[inline(always)]
pub(crate) const fn planted(_: Fault) -> bool {
    false
}
