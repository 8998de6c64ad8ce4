import Lozenge from '@atlaskit/lozenge';
import type { Exemption, ExemptionSubject } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import './exemptions.css';

/** Whom an exemption shelters. */
export function Subject({ exemption }: { exemption: Exemption }) {
  const { say } = useTexts();
  return (
    <div className="exempt">
      <span className="exempt-name">
        {nameOf(exemption)} <Lozenge>{say(`exemptions.kind.${exemption.subject.kind}`)}</Lozenge>
        {exemption.expired && <Lozenge appearance="removed">{say('exemptions.expired')}</Lozenge>}
      </span>
      {exemption.name && <code>{idOf(exemption.subject)}</code>}
    </div>
  );
}

/** What it says: an id, a domain or a pattern. */
export function idOf(subject: ExemptionSubject): string {
  switch (subject.kind) {
    case 'user':
      return subject.account;
    case 'group':
      return subject.group;
    case 'domain':
      return subject.domain;
    case 'groupName':
    case 'email':
      return subject.glob;
  }
}

/** The name where it is known, else the id. */
export const nameOf = (exemption: Exemption): string => exemption.name ?? idOf(exemption.subject);
