import { useId } from 'react';
import './file-question.css';

interface FileQuestionProps {
  label: string;
  /** Which files are offered, as an input takes them: `.csv,text/csv`. */
  accept: string;
  isDisabled?: boolean;
  onText: (text: string, name: string) => void;
}

/** Asks for a file of text. */
export function FileQuestion({ label, accept, isDisabled = false, onText }: FileQuestionProps) {
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file) onText(await file.text(), file.name);
  };
  return (
    <div className="file-question">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={isDisabled}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
    </div>
  );
}
