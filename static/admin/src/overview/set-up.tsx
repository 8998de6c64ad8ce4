import { ImportSection } from '../import/import-section';
import { Section } from '../shown/section';
import { ConnectForm } from './connect-form';
import './set-up.css';

/** The first start: with a key, or with an export to look around first. */
export function SetUp({ onChange }: { onChange: () => void }) {
  return (
    <>
      <ConnectAKey onConnected={onChange} />
      <Section title="Or begin without a key">
        <p>
          Jira tells who holds a seat on this site, and an export of admin.atlassian.com when people were last active.
          That shows who holds seats and does not use them; policies, dry runs and everything that is done to anybody
          need a key.
        </p>
      </Section>
      <ImportSection connected={false} onChange={onChange} />
    </>
  );
}

/** What to do, in order, and the form for it. */
function ConnectAKey({ onConnected }: { onConnected: () => void }) {
  return (
    <Section title="Connect your organization">
      <p>
        Seatkeeper finds people who hold a licence they no longer use. It reads the organization with an API key that an
        administrator of the organization makes, and does nothing to anybody until a policy’s first run was released.
      </p>
      <ol className="set-up-steps">
        <li>
          In <strong>admin.atlassian.com</strong> choose the organization, then{' '}
          <strong>Organization settings → API keys</strong>.
        </li>
        <li>
          Create a key <strong>without scopes</strong> and note when it expires.
        </li>
        <li>Copy the organization’s id and the key into this form.</li>
        <li>
          Add a policy and do a <strong>dry run</strong>: it shows who would be meant, and why.
        </li>
      </ol>
      <ConnectForm organizationId="" onConnected={onConnected} />
    </Section>
  );
}
