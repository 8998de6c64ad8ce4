import type { Exemption, ExemptionSubject } from '../../gen/types';
import type { Row } from './exemption-table';
import { idOf } from './subject-id';

/** What an import would do, as far as the file and the list of exemptions tell. */
export interface Foreseen {
  /** So many would be added, unless the app knows no such person, group or policy. */
  added: number;
  /** The lines of those that are exempt already, here or further up in the file, and stay as they are. */
  known: number[];
  /** The lines that say no exemption. */
  wrong: number[];
}

/** What an import would do at a time: one that is over gives way, as when it is added by hand. */
export function foreseen(rows: readonly Row[], exemptions: readonly Exemption[], now: string): Foreseen {
  const isInForce = ({ expires }: Exemption) => expires === null || Date.parse(expires) > Date.parse(now);
  const seen = new Set(exemptions.filter(isInForce).map(({ subject }) => said(subject)));
  const found: Foreseen = { added: 0, known: [], wrong: [] };
  for (const { line, order } of rows) {
    if (typeof order === 'string') {
      found.wrong.push(line);
    } else if (seen.has(said(order.subject))) {
      found.known.push(line);
    } else {
      seen.add(said(order.subject));
      found.added += 1;
    }
  }
  return found;
}

/** A subject as a text; domains and patterns of addresses mean the same in any case. */
function said(subject: ExemptionSubject): string {
  const id = idOf(subject);
  return `${subject.kind} ${subject.kind === 'domain' || subject.kind === 'email' ? id.toLowerCase() : id}`;
}
