import Button from '@atlaskit/button/new';
import ProgressBar from '@atlaskit/progress-bar';
import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import type { ImportState } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useDesk } from '../page/desk';
import { OrderButton } from '../shown/order-button';
import type { UploadProgress } from './upload';
import { useUpload } from './use-upload';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import './upload-form.css';

/** Chooses a file, asks when it was made, and uploads it. */
export function UploadForm({ onChange }: { onChange: () => void }) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const [file, setFile] = useState<File>();
  const [made, setMade] = useState('');
  // The browser's own field keeps its file, and would not say so when the same one is chosen again.
  const [field, setField] = useState(0);
  const uploaded = (state: ImportState) => {
    setFile(undefined);
    setField((last) => last + 1);
    backend.announce(say('import.inUse'), state.name);
    onChange();
  };
  const { progress, failure, start, stop } = useUpload(uploaded, onChange);
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setMade(chosen ? dayOf(chosen.lastModified) : '');
  };
  const begin = () => file && start(file, made);
  return (
    <div className="upload-form">
      <FileQuestion key={field} onChoose={choose} disabled={progress !== undefined} />
      {file && <MadeQuestion made={made} onChange={setMade} disabled={progress !== undefined} />}
      {failure && <FailureMessage failure={failure} title={say('import.notUploaded')} again={begin} />}
      {progress ? (
        <>
          <UploadProgressBar progress={progress} />
          <div>
            <Button onClick={stop}>{say('import.stop')}</Button>
          </div>
        </>
      ) : (
        <div>
          <OrderButton appearance="primary" onClick={begin} disabledBecause={whyNot(file, made, say)}>
            {say('import.upload')}
          </OrderButton>
        </div>
      )}
    </div>
  );
}

function whyNot(file: File | undefined, made: string, say: Say): string | undefined {
  if (!file) return say('shown.chooseFileFirst');
  return made ? undefined : say('import.sayWhenMade');
}

/** The viewer's day on which a file was written last, which for a download is the day it was made. */
function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function FileQuestion({ onChoose, disabled }: { onChoose: (file: File | undefined) => void; disabled: boolean }) {
  const { say } = useTexts();
  const id = useId();
  return (
    <div className="upload-question">
      <label htmlFor={id}>{say('import.chooseFile')}</label>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv"
        disabled={disabled}
        onChange={(event) => onChoose(event.currentTarget.files?.[0])}
      />
    </div>
  );
}

interface MadeQuestionProps {
  made: string;
  onChange: (made: string) => void;
  disabled: boolean;
}

function MadeQuestion({ made, onChange, disabled }: MadeQuestionProps) {
  const { say } = useTexts();
  const id = useId();
  return (
    <div className="upload-question">
      <label htmlFor={id}>{say('import.madeOn')}</label>
      <Textfield
        id={id}
        type="date"
        width="small"
        value={made}
        isDisabled={disabled}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span id={`${id}-help`} className="upload-help">
        {say('import.madeOnHelp')}
      </span>
    </div>
  );
}

function UploadProgressBar({ progress: { doing, done, of } }: { progress: UploadProgress }) {
  const { say } = useTexts();
  const share = of > 0 ? done / of : 0;
  const text =
    doing === 'reading'
      ? say('import.reading', { percent: Math.floor(share * 100) })
      : say('import.sent', { done, of });
  return (
    <div className="upload-progress">
      <ProgressBar ariaLabel={text} value={share} />
      <span role="status">{text}</span>
    </div>
  );
}
