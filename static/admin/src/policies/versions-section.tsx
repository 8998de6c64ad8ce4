import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import { useState } from 'react';
import type { PolicyVersion } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { PlainWords } from '../shown/plain-words';
import { useTexts } from '../texts/use-texts';
import { comparable } from './comparable';
import { lineDiff, type DiffLine } from './line-diff';
import './versions-section.css';

const ROWS = 10;

interface VersionsSectionProps {
  policy: string;
  /** The policy as it is stored now. */
  text: string;
}

/** Who saved which revision of a policy, and what it said otherwise than the policy as it is. */
export function VersionsSection({ policy, text }: VersionsSectionProps) {
  const { say } = useTexts();
  const versions = useAnswer<'policyVersions'>({ command: 'policyVersions', policy });
  const [chosen, setChosen] = useState<number>();
  return (
    <Section title={say('policies.versions')}>
      <AskedView asked={versions} what={say('policies.theVersions')}>
        {(value) => <VersionTable versions={value.versions} chosen={chosen} onChoose={setChosen} />}
      </AskedView>
      {chosen !== undefined && <Difference policy={policy} revision={chosen} text={text} />}
    </Section>
  );
}

interface VersionTableProps {
  versions: PolicyVersion[];
  chosen: number | undefined;
  onChoose: (revision: number | undefined) => void;
}

function VersionTable({ versions, chosen, onChoose }: VersionTableProps) {
  const { say } = useTexts();
  const page = usePage(versions, ROWS, '');
  const head = {
    cells: [
      { key: 'revision', content: say('policies.version'), width: 14 },
      { key: 'name', content: say('policies.policy'), width: 32 },
      { key: 'when', content: say('policies.savedAt'), width: 18 },
      { key: 'who', content: say('policies.savedBy'), width: 20 },
      { key: 'orders', content: say('policies.orders'), width: 16 },
    ],
  };
  return (
    <>
      <DynamicTable
        label={say('policies.versions')}
        head={head}
        rows={page.items.map(({ revision, name, edited }) => ({
          key: String(revision),
          cells: [
            { content: say('policies.revision', { revision }) },
            { content: name },
            { content: <Moment at={edited.at} /> },
            { content: <Account id={edited.by} /> },
            {
              content: (
                <Button
                  spacing="compact"
                  appearance={chosen === revision ? 'primary' : 'default'}
                  aria-pressed={chosen === revision}
                  aria-label={say('policies.compareWith', { revision })}
                  onClick={() => onChoose(chosen === revision ? undefined : revision)}
                >
                  {say('policies.compare')}
                </Button>
              ),
            },
          ],
        }))}
      />
      <Pager page={page} label={say('policies.pagesOfVersions')} />
    </>
  );
}

/** From a revision to the policy as it is. */
function Difference({ policy, revision, text }: { policy: string; revision: number; text: string }) {
  const { say } = useTexts();
  const old = useAnswer<'policyVersion'>({ command: 'policyVersion', policy, revision });
  return (
    <AskedView asked={old} what={say('policies.theVersion', { revision })}>
      {({ document, description }) => {
        const lines = lineDiff(comparable(document), comparable(text));
        return (
          <div className="difference">
            <p>
              <PlainWords text={description} />
            </p>
            {lines.every(({ kind }) => kind === 'same') ? (
              <p>{say('policies.noDifference')}</p>
            ) : (
              <Lines label={say('policies.differences', { revision })} lines={lines} />
            )}
          </div>
        );
      }}
    </AskedView>
  );
}

const SIGN = { same: ' ', added: '+', removed: '−' } as const;

function Lines({ label, lines }: { label: string; lines: DiffLine[] }) {
  return (
    // Long lines are scrolled to by keyboard, too.
    <pre className="difference-lines" role="region" aria-label={label} tabIndex={0}>
      {lines.map(({ kind, text }, at) => (
        <span key={at} data-kind={kind}>
          {`${SIGN[kind]} ${text}\n`}
        </span>
      ))}
    </pre>
  );
}
