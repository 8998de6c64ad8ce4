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
import { firstPolicy } from './first-policy';
import { usePolicyCheck } from './use-policy-check';
import { useTexts } from '../texts/use-texts';
import './policy-editor.css';

/** One policy as the JSON document that it is; without an id, a new one. */
export function PolicyEditor({ id }: { id: string | undefined }) {
  const { say } = useTexts();
  return (
    <>
      <Link to={{ page: 'policies' }}>{say('policies.all')}</Link>
      {id === undefined ? (
        <Editor title={say('policies.newPolicy')} document={firstPolicy(say('policies.firstName'))} />
      ) : (
        <StoredPolicy id={id} />
      )}
    </>
  );
}

function StoredPolicy({ id }: { id: string }) {
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' });
  return (
    <AskedView asked={policies} what={say('policies.thePolicy')}>
      {(value) => {
        const document = documentOf(value, id);
        return document === undefined ? (
          <EmptyState
            header={say('policies.noSuchPolicy')}
            headingLevel={2}
            description={say('policies.noSuchPolicyText', { id })}
          />
        ) : (
          <>
            <Editor title={say('policies.policyTitle', { id })} document={document} />
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
  const { say } = useTexts();
  const readOnly = useReadOnlyReason();
  const [text, setText] = useState(document);
  const checked = usePolicyCheck(text);
  const order = useOrder();
  const label = useId();
  const invalid = checked.check !== undefined && 'invalid' in checked.check;

  const save = async () => {
    const saved = await order.give<'savePolicy'>({ command: 'savePolicy', document: text });
    if (!saved) return;
    const { name, revision } = saved.reference;
    backend.announce(say('policies.saved', { policy: name }), say('policies.revision', { revision }));
    go({ page: 'policies' });
  };

  return (
    <Section title={title}>
      <div className="editor">
        <div className="editor-document">
          <label id={label} htmlFor={`${label}-text`}>
            {say('policies.document')}
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
          {order.failure && <FailureMessage failure={order.failure} title={say('policies.notSaved')} />}
          {order.failure && order.failure.errors.length > 0 && <Mistakes errors={order.failure.errors} />}
        </div>
      </div>
      <div className="editor-orders">
        <OrderButton
          appearance="primary"
          isLoading={order.busy}
          disabledBecause={invalid ? say('policies.correctFirst') : undefined}
          onClick={() => void save()}
        >
          {say('policies.save')}
        </OrderButton>
        <Button appearance="subtle" onClick={() => go({ page: 'policies' })}>
          {say('shown.cancel')}
        </Button>
      </div>
    </Section>
  );
}
