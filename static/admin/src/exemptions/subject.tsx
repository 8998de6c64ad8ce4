import Lozenge from '@atlaskit/lozenge';
import type { Exemption } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import { idOf } from './subject-id';
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

/** The name where it is known, else the id. */
export const nameOf = (exemption: Exemption): string => exemption.name ?? idOf(exemption.subject);
