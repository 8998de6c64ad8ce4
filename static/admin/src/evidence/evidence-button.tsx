import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { FailureMessage } from '../asking/failure-message';
import { Failure } from '../failure';
import { useDesk } from '../page/desk';
import { bytesHash } from '../settings/configuration/text-hash';
import { download } from '../shown/download';
import { collect, type Subject } from './collect';
import { useTexts } from '../texts/use-texts';

interface EvidenceButtonProps {
  /** The file's name, without its ending. */
  name: string;
  subject: Subject;
  /** Is told the SHA-256 of each bundle. */
  onMade?: (hash: string) => void;
}

/** Makes an evidence bundle in this page and hands it to the browser. */
export function EvidenceButton({ name, subject, onMade }: EvidenceButtonProps) {
  const { backend, core } = useDesk();
  const { say } = useTexts();
  const [read, setRead] = useState<number>();
  const [failure, setFailure] = useState<Failure>();

  const make = async () => {
    setFailure(undefined);
    setRead(0);
    try {
      const evidence = await core.evidence();
      const bundle = new Uint8Array(await collect(backend.call, evidence, subject, setRead));
      download(`${name}.zip`, bundle, 'application/zip');
      onMade?.(await bytesHash(bundle));
    } catch (cause) {
      setFailure(Failure.from(cause));
    } finally {
      setRead(undefined);
    }
  };

  return (
    <>
      <Button onClick={() => void make()} isDisabled={read !== undefined}>
        {say('evidence.download')}
      </Button>
      <span role="status">{read !== undefined && say('log.entriesRead', { count: read })}</span>
      {failure && <FailureMessage failure={failure} title={say('evidence.notCollected')} again={() => void make()} />}
    </>
  );
}
