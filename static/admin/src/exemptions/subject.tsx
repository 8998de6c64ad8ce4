import Lozenge from '@atlaskit/lozenge';
import type { Exemption } from '../../gen/types';
import { useName } from '../shown/names';
import { useTexts } from '../texts/use-texts';
import { idOf } from './subject-id';
import './exemptions.css';

/** Whom an exemption shelters. */
export function Subject({ exemption }: { exemption: Exemption }) {
  const { say } = useTexts();
  const { subject, name } = exemption;
  const found = useName(subject.kind === 'user' && !name ? subject.account : undefined);
  return (
    <div className="exempt">
      <span className="exempt-name">
        {found ?? nameOf(exemption)} <Lozenge>{say(`exemptions.kind.${subject.kind}`)}</Lozenge>
        {exemption.expired && <Lozenge appearance="removed">{say('exemptions.expired')}</Lozenge>}
      </span>
      {(name ?? found) && <code>{idOf(subject)}</code>}
    </div>
  );
}

/** The name where it is known, else the id. */
export const nameOf = (exemption: Exemption): string => exemption.name ?? idOf(exemption.subject);
