import Lozenge from '@atlaskit/lozenge';
import type { Counts, Fate } from '../../gen/types';
import type { Figure } from '../shown/figures';
import { useTexts } from '../texts/use-texts';

type Appearance = 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';

interface FateLook {
  appearance: Appearance;
  tone?: Figure['tone'];
}

/** How each fate looks; what it is called and means stands in the catalogue. */
export const FATES: Record<Fate, FateLook> = {
  planned: { appearance: 'new' },
  verified: { appearance: 'success', tone: 'good' },
  acted: { appearance: 'inprogress' },
  failed: { appearance: 'removed', tone: 'bad' },
  skipped: { appearance: 'default' },
  exempt: { appearance: 'default' },
  protected: { appearance: 'default' },
  unknown: { appearance: 'moved', tone: 'caution' },
};

export const FATE_ORDER = Object.keys(FATES) as Fate[];

export function FateLozenge({ fate }: { fate: Fate }) {
  const { say } = useTexts();
  return (
    <Lozenge appearance={FATES[fate].appearance} maxWidth="none">
      {say(`runs.fate.${fate}`)}
    </Lozenge>
  );
}

/** How many people have this fate now. The core counts verified people among the acted on; here each is counted once. */
export function countOf(counts: Counts, fate: Fate): number {
  return fate === 'acted' ? counts.acted - counts.verified : counts[fate];
}
