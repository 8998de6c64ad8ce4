import './radio-field.css';

interface RadioFieldProps<T extends string> {
  name: string;
  label: string;
  value: T;
  choices: readonly (readonly [value: T, text: string])[];
  onChange: (value: T) => void;
}

/** A question with few answers, all of them to be seen. */
export function RadioField<T extends string>({ name, label, value, choices, onChange }: RadioFieldProps<T>) {
  return (
    <fieldset className="radio-field">
      <legend>{label}</legend>
      {choices.map(([choice, text]) => (
        <label key={choice}>
          <input type="radio" name={name} checked={choice === value} onChange={() => onChange(choice)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
