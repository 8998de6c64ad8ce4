import type { ExemptionSubject } from '../../gen/types';
import type { Route } from '../page/route';

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

/** Where the people are listed whom it shelters; `undefined` for patterns, which no address can name. */
export function peopleOf(subject: ExemptionSubject): Route | undefined {
  switch (subject.kind) {
    case 'user':
      return { page: 'people', filter: [['text', subject.account]] };
    case 'group':
      return { page: 'people', filter: [['group', subject.group]] };
    case 'domain':
      return subject.domain.includes('*') ? undefined : { page: 'people', filter: [['domain', subject.domain]] };
    case 'groupName':
    case 'email':
      return undefined;
  }
}
