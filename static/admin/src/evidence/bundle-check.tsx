import SectionMessage from '@atlaskit/section-message';
import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import type { BundleVerification, LogHead } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import type { Core } from '../core';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { anchorsOf } from './anchor';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import './bundle-check.css';

/** Verifies a bundle, or a file of entries, in this page: nothing of it is sent anywhere. */
export function BundleCheck() {
  const { core } = useDesk();
  const { say } = useTexts();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [anchor, setAnchor] = useState('');
  const [found, setFound] = useState<BundleVerification>();
  const [failure, setFailure] = useState<Failure>();
  const anchors = anchorsOf(anchor);

  const verify = async () => {
    if (!file || !anchors) return;
    setFound(undefined);
    setFailure(undefined);
    try {
      setFound(await verified(core, file, anchors));
    } catch (cause) {
      setFailure(notVerified(cause));
    }
  };

  return (
    <Section title={say('evidence.title')}>
      <div className="bundle-check">
        <div className="bundle-question">
          <label htmlFor={`${id}-file`}>{say('evidence.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".zip,.jsonl"
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        <div className="bundle-question bundle-anchor">
          <label htmlFor={`${id}-anchor`}>{say('evidence.anchor')}</label>
          <Textfield
            id={`${id}-anchor`}
            isCompact
            placeholder={say('evidence.anchorExample')}
            value={anchor}
            isInvalid={!anchors}
            onChange={(event) => setAnchor(event.currentTarget.value)}
          />
        </div>
        <OrderButton by="viewer" onClick={() => void verify()} disabledBecause={whyNot(file, anchors, say)}>
          {say('evidence.verify')}
        </OrderButton>
      </div>
      <div role="status">{found && <Found found={found} />}</div>
      {failure && <FailureMessage failure={failure} title={say('evidence.notVerified')} />}
    </Section>
  );
}

function whyNot(file: File | undefined, anchors: LogHead[] | undefined, say: Say): string | undefined {
  if (!file) return say('shown.chooseFileFirst');
  return anchors ? undefined : say('evidence.anchorForm');
}

const ZIP = [0x50, 0x4b];

async function verified(core: Core, file: File, anchors: LogHead[]): Promise<BundleVerification> {
  const evidence = await core.evidence();
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (ZIP.every((byte, at) => bytes[at] === byte)) return evidence.verifyBundle(bytes, anchors);
  const log = evidence.verifyLines(bytes, anchors);
  return { valid: log.valid, log, faults: [], remarks: [] };
}

function notVerified(cause: unknown): Failure {
  const isNoBundle = cause instanceof Error && 'code' in cause && cause.code === 'NOT_A_BUNDLE';
  if (!isNoBundle) return Failure.from(cause);
  return new Failure({
    code: 'not-a-bundle',
    message: cause.message,
    hint: (say) => say('evidence.chooseAsDownloaded'),
  });
}

/** What begins with the name of a file keeps it as it is written. */
const aboutFile = (text: string): string => (/^[\w-]+\.\w/.test(text) ? `${text}.` : sentence(text));

function Found({ found: { valid, log, faults, remarks } }: { found: BundleVerification }) {
  const { say, show } = useTexts();
  const head = (
    <code>
      {log.last}:{log.head}
    </code>
  );
  return (
    <SectionMessage
      appearance={valid ? 'success' : 'error'}
      title={say(valid ? 'evidence.fits' : 'evidence.doesNotFit')}
    >
      <p>{sentence(log.message)}</p>
      {[...faults, ...remarks].map((text) => (
        <p key={text}>{aboutFile(text)}</p>
      ))}
      <p>{show('evidence.lastEntry', { head })}</p>
    </SectionMessage>
  );
}
