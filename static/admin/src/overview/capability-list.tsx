import Lozenge from '@atlaskit/lozenge';
import type { Ability, Capability } from '../../gen/types';
import { sentence } from '../shown/sentence';
import './capability-list.css';

/** What each ability is for; without it, that is what stays impossible. */
const ABILITIES: Record<Ability, string> = {
  readOrganization: 'Read the organization',
  listDirectories: 'List the directories',
  searchUsers: 'Search people with their groups, roles and accesses',
  readGroups: 'Read groups and which seats they grant',
  readActivity: 'Ask for the last activity of one person',
  changeAccess: 'Suspend and restore people, and change groups',
  manageAccounts: 'Deactivate and delete managed accounts',
};

/** What the key was seen to allow when it was saved, and why the rest stays impossible. */
export function CapabilityList({ capabilities }: { capabilities: Capability[] }) {
  if (capabilities.length === 0) {
    return <p>What the key allows was not tried when it was saved. Replace the key to see it; the same key will do.</p>;
  }
  return (
    <ul className="capabilities" aria-label="What the key allows">
      {capabilities.map(({ ability, allowed, why }) => (
        <li key={ability}>
          <Verdict allowed={allowed} />
          <span>
            {ABILITIES[ability]}
            {why && <span className="capability-why"> {sentence(why)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Verdict({ allowed }: { allowed: boolean | null }) {
  if (allowed === null) return <Lozenge>Not tried</Lozenge>;
  return <Lozenge appearance={allowed ? 'success' : 'removed'}>{allowed ? 'Allowed' : 'Impossible'}</Lozenge>;
}
