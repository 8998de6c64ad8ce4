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
import './bundle-check.css';

/** Verifies a bundle, or a file of entries, in this page: nothing of it is sent anywhere. */
export function BundleCheck() {
  const { core } = useDesk();
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
    <Section title="Evidence">
      <div className="bundle-check">
        <div className="bundle-question">
          <label htmlFor={`${id}-file`}>Bundle (zip) or entries (JSON lines)</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".zip,.jsonl"
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        <div className="bundle-question bundle-anchor">
          <label htmlFor={`${id}-anchor`}>Anchor, from where you keep it (optional)</label>
          <Textfield
            id={`${id}-anchor`}
            isCompact
            placeholder="number:hash"
            value={anchor}
            isInvalid={!anchors}
            onChange={(event) => setAnchor(event.currentTarget.value)}
          />
        </div>
        <OrderButton onClick={() => void verify()} disabledBecause={whyNot(file, anchors)}>
          Verify the file
        </OrderButton>
      </div>
      <div role="status">{found && <Found found={found} />}</div>
      {failure && <FailureMessage failure={failure} title="The file was not verified" />}
    </Section>
  );
}

function whyNot(file: File | undefined, anchors: LogHead[] | undefined): string | undefined {
  if (!file) return 'choose a file first';
  return anchors ? undefined : 'an anchor is a number and a hash, such as 17:9f86d0…';
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
  return new Failure({ code: 'not-a-bundle', message: cause.message, hint: 'choose the file as it was downloaded' });
}

function Found({ found: { valid, log, faults, remarks } }: { found: BundleVerification }) {
  return (
    <SectionMessage
      appearance={valid ? 'success' : 'error'}
      title={valid ? 'Everything in the file fits' : 'The file does not fit'}
    >
      <p>{sentence(log.message)}</p>
      {[...faults, ...remarks].map((text) => (
        <p key={text}>{sentence(text)}</p>
      ))}
      <p>
        Last entry:{' '}
        <code>
          {log.last}:{log.head}
        </code>
      </p>
    </SectionMessage>
  );
}
