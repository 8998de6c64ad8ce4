import { useEffect, useState } from 'react';
import type { Exemption } from '../../gen/types';
import type { Roster } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';

/** Who is spared, as the core's sets `exempt` and `protected` and as reasons for a person's panel. */
export interface Shelters {
  /** Why an account is protected. */
  protectedBy: ReadonlyMap<string, string>;
  exemptions: Exemption[];
  failure?: Failure;
}

/** A slice of accounts in the text of a set. */
const SLICE = 5_000;

/** Tells the core who is exempt and who is protected; `undefined` until it knows. */
export function useShelters(roster: Roster): Shelters | undefined {
  const { backend } = useDesk();
  const [known, setKnown] = useState<{ roster: Roster; shelters: Shelters }>();
  useEffect(() => {
    let stale = false;
    const tell = async (): Promise<Shelters> => {
      try {
        const [{ people }, { exemptions }] = await Promise.all([
          backend.call<'protected'>({ command: 'protected' }),
          backend.call<'exemptions'>({ command: 'exemptions' }),
        ]);
        if (!stale) {
          roster.mark('protected', people.map(([account]) => account).join(' '));
          markExempt(roster, exemptions);
        }
        return { protectedBy: new Map(people), exemptions };
      } catch (cause) {
        return { protectedBy: new Map(), exemptions: [], failure: Failure.from(cause) };
      }
    };
    void tell().then((shelters) => {
      if (!stale) setKnown({ roster, shelters });
    });
    return () => {
      stale = true;
    };
  }, [backend, roster]);
  return known?.roster === roster ? known.shelters : undefined;
}

/** Whom an exemption in force shelters; one that may hold shelters too. */
function markExempt(roster: Roster, exemptions: Exemption[]): void {
  const accounts: string[] = [];
  const conditions: unknown[] = [];
  for (const { subject, expired } of exemptions) {
    if (expired) continue;
    if (subject.kind === 'user') accounts.push(subject.account);
    else conditions.push(conditionOf(subject));
  }
  if (conditions.length > 0) {
    // The engine decides whom they mean, by the conditions of the same name.
    const document = JSON.stringify({
      version: 1,
      id: 'exempt',
      name: 'exempt',
      match: { any: conditions },
      stages: [{ after: '0d', do: 'review' }],
    });
    for (const is of ['true', 'unknown'] as const) {
      roster.filter({ policy: { document, is } });
      for (const slice of roster.accounts(SLICE)) accounts.push(...slice);
    }
  }
  roster.mark('exempt', accounts.join(' '));
}

function conditionOf(subject: Exclude<Exemption['subject'], { kind: 'user' }>): unknown {
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
