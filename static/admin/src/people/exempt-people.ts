import type { Exemption, ExemptionSubject, RosterFilter, RosterPanel, RowTruth } from '../../gen/types';
import type { Roster } from '../core';

type Pattern = Exclude<ExemptionSubject, { kind: 'user' }>;

/** An exemption that shelters somebody; one that cannot be decided of them shelters, too. */
export interface Sheltering {
  exemption: Exemption;
  isDecided: boolean;
}

/** A policy that means whom any of the exemptions means: the engine decides it by the conditions of the same name. */
export const exemptDocument = (subjects: readonly Pattern[]): string =>
  JSON.stringify({
    version: 1,
    id: 'exempt',
    name: 'exempt',
    match: { any: subjects.map(conditionOf) },
    stages: [{ after: '0d', do: 'review' }],
  });

/** Whom exemptions mean that name nobody. */
export const exemptFilter = (subjects: readonly Pattern[], is: RowTruth): RosterFilter => ({
  policy: { document: exemptDocument(subjects), is },
});

/** Which of the exemptions in force shelter somebody; what shelters them in one directory shelters them in all. */
export function shelteringOf(
  roster: Pick<Roster, 'explain'>,
  exemptions: readonly Exemption[],
  { account }: Pick<RosterPanel, 'account'>,
): Sheltering[] {
  const inForce = exemptions.filter(({ expired }) => !expired);
  const patterns = inForce.flatMap(({ subject }) => (subject.kind === 'user' ? [] : [subject]));
  // Mostly none of them means somebody, and one question tells.
  const mayMean = patterns.length > 0 && truthOf(patterns) !== 'false';
  return inForce.flatMap((exemption) => {
    const { subject } = exemption;
    if (subject.kind === 'user') return subject.account === account ? [{ exemption, isDecided: true }] : [];
    const truth = mayMean ? truthOf([subject]) : 'false';
    return truth === 'false' ? [] : [{ exemption, isDecided: truth === 'true' }];
  });

  function truthOf(subjects: readonly Pattern[]): RowTruth {
    const verdicts = roster.explain(exemptDocument(subjects), account).map(({ verdict }) => verdict);
    if (verdicts.includes('true')) return 'true';
    return verdicts.includes('unknown') ? 'unknown' : 'false';
  }
}

function conditionOf(subject: Pattern): unknown {
  switch (subject.kind) {
    case 'group':
      return { group: [subject.group] };
    case 'groupName':
      return { group: [subject.glob] };
    case 'domain':
      return { emailDomain: [subject.domain] };
    case 'email':
      return { email: [subject.glob] };
  }
}
