//! What is due for whom, when a run is planned, and again on the reading before each action.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Chain, Part, Unwritten};
use super::member::Member;
use crate::app::lease::Lease;
use crate::evaluate::{Compiled, Context, compile};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time, Truth};
use crate::plan::{
    Departure, Exempted, Exempting, Link, LinkUse, Pause, Place, Pool, Protections, SeatPool,
    Shelter, Sheltered, Sight, Standing, Taken, Warned, has_own_status, is_finished, is_given_back,
    place, shelter, state_before,
};
use crate::policy::{Policy, Unreachable};
use crate::snapshot::{Row, Snapshot};

/// Marks a row of somebody who is not in the chain.
const NOBODY: u32 = u32::MAX;

/// What a look at a chain rests on.
#[derive(Clone, Copy)]
pub(in crate::app) struct Ground<'a> {
    /// The policy.
    pub(in crate::app) policy: &'a Policy,
    /// The hash of its text.
    pub(in crate::app) hash: &'a str,
    /// The policy on the snapshot.
    pub(in crate::app) compiled: &'a Compiled<'a>,
    /// The people as they were read: all of them, or those of one batch.
    pub(in crate::app) snapshot: &'a Snapshot,
    /// What the policy was compiled with; its time is the run's reference time.
    pub(in crate::app) context: Context<'a>,
    /// When the people were read.
    pub(in crate::app) read: Time,
    /// The exemptions in force.
    pub(in crate::app) exempted: &'a Exempted,
    /// The protections in force.
    pub(in crate::app) protections: &'a Protections,
    /// With `keep`, the seats: of those who match, only whoever is chosen to free one may enter.
    pub(in crate::app) pool: Option<&'a SeatPool<'a>>,
    /// Whether the access can be taken from a person, whatever other runs do.
    pub(in crate::app) freeing: &'a dyn Fn(Row) -> Truth,
    /// What was heard of people.
    pub(in crate::app) heard: &'a BTreeMap<AccountId, Heard>,
}

/// What was heard of one person.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Heard {
    /// What became of the last warning.
    pub(in crate::app) warned: Warned,
    /// They used a link.
    pub(in crate::app) link_used: Option<LinkUse>,
}

/// Where everybody stands in a policy's chain.
#[derive(Debug)]
pub(in crate::app) struct Chains {
    chain: Chain,
    hash: String,
    pub(super) places: Vec<Placed>,
    /// By row: the number of the place.
    by_row: Vec<u32>,
    before: Snapshot,
    pool: Option<Pool>,
}

/// Where one person stands.
#[derive(Clone, Debug)]
pub(in crate::app) struct Placed {
    /// What is due, why nothing is, or why they left.
    pub(in crate::app) place: Place,
    /// Where they are in [`Chains::before`], if we changed anything about them.
    pub(in crate::app) before: Option<Row>,
    /// Part and place in which their link lies.
    stored: Option<(usize, usize)>,
}

impl Chains {
    /// Where the person at a row stands; `None` for somebody who is not in the chain and did not leave it.
    pub(in crate::app) fn at(&self, row: Row) -> Option<&Placed> {
        let number = *self.by_row.get(row.0)?;
        self.places.get(usize::try_from(number).ok()?)
    }

    /// The people about whom we changed something, as they were before our first action.
    pub(in crate::app) fn before(&self) -> &Snapshot {
        &self.before
    }

    /// With `keep`, who was chosen of those who match.
    pub(in crate::app) fn pool(&self) -> Option<&Pool> {
        self.pool.as_ref()
    }

    /// Notes what each act of a stage takes that is planned for a person.
    pub(in crate::app) fn offer(&mut self, row: Row, stage: u32, taken: Vec<Taken>) {
        self.change(row, |link| link.offered = Some((stage, taken)));
    }

    fn change(&mut self, row: Row, change: impl FnOnce(&mut Link)) {
        let number = self
            .by_row
            .get(row.0)
            .and_then(|n| usize::try_from(*n).ok());
        let Some(placed) = number.and_then(|number| self.places.get_mut(number)) else {
            return;
        };
        let Some(link) = &mut placed.place.link else {
            return;
        };
        change(link);
        let Some((part, member)) = placed.stored else {
            return;
        };
        if let Some(part) = self.chain.parts.get_mut(part)
            && let Some(member) = part.members.get_mut(member)
            && member.link != *link
        {
            member.link = link.clone();
            part.is_changed = true;
        }
    }

    /// Stores what changed, under the name of a run; what makes it count belongs into the run's commit.
    pub(in crate::app) async fn store(
        self,
        host: &impl Host,
        lease: &Lease,
        run: &str,
    ) -> Result<Unwritten, StorageError> {
        self.chain
            .store(host, lease, &format!("{run}-plan"), &self.hash)
            .await
    }
}

/// Looks where everybody stands in a policy's chain as it is stored.
pub(in crate::app) async fn due(
    host: &impl Host,
    ground: &Ground<'_>,
) -> Result<Chains, StorageError> {
    let chain = Chain::load(host, &ground.policy.id).await?;
    Ok(look(chain, ground))
}

/// Looks where everybody stands.
pub(super) fn look(mut chain: Chain, ground: &Ground<'_>) -> Chains {
    let policy_changed = chain.index.is_left || chain.index.hash != ground.hash;
    chain.index.is_left = false;
    let before = before(&chain, ground, policy_changed);
    let judged = compile(ground.policy, &before, ground.context).ok();
    let mut looking = Looking {
        ground,
        exempting: ground.exempted.on(ground.snapshot),
        exempting_before: ground.exempted.on(&before),
        before: &before,
        judged: judged.as_ref(),
        policy_changed,
        chosen: None,
        places: Vec::new(),
        by_row: vec![NOBODY; ground.snapshot.len()],
    };
    let pool = ground.pool.map(|seats| looking.choose(seats, &chain));
    let chosen = |pool: &Pool| pool.chosen.iter().copied().collect();
    looking.chosen = pool.as_ref().map(chosen);
    for (number, part) in chain.parts.iter_mut().enumerate() {
        looking.part(number, part);
    }
    looking.newcomers(&mut chain);
    let Looking { places, by_row, .. } = looking;
    Chains {
        chain,
        hash: ground.hash.to_owned(),
        places,
        by_row,
        before,
        pool,
    }
}

/// Everybody in a chain about whom we changed something, as they were before.
fn before(chain: &Chain, ground: &Ground<'_>, policy_changed: bool) -> Snapshot {
    let changed = chain.members().filter_map(|member| {
        let row = ground.snapshot.find(&member.account, &member.directory)?;
        let taken = &member.link.taken;
        (!policy_changed && !taken.is_nothing()).then_some((row, Some(taken)))
    });
    state_before(ground.snapshot, changed)
}

struct Looking<'a> {
    ground: &'a Ground<'a>,
    exempting: Exempting<'a>,
    exempting_before: Exempting<'a>,
    before: &'a Snapshot,
    /// The policy on the state before our first action; `None` if it cannot be decided there.
    judged: Option<&'a Compiled<'a>>,
    policy_changed: bool,
    /// Of a pool of seats, who was chosen: nobody else enters, for the first time or again.
    chosen: Option<BTreeSet<Row>>,
    places: Vec<Placed>,
    by_row: Vec<u32>,
}

impl Looking<'_> {
    /// Looks at everybody in a part, and leaves in it who stays.
    fn part(&mut self, number: usize, part: &mut Part) {
        let mut stay = Vec::with_capacity(part.members.len());
        for member in std::mem::take(&mut part.members) {
            let snapshot = self.ground.snapshot;
            let row = snapshot.find(&member.account, &member.directory);
            let place = match row {
                Some(row) => self.place(row, &member),
                None => self.not_listed(&member.link),
            };
            part.is_changed |= place.link.as_ref() != Some(&member.link);
            let stored = place.link.as_ref().map(|_| (number, stay.len()));
            if let Some(link) = &place.link {
                stay.push(Member {
                    link: link.clone(),
                    ..member.clone()
                });
            }
            let before = self.before.find(&member.account, &member.directory);
            let placed = Placed {
                place,
                before,
                stored,
            };
            self.keep(row, placed);
        }
        part.members = stay;
    }

    /// Chooses who frees a seat, of those who match, whom nothing shelters and whom no link lets be. Whoever cannot free one
    /// waits for nobody, and nobody for them.
    fn choose(&self, seats: &SeatPool<'_>, chain: &Chain) -> Pool {
        let ground = self.ground;
        let may_go = |row: &Row| {
            let account = ground.snapshot.account(*row);
            let heard = account.and_then(|account| ground.heard.get(account));
            let link_used = heard.and_then(|heard| heard.link_used);
            ground.compiled.verdict(*row) == Truth::True
                && link_used.is_none_or(|used| used.until <= ground.context.now)
                && shelter(ground.snapshot, *row, &self.exempting, ground.protections).is_none()
        };
        // Of a warning that is due and reaches nobody, the person waits for it.
        let is_held = |row: Row, member: &Member| {
            let standing = self.place(row, member).standing;
            matches!(standing, Standing::Unreachable { .. })
        };
        // Whoever used a link keeps the seat for now, and another goes. Another text chooses for itself.
        let goes = |member: &&Member| {
            let row = ground.snapshot.find(&member.account, &member.directory);
            let can_go = |row| (ground.freeing)(row) != Truth::False && !is_held(row, member);
            !self.policy_changed && member.link.postponed.is_none() && row.is_none_or(can_go)
        };
        let before = chain.members().filter(goes);
        let before: BTreeSet<AccountId> = before.map(|member| member.account.clone()).collect();
        let can_free = |row: &Row| {
            let account = ground.snapshot.account(*row);
            // Whoever was chosen before and cannot be decided just now is waited for.
            account.is_some_and(|account| before.contains(account))
                || ((ground.freeing)(*row) == Truth::True && !self.is_out_of_reach(*row))
        };
        let verdicts = ground.compiled.verdicts();
        let candidates = verdicts.possible().filter(may_go).filter(can_free);
        seats.choose(candidates, &before)
    }

    /// Whether the policy would hold a person at the first warning.
    fn is_out_of_reach(&self, row: Row) -> bool {
        let ground = self.ground;
        let account = ground.snapshot.account(row);
        let heard = account.and_then(|account| ground.heard.get(account));
        ground.policy.unreachable == Unreachable::Hold
            && heard.is_some_and(|heard| heard.warned == Warned::Unreachable)
    }

    /// Lets people in who match and are not in the chain; of a pool of seats, whoever was chosen.
    fn newcomers(&mut self, chain: &mut Chain) {
        let ground = self.ground;
        for row in ground.compiled.verdicts().possible() {
            let is_there = self
                .by_row
                .get(row.0)
                .is_none_or(|number| *number != NOBODY);
            if is_there || ground.compiled.verdict(row) != Truth::True || !self.may_enter(row) {
                continue;
            }
            let (Some(account), Some(directory)) =
                (ground.snapshot.account(row), ground.snapshot.directory(row))
            else {
                continue;
            };
            let account = AccountId(account.to_owned());
            let sight = self.sight(row, &account, ground.compiled, row, false);
            let place = place(ground.policy, None, &sight);
            let Some(link) = place.link.clone() else {
                continue;
            };
            let stored = chain.add(Member {
                account,
                directory: directory.clone(),
                link,
            });
            let placed = Placed {
                place,
                before: None,
                stored: Some(stored),
            };
            self.keep(Some(row), placed);
        }
    }

    fn place(&self, row: Row, member: &Member) -> Place {
        let ground = self.ground;
        let link = &member.link;
        let before = self.before.find(&member.account, &member.directory);
        let sight = match (before, self.judged) {
            (Some(before), Some(judged)) => {
                // A status over all directories does not show what was taken in one.
                let is_told = has_own_status(ground.snapshot, row, ground.protections);
                let last_done = link.last_done().filter(|_| is_told);
                let restored = last_done.is_some_and(|done| {
                    is_given_back(&link.taken, ground.snapshot, row, ground.read, done.at)
                });
                self.sight(row, &member.account, judged, before, restored)
            }
            (Some(_), None) => Sight {
                verdict: Truth::Unknown,
                ..self.sight(row, &member.account, ground.compiled, row, false)
            },
            (None, _) => self.sight(row, &member.account, ground.compiled, row, false),
        };
        place(ground.policy, Some(link), &sight)
    }

    /// What is known of a person: judged at a row of either state, sheltered by either.
    fn sight(
        &self,
        row: Row,
        account: &AccountId,
        judged: &Compiled<'_>,
        at: Row,
        restored: bool,
    ) -> Sight {
        let ground = self.ground;
        let heard = ground.heard.get(account);
        Sight {
            now: ground.context.now,
            read: ground.read,
            verdict: judged.verdict(at),
            seen: judged.last_use(at),
            sheltered: self.sheltered(row, account),
            restored,
            policy_changed: self.policy_changed,
            may_enter: self.may_enter(row),
            link_used: heard.and_then(|heard| heard.link_used),
            warned: heard.map_or(Warned::NotYet, |heard| heard.warned),
        }
    }

    fn may_enter(&self, row: Row) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_none_or(|chosen| chosen.contains(&row))
    }

    /// A group that we took shelters as if it were held.
    fn sheltered(&self, row: Row, account: &AccountId) -> Sheltered {
        let ground = self.ground;
        let directory = ground.snapshot.directory(row);
        let before = directory.and_then(|directory| self.before.find(account, directory));
        let protections = ground.protections;
        let of_before =
            before.and_then(|row| shelter(self.before, row, &self.exempting_before, protections));
        match (
            shelter(ground.snapshot, row, &self.exempting, protections),
            of_before,
        ) {
            (Some(Shelter::Exempt(_)), _) | (_, Some(Shelter::Exempt(_))) => Sheltered::Exempt,
            (None, None) => Sheltered::No,
            _ => Sheltered::Protected,
        }
    }

    /// Somebody whom the directory does not list: who has come to the end is forgotten, everybody else waits.
    fn not_listed(&self, link: &Link) -> Place {
        let is_finished = is_finished(self.ground.policy, link);
        if self.policy_changed && link.postponed.is_none() {
            return Place {
                standing: Standing::Out,
                left: Some(Departure::PolicyChanged),
                link: None,
            };
        }
        let link = (!is_finished).then(|| link.clone());
        let standing = match link {
            Some(_) => Standing::Paused(Pause::NotListed),
            None => Standing::Finished,
        };
        Place {
            standing,
            left: None,
            link,
        }
    }

    fn keep(&mut self, row: Option<Row>, placed: Placed) {
        if let Some(number) = row.and_then(|row| self.by_row.get_mut(row.0)) {
            *number = u32::try_from(self.places.len()).unwrap_or(NOBODY);
        }
        self.places.push(placed);
    }
}
