import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { LogHead, LogVerification, StoredEntry } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { AnswerTo, Call } from '../protocol';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';

type Check =
  | { state: 'idle' }
  | { state: 'reading'; read: number; of: number }
  | { state: 'failed'; failure: Failure }
  | { state: 'done'; verification: LogVerification; head: LogHead };

/** Reads the whole log and recomputes its chain, in this page where it may run the core. */
export function ChainCheck() {
  const { backend, core } = useDesk();
  const [check, setCheck] = useState<Check>({ state: 'idle' });

  const verify = async () => {
    try {
      const { entries, head } = await wholeLog(backend.call, (read, of) => setCheck({ state: 'reading', read, of }));
      setCheck({ state: 'done', verification: await core.verifyEntries(entries), head });
    } catch (cause) {
      setCheck({ state: 'failed', failure: Failure.from(cause) });
    }
  };

  return (
    <Section
      title="Chain"
      actions={
        <Button onClick={() => void verify()} isLoading={check.state === 'reading'}>
          Verify the chain
        </Button>
      }
    >
      <p>
        Each entry holds the hash of the one before it, so an entry that was changed, removed or put in later breaks the
        chain.
        {core.place === 'page'
          ? ' The hashes are recomputed in this page.'
          : ' This page may not compute, so the app recomputes the hashes.'}
      </p>
      <div role="status">
        {check.state === 'reading' && `Reading ${check.read} of ${check.of} entries`}
        {check.state === 'done' && <Verdict verification={check.verification} head={check.head} />}
      </div>
      {check.state === 'failed' && (
        <FailureMessage failure={check.failure} title="The chain was not verified" again={() => void verify()} />
      )}
    </Section>
  );
}

function Verdict({ verification, head }: { verification: LogVerification; head: LogHead }) {
  return (
    <SectionMessage
      appearance={verification.valid ? 'success' : 'error'}
      title={verification.valid ? 'The chain holds' : 'The chain is broken'}
    >
      <p>{sentence(verification.message)}</p>
      {verification.valid && verification.head !== head.hash && (
        <p>Entries were added while it was read: verify again to have them too.</p>
      )}
      <p>
        Newest entry: {head.seq}, hash <code>{head.hash}</code>
      </p>
    </SectionMessage>
  );
}

/** Every entry from number 1 on. */
async function wholeLog(
  call: Call,
  progress: (read: number, of: number) => void,
): Promise<{ entries: StoredEntry[]; head: LogHead }> {
  const entries: StoredEntry[] = [];
  let cursor: string | null = null;
  for (;;) {
    const slice: AnswerTo<'logSlice'> = await call<'logSlice'>({ command: 'logSlice', cursor });
    entries.push(...slice.entries);
    progress(entries.length, slice.head.seq);
    if (!slice.cursor) return { entries, head: slice.head };
    cursor = slice.cursor;
  }
}
