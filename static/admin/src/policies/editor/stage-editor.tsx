import { useTexts } from '../../texts/use-texts';
import { isObject, listOf, othersOf, withField, type Json, type JsonObject } from '../json';
import { ACTIONS, offeredActions } from './actions';
import { RemoveButton } from './condition-editor';
import { useDraft, type NameKind } from './draft';
import { ListInput } from './field/choice-field';
import { MistakesAt } from './field/form-field';
import { JsonPart } from './field/json-part';
import { MessageInput } from './field/message-field';
import { SpanInput } from './field/span-field';
import { TextInput } from './field/text-field';

const FIELDS = ['after', 'do', 'template', 'products', 'sites', 'groups'] as const;

/** Which actions ask for which further field. */
const ASKED_BY = {
  template: ['warn', 'review', 'createIssue', 'rename'],
  products: ['removeAccess'],
  sites: ['removeAccess'],
  groups: ['addToGroup', 'removeFromGroups'],
} as const;

const LINKS = { keepLink: '{keepLink}', backLink: '{backLink}' };

/** What a message can say of the person; the core refuses others. */
const MESSAGE_VARIABLES = `{name} {step} {product} {site} {date} {seen} {reason} {policy} {contact} ${LINKS.keepLink} ${LINKS.backLink}`;

interface StageEditorProps {
  stage: Json;
  at: number;
  onChange: (stage: Json) => void;
  onRemove?: (() => void) | undefined;
}

/** One stage: when after a person first matched, and what is done then. */
export function StageEditor({ stage, at, onChange, onRemove }: StageEditorProps) {
  const { say } = useTexts();
  const name = say('editor.stage', { number: at + 1 });
  const path = `$.stages[${at}]`;
  return (
    <div className="condition" role="group" aria-label={name}>
      <div className="condition-head">
        <strong>{name}</strong>
        {onRemove && <RemoveButton label={say('editor.removeWhat', { what: name })} onClick={onRemove} />}
      </div>
      <MistakesAt path={path} />
      {isObject(stage) && isPlain(stage) ? (
        <StageFields stage={stage} path={path} onChange={onChange} />
      ) : (
        <JsonPart label={say('editor.asJson')} path={path} value={stage} onChange={onChange} />
      )}
    </div>
  );
}

/** Whether the form shows all of it. */
const isPlain = (stage: JsonObject): boolean =>
  listOf(stage['do']).every((action) => typeof action === 'string') &&
  Object.keys(othersOf(stage, FIELDS)).length === 0;

interface StageFieldsProps {
  stage: JsonObject;
  path: string;
  onChange: (stage: JsonObject) => void;
}

function StageFields({ stage, path, onChange }: StageFieldsProps) {
  const { say } = useTexts();
  const actions = listOf(stage['do']);
  const set = (field: string) => (value: Json | undefined) => onChange(withField(stage, field, value));
  const isShown = (field: keyof typeof ASKED_BY) =>
    stage[field] !== undefined || ASKED_BY[field].some((action) => actions.includes(action));
  return (
    <div className="form-row">
      <SpanInput
        label={say('editor.after')}
        path={`${path}.after`}
        help={say('editor.afterHelp')}
        value={stage['after']}
        onChange={set('after')}
      />
      <ListInput
        label={say('editor.do')}
        path={`${path}.do`}
        wide
        value={actions}
        options={offeredActions(actions).map((value) => ({ value, label: say(`editor.action.${value}`) }))}
        onChange={(value) => set('do')(inOrder(listOf(value)))}
      />
      {isShown('template') && actions.includes('warn') && (
        <MessageInput
          label={say('editor.message')}
          path={`${path}.template`}
          help={say('editor.messageHelp', { variables: MESSAGE_VARIABLES, ...LINKS })}
          value={stage['template']}
          onChange={set('template')}
        />
      )}
      {isShown('template') && !actions.includes('warn') && (
        <TextInput
          label={say('editor.template')}
          path={`${path}.template`}
          optional
          value={stage['template']}
          onChange={set('template')}
        />
      )}
      {(['products', 'sites', 'groups'] as const).map(
        (field) =>
          isShown(field) && <NamesInput key={field} field={field} stage={stage} path={path} onChange={set(field)} />,
      )}
    </div>
  );
}

interface NamesInputProps {
  field: NameKind & ('products' | 'sites' | 'groups');
  stage: JsonObject;
  path: string;
  onChange: (value: Json | undefined) => void;
}

function NamesInput({ field, stage, path, onChange }: NamesInputProps) {
  const { say } = useTexts();
  const { names } = useDraft();
  return (
    <ListInput
      label={say(`editor.take.${field}`)}
      path={`${path}.${field}`}
      free
      optional
      value={stage[field]}
      options={(names[field] ?? []).map((value) => ({ value, label: value }))}
      onChange={onChange}
    />
  );
}

/** One action by itself, as people write it, or all of them from narrow to wide. */
function inOrder(actions: Json[]): Json {
  const place = (action: Json) => ACTIONS.findIndex((known) => known === action);
  const [first, ...more] = actions.toSorted((a, b) => place(a) - place(b));
  return first !== undefined && more.length === 0 ? first : first === undefined ? [] : [first, ...more];
}
