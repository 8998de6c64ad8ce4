import Select from '@atlaskit/select';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../texts/use-texts';
import { textOf } from './json';
import { presets, type Preset } from './presets';
import { UploadDocument } from './upload-document';

interface StartFromProps {
  onChoose: (text: string) => void;
}

/** What a new policy starts from: a preset, or a document from a file. */
export function StartFrom({ onChoose }: StartFromProps) {
  const { say } = useTexts();
  const id = useId();
  const [known, setKnown] = useState<Preset[]>([]);
  const [chosen, setChosen] = useState<Preset>();

  useEffect(() => {
    let stale = false;
    presets().then(
      (found) => !stale && setKnown(found),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, []);

  const optionOf = (preset: Preset) => ({ value: preset, label: textOf(preset.document['name']) });
  return (
    <div className="editor-start">
      <div className="form-field">
        <label htmlFor={id}>{say('policies.preset')}</label>
        <Select
          inputId={id}
          options={known.map(optionOf)}
          value={chosen ? optionOf(chosen) : null}
          placeholder={say('policies.choosePreset')}
          onChange={(option) => {
            if (!option) return;
            setChosen(option.value);
            onChoose(option.value.text);
          }}
          menuPosition="fixed"
          spacing="compact"
        />
      </div>
      <UploadDocument onRead={onChoose} />
    </div>
  );
}
