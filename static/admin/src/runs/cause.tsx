import type { ReactNode } from 'react';
import type { Cause } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

/** Why a run exists. */
export function CauseText({ cause }: { cause: Cause }) {
  return <span>{worded(cause, useTexts())}</span>;
}

function worded(cause: Cause, { show }: Texts): ReactNode {
  switch (cause.by) {
    case 'schedule':
      return show('runs.bySchedule', { when: <Moment at={cause.due} /> });
    case 'person':
      return show('runs.startedBy', { who: <Account id={cause.account} /> });
    case 'link':
      return show('runs.askedForByLink', { who: <Account id={cause.account} /> });
    case 'logIn':
      return show('runs.askedForByLogIn', { who: <Account id={cause.account} /> });
    case 'request':
      return show('runs.askedForByIssue', {
        who: <Account id={cause.mover} />,
        issue: cause.issue,
        whom: <Account id={cause.account} />,
      });
  }
}
