import { useId, type ReactNode } from 'react';
import type { PolicyError } from '../../../../gen/types';
import { sentence } from '../../../shown/sentence';
import { useMistakesAt } from '../draft';
import './form-field.css';

interface FormFieldProps {
  label: string;
  /** The field's place in the document, such as `$.limits.users`. */
  path: string;
  /** Whether it also shows the mistakes within its value. */
  deep?: boolean;
  help?: string | undefined;
  wide?: boolean;
  children: (control: Control) => ReactNode;
}

/** What ties a control to its label, its help and its mistakes. */
export interface Control {
  id: string;
  describedBy: string;
  invalid: boolean;
}

/** A field of the editor: its label above, its help and the core's mistakes below. */
export function FormField({ label, path, deep = false, help, wide = false, children }: FormFieldProps) {
  const id = useId();
  const mistakes = useMistakesAt(path, deep);
  return (
    <div className="form-field" data-wide={wide}>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: `${id}-more`, invalid: mistakes.length > 0 })}
      <div id={`${id}-more`} className="form-field-more">
        {help && <span className="form-field-help">{help}</span>}
        <FieldMistakes mistakes={mistakes} />
      </div>
    </div>
  );
}

/** Mistakes where they stand. */
export function FieldMistakes({ mistakes }: { mistakes: readonly PolicyError[] }) {
  return mistakes.map(({ path, code, message }) => (
    <span key={`${path} ${code}`} className="form-field-mistake">
      {sentence(message)}
    </span>
  ));
}

/** Mistakes of a part that has no field of its own. */
export function MistakesAt({ path, deep = false }: { path: string; deep?: boolean }) {
  const mistakes = useMistakesAt(path, deep);
  return mistakes.length > 0 ? <FieldMistakes mistakes={mistakes} /> : null;
}
