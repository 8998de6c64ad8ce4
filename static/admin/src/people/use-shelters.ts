import { useCallback, useEffect, useState } from 'react';
import type { Exemption } from '../../gen/types';
import type { Roster } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { exemptFilter } from './exempt-people';
import { accountsFound } from './use-found-set';

/** Who is spared, as the core's sets `exempt` and `protected` and as reasons for a person's panel. */
export interface Shelters {
  /** Why an account is protected. */
  protectedBy: ReadonlyMap<string, string>;
  exemptions: Exemption[];
  failure?: Failure;
}

interface AskedShelters {
  /** `undefined` until the core knows who is spared. */
  shelters: Shelters | undefined;
  /** Reads again, after somebody was exempted. */
  again: () => void;
}

/** Tells the core who is exempt and who is protected. */
export function useShelters(roster: Roster): AskedShelters {
  const { backend } = useDesk();
  const [round, setRound] = useState(0);
  const [known, setKnown] = useState<{ roster: Roster; shelters: Shelters }>();
  const again = useCallback(() => setRound((last) => last + 1), []);
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
  }, [backend, roster, round]);
  return { shelters: known?.roster === roster ? known.shelters : undefined, again };
}

/** Whom an exemption in force shelters; one that may hold shelters too. */
function markExempt(roster: Roster, exemptions: Exemption[]): void {
  const inForce = exemptions.filter(({ expired }) => !expired).map(({ subject }) => subject);
  const accounts = inForce.flatMap((subject) => (subject.kind === 'user' ? [subject.account] : []));
  const patterns = inForce.flatMap((subject) => (subject.kind === 'user' ? [] : [subject]));
  const kinds = patterns.length > 0 ? (['true', 'unknown'] as const) : [];
  const found = accountsFound(
    roster,
    kinds.map((is) => exemptFilter(patterns, is)),
  );
  roster.mark('exempt', [...accounts, ...found].join(' '));
}
