import Lozenge from '@atlaskit/lozenge';
import { useState } from 'react';
import type { Warning } from '../../gen/types';
import { daysLeft } from '../shown/days-left';
import { CalendarDay } from '../shown/moment';
import { useTexts } from '../texts/use-texts';
import './key-expiry.css';

interface KeyExpiryProps {
  expires: string | null;
  /** What the app worries about: when a date is near enough for that, the core decides. */
  warnings: Warning[];
}

/** When the key expires, counted down. */
export function KeyExpiry({ expires, warnings }: KeyExpiryProps) {
  const { say } = useTexts();
  const [now] = useState(() => new Date());
  if (expires === null) return <>{say('settings.expiryNotSaid')}</>;
  const urgent = warnings.some(({ code }) => code === 'key-expires' || code === 'key-expired');
  const left = daysLeft(expires, now, say);
  return (
    <span className="key-expiry">
      <CalendarDay at={expires} />
      {urgent ? <Lozenge appearance="moved">{left}</Lozenge> : <span>{say('settings.expiresWhen', { left })}</span>}
    </span>
  );
}
