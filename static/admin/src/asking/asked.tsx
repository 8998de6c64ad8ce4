import Spinner from '@atlaskit/spinner';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts';
import { FailureMessage } from './failure-message';
import type { Asked } from './use-answer';
import './asked.css';

interface AskedViewProps<T> {
  asked: Asked<T>;
  /** What is being loaded, such as "the policies". */
  what: string;
  children: (value: T) => ReactNode;
}

/** The four faces of a question: loading, failed, answered, and answered before but failed now. */
export function AskedView<T>({ asked, what, children }: AskedViewProps<T>) {
  const { say } = useTexts();
  return (
    <>
      {asked.failure && (
        <FailureMessage failure={asked.failure} title={say('shown.notLoaded', { what })} again={asked.again} />
      )}
      {asked.value !== undefined && children(asked.value)}
      {asked.value === undefined && !asked.failure && <Loading what={what} />}
    </>
  );
}

export function Loading({ what }: { what: string }) {
  const { say } = useTexts();
  return (
    <div className="loading" role="status">
      <Spinner size="large" label={say('shown.loading', { what })} />
    </div>
  );
}
