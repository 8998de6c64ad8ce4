import { useTexts } from '../../texts/use-texts';
import { isObject, othersOf, withField, type Json, type JsonObject } from '../json';
import { ChoiceInput, ListInput, type Option } from './field/choice-field';
import { InstantInput } from './field/instant-field';
import { JsonPart } from './field/json-part';
import { SwitchInput } from './field/switch-field';
import { NumberInput, TextInput } from './field/text-field';
import { ZoneInput } from './field/zone-field';
import { BlackOutsNote } from './black-outs-note';
import { ExceptInput, WEEKDAYS } from './except-field';
import type { StepProps } from './step';

const UNITS = ['hour', 'day', 'week', 'month', 'year'] as const;
type Unit = (typeof UNITS)[number];

const MODES = ['hand', 'once', 'every'] as const;
type Mode = (typeof MODES)[number];

const START: Record<Mode, Json | undefined> = {
  hand: undefined,
  once: { once: '' },
  every: { every: { n: 1, unit: 'week' }, on: 'mon', at: '06:00' },
};

const FIELDS = ['every', 'on', 'at', 'zone', 'except'];

/** The third step: whether and when the policy runs by itself. */
export function ScheduleStep({ document, onChange }: StepProps) {
  const { say } = useTexts();
  const schedule = document['schedule'];
  const mode = modeOf(schedule);
  return (
    <div className="step">
      <SwitchInput
        label={say('editor.enabled')}
        path="$.enabled"
        help={say('editor.enabledHelp')}
        value={document['enabled'] !== false}
        onChange={(value) => onChange('enabled', value)}
      />
      {mode === undefined ? (
        <JsonPart
          label={say('editor.schedule')}
          path="$.schedule"
          value={schedule ?? null}
          onChange={(value) => onChange('schedule', value)}
        />
      ) : (
        <>
          <div className="form-row">
            <ChoiceInput
              label={say('editor.schedule')}
              path="$.schedule"
              value={mode}
              options={MODES.map((value) => ({ value, label: say(`editor.mode.${value}`) }))}
              onChange={(next) => next !== mode && onChange('schedule', START[next])}
            />
            {mode === 'once' && isObject(schedule) && (
              <InstantInput
                label={say('editor.onceAt')}
                path="$.schedule.once"
                value={schedule['once']}
                onChange={(once) => onChange('schedule', withField(schedule, 'once', once))}
              />
            )}
          </div>
          {mode === 'every' && isObject(schedule) && (
            <Timetable schedule={schedule} onChange={(value) => onChange('schedule', value)} />
          )}
          {mode !== 'hand' && <BlackOutsNote />}
        </>
      )}
    </div>
  );
}

/** How the form shows a schedule; nothing where it cannot show all of it. */
function modeOf(schedule: Json | undefined): Mode | undefined {
  if (schedule === undefined) return 'hand';
  if (!isObject(schedule)) return undefined;
  if ('once' in schedule) return Object.keys(schedule).length === 1 ? 'once' : undefined;
  const { every } = schedule;
  const isPlain = isObject(every) && UNITS.some((unit) => unit === every['unit']) && Object.keys(every).length <= 2;
  return isPlain && Object.keys(othersOf(schedule, FIELDS)).length === 0 ? 'every' : undefined;
}

function Timetable({ schedule, onChange }: { schedule: JsonObject; onChange: (schedule: JsonObject) => void }) {
  const { say } = useTexts();
  const every = isObject(schedule['every']) ? schedule['every'] : {};
  const unit = UNITS.find((each) => each === every['unit']) ?? 'day';
  const set = (field: string) => (value: Json | undefined) => onChange(withField(schedule, field, value));
  /** Days of another unit mean nothing, and hours have no time of day. */
  const turn = (next: Unit) => {
    const left = withField(next === 'hour' ? withField(schedule, 'at', undefined) : schedule, 'on', undefined);
    onChange({ ...left, every: { ...every, unit: next } });
  };
  return (
    <>
      <div className="form-row">
        <NumberInput
          label={say('editor.everyN')}
          path="$.schedule.every.n"
          value={every['n']}
          onChange={(n) => set('every')(withField(every, 'n', n))}
        />
        <ChoiceInput
          label={say('editor.everyUnit')}
          path="$.schedule.every.unit"
          value={unit}
          options={UNITS.map((value) => ({ value, label: say(`editor.every.${value}`) }))}
          onChange={turn}
        />
        <DaysInput unit={unit} value={schedule['on']} onChange={set('on')} />
        {(unit !== 'hour' || schedule['at'] !== undefined) && (
          <TextInput
            label={say('editor.at')}
            path="$.schedule.at"
            help={say('editor.atHelp')}
            type="time"
            optional
            value={schedule['at']}
            onChange={set('at')}
          />
        )}
        <ZoneInput label={say('editor.zone')} path="$.schedule.zone" value={schedule['zone']} onChange={set('zone')} />
      </div>
      <ExceptInput path="$.schedule.except" value={schedule['except']} onChange={set('except')} />
    </>
  );
}

/** On which days of a week, month or year. */
function DaysInput({
  unit,
  value,
  onChange,
}: {
  unit: Unit;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const { say } = useTexts();
  const list = (Array.isArray(value) ? value : [value]).filter((day) => day !== undefined).map(String);
  const days: Record<string, Option[]> = {
    week: WEEKDAYS.map((day) => ({ value: day, label: say(`editor.day.${day}`) })),
    month: [
      ...Array.from({ length: 31 }, (_, day) => ({ value: String(day + 1), label: String(day + 1) })),
      { value: 'last', label: say('editor.lastDay') },
    ],
    year: [],
  };
  const options = days[unit];
  if (!options) return null;
  return (
    <ListInput
      label={say('editor.on')}
      path="$.schedule.on"
      help={say(unit === 'year' ? 'editor.onYearHelp' : 'editor.onHelp')}
      free={unit === 'year'}
      optional
      value={list}
      options={options}
      onChange={(next) => onChange(daysOf(next))}
    />
  );
}

/** Days of a month are numbers in the document; one day stands by itself. */
function daysOf(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  const days = value.map((day) => (typeof day === 'string' && /^\d{1,2}$/.test(day) ? Number(day) : day));
  return days.length === 1 ? days[0] : days;
}
