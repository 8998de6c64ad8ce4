import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { useState } from 'react';
import type { OrganizationBlackOuts, Policies, PolicySummary } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { download } from '../shown/download';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { ChainSection } from './chain-section';
import { documentText } from './document-text';
import { duplicate } from './duplicate';
import { Editor } from './editor/editor';
import { OrganizationBlackOutsProvider } from './editor/organization-black-outs';
import { firstPolicy } from './first-policy';
import { asNew } from './free-id';
import { StartFrom } from './start-from';
import { UploadDocument } from './upload-document';
import { VersionsSection } from './versions-section';

interface PolicyEditorProps {
  /** The policy; without it, a new one. */
  id: string | undefined;
  /** The policy that a new one is a duplicate of. */
  like?: string | undefined;
  /** Those of the organization. */
  blackOuts: OrganizationBlackOuts;
}

/** One policy, or one that is about to be. */
export function PolicyEditor({ id, like, blackOuts }: PolicyEditorProps) {
  const { say } = useTexts();
  const source = id ?? like;
  return (
    <OrganizationBlackOutsProvider value={blackOuts}>
      <Link to={{ page: 'policies' }}>{say('policies.all')}</Link>
      {source === undefined ? <FirstPolicy /> : <StoredPolicy id={source} isCopied={id === undefined} />}
    </OrganizationBlackOutsProvider>
  );
}

/** A new policy, beside those that are there. */
function FirstPolicy() {
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' });
  return (
    <AskedView asked={policies} what={say('policies.thePolicies')}>
      {(value) => <NewPolicy text={firstPolicy(say('policies.firstName'))} taken={idsOf(value)} />}
    </AskedView>
  );
}

function StoredPolicy({ id, isCopied }: { id: string; isCopied: boolean }) {
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' });
  return (
    <AskedView asked={policies} what={say('policies.thePolicy')}>
      {(value) => {
        const policy = value.policies.find((each) => each.reference.id === id);
        if (!policy) return <NoSuchPolicy id={id} />;
        if (isCopied)
          return (
            <NewPolicy
              text={duplicate(policy.policy, say('policies.copyName', { name: policy.reference.name }), idsOf(value))}
              taken={idsOf(value)}
            />
          );
        return (
          <>
            <KnownPolicy policy={policy} />
            <ChainSection policy={id} />
            <VersionsSection policy={id} text={documentText(policy.policy)} />
          </>
        );
      }}
    </AskedView>
  );
}

const idsOf = ({ policies }: Policies): string[] => policies.map(({ reference }) => reference.id);

function NoSuchPolicy({ id }: { id: string }) {
  const { say } = useTexts();
  return (
    <EmptyState
      header={say('policies.noSuchPolicy')}
      headingLevel={2}
      description={say('policies.noSuchPolicyText', { id })}
    />
  );
}

interface NewPolicyProps {
  /** What it begins with. */
  text: string;
  /** The ids of the policies that are there. */
  taken: readonly string[];
}

function NewPolicy({ text: first, taken }: NewPolicyProps) {
  const { say } = useTexts();
  const [text, setText] = useState(() => asNew(first, taken));
  const saved = useSaved();
  return (
    <Section title={say('policies.newPolicy')}>
      <StartFrom onChoose={(chosen) => setText(asNew(chosen, taken))} />
      <Editor text={text} onChange={setText} onSaved={saved} />
    </Section>
  );
}

function KnownPolicy({ policy }: { policy: PolicySummary }) {
  const { go } = useDesk();
  const { say } = useTexts();
  const [text, setText] = useState(() => documentText(policy.policy));
  // Of the text: the answer may be asked for again while somebody writes.
  const [loaded] = useState(policy.reference);
  const saved = useSaved();
  const { id } = policy.reference;
  return (
    <Section
      title={say('policies.policyTitle', { id })}
      actions={
        <>
          <OrderButton onClick={() => go({ page: 'policy', id: undefined, like: id })}>
            {say('policies.duplicate')}
          </OrderButton>
          <UploadDocument onRead={setText} />
          <Button onClick={() => download(`${id}.json`, text, 'application/json')}>{say('policies.toFile')}</Button>
        </>
      }
    >
      <Editor text={text} loaded={loaded} onChange={setText} onSaved={saved} />
    </Section>
  );
}

/** Says that a policy was saved, and goes back to the list. */
function useSaved(): (saved: PolicySummary) => void {
  const { backend, go } = useDesk();
  const { say } = useTexts();
  return ({ reference: { name, revision } }) => {
    backend.announce(say('policies.saved', { policy: name }), say('policies.revision', { revision }));
    go({ page: 'policies' });
  };
}
