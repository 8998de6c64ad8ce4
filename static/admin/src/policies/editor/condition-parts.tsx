import { useTexts } from '../../texts/use-texts';
import { isObject, textOf, withField, type Json } from '../json';
import { partsOf, type Kind, type Part } from './condition-kinds';
import { useDraft } from './draft';
import { ChoiceInput, ListInput } from './field/choice-field';
import { SpanInput } from './field/span-field';
import { TextInput } from './field/text-field';

interface ConditionPartsProps {
  kind: Kind;
  value: Json;
  path: string;
  onChange: (value: Json) => void;
}

/** The fields of one condition. */
export function ConditionParts({ kind, value, path, onChange }: ConditionPartsProps) {
  return (
    <div className="form-row">
      {partsOf(kind).map((part) => {
        const own = part.name === 'value';
        const object = isObject(value) ? value : {};
        return (
          <PartInput
            key={part.name}
            kind={kind}
            part={part}
            path={own ? path : `${path}.${part.name}`}
            value={own ? value : object[part.name]}
            onChange={(next) => onChange(own ? (next ?? null) : withField(object, part.name, next))}
          />
        );
      })}
    </div>
  );
}

interface PartInputProps {
  kind: Kind;
  part: Part;
  path: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

function PartInput({ kind, part, ...field }: PartInputProps) {
  const { say } = useTexts();
  const { names } = useDraft();
  const label = say(`editor.part.${part.name}`);
  const optional = part.optional ?? false;
  const choices = (part.choices ?? []).map((value) => ({ value, label: say(`editor.choice.${value}`) }));
  switch (part.as) {
    case 'span':
      return <SpanInput {...field} label={label} optional={optional} />;
    case 'text':
      return <TextInput {...field} label={label} help={kind === 'listed' ? say('editor.listedHelp') : undefined} />;
    case 'choice':
      return <ChoiceInput {...field} label={label} value={textOf(field.value)} options={choices} />;
    case 'choices':
      return <ListInput {...field} label={label} options={choices} wide />;
    case 'flag':
      return <FlagInput {...field} label={label} optional={optional} />;
    case 'texts': {
      const known = part.names ? (names[part.names] ?? []) : [];
      const help = optional ? say('editor.emptyMeansAll') : say('editor.globHelp');
      return (
        <ListInput
          {...field}
          label={label}
          options={known.map((value) => ({ value, label: value }))}
          free
          wide={!optional}
          optional={optional}
          help={part.name === 'products' || part.name === 'sites' ? help : say('editor.globHelp')}
        />
      );
    }
  }
}

const FLAGS = ['true', 'false', 'either'] as const;

/** Yes or no; where it may be left out, either. */
function FlagInput({
  value,
  optional,
  onChange,
  ...field
}: Omit<PartInputProps, 'kind' | 'part'> & { label: string; optional: boolean }) {
  const { say } = useTexts();
  const flags = optional ? FLAGS : FLAGS.filter((flag) => flag !== 'either');
  return (
    <ChoiceInput
      {...field}
      value={typeof value === 'boolean' ? String(value) : 'either'}
      options={flags.map((flag) => ({ value: flag, label: say(`editor.flag.${flag}`) }))}
      onChange={(flag) => onChange(flag === 'either' ? undefined : flag === 'true')}
    />
  );
}
