import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts';
import { isObject, withItem, type Json } from '../json';
import { KIND_NAMES, kindOf, startOf, type Kind } from './condition-kinds';
import { ConditionParts } from './condition-parts';
import { useDraft } from './draft';
import { JsonPart } from './field/json-part';
import { MistakesAt } from './field/form-field';
import './condition-editor.css';

interface ConditionEditorProps {
  value: Json;
  /** Its place in the document, such as `$.match.all[0]`. */
  path: string;
  /** What a screen reader calls it, such as "Condition 2". */
  name: string;
  onChange: (value: Json) => void;
  onRemove?: (() => void) | undefined;
}

/** A condition, with the conditions that it is made of. */
export function ConditionEditor({ value, path, name, onChange, onRemove }: ConditionEditorProps) {
  const { say } = useTexts();
  const kind = kindOf(value);
  return (
    <div className="condition" role="group" aria-label={name}>
      <div className="condition-head">
        <KindChoice kind={kind} value={value} name={name} onChange={onChange} />
        {onRemove && <RemoveButton label={say('editor.removeWhat', { what: name })} onClick={onRemove} />}
      </div>
      <MistakesAt path={path} />
      {kind === undefined ? (
        <JsonPart label={say('editor.asJson')} path={path} value={value} onChange={onChange} />
      ) : (
        <KnownCondition
          kind={kind}
          value={isObject(value) ? (value[kind] ?? null) : null}
          path={`${path}.${kind}`}
          name={name}
          onChange={(inner) => onChange({ [kind]: inner })}
        />
      )}
    </div>
  );
}

/** Which condition it is. What combines others keeps them. */
function KindChoice({ kind, value, name, onChange }: Omit<ConditionEditorProps, 'path'> & { kind: Kind | undefined }) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  const options = KIND_NAMES.map((each) => ({ value: each, label: say(`editor.kind.${each}`) }));
  const choose = (next: Kind) => {
    const inner = kind && isObject(value) ? value[kind] : undefined;
    const combines = (each: Kind | undefined) => each === 'all' || each === 'any';
    onChange(combines(kind) && combines(next) && inner !== undefined ? { [next]: inner } : startOf(next));
  };
  return (
    <div className="condition-kind">
      <Select
        label={say('editor.kindOf', { what: name })}
        options={options}
        value={options.find((option) => option.value === kind) ?? null}
        placeholder={say('editor.otherCondition')}
        isDisabled={readOnly}
        onChange={(option) => option && option.value !== kind && choose(option.value)}
        menuPosition="fixed"
        spacing="compact"
      />
    </div>
  );
}

interface KnownConditionProps {
  kind: Kind;
  /** What stands behind its name. */
  value: Json;
  path: string;
  name: string;
  onChange: (value: Json) => void;
}

function KnownCondition({ kind, value, path, name, onChange }: KnownConditionProps): ReactNode {
  const { say } = useTexts();
  if (kind === 'not') {
    return (
      <div className="condition-inner">
        <ConditionEditor value={value} path={path} name={say('editor.opposite', { of: name })} onChange={onChange} />
      </div>
    );
  }
  if (kind === 'all' || kind === 'any') {
    return <Conditions value={Array.isArray(value) ? value : []} path={path} name={name} onChange={onChange} />;
  }
  return <ConditionParts kind={kind} value={value} path={path} onChange={onChange} />;
}

interface ConditionsProps {
  value: Json[];
  path: string;
  name: string;
  onChange: (value: Json[]) => void;
}

/** The conditions that `all` and `any` combine. */
function Conditions({ value, path, name, onChange }: ConditionsProps) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  return (
    <div className="condition-inner">
      {value.map((condition, at) => (
        <ConditionEditor
          key={at}
          value={condition}
          path={`${path}[${at}]`}
          name={say('editor.conditionIn', { of: name, number: at + 1 })}
          onChange={(next) => onChange(withItem(value, at, next))}
          onRemove={value.length > 1 ? () => onChange(withItem(value, at, undefined)) : undefined}
        />
      ))}
      <MistakesAt path={path} />
      {!readOnly && (
        <span>
          <Button
            spacing="compact"
            aria-label={say('editor.addConditionTo', { what: name })}
            onClick={() => onChange([...value, startOf('idle')])}
          >
            {say('editor.addCondition')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** Takes a condition or a stage out; not there for those who may only read. */
export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  if (readOnly) return null;
  return (
    <Button appearance="subtle" spacing="compact" aria-label={label} onClick={onClick}>
      {say('editor.remove')}
    </Button>
  );
}
