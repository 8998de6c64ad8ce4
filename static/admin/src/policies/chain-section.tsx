import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ChainPerson } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { Account } from '../shown/account';
import { FilledTable } from '../shown/filled-table';
import { Day, Moment } from '../shown/moment';
import { Pager, usePage } from '../shown/pager';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import type { Say, Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'person', content: say('policies.person'), width: 30 },
    { key: 'entered', content: say('policies.since'), width: 14 },
    { key: 'done', content: say('policies.done'), width: 22 },
    { key: 'next', content: say('policies.next') },
  ],
});

const ROWS = 20;

/** Who is in the chain of a policy's stages, as its last run left it, one stored part at a time. */
export function ChainSection({ policy }: { policy: string }) {
  const { say } = useTexts();
  const [part, setPart] = useState(0);
  const chain = useAnswer<'chain'>({ command: 'chain', policy, part });
  // A policy without a memory has nobody to show.
  if (chain.value?.parts === 0) return null;
  return (
    <Section
      title={say('policies.inStages')}
      actions={<Parts part={part} of={chain.value?.parts ?? 0} onChoose={setPart} />}
    >
      <AskedView asked={chain} what={say('policies.thePeopleInStages')}>
        {({ people }) => <ChainTable key={part} people={people} />}
      </AskedView>
    </Section>
  );
}

function ChainTable({ people }: { people: ChainPerson[] }) {
  const texts = useTexts();
  const { say } = texts;
  const page = usePage(people, ROWS, '');
  return (
    <>
      <FilledTable
        label={say('policies.inStagesLabel')}
        head={headOf(say)}
        empty={say('policies.nobodyInStages')}
        rows={page.items.map((person) => ({
          key: `${person.account} ${person.entered}`,
          cells: cellsOf(person, texts),
        }))}
      />
      <Pager page={page} label={say('policies.pagesOfPeople')} />
    </>
  );
}

const cellsOf = ({ account, name, email, entered, done, next, due, standing }: ChainPerson, { say, show }: Texts) => [
  { content: name && email ? say('policies.nameAndEmail', { name, email }) : <Account id={account} name={name} /> },
  { content: <Day at={entered} /> },
  {
    content: done.map(({ stage, at }) => (
      <div key={`${stage} ${at}`}>{show('policies.stageAt', { stage: stage + 1, when: <Day at={at} /> })}</div>
    )),
  },
  {
    content: (
      <>
        {next !== null && due && <div>{show('policies.stageAt', { stage: next + 1, when: <Moment at={due} /> })}</div>}
        {standing && sentence(standing)}
      </>
    ),
  },
];

/** Turns the stored parts of a long chain. */
function Parts({ part, of, onChoose }: { part: number; of: number; onChoose: (part: number) => void }) {
  const { say } = useTexts();
  if (of < 2) return null;
  return (
    <>
      <Button isDisabled={part === 0} onClick={() => onChoose(part - 1)}>
        {say('policies.previousPeople')}
      </Button>
      <Button isDisabled={part + 1 >= of} onClick={() => onChoose(part + 1)}>
        {say('policies.morePeople')}
      </Button>
    </>
  );
}
