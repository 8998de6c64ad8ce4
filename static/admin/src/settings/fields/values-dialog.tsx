import SectionMessage from '@atlaskit/section-message';
import { useMemo, useState } from 'react';
import type { FieldDefinition } from '../../../gen/types';
import { useDesk } from '../../page/desk';
import { Checkbox } from '../../shown/checkbox';
import { FileDialog } from '../../shown/file-dialog';
import { FileQuestion } from '../../shown/file-question';
import { useTexts } from '../../texts/use-texts';
import { AddressLookup } from './address-lookup';
import { useValuesImport, type ValueOrder } from './use-values-import';
import { addressesIn, orderOf, valuesIn, type FlawedRow, type ValueRow, type ValueTable } from './value-table';
import { FlawedRows, ValuesReport } from './values-report';

interface ValuesDialogProps {
  fields: FieldDefinition[];
  onClose: () => void;
}

const NO_ACCOUNTS: ReadonlyMap<string, string> = new Map();

/** Sets own fields and notes of the people of a file. */
export function ValuesDialog({ fields, onClose }: ValuesDialogProps) {
  const { core } = useDesk();
  const { say } = useTexts();
  const [table, setTable] = useState<ValueTable | 'none'>();
  const [emptyTakesAway, setEmptyTakesAway] = useState(false);
  const [accounts, setAccounts] = useState<ReadonlyMap<string, string>>();
  const { state, start, stop } = useValuesImport();
  const rows = table === undefined || table === 'none' ? undefined : table.rows;
  const hasAddresses = useMemo(() => rows !== undefined && addressesIn(rows).length > 0, [rows]);
  const { orders, flawed } = useMemo(
    () => sorted(rows ?? [], accounts ?? NO_ACCOUNTS, emptyTakesAway),
    [rows, accounts, emptyTakesAway],
  );
  const looksUp = hasAddresses && core.place === 'page' && !accounts;
  return (
    <FileDialog
      title={say('fields.importTitle')}
      send={say('fields.setRows', { count: orders.length })}
      isReady={!looksUp && orders.length > 0}
      isBusy={state !== undefined && !state.over}
      isOver={state?.over ?? false}
      onSend={() => void start(orders)}
      onClose={() => {
        stop();
        onClose();
      }}
    >
      {state ? (
        <ValuesReport report={state} flawed={flawed} />
      ) : (
        <>
          <p>
            {fields.length > 0 ? say('fields.importText', { fields: namesOf(fields) }) : say('fields.importNotesOnly')}
          </p>
          <FileQuestion
            label={say('fields.importFile')}
            accept=".csv,text/csv"
            onText={(text) => setTable(valuesIn(text, fields) ?? 'none')}
          />
          <Checkbox
            label={say('fields.emptyTakesAway')}
            help={say('fields.emptyTakesAwayHelp')}
            checked={emptyTakesAway}
            onChange={setEmptyTakesAway}
          />
          {table === 'none' && (
            <SectionMessage appearance="error" title={say('fields.noSuchFile')}>
              <p>{say('fields.noSuchFileText')}</p>
            </SectionMessage>
          )}
          {hasAddresses && <AddressLookup onAccounts={setAccounts} />}
          {table && table !== 'none' && !looksUp && (
            <FileMeaning table={table} people={orders.length} flawed={flawed} />
          )}
        </>
      )}
    </FileDialog>
  );
}

const namesOf = (fields: FieldDefinition[]): string => fields.map(({ name }) => name).join(', ');

/** The rows that set something, and those that do not. */
function sorted(rows: readonly ValueRow[], accounts: ReadonlyMap<string, string>, emptyTakesAway: boolean) {
  const orders: ValueOrder[] = [];
  const flawed: FlawedRow[] = [];
  for (const row of rows) {
    const order = orderOf(row, accounts, emptyTakesAway);
    if ('flaw' in order) flawed.push({ row, ...order });
    else orders.push({ row, person: order });
  }
  return { orders, flawed };
}

interface FileMeaningProps {
  table: ValueTable;
  people: number;
  flawed: FlawedRow[];
}

/** What is in the file, before anything is set. */
function FileMeaning({ table: { columns, ignored }, people, flawed }: FileMeaningProps) {
  const { say } = useTexts();
  return (
    <div className="file-meaning" role="status">
      <p>
        {columns.length > 0
          ? say('fields.fileSets', { columns: columns.join(', '), people: say('shown.people', { count: people }) })
          : say('fields.fileSetsNothing')}
      </p>
      {ignored.length > 0 && <p>{say('fields.fileIgnored', { columns: ignored.join(', ') })}</p>}
      <FlawedRows flawed={flawed} />
    </div>
  );
}
