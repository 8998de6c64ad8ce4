import Select from '@atlaskit/select';
import { useEffect, useId, useState } from 'react';
import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import { textOf } from './json';
import { presets, type Preset } from './presets';
import { UploadDocument } from './upload-document';

interface StartFromProps {
  onChoose: (text: string) => void;
}

/** What a new policy starts from: a preset, or a document from a file. */
export function StartFrom({ onChoose }: StartFromProps) {
  const { core } = useDesk();
  const { say } = useTexts();
  const id = useId();
  const [known, setKnown] = useState<Preset[]>([]);
  const [chosen, setChosen] = useState<Preset>();

  useEffect(() => {
    let stale = false;
    presets(core).then(
      (found) => !stale && setKnown(found),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [core]);

  const optionOf = (preset: Preset) => {
    const name = textOf(preset.document['name']);
    return { value: preset, label: preset.isNotYet ? say('policies.presetNotYet', { name }) : name };
  };
  return (
    <div className="editor-start">
      <div className="form-field">
        <label htmlFor={id}>{say('policies.preset')}</label>
        <Select
          inputId={id}
          options={known.map(optionOf)}
          isOptionDisabled={({ value }) => value.isNotYet}
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
