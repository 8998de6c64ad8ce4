import DynamicTable from '@atlaskit/dynamic-table';
import type { FieldCoverage } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Section } from '../shown/section';
import { percent } from '../shown/share';
import { fieldName } from './field-name';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';

const headOf = (say: Say) => ({
  cells: [
    { key: 'field', content: say('known.field') },
    { key: 'known', content: say('known.isKnown') },
    { key: 'never', content: say('known.knownNone') },
    { key: 'unknown', content: say('known.notKnown') },
  ],
});

/** How much is known of each field of the people. What is not known leads to no action. */
export function FieldsSection({ fields }: { fields: FieldCoverage[] }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  if (fields.length === 0) return null;
  const share = (part: number, { known, never, unknown }: FieldCoverage) => ({
    content:
      part === 0
        ? '–'
        : say('known.shareOfField', { percent: percent(part, known + never + unknown, viewer.locale), part }),
  });
  return (
    <Section title={say('known.fields')}>
      <p>{say('known.fieldsText')}</p>
      <DynamicTable
        label={say('known.fields')}
        head={headOf(say)}
        rows={fields.map((field) => ({
          key: field.field,
          cells: [
            { content: fieldName(field.field, say) },
            share(field.known, field),
            share(field.never, field),
            share(field.unknown, field),
          ],
        }))}
      />
    </Section>
  );
}
