import Button from '@atlaskit/button/new';
import { Fragment } from 'react';
import { useTexts } from '../../texts/use-texts';
import { useDesk } from '../../page/desk';
import { isObject, listOf, withItem, type Json } from '../json';
import { useDraft } from './draft';
import { ChoiceInput } from './field/choice-field';
import { MistakesAt } from './field/form-field';
import { JsonPart } from './field/json-part';
import { StageEditor } from './stage-editor';
import { remindersFor } from './warning-stages';
import type { StepProps } from './step';

const APPROVALS = ['none', 'page', 'issue'] as const;
const UNREACHABLE = ['hold', 'proceed'] as const;

/** The second step: what happens to them, stage by stage, and who must agree. */
export function WhatStep({ document, onChange }: StepProps) {
  const { say } = useTexts();
  const stages = document['stages'];
  return (
    <div className="step">
      {stages === undefined || Array.isArray(stages) ? (
        <Stages stages={listOf(stages)} onChange={(value) => onChange('stages', value)} />
      ) : (
        <JsonPart
          label={say('editor.asJson')}
          path="$.stages"
          value={stages}
          onChange={(value) => onChange('stages', value)}
        />
      )}
      <div className="form-row">
        <ChoiceInput
          label={say('editor.approval')}
          path="$.approval"
          help={say('editor.approvalHelp')}
          value={textOr(document['approval'], 'none')}
          options={APPROVALS.map((value) => ({ value, label: say(`editor.approval.${value}`) }))}
          onChange={(value) => onChange('approval', value)}
        />
        <ChoiceInput
          label={say('editor.unreachable')}
          path="$.unreachable"
          help={say('editor.unreachableHelp')}
          value={textOr(document['unreachable'], 'hold')}
          options={UNREACHABLE.map((value) => ({ value, label: say(`editor.unreachable.${value}`) }))}
          onChange={(value) => onChange('unreachable', value)}
        />
      </div>
    </div>
  );
}

/** What a document says, or what holds where it says nothing. */
export const textOr = (value: Json | undefined, standard: string): string =>
  value === undefined ? standard : typeof value === 'string' ? value : JSON.stringify(value);

function Stages({ stages, onChange }: { stages: Json[]; onChange: (stages: Json[]) => void }) {
  const { say } = useTexts();
  const { readOnly } = useDraft();
  return (
    <div className="step-part">
      <MistakesAt path="$.stages" />
      {stages.map((stage, at) => (
        <Fragment key={at}>
          <StageEditor
            stage={stage}
            at={at}
            onChange={(next) => onChange(withItem(stages, at, next))}
            onRemove={stages.length > 1 ? () => onChange(withItem(stages, at, undefined)) : undefined}
          />
          {!readOnly && <Reminders stages={stages} at={at} onChange={onChange} />}
        </Fragment>
      ))}
      {!readOnly && (
        <span>
          <Button spacing="compact" onClick={() => onChange([...stages, stageAfter(stages.at(-1))])}>
            {say('editor.addStage')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** Offers the reminders that a warning does not have yet. */
function Reminders({ stages, at, onChange }: { stages: Json[]; at: number; onChange: (stages: Json[]) => void }) {
  const { say } = useTexts();
  const { locale } = useDesk().viewer;
  const reminders = remindersFor(stages, at);
  if (!reminders) return null;
  const days = new Intl.ListFormat(locale).format(reminders.days.map(String));
  return (
    <span>
      <Button spacing="compact" onClick={() => onChange(reminders.stages)}>
        {say('editor.addReminders', { days })}
      </Button>
    </span>
  );
}

/** A stage to begin with, two weeks after the one before it. */
function stageAfter(last: Json | undefined): Json {
  const after = isObject(last) ? last['after'] : undefined;
  const days = typeof after === 'string' ? /^(\d{1,4})d$/.exec(after)?.[1] : undefined;
  if (last === undefined) return { after: '0d', do: 'suspend' };
  return { after: days === undefined ? '90d' : `${Number(days) + 14}d`, do: 'suspend' };
}
