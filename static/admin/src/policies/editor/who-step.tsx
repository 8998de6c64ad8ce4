import { useTexts } from '../../texts/use-texts';
import { isObject, othersOf, textOf, withField, type Json } from '../json';
import { ConditionEditor } from './condition-editor';
import { useDraft } from './draft';
import { ChoiceInput } from './field/choice-field';
import { JsonPart } from './field/json-part';
import { SwitchInput } from './field/switch-field';
import { NumberInput, TextInput } from './field/text-field';
import type { StepProps } from './step';

/** The first step: what the policy is called, and whom it means. */
export function WhoStep({ document, onChange }: StepProps) {
  const { say } = useTexts();
  return (
    <div className="step">
      <div className="form-row">
        <TextInput
          label={say('editor.name')}
          path="$.name"
          value={document['name']}
          onChange={(value) => onChange('name', value)}
        />
        <TextInput
          label={say('editor.id')}
          path="$.id"
          help={say('editor.idHelp')}
          value={document['id']}
          onChange={(value) => onChange('id', value)}
        />
        <TextInput
          label={say('editor.description')}
          path="$.description"
          wide
          optional
          value={document['description']}
          onChange={(value) => onChange('description', value)}
        />
      </div>
      <div className="step-part" role="group" aria-label={say('editor.whom')}>
        <span className="form-legend">{say('editor.whom')}</span>
        <ConditionEditor
          value={document['match'] ?? null}
          path="$.match"
          name={say('editor.condition')}
          onChange={(value) => onChange('match', value)}
        />
      </div>
      <Pool value={document['keep']} onChange={(value) => onChange('keep', value)} />
      <SwitchInput
        label={say('editor.evenIfActive')}
        path="$.evenIfActive"
        help={say('editor.evenIfActiveHelp')}
        value={document['evenIfActive'] === true}
        onChange={(value) => onChange('evenIfActive', value ? true : undefined)}
      />
    </div>
  );
}

const POOL = ['product', 'site', 'seats'] as const;

/** Only as many of them as a pool of seats asks for. */
function Pool({ value, onChange }: { value: Json | undefined; onChange: (value: Json | undefined) => void }) {
  const { say } = useTexts();
  const { names } = useDraft();
  const pool = isObject(value) ? value : undefined;
  const change = (field: string) => (next: Json | undefined) => pool && onChange(withField(pool, field, next));
  const optionsOf = (known: readonly string[] | undefined) =>
    (known ?? []).map((each) => ({ value: each, label: each }));
  const start = { product: names.products?.[0] ?? '', site: names.sites?.[0] ?? '', seats: 100 };
  if (value !== undefined && (!pool || Object.keys(othersOf(pool, POOL)).length > 0)) {
    return <JsonPart label={say('editor.keep')} path="$.keep" value={value} onChange={onChange} />;
  }
  return (
    <>
      <SwitchInput
        label={say('editor.keep')}
        path="$.keep"
        help={say('editor.keepHelp')}
        value={pool !== undefined}
        onChange={(on) => onChange(on ? start : undefined)}
      />
      {pool && (
        <div className="form-row">
          <ChoiceInput
            label={say('editor.keepProduct')}
            path="$.keep.product"
            value={textOf(pool['product'])}
            options={optionsOf(names.products)}
            onChange={change('product')}
          />
          <ChoiceInput
            label={say('editor.keepSite')}
            path="$.keep.site"
            value={textOf(pool['site'])}
            options={optionsOf(names.sites)}
            onChange={change('site')}
          />
          <NumberInput
            label={say('editor.keepSeats')}
            path="$.keep.seats"
            value={pool['seats']}
            onChange={change('seats')}
          />
        </div>
      )}
    </>
  );
}
