import Button from '@atlaskit/button/new';
import { useRef } from 'react';
import { useReadOnlyReason } from '../page/desk';
import { useTexts } from '../texts/use-texts';

/** Takes a policy's document from a file; nothing is stored before it is saved. */
export function UploadDocument({ onRead }: { onRead: (text: string) => void }) {
  const { say } = useTexts();
  const readOnly = useReadOnlyReason() !== undefined;
  const input = useRef<HTMLInputElement>(null);
  const read = async () => {
    const file = input.current?.files?.[0];
    if (!file) return;
    onRead(await file.text());
    input.current.value = '';
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label={say('policies.file')}
        hidden
        onChange={() => void read()}
      />
      <Button isDisabled={readOnly} onClick={() => input.current?.click()}>
        {say('policies.fromFile')}
      </Button>
    </>
  );
}
