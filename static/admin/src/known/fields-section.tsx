import DynamicTable from '@atlaskit/dynamic-table';
import type { FieldCoverage } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Section } from '../shown/section';
import { percent } from '../shown/share';
import { fieldName } from './field-name';

const HEAD = {
  cells: [
    { key: 'field', content: 'Field' },
    { key: 'known', content: 'Known' },
    { key: 'never', content: 'Known that there is none' },
    { key: 'unknown', content: 'Not known' },
  ],
};

/** How much is known of each field of the people. What is not known leads to no action. */
export function FieldsSection({ fields }: { fields: FieldCoverage[] }) {
  const { viewer } = useDesk();
  if (fields.length === 0) return null;
  const share = (part: number, { known, never, unknown }: FieldCoverage) => ({
    content:
      part === 0
        ? '–'
        : `${percent(part, known + never + unknown, viewer.locale)} (${part.toLocaleString(viewer.locale)})`,
  });
  return (
    <Section title="Fields">
      <p>A policy decides nothing on a field that is not known, and says so in its runs.</p>
      <DynamicTable
        label="Fields"
        head={HEAD}
        rows={fields.map((field) => ({
          key: field.field,
          cells: [
            { content: fieldName(field.field) },
            share(field.known, field),
            share(field.never, field),
            share(field.unknown, field),
          ],
        }))}
      />
    </Section>
  );
}
