import { Component, Suspense, type ReactNode } from 'react';
import { Loading } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { Failure } from '../failure';
import { useTexts } from '../texts/use-texts';

/** Shows a part of the page: that it is loading until its chunk is here, and what failed where it cannot be shown. */
export function PartBoundary({ children }: { children: ReactNode }) {
  const { say } = useTexts();
  const what = say('page.thisPage');
  return (
    <Catching title={say('shown.notLoaded', { what })}>
      <Suspense fallback={<Loading what={what} />}>{children}</Suspense>
    </Catching>
  );
}

interface CatchingProps {
  title: string;
  children: ReactNode;
}

/** Only a class can catch what its children throw. */
class Catching extends Component<CatchingProps, { failure?: Failure }> {
  override state: { failure?: Failure } = {};

  static getDerivedStateFromError(cause: unknown): { failure: Failure } {
    return { failure: partFailed(cause) };
  }

  override render(): ReactNode {
    const { title, children } = this.props;
    const { failure } = this.state;
    return failure ? <FailureMessage failure={failure} title={title} again={() => location.reload()} /> : children;
  }
}

const partFailed = (cause: unknown): Failure =>
  new Failure({
    code: 'part-failed',
    message: (say) => say('shown.partFailed', { detail: cause instanceof Error ? cause.message : String(cause) }),
    hint: (say) => say('shown.partFailedHint'),
  });
