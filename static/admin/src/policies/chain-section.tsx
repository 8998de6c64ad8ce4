import Button from '@atlaskit/button/new';
import DynamicTable from '@atlaskit/dynamic-table';
import { useState } from 'react';
import type { ChainPerson } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Day, Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';

const HEAD = {
  cells: [
    { key: 'person', content: 'Person', width: 30 },
    { key: 'entered', content: 'Since', width: 14 },
    { key: 'done', content: 'Done', width: 22 },
    { key: 'next', content: 'Next' },
  ],
};

const ROWS = 20;

/** Who is in the chain of a policy's stages, as its last run left it, one stored part at a time. */
export function ChainSection({ policy }: { policy: string }) {
  const [part, setPart] = useState(0);
  const chain = useAnswer<'chain'>({ command: 'chain', policy, part });
  // A policy without a memory has nobody to show.
  if (chain.value?.parts === 0) return null;
  return (
    <Section
      title="People in its stages"
      actions={<Parts part={part} of={chain.value?.parts ?? 0} onChoose={setPart} />}
    >
      <AskedView asked={chain} what="the people in its stages">
        {({ people }) => <ChainTable key={part} people={people} />}
      </AskedView>
    </Section>
  );
}

function ChainTable({ people }: { people: ChainPerson[] }) {
  const page = usePage(people, ROWS, '');
  return (
    <>
      <DynamicTable
        label="People in the stages of this policy"
        head={HEAD}
        emptyView={<p>Nobody, as far as its last run knows.</p>}
        rows={page.items.map((person) => ({ key: `${person.account} ${person.entered}`, cells: cellsOf(person) }))}
      />
      <Pager page={page} label="Pages of people" />
    </>
  );
}

const cellsOf = ({ account, name, email, entered, done, next, due, standing }: ChainPerson) => [
  { content: name ? `${name}${email ? ` (${email})` : ''}` : account },
  { content: <Day at={entered} /> },
  {
    content: done.map(({ stage, at }) => (
      <div key={`${stage} ${at}`}>
        Stage {stage + 1}, <Day at={at} />
      </div>
    )),
  },
  {
    content: (
      <>
        {next !== null && due && (
          <div>
            Stage {next + 1}, <Moment at={due} />
          </div>
        )}
        {standing && sentence(standing)}
      </>
    ),
  },
];

/** Turns the stored parts of a long chain. */
function Parts({ part, of, onChoose }: { part: number; of: number; onChoose: (part: number) => void }) {
  if (of < 2) return null;
  return (
    <>
      <Button isDisabled={part === 0} onClick={() => onChoose(part - 1)}>
        Previous people
      </Button>
      <Button isDisabled={part + 1 >= of} onClick={() => onChoose(part + 1)}>
        More people
      </Button>
    </>
  );
}
