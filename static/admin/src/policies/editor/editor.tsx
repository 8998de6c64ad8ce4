import Button from '@atlaskit/button/new';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import { useMemo, useState, type ReactNode } from 'react';
import type { PolicyError, PolicyReference, PolicySummary } from '../../../gen/types';
import { FailureMessage } from '../../asking/failure-message';
import { useOrder } from '../../asking/use-order';
import { useDesk, useReadOnlyReason } from '../../page/desk';
import { OrderButton } from '../../shown/order-button';
import type { Say } from '../../texts/texts';
import { useTexts } from '../../texts/use-texts';
import { CheckResult, Mistakes } from '../check-result';
import { documentText } from '../document-text';
import { readDocument, textOf, withField, type Json } from '../json';
import { followed, notSaved } from '../saving';
import { useLeaving } from '../use-leaving';
import { useOwnNames } from '../use-own-names';
import { usePolicyCheck } from '../use-policy-check';
import { DraftProvider } from './draft';
import { JsonView, NotReadable } from './json-view';
import { namesOf } from './known-names';
import { LimitsStep } from './limits-step';
import { MessageSection } from './message-preview';
import { NextRunsList } from './next-runs';
import { Preview } from './preview';
import { ScheduleStep } from './schedule-step';
import { STEP_NAMES, stepOf, type Step, type StepProps } from './step';
import { useNextRuns } from './use-next-runs';
import { usePreview } from './use-preview';
import { useRoster } from './use-roster';
import { WhatStep } from './what-step';
import { WhoStep } from './who-step';
import './editor.css';

interface EditorProps {
  text: string;
  /** The policy that the text was made from, in the revision in which it was loaded; none for a new policy. */
  loaded?: PolicyReference | undefined;
  onChange: (text: string) => void;
  onSaved: (saved: PolicySummary) => void;
}

/** A policy in four steps and as the JSON document that it is: both edit the same text. */
export function Editor({ text, loaded: madeFrom, onChange, onSaved }: EditorProps) {
  const { say } = useTexts();
  const readOnly = useReadOnlyReason() !== undefined;
  const [selected, setSelected] = useState(0);
  const checked = usePolicyCheck(text);
  const order = useOrder();
  const loaded = useRoster();
  const document = useMemo(() => readDocument(text), [text]);
  const { check } = checked;
  const errors = check && 'invalid' in check ? check.invalid.errors : NO_ERRORS;
  const conditions = useMemo(() => (check && 'valid' in check ? [check.valid.policy.match] : []), [check]);
  const own = useOwnNames(loaded.roster, conditions);
  const previewed = usePreview(text, loaded.roster, own.told);
  const next = useNextRuns(text, loaded.roster?.source.now);
  const names = useMemo(() => namesOf(loaded.roster), [loaded.roster]);
  const draft = useMemo(() => ({ errors, readOnly, names }), [errors, readOnly, names]);

  const save = async () => {
    const revision = followed(text, madeFrom);
    const saved = await order.give<'savePolicy'>({ command: 'savePolicy', document: text, revision });
    if (saved) onSaved(saved);
  };
  const leaving = useLeaving();
  const askToSave = () =>
    leaving.ask(textOf(document?.['id']), {
      name: textOf(document?.['name']),
      order: say('policies.save'),
      make: () => void save(),
    });
  const set = (field: string, value: Json | undefined) =>
    document && onChange(documentText(withField(document, field, value)));

  return (
    <DraftProvider value={draft}>
      <div className="editor">
        <div className="editor-form">
          <Tabs id="policy-steps" selected={selected} onChange={setSelected} shouldUnmountTabPanelOnChange>
            <TabList>
              {STEP_NAMES.map((step, at) => (
                <Tab key={step}>{titleOf(step, at, errors, say)}</Tab>
              ))}
              <Tab>{say('editor.json')}</Tab>
            </TabList>
            {STEP_NAMES.map((step) => (
              <TabPanel key={step}>
                <div className="editor-panel">
                  {document ? stepView(step, { document, onChange: set }) : <NotReadable />}
                </div>
              </TabPanel>
            ))}
            <TabPanel>
              <div className="editor-panel">
                <JsonView text={text} invalid={errors.length > 0} onChange={onChange} />
              </div>
            </TabPanel>
          </Tabs>
          <Orders
            selected={selected}
            onSelect={setSelected}
            busy={order.busy || leaving.counting}
            mistaken={errors.length > 0}
            onSave={askToSave}
          />
        </div>
        {leaving.question}
        <aside className="editor-verdict" aria-label={say('editor.whatItMeans')}>
          {order.failure && <FailureMessage failure={notSaved(order.failure, text)} title={say('policies.notSaved')} />}
          {order.failure && order.failure.errors.length > 0 && <Mistakes errors={order.failure.errors} />}
          <CheckResult checked={checked} />
          <Preview loaded={loaded} own={own} previewed={previewed} />
          {document && loaded.roster && (
            <MessageSection text={text} document={document} roster={loaded.roster} told={own.told} />
          )}
          {document && <NextRunsList document={document} next={next} />}
        </aside>
      </div>
    </DraftProvider>
  );
}

const NO_ERRORS: readonly PolicyError[] = [];

function stepView(step: Step, props: StepProps): ReactNode {
  switch (step) {
    case 'who':
      return <WhoStep {...props} />;
    case 'what':
      return <WhatStep {...props} />;
    case 'when':
      return <ScheduleStep {...props} />;
    case 'limits':
      return <LimitsStep {...props} />;
  }
}

/** The step, with the number of its mistakes. */
function titleOf(step: Step, at: number, errors: readonly PolicyError[], say: Say): string {
  const values = { number: at + 1, step: say(`editor.step.${step}`) };
  const count = errors.filter((error) => stepOf(error) === step).length;
  return count > 0 ? say('editor.stepWithMistakes', { ...values, count }) : say('editor.stepTitle', values);
}

interface OrdersProps {
  selected: number;
  onSelect: (step: number) => void;
  busy: boolean;
  mistaken: boolean;
  onSave: () => void;
}

/** From step to step, and what ends the editing. */
function Orders({ selected, onSelect, busy, mistaken, onSave }: OrdersProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  return (
    <div className="editor-orders">
      <Button isDisabled={selected === 0} onClick={() => onSelect(selected - 1)}>
        {say('editor.back')}
      </Button>
      <Button isDisabled={selected >= STEP_NAMES.length - 1} onClick={() => onSelect(selected + 1)}>
        {say('editor.next')}
      </Button>
      <span className="editor-space" />
      <Button appearance="subtle" onClick={() => go({ page: 'policies' })}>
        {say('shown.cancel')}
      </Button>
      <OrderButton
        appearance="primary"
        isLoading={busy}
        disabledBecause={mistaken ? say('policies.correctFirst') : undefined}
        onClick={onSave}
      >
        {say('policies.save')}
      </OrderButton>
    </div>
  );
}
