import { useTexts } from '../../texts/use-texts';
import { isObject, othersOf, withField, type Json, type JsonObject } from '../json';
import { ChoiceInput, ListInput } from './field/choice-field';
import { JsonPart } from './field/json-part';
import { SpanInput } from './field/span-field';
import { SwitchInput } from './field/switch-field';
import { NumberInput } from './field/text-field';
import { SHOWN, type StepProps } from './step';
import { textOr } from './what-step';

const REPORTS = ['changes', 'always', 'problems'] as const;

/** The last step: how many at most, how sure, and who is told. */
export function LimitsStep({ document, onChange }: StepProps) {
  const { say } = useTexts();
  const others = Object.entries(othersOf(document, SHOWN));
  return (
    <div className="step">
      <Limits value={document['limits']} onChange={(value) => onChange('limits', value)} />
      <div className="form-row">
        <SpanInput
          label={say('editor.tolerance')}
          path="$.tolerance"
          help={say('editor.toleranceHelp')}
          standard="24h"
          value={document['tolerance']}
          onChange={(value) => onChange('tolerance', value)}
        />
      </div>
      <Confirm value={document['confirm']} onChange={(value) => onChange('confirm', value)} />
      <Report value={document['report']} onChange={(value) => onChange('report', value)} />
      {others.map(([field, value]) => (
        <JsonPart
          key={field}
          label={say('editor.otherField', { field })}
          path={`$.${field}`}
          value={value}
          onChange={(next) => onChange(field, next)}
        />
      ))}
    </div>
  );
}

interface PartProps {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** A part that the form shows whole: nothing, or an object with these fields alone. */
const isPlain = (value: Json | undefined, fields: readonly string[]): value is JsonObject | undefined =>
  value === undefined || (isObject(value) && Object.keys(othersOf(value, fields)).length === 0);

function Limits({ value, onChange }: PartProps) {
  const { say } = useTexts();
  if (!isPlain(value, ['users', 'percent'])) {
    return <JsonPart label={say('editor.limits')} path="$.limits" value={value ?? null} onChange={onChange} />;
  }
  const set = (field: string) => (next: Json | undefined) => onChange(withField(value ?? {}, field, next));
  return (
    <div className="form-row">
      <NumberInput
        label={say('editor.limitUsers')}
        path="$.limits.users"
        help={say('editor.limitsHelp')}
        standard={25}
        value={value?.['users']}
        onChange={set('users')}
      />
      <NumberInput
        label={say('editor.limitPercent')}
        path="$.limits.percent"
        help={say('editor.limitPercentHelp')}
        standard={5}
        value={value?.['percent']}
        onChange={set('percent')}
      />
    </div>
  );
}

function Confirm({ value, onChange }: PartProps) {
  const { say } = useTexts();
  if (!isPlain(value, ['readings', 'apart'])) {
    return <JsonPart label={say('editor.confirm')} path="$.confirm" value={value ?? null} onChange={onChange} />;
  }
  const set = (field: string) => (next: Json | undefined) => onChange(withField(value ?? {}, field, next));
  return (
    <>
      <SwitchInput
        label={say('editor.confirm')}
        path="$.confirm"
        help={say('editor.confirmHelp')}
        value={value !== undefined}
        onChange={(on) => onChange(on ? { readings: 2, apart: '24h' } : undefined)}
      />
      {value && (
        <div className="form-row">
          <NumberInput
            label={say('editor.readings')}
            path="$.confirm.readings"
            value={value['readings']}
            onChange={set('readings')}
          />
          <SpanInput
            label={say('editor.apart')}
            path="$.confirm.apart"
            value={value['apart']}
            onChange={set('apart')}
          />
        </div>
      )}
    </>
  );
}

function Report({ value, onChange }: PartProps) {
  const { say } = useTexts();
  if (!isPlain(value, ['to', 'when'])) {
    return <JsonPart label={say('editor.report')} path="$.report" value={value ?? null} onChange={onChange} />;
  }
  return (
    <>
      <SwitchInput
        label={say('editor.report')}
        path="$.report"
        help={say('editor.reportHelp')}
        value={value !== undefined}
        onChange={(on) => onChange(on ? { to: [], when: 'changes' } : undefined)}
      />
      {value && (
        <div className="form-row">
          <ListInput
            label={say('editor.reportTo')}
            path="$.report.to"
            help={say('editor.reportToHelp')}
            free
            options={[]}
            value={value['to']}
            onChange={(to) => onChange(withField(value, 'to', to))}
          />
          <ChoiceInput
            label={say('editor.reportWhen')}
            path="$.report.when"
            value={textOr(value['when'], 'changes')}
            options={REPORTS.map((each) => ({ value: each, label: say(`editor.report.${each}`) }))}
            onChange={(when) => onChange(withField(value, 'when', when))}
          />
        </div>
      )}
    </>
  );
}
