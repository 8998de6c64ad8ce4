import ProgressBar from '@atlaskit/progress-bar';
import type { ReactNode } from 'react';
import { FailureMessage } from '../../asking/failure-message';
import { useTexts } from '../../texts/use-texts';
import type { Exported } from './exported';
import type { ExportedOnItsWay } from './use-exported';

interface ExportedViewProps {
  asked: ExportedOnItsWay;
  /** What is being read for somebody, such as "the members". */
  what: string;
  children: (exported: Exported) => ReactNode;
}

/** What is read out of the configuration: on its way, failed, or there. */
export function ExportedView({ asked: { value, failure, progress, again }, what, children }: ExportedViewProps) {
  const { say } = useTexts();
  if (value) return <>{children(value)}</>;
  if (failure) return <FailureMessage failure={failure} title={say('shown.notLoaded', { what })} again={again} />;
  return (
    <div role="status">
      <p>{say('shown.loading', { what })}</p>
      <ProgressBar value={progress} ariaLabel={say('shown.loading', { what })} />
    </div>
  );
}
