import DynamicTable from '@atlaskit/dynamic-table';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import type { FieldDefinition } from '../../../gen/types';
import { useAnswer } from '../../asking/use-answer';
import { useDesk } from '../../page/desk';
import { OrderButton } from '../../shown/order-button';
import { Section } from '../../shown/section';
import { useDialog } from '../../shown/use-dialog';
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
  const dialog = useDialog<Asking>(onChange);
  const add = () => dialog.open({ to: 'define' });
  const using = (name: string) => policies && policiesOnField(policies, name);
  return (
    <Section
      title={say('fields.title')}
      actions={
        <>
          <OrderButton onClick={() => dialog.open({ to: 'values' })}>{say('fields.importValues')}</OrderButton>
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
                      onClick={() => dialog.open({ to: 'change', field })}
                    >
                      {say('fields.change')}
                    </OrderButton>
                    <OrderButton
                      spacing="compact"
                      appearance="subtle"
                      label={say('fields.dropOf', { name: field.name })}
                      onClick={() => dialog.open({ to: 'drop', field })}
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
        {(dialog.about?.to === 'define' || dialog.about?.to === 'change') && (
          <FieldDialog fields={fields} before={dialog.about.field} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
      <ModalTransition>
        {dialog.about?.to === 'drop' && dialog.about.field && (
          <DropFieldDialog
            fields={fields}
            field={dialog.about.field}
            using={using(dialog.about.field.name)}
            onDone={dialog.done}
            onClose={dialog.close}
          />
        )}
      </ModalTransition>
      <ModalTransition>
        {dialog.about?.to === 'values' && <ValuesDialog fields={fields} onClose={dialog.close} />}
      </ModalTransition>
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
