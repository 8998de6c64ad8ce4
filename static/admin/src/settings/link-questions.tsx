import type { GiveBack, LinkRules } from '../../gen/types';
import { RadioField } from '../people/radio-field';
import { NumberQuestion } from '../shown/number-question';
import { useTexts } from '../texts/use-texts';
import { backText } from './back-text';

/** What a form answers to the questions about links that take a number. */
export interface LinkValues {
  keepDays?: string;
  linkDays?: string;
  keepTimes?: string;
}

interface LinkQuestionsProps {
  before: LinkRules;
  giveBack: GiveBack | null;
  onGiveBack: (giveBack: GiveBack | null) => void;
}

const NUMBERS = [
  ['keepDays', 730],
  ['linkDays', 90],
  ['keepTimes', 730],
] as const;

const WAYS: readonly (GiveBack | null)[] = [null, 'restore', 'ask'];

/** What the links of warnings do. */
export function LinkQuestions({ before, giveBack, onGiveBack }: LinkQuestionsProps) {
  const { say } = useTexts();
  return (
    <>
      {NUMBERS.map(([name, max]) => (
        <NumberQuestion
          key={name}
          name={name}
          label={say(`settings.${name}`)}
          help={say(`settings.${name}Help`)}
          min={1}
          max={max}
          defaultValue={before[name] ?? null}
        />
      ))}
      <RadioField
        name="giveBack"
        label={say('settings.backLink')}
        value={giveBack ?? 'none'}
        choices={WAYS.map((way) => [way ?? 'none', backText(way, say)] as const)}
        onChange={(way) => onGiveBack(way === 'none' ? null : way)}
      />
      <p>{say('settings.backHelp')}</p>
    </>
  );
}

/** What was answered to the questions. */
export const linkRules = (
  { keepDays = '', linkDays = '', keepTimes = '' }: LinkValues,
  giveBack: GiveBack | null,
): LinkRules => ({
  ...(linkDays.trim() ? { linkDays: Number(linkDays) } : {}),
  keepDays: keepDays.trim() ? Number(keepDays) : null,
  keepTimes: keepTimes.trim() ? Number(keepTimes) : null,
  giveBack,
});
