import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Anchor, LogHead, LogVerification } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useAnswer } from '../asking/use-answer';
import type { ChainCheck as Check } from '../core';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { slices } from './every-entry';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

type Checking =
  | { state: 'idle' }
  | { state: 'reading'; read: number; of: number }
  | { state: 'failed'; failure: Failure }
  | { state: 'done'; verification: LogVerification; head: LogHead };

/** Reads the whole log and recomputes its chain, in this page where it may run the core. */
export function ChainCheck() {
  const { backend, core } = useDesk();
  const { say } = useTexts();
  const [checking, setChecking] = useState<Checking>({ state: 'idle' });
  const anchors = useAnswer<'anchors'>({ command: 'anchors' });

  const verify = async () => {
    setChecking({ state: 'reading', read: 0, of: 0 });
    try {
      const { cut } = await backend.call<'anchors'>({ command: 'anchors' });
      const check: Check = await core.chainCheck(cut ?? undefined);
      let head: LogHead = { seq: 0, hash: '' };
      for await (const slice of slices(backend.call)) {
        await check.take(slice.entries);
        head = slice.head;
        setChecking({ state: 'reading', read: check.verdict().last, of: head.seq });
        if (!check.verdict().valid) break;
      }
      setChecking({ state: 'done', verification: check.verdict(), head });
    } catch (cause) {
      setChecking({ state: 'failed', failure: Failure.from(cause) });
    }
  };

  return (
    <Section
      title={say('log.chain')}
      actions={
        <Button onClick={() => void verify()} isLoading={checking.state === 'reading'}>
          {say('log.verifyChain')}
        </Button>
      }
    >
      <p>
        {say('log.chainText')} {say(core.place === 'page' ? 'log.computedHere' : 'log.computedByApp')}
      </p>
      <div role="status">
        {checking.state === 'reading' && say('log.readUpTo', { read: checking.read, of: checking.of })}
        {checking.state === 'done' && <Verdict verification={checking.verification} head={checking.head} />}
      </div>
      {checking.state === 'failed' && (
        <FailureMessage failure={checking.failure} title={say('log.notVerified')} again={() => void verify()} />
      )}
      {anchors.value && anchors.value.anchors.length > 0 && <Anchors anchors={anchors.value.anchors} />}
    </Section>
  );
}

function Verdict({ verification, head }: { verification: LogVerification; head: LogHead }) {
  const { say, show } = useTexts();
  const newest = (
    <code>
      {head.seq}:{head.hash}
    </code>
  );
  return (
    <SectionMessage
      appearance={verification.valid ? 'success' : 'error'}
      title={say(verification.valid ? 'log.holds' : 'log.broken')}
    >
      <p>{found(verification, say)}</p>
      {verification.valid && verification.head !== head.hash && <p>{say('log.addedMeanwhile')}</p>}
      <p>{show('log.newest', { head: newest })}</p>
    </SectionMessage>
  );
}

/** What the core says; where it looked at the log call by call, how many entries fit is the page's to say. */
function found({ entries, message }: LogVerification, say: Say): string {
  if (message) return sentence(message);
  return entries === 0 ? say('log.noEntries') : say('log.entriesFit', { count: entries });
}

/** The heads of the last days: written down elsewhere, they prove later that nothing was cut off or rewritten. */
function Anchors({ anchors }: { anchors: Anchor[] }) {
  const { say } = useTexts();
  return (
    <details className="log-anchors">
      <summary>{say('log.anchors')}</summary>
      <ul>
        {anchors.toReversed().map(({ day, seq, hash }) => (
          <li key={day}>
            {day}{' '}
            <code>
              {seq}:{hash}
            </code>
          </li>
        ))}
      </ul>
    </details>
  );
}
