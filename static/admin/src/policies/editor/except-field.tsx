import Button from '@atlaskit/button/new';
import { useTexts } from '../../texts/use-texts';
import { isObject, othersOf, withField, withItem, type Json, type JsonObject } from '../json';
import { RemoveButton } from './condition-editor';
import { useDraft } from './draft';
import { ListInput } from './field/choice-field';
import { JsonPart } from './field/json-part';
import { TextInput } from './field/text-field';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

interface ExceptInputProps {
  /** Where the windows stand, such as `$.schedule.except`. */
  path: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** Black-out windows: days of the week, and days from one date to another. */
export function ExceptInput({ path, value, onChange }: ExceptInputProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const windows: Json[] = Array.isArray(value) ? value : [];
  const weekdays = windows.filter((each) => typeof each === 'string');
  const ranges = windows.filter((each) => typeof each !== 'string');
  const change = (days: Json[], dates: Json[]) => {
    const next = [...days, ...dates];
    onChange(next.length > 0 ? next : undefined);
  };
  if (value !== undefined && !(Array.isArray(value) && ranges.every(isRange))) {
    return <JsonPart label={say('editor.except')} path={path} value={value} onChange={onChange} />;
  }
  return (
    <div className="step-part">
      <ListInput
        label={say('editor.except')}
        path={path}
        help={say('editor.exceptHelp')}
        wide
        deep={ranges.length === 0}
        optional
        value={weekdays}
        options={WEEKDAYS.map((day) => ({ value: day, label: say(`editor.day.${day}`) }))}
        onChange={(days) => change(Array.isArray(days) ? days : [], ranges)}
      />
      {ranges.map((range, at) => (
        <Range
          key={at}
          range={isObject(range) ? range : {}}
          path={`${path}[${weekdays.length + at}]`}
          name={say('editor.window', { number: at + 1 })}
          onChange={(next) => change(weekdays, withItem(ranges, at, next))}
        />
      ))}
      {!readOnly && (
        <span>
          <Button spacing="compact" onClick={() => change(weekdays, [...ranges, { from: '', to: '' }])}>
            {say('editor.addWindow')}
          </Button>
        </span>
      )}
    </div>
  );
}

const isRange = (window: Json): boolean =>
  isObject(window) && Object.keys(othersOf(window, ['from', 'to'])).length === 0;

interface RangeProps {
  range: JsonObject;
  path: string;
  name: string;
  onChange: (range: JsonObject | undefined) => void;
}

function Range({ range, path, name, onChange }: RangeProps) {
  const { say } = useTexts();
  return (
    <div className="form-row" role="group" aria-label={name}>
      <TextInput
        label={say('editor.from')}
        path={`${path}.from`}
        type="date"
        value={range['from']}
        onChange={(from) => onChange(withField(range, 'from', from))}
      />
      <TextInput
        label={say('editor.to')}
        path={`${path}.to`}
        type="date"
        value={range['to']}
        onChange={(to) => onChange(withField(range, 'to', to))}
      />
      <RemoveButton label={say('editor.removeWhat', { what: name })} onClick={() => onChange(undefined)} />
    </div>
  );
}
