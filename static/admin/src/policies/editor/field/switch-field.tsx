import { useId } from 'react';
import { useDraft } from '../draft';
import { MistakesAt } from './form-field';

interface SwitchInputProps {
  label: string;
  path: string;
  value: boolean;
  onChange: (value: boolean) => void;
  help?: string;
}

/** On or off. */
export function SwitchInput({ label, path, value, onChange, help }: SwitchInputProps) {
  const id = useId();
  const { readOnly } = useDraft();
  return (
    <div className="form-field" data-wide="true">
      <span className="form-switch">
        <input
          id={id}
          type="checkbox"
          checked={value}
          disabled={readOnly}
          aria-describedby={`${id}-more`}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <label htmlFor={id}>{label}</label>
      </span>
      <div id={`${id}-more`} className="form-field-more">
        {help && <span className="form-field-help">{help}</span>}
        <MistakesAt path={path} />
      </div>
    </div>
  );
}
