//! Conditions over conditions: in the shape of the document, and in a shape that takes fewer steps.

use super::bits::{BLOCK_WORDS, Block, Word};
use super::leaf::{Leaf, Table, code_of, truth_of};
use crate::model::Truth;
use crate::snapshot::Snapshot;

/// A condition with its names resolved.
#[derive(Clone, Debug)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

/// How many words of a snapshot tell which condition decides the most.
const SAMPLES: usize = 16;

impl Node {
    /// Decides for one row.
    pub(super) fn code(&self, snapshot: &Snapshot, row: usize) -> u8 {
        match self {
            Node::Leaf(leaf) => leaf.code(snapshot, row),
            Node::Not(inner) => negated(inner.code(snapshot, row)),
            Node::All(nodes) => {
                let mut truth = Truth::True;
                for node in nodes {
                    truth = truth.and(truth_of(node.code(snapshot, row)));
                    if truth == Truth::False {
                        break;
                    }
                }
                code_of(truth)
            }
            Node::Any(nodes) => {
                let mut truth = Truth::False;
                for node in nodes {
                    truth = truth.or(truth_of(node.code(snapshot, row)));
                    if truth == Truth::True {
                        break;
                    }
                }
                code_of(truth)
            }
        }
    }

    /// Decides for a block of rows, at least for those in `need`; what stands at other rows means nothing.
    pub(super) fn block(
        &self,
        snapshot: &Snapshot,
        first: usize,
        need: &[u64; BLOCK_WORDS],
        decided: &mut Block,
    ) {
        match self {
            Node::Leaf(leaf) => {
                for (offset, (place, need)) in decided.iter_mut().zip(need).enumerate() {
                    if *need != 0 {
                        *place = leaf.word(snapshot, first + offset, *need);
                    }
                }
            }
            Node::Not(inner) => {
                inner.block(snapshot, first, need, decided);
                for place in decided.iter_mut() {
                    *place = place.negate();
                }
            }
            Node::All(nodes) => {
                join(
                    nodes,
                    snapshot,
                    first,
                    need,
                    decided,
                    Word::possible,
                    Word::and,
                );
            }
            Node::Any(nodes) => {
                join(
                    nodes,
                    snapshot,
                    first,
                    need,
                    decided,
                    |word| !word.matched,
                    Word::or,
                );
            }
        }
    }

    /// Whether somebody matches, among others, because they were not seen in an access lately.
    pub(super) fn rests_on_disuse_of(&self, access: u32) -> bool {
        match self {
            Node::Leaf(leaf) => leaf.selects(access),
            // The opposite of idle is no reason that later activity takes away.
            Node::Not(_) => false,
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().any(|node| node.rests_on_disuse_of(access))
            }
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Node::Leaf(leaf) => leaf.cost(),
            Node::Not(inner) => inner.cost(),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(Node::cost).sum(),
        }
    }
}

/// Decides conditions one after the other, each only for the rows that the ones before left open.
fn join(
    nodes: &[Node],
    snapshot: &Snapshot,
    first: usize,
    need: &[u64; BLOCK_WORDS],
    decided: &mut Block,
    open: impl Fn(Word) -> u64,
    combine: impl Fn(Word, Word) -> Word,
) {
    let Some((head, rest)) = nodes.split_first() else {
        return;
    };
    head.block(snapshot, first, need, decided);
    let mut still = *need;
    for node in rest {
        let mut left = 0;
        for (place, word) in still.iter_mut().zip(decided.iter()) {
            *place &= open(*word);
            left |= *place;
        }
        if left == 0 {
            return;
        }
        let mut next = [Word::default(); BLOCK_WORDS];
        node.block(snapshot, first, &still, &mut next);
        for ((place, next), still) in decided.iter_mut().zip(&next).zip(&still) {
            if *still != 0 {
                let joined = combine(*place, *next);
                place.matched = joined.matched & still | place.matched & !still;
                place.unknown = joined.unknown & still | place.unknown & !still;
            }
        }
    }
}

fn negated(code: u8) -> u8 {
    code_of(truth_of(code).negate())
}

/// The same condition in fewer steps: conditions on the same column become one, what is decided for everybody goes
/// away, and what decides the most for the least comes first.
pub(super) fn optimize(node: &Node, snapshot: &Snapshot) -> Node {
    match node {
        Node::Leaf(leaf) => Node::Leaf(leaf.clone()),
        Node::Not(inner) => match optimize(inner, snapshot) {
            Node::Leaf(Leaf::Same(code)) => Node::Leaf(Leaf::Same(negated(code))),
            Node::Leaf(Leaf::Table(mut table)) => {
                for code in table.truths.iter_mut() {
                    *code = negated(*code);
                }
                Node::Leaf(Leaf::Table(table))
            }
            Node::Not(inner) => *inner,
            inner => Node::Not(Box::new(inner)),
        },
        Node::All(nodes) => joined(nodes, snapshot, Junction::All),
        Node::Any(nodes) => joined(nodes, snapshot, Junction::Any),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Junction {
    All,
    Any,
}

impl Junction {
    fn combine(self, left: u8, right: u8) -> u8 {
        let (left, right) = (truth_of(left), truth_of(right));
        code_of(match self {
            Junction::All => left.and(right),
            Junction::Any => left.or(right),
        })
    }

    fn of(self, nodes: Vec<Node>) -> Node {
        match self {
            Junction::All => Node::All(nodes),
            Junction::Any => Node::Any(nodes),
        }
    }
}

fn joined(nodes: &[Node], snapshot: &Snapshot, junction: Junction) -> Node {
    let mut same = match junction {
        Junction::All => code_of(Truth::True),
        Junction::Any => code_of(Truth::False),
    };
    let neutral = same;
    let mut flat: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        match (optimize(node, snapshot), junction) {
            (Node::Leaf(Leaf::Same(code)), _) => same = junction.combine(same, code),
            (Node::All(inner), Junction::All) | (Node::Any(inner), Junction::Any) => {
                for node in inner {
                    take(&mut flat, node, junction);
                }
            }
            (node, _) => take(&mut flat, node, junction),
        }
    }
    if junction.combine(same, neutral) != neutral {
        flat.push(Node::Leaf(Leaf::Same(same)));
    }
    if flat.is_empty() {
        return Node::Leaf(Leaf::Same(neutral));
    }
    if flat.len() > 1 {
        return junction.of(in_order(flat, snapshot, junction));
    }
    flat.remove(0)
}

/// Adds a condition; one on a column that is there already joins its table.
fn take(flat: &mut Vec<Node>, node: Node, junction: Junction) {
    let Node::Leaf(Leaf::Table(table)) = &node else {
        flat.push(node);
        return;
    };
    for known in flat.iter_mut() {
        if let Node::Leaf(Leaf::Table(known)) = known
            && known.by == table.by
        {
            merge(known, table, junction);
            return;
        }
    }
    flat.push(node);
}

fn merge(known: &mut Table, other: &Table, junction: Junction) {
    for (place, code) in known.truths.iter_mut().zip(other.truths.iter()) {
        *place = junction.combine(*place, *code);
    }
}

/// Puts the conditions in the order of what each costs for every row that it decides, measured on a sample of the rows.
fn in_order(nodes: Vec<Node>, snapshot: &Snapshot, junction: Junction) -> Vec<Node> {
    let words = snapshot.len().div_ceil(64);
    let step = words.div_ceil(SAMPLES).max(1);
    let mut ordered: Vec<(u64, Node)> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let (mut decided, mut rows) = (0_u64, 0_u64);
        for word in (0..words).step_by(step) {
            let mut need = [0; BLOCK_WORDS];
            if let Some(need) = need.first_mut() {
                *need = live(snapshot.len(), word);
                rows += u64::from(need.count_ones());
            }
            let mut block = [Word::default(); BLOCK_WORDS];
            node.block(snapshot, word, &need, &mut block);
            let (Some(first), Some(need)) = (block.first(), need.first()) else {
                continue;
            };
            let bits = match junction {
                Junction::All => !first.possible(),
                Junction::Any => first.matched,
            };
            decided += u64::from((bits & need).count_ones());
        }
        let rank = node.cost() * 1_000 * (rows + 1) / (decided + 1);
        let place = ordered.partition_point(|(other, _)| *other <= rank);
        ordered.insert(place, (rank, node));
    }
    ordered.into_iter().map(|(_, node)| node).collect()
}

/// The bits of a word that stand for rows of the snapshot.
pub(super) fn live(rows: usize, word: usize) -> u64 {
    match rows.saturating_sub(word * 64) {
        0 => 0,
        left if left >= 64 => u64::MAX,
        left => (1 << left) - 1,
    }
}
