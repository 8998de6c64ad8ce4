import Lozenge from '@atlaskit/lozenge';
import type { Exemption, ExemptionSubject } from '../../gen/types';
import './exemptions.css';

/** Whom an exemption shelters. */
export function Subject({ exemption }: { exemption: Exemption }) {
  return (
    <div className="exempt">
      <span className="exempt-name">
        {nameOf(exemption)} <Lozenge>{KINDS[exemption.subject.kind]}</Lozenge>
        {exemption.expired && <Lozenge appearance="removed">Expired</Lozenge>}
      </span>
      {exemption.name && <code>{idOf(exemption.subject)}</code>}
    </div>
  );
}

const KINDS: Record<ExemptionSubject['kind'], string> = {
  user: 'Person',
  group: 'Group',
  groupName: 'Groups',
  domain: 'Domain',
  email: 'Addresses',
};

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
