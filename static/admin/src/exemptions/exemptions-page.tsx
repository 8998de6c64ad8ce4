import DynamicTable from '@atlaskit/dynamic-table';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { Exemption, ExemptionList } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer, type Asked } from '../asking/use-answer';
import type { AnswerTo } from '../protocol';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { AddDialog } from './add-dialog';
import { RemoveDialog } from './remove-dialog';
import { Subject, idOf, nameOf } from './subject';
import { Terms } from './terms';

export function ExemptionsPage() {
  const exemptions = useAnswer<'exemptions'>({ command: 'exemptions' });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Exemption>();
  const changed = (list: AnswerTo<'exemptions'>) => {
    setAdding(false);
    setRemoving(undefined);
    exemptions.replace(list);
  };
  return (
    <Section
      title="Exemptions"
      actions={
        <OrderButton appearance="primary" onClick={() => setAdding(true)}>
          Add exemption
        </OrderButton>
      }
    >
      <p>
        No policy acts on these people, nor on members of these groups, nor on addresses that fit, unless the exemption
        is for some policies only. Whoever cannot be told apart from them is let be too. Every plan and every batch
        reads this list again.
      </p>
      <ExemptionTable exemptions={exemptions} onRemove={setRemoving} />
      <ModalTransition>{adding && <AddDialog onAdded={changed} onClose={() => setAdding(false)} />}</ModalTransition>
      <ModalTransition>
        {removing && <RemoveDialog exemption={removing} onRemoved={changed} onClose={() => setRemoving(undefined)} />}
      </ModalTransition>
    </Section>
  );
}

const HEAD = {
  cells: [
    { key: 'subject', content: 'Who', isSortable: true, width: 26 },
    { key: 'shelters', content: 'People now', isSortable: true, width: 10 },
    { key: 'reason', content: 'Reason', width: 22 },
    { key: 'terms', content: 'Until, owner', isSortable: true, width: 18 },
    { key: 'added', content: 'Added', isSortable: true, width: 18 },
    { key: 'orders', content: '' },
  ],
};

interface ExemptionTableProps {
  exemptions: Asked<ExemptionList>;
  onRemove: (exemption: Exemption) => void;
}

function ExemptionTable({ exemptions, onRemove }: ExemptionTableProps) {
  return (
    <AskedView asked={exemptions} what="the exemptions">
      {(list) =>
        list.exemptions.length === 0 ? (
          <EmptyState
            header="Nobody is exempt"
            headingLevel={2}
            description="Exempt people and groups whom no policy may touch."
          />
        ) : (
          <DynamicTable
            label="Exemptions"
            head={HEAD}
            rows={list.exemptions.map((exemption) => ({
              key: `${exemption.subject.kind} ${idOf(exemption.subject)}`,
              cells: [
                { key: nameOf(exemption), content: <Subject exemption={exemption} /> },
                { key: exemption.shelters ?? -1, content: exemption.shelters ?? 'not known yet' },
                { content: exemption.reason },
                { key: exemption.expires ?? '9999', content: <Terms exemption={exemption} /> },
                {
                  key: exemption.added.at,
                  content: (
                    <span>
                      <Moment at={exemption.added.at} /> by <Account id={exemption.added.by} />
                    </span>
                  ),
                },
                {
                  content: (
                    <OrderButton
                      appearance="subtle"
                      spacing="compact"
                      label={`Remove the exemption of ${nameOf(exemption)}`}
                      onClick={() => onRemove(exemption)}
                    >
                      Remove
                    </OrderButton>
                  ),
                },
              ],
            }))}
          />
        )
      }
    </AskedView>
  );
}
