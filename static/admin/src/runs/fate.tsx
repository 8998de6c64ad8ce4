import Lozenge from '@atlaskit/lozenge';
import type { Counts, Fate } from '../../gen/types';
import type { Figure } from '../shown/figures';

type Appearance = 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';

interface FateText {
  text: string;
  meaning: string;
  appearance: Appearance;
  tone?: Figure['tone'];
}

export const FATES: Record<Fate, FateText> = {
  planned: { text: 'Planned', meaning: 'In the plan, and not acted on yet', appearance: 'new' },
  verified: { text: 'Verified', meaning: 'Acted on and read back', appearance: 'success', tone: 'good' },
  acted: { text: 'Acted on', meaning: 'Acted on, not read back yet', appearance: 'inprogress' },
  failed: { text: 'Failed', meaning: 'The action was tried and is not done', appearance: 'removed', tone: 'bad' },
  skipped: {
    text: 'Let be',
    meaning: 'The reading right before the action changed the verdict',
    appearance: 'default',
  },
  exempt: { text: 'Exempt', meaning: 'An exemption shelters them', appearance: 'default' },
  protected: { text: 'Protected', meaning: 'A protection shelters them', appearance: 'default' },
  unknown: {
    text: 'Not known',
    meaning: 'Something that decides it is not known, so nothing is done',
    appearance: 'moved',
    tone: 'caution',
  },
};

export const FATE_ORDER = Object.keys(FATES) as Fate[];

export function FateLozenge({ fate }: { fate: Fate }) {
  const { text, appearance } = FATES[fate];
  return (
    <Lozenge appearance={appearance} maxWidth="none">
      {text}
    </Lozenge>
  );
}

/** How many people have this fate now. The core counts verified people among the acted on; here each is counted once. */
export function countOf(counts: Counts, fate: Fate): number {
  return fate === 'acted' ? counts.acted - counts.verified : counts[fate];
}
