import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import TextArea from '@atlaskit/textarea';
import { useId, useState } from 'react';
import type { Policies } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { useAnswer } from '../asking/use-answer';
import { useOrder } from '../asking/use-order';
import { useDesk, useReadOnlyReason } from '../page/desk';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { ChainSection } from './chain-section';
import { CheckResult, Mistakes } from './check-result';
import { documentText } from './document-text';
import { FIRST_POLICY } from './first-policy';
import { usePolicyCheck } from './use-policy-check';
import './policy-editor.css';

/** One policy as the JSON document that it is; without an id, a new one. */
export function PolicyEditor({ id }: { id: string | undefined }) {
  return (
    <>
      <Link to={{ page: 'policies' }}>All policies</Link>
      {id === undefined ? <Editor title="New policy" document={FIRST_POLICY} /> : <StoredPolicy id={id} />}
    </>
  );
}

function StoredPolicy({ id }: { id: string }) {
  const policies = useAnswer<'policies'>({ command: 'policies' });
  return (
    <AskedView asked={policies} what="the policy">
      {(value) => {
        const document = documentOf(value, id);
        return document === undefined ? (
          <EmptyState header="There is no such policy" headingLevel={2} description={`No policy has the id ${id}.`} />
        ) : (
          <>
            <Editor title={`Policy ${id}`} document={document} />
            <ChainSection policy={id} />
          </>
        );
      }}
    </AskedView>
  );
}

function documentOf(policies: Policies, id: string): string | undefined {
  const found = policies.policies.find((policy) => policy.reference.id === id);
  return found && documentText(found.policy);
}

function Editor({ title, document }: { title: string; document: string }) {
  const { backend, go } = useDesk();
  const readOnly = useReadOnlyReason();
  const [text, setText] = useState(document);
  const checked = usePolicyCheck(text);
  const order = useOrder();
  const label = useId();
  const invalid = checked.check !== undefined && 'invalid' in checked.check;

  const save = async () => {
    const saved = await order.give<'savePolicy'>({ command: 'savePolicy', document: text });
    if (!saved) return;
    backend.announce(`“${saved.reference.name}” was saved`, `Revision ${saved.reference.revision}`);
    go({ page: 'policies' });
  };

  return (
    <Section title={title}>
      <div className="editor">
        <div className="editor-document">
          <label id={label} htmlFor={`${label}-text`}>
            Document (JSON)
          </label>
          <TextArea
            id={`${label}-text`}
            aria-labelledby={label}
            isMonospaced
            isReadOnly={readOnly !== undefined}
            isInvalid={invalid}
            minimumRows={24}
            maxHeight="70vh"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <div className="editor-verdict">
          <CheckResult checked={checked} />
          {order.failure && <FailureMessage failure={order.failure} title="The policy was not saved" />}
          {order.failure && order.failure.errors.length > 0 && <Mistakes errors={order.failure.errors} />}
        </div>
      </div>
      <div className="editor-orders">
        <OrderButton
          appearance="primary"
          isLoading={order.busy}
          disabledBecause={invalid ? 'correct the mistakes first' : undefined}
          onClick={() => void save()}
        >
          Save policy
        </OrderButton>
        <Button appearance="subtle" onClick={() => go({ page: 'policies' })}>
          Cancel
        </Button>
      </div>
    </Section>
  );
}
