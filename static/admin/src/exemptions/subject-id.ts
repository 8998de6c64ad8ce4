import type { ExemptionSubject } from '../../gen/types';
import type { Route } from '../page/route';

/** Whom an exemption may name. */
export const KINDS = ['user', 'group', 'groupName', 'domain', 'email'] as const satisfies ExemptionSubject['kind'][];

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

/** The subject of a kind that says it. */
export function subjectIn(kind: ExemptionSubject['kind'], id: string): ExemptionSubject {
  switch (kind) {
    case 'user':
      return { kind, account: id };
    case 'group':
      return { kind, group: id };
    case 'domain':
      return { kind, domain: id };
    case 'groupName':
    case 'email':
      return { kind, glob: id };
  }
}

/** Between kind and id in an address; no kind has it in it. */
const BETWEEN = ' ';

/** The subject as one value of an address. */
export const addressOf = (subject: ExemptionSubject): string => `${subject.kind}${BETWEEN}${idOf(subject)}`;

/** The subject that stands in an address. */
export function subjectAt(address: string): ExemptionSubject | undefined {
  const [first, ...rest] = address.split(BETWEEN);
  const kind = KINDS.find((known) => known === first);
  return kind && rest.length > 0 ? subjectIn(kind, rest.join(BETWEEN)) : undefined;
}

/** Where the people are listed whom it shelters. */
export function peopleOf(subject: ExemptionSubject): Route {
  switch (subject.kind) {
    case 'user':
      return { page: 'people', filter: [['text', subject.account]] };
    case 'group':
      return { page: 'people', filter: [['group', subject.group]] };
    case 'groupName':
    case 'domain':
    case 'email':
      return { page: 'people', filter: [['exemption', addressOf(subject)]] };
  }
}
