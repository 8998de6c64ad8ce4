import SectionMessage from '@atlaskit/section-message';
import type { PlainKey } from '../texts/catalogue';
import { useTexts } from '../texts/use-texts';
import type { Deed } from './errand';
import './deed-conditions.css';

/** What holds for the two deeds that no policy may do (RULES R10). */
const CONDITIONS: Partial<Record<Deed, PlainKey[]>> = {
  setEmail: [
    'people.managedOnly',
    'people.verifiedOnly',
    'people.neverAdministrators',
    'people.endsSessions',
    'people.emailUndo',
  ],
  revokeTokens: ['people.managedAlsoIdp', 'people.neverAdministrators', 'people.tokensStop', 'people.tokensGone'],
};

/** Says to whom something is done, what else it brings, and whether it can be taken back. */
export function DeedConditions({ deed }: { deed: Deed }) {
  const { say } = useTexts();
  const conditions = CONDITIONS[deed];
  if (!conditions) return null;
  return (
    <SectionMessage appearance="warning" title={say('people.conditions')}>
      <ul className="deed-conditions">
        {conditions.map((key) => (
          <li key={key}>{say(key)}</li>
        ))}
      </ul>
    </SectionMessage>
  );
}
