import { useId } from 'react';
import './checkbox.css';

interface CheckboxProps {
  label: string;
  /** What it means, below the label. */
  help?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is on or off, with what it means below it. */
export function Checkbox({ label, help, checked, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <div className="checkbox">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={help && `${id}-help`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div className="checkbox-text">
        <label htmlFor={id}>{label}</label>
        {help && (
          <span id={`${id}-help`} className="checkbox-help">
            {help}
          </span>
        )}
      </div>
    </div>
  );
}
