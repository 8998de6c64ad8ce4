import DynamicTable from '@atlaskit/dynamic-table';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useState } from 'react';
import type { FieldDefinition } from '../../../gen/types';
import { useAnswer } from '../../asking/use-answer';
import { useDesk } from '../../page/desk';
import { OrderButton } from '../../shown/order-button';
import { Section } from '../../shown/section';
import type { Say } from '../../texts/texts';
import { useTexts } from '../../texts/use-texts';
import { policiesOnField } from '../policies-with';
import { TableOrders } from '../table-orders';
import { UsedBy } from '../used-by';
import { DropFieldDialog } from './drop-field-dialog';
import { FieldDialog } from './field-dialog';
import { ValuesDialog } from './values-dialog';

interface FieldsSectionProps {
  fields: FieldDefinition[];
  onChange: () => void;
}

type Asking = { to: 'define' | 'change' | 'drop'; field?: FieldDefinition } | { to: 'values' };

const headOf = (say: Say) => ({
  cells: [
    { key: 'name', content: say('fields.name'), isSortable: true, width: 22 },
    { key: 'kind', content: say('fields.kind'), width: 28 },
    { key: 'used', content: say('settings.usedBy'), width: 22 },
    { key: 'orders', content: '' },
  ],
});

/** The fields that administrators keep on people, and that policies may ask for. */
export function FieldsSection({ fields, onChange }: FieldsSectionProps) {
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' }).value?.policies;
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  const add = () => setAsking({ to: 'define' });
  const using = (name: string) => policies && policiesOnField(policies, name);
  return (
    <Section
      title={say('fields.title')}
      actions={
        <>
          <OrderButton onClick={() => setAsking({ to: 'values' })}>{say('fields.importValues')}</OrderButton>
          <OrderButton appearance="primary" onClick={add}>
            {say('fields.add')}
          </OrderButton>
        </>
      }
    >
      <p>{say('fields.text')}</p>
      {fields.length === 0 ? (
        <EmptyState header={say('fields.none')} headingLevel={3} description={say('fields.noneText')} />
      ) : (
        <DynamicTable
          label={say('fields.title')}
          head={headOf(say)}
          rows={fields.map((field) => ({
            key: field.name,
            cells: [
              { key: field.name, content: <strong>{field.name}</strong> },
              { content: <Kind field={field} /> },
              { content: <UsedBy policies={using(field.name)} /> },
              {
                content: (
                  <TableOrders>
                    <OrderButton
                      spacing="compact"
                      appearance="subtle"
                      label={say('fields.changeOf', { name: field.name })}
                      onClick={() => setAsking({ to: 'change', field })}
                    >
                      {say('fields.change')}
                    </OrderButton>
                    <OrderButton
                      spacing="compact"
                      appearance="subtle"
                      label={say('fields.dropOf', { name: field.name })}
                      onClick={() => setAsking({ to: 'drop', field })}
                    >
                      {say('fields.drop')}
                    </OrderButton>
                  </TableOrders>
                ),
              },
            ],
          }))}
        />
      )}
      <ModalTransition>
        {(asking?.to === 'define' || asking?.to === 'change') && (
          <FieldDialog fields={fields} before={asking.field} onDone={done} onClose={close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {asking?.to === 'drop' && asking.field && (
          <DropFieldDialog
            fields={fields}
            field={asking.field}
            using={using(asking.field.name)}
            onDone={done}
            onClose={close}
          />
        )}
      </ModalTransition>
      <ModalTransition>{asking?.to === 'values' && <ValuesDialog fields={fields} onClose={close} />}</ModalTransition>
    </Section>
  );
}

/** What its values are; the values of a choice by name. */
function Kind({ field: { kind, choices } }: { field: FieldDefinition }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  if (kind !== 'choice') return <>{say(`fields.kind.${kind}`)}</>;
  return (
    <>
      {say('fields.choiceOf', { values: new Intl.ListFormat(viewer.locale, { type: 'disjunction' }).format(choices) })}
    </>
  );
}
