//! What reads do not show: changes that are not visible yet, accesses that are lost, accounts that are gone.

use super::{Access, AccountStatus, Membership, PlatformRole, Product, User};
use crate::clock::Time;

/// A value that changed and is not shown yet.
#[derive(Clone, Debug)]
pub(super) struct Hidden<T> {
    /// What is shown until then.
    before: T,
    /// From when on the new value is shown.
    until: Time,
}

impl<T> Hidden<T> {
    pub(super) fn new(before: T, until: Time) -> Self {
        Hidden { before, until }
    }

    /// What is still shown at `now` in the place of the new value.
    pub(super) fn shown(hidden: Option<&Self>, now: Time) -> Option<&T> {
        hidden
            .filter(|hidden| now < hidden.until)
            .map(|hidden| &hidden.before)
    }
}

/// Of one person; most have nothing unseen.
#[derive(Clone, Debug, Default)]
pub(super) struct Unseen {
    groups: Option<Hidden<Vec<usize>>>,
    accesses: Option<Hidden<Vec<Access>>>,
    platform_roles: Option<Hidden<Vec<PlatformRole>>>,
    memberships: Option<Hidden<Vec<Membership>>>,
    /// The account's status, and whether its deletion is scheduled.
    account: Option<Hidden<(AccountStatus, bool)>>,
    /// Accesses that nothing gives any more, with their activity.
    lost: Vec<Access>,
    /// Directories that the person was taken out of, whose sites go on listing them.
    left: Vec<usize>,
    /// From when on the person is listed nowhere.
    gone_from: Option<Time>,
}

impl User {
    fn unseen<T>(&self, facet: impl Fn(&Unseen) -> Option<&Hidden<T>>, now: Time) -> Option<&T> {
        Hidden::shown(facet(self.unseen.as_deref()?), now)
    }

    fn unseen_mut(&mut self) -> &mut Unseen {
        self.unseen.get_or_insert_default()
    }

    /// The groups that reads show at `now`.
    pub fn shown_groups(&self, now: Time) -> &[usize] {
        self.unseen(|unseen| unseen.groups.as_ref(), now)
            .unwrap_or(&self.groups)
    }

    /// The product accesses that reads show at `now`.
    pub fn shown_accesses(&self, now: Time) -> &[Access] {
        self.unseen(|unseen| unseen.accesses.as_ref(), now)
            .unwrap_or(&self.accesses)
    }

    /// The platform roles that reads show at `now`.
    pub fn shown_platform_roles(&self, now: Time) -> &[PlatformRole] {
        self.unseen(|unseen| unseen.platform_roles.as_ref(), now)
            .unwrap_or(&self.platform_roles)
    }

    /// The memberships that reads show at `now`.
    pub fn shown_memberships(&self, now: Time) -> &[Membership] {
        self.unseen(|unseen| unseen.memberships.as_ref(), now)
            .unwrap_or(&self.memberships)
    }

    /// The account's own status that reads show at `now`, and whether its deletion is scheduled.
    pub fn shown_account(&self, now: Time) -> (AccountStatus, bool) {
        self.unseen(|unseen| unseen.account.as_ref(), now)
            .copied()
            .unwrap_or((self.account_status, self.for_deletion))
    }

    /// Lets reads show the groups and accesses of `now` until later, whatever becomes of them.
    pub(crate) fn hold_groups(&mut self, now: Time, until: Time) {
        let groups = Hidden::new(self.shown_groups(now).to_vec(), until);
        let accesses = Hidden::new(self.shown_accesses(now).to_vec(), until);
        let unseen = self.unseen_mut();
        unseen.groups = Some(groups);
        unseen.accesses = Some(accesses);
    }

    /// Lets reads show the platform roles of `now` until later, whatever becomes of them.
    pub(crate) fn hold_platform_roles(&mut self, now: Time, until: Time) {
        let before = Hidden::new(self.shown_platform_roles(now).to_vec(), until);
        self.unseen_mut().platform_roles = Some(before);
    }

    /// Lets reads show the memberships of `now` until later, whatever becomes of them.
    pub(crate) fn hold_memberships(&mut self, now: Time, until: Time) {
        let before = Hidden::new(self.shown_memberships(now).to_vec(), until);
        self.unseen_mut().memberships = Some(before);
    }

    /// Lets reads show the account's status of `now` until later, whatever becomes of it.
    pub(crate) fn hold_account(&mut self, now: Time, until: Time) {
        let before = Hidden::new(self.shown_account(now), until);
        self.unseen_mut().account = Some(before);
    }

    /// Keeps the activity of an access that is lost.
    pub(super) fn keep_lost(&mut self, access: Access) {
        let lost = &mut self.unseen_mut().lost;
        lost.retain(|known| (known.site, known.product) != (access.site, access.product));
        lost.push(access);
    }

    /// Takes out what was kept of an access that was lost.
    pub(super) fn take_lost(&mut self, site: usize, product: Product) -> Option<Access> {
        let lost = &mut self.unseen.as_deref_mut()?.lost;
        let at = lost
            .iter()
            .position(|access| (access.site, access.product) == (site, product))?;
        Some(lost.swap_remove(at))
    }

    /// Notes that the person was taken out of a directory.
    pub(super) fn leave(&mut self, directory: usize) {
        self.unseen_mut().left.push(directory);
    }

    /// Whether the person was taken out of a directory at some time.
    pub fn was_in(&self, directory: usize) -> bool {
        let unseen = self.unseen.as_deref();
        unseen.is_some_and(|unseen| unseen.left.contains(&directory))
    }

    /// Lets the person be listed nowhere from then on, or again.
    pub(crate) fn set_gone_from(&mut self, from: Option<Time>) {
        self.unseen_mut().gone_from = from;
    }

    /// Whether reads show the person nowhere at `now`.
    pub fn is_gone(&self, now: Time) -> bool {
        self.gone_from().is_some_and(|from| from <= now)
    }

    /// The same as it truly is: a removal counts at once, a deletion when its grace is over.
    pub fn is_truly_gone(&self, now: Time) -> bool {
        self.gone_from()
            .is_some_and(|from| !self.for_deletion || from <= now)
    }

    /// Whether the account is closed for good.
    pub fn is_closed(&self, now: Time) -> bool {
        self.account_status == AccountStatus::Closed || self.for_deletion && self.is_gone(now)
    }

    fn gone_from(&self) -> Option<Time> {
        self.unseen.as_ref()?.gone_from
    }
}
