import Lozenge from '@atlaskit/lozenge';
import type { Exemption, ExemptionSubject } from '../../gen/types';
import './exemptions.css';

/** Whom an exemption shelters. */
export function Subject({ exemption }: { exemption: Exemption }) {
  return (
    <div className="exempt">
      <span className="exempt-name">
        {nameOf(exemption)} <Lozenge>{exemption.subject.kind === 'user' ? 'Person' : 'Group'}</Lozenge>
      </span>
      {exemption.name && <code>{idOf(exemption.subject)}</code>}
    </div>
  );
}

export const idOf = (subject: ExemptionSubject): string => (subject.kind === 'user' ? subject.account : subject.group);

/** The name where it is known, else the id. */
export const nameOf = (exemption: Exemption): string => exemption.name ?? idOf(exemption.subject);
