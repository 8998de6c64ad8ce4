import { Section } from '../shown/section';
import { ConnectForm } from './connect-form';
import './set-up.css';

/** The first start: what to do, in order, and the form for it. */
export function SetUp({ onConnected }: { onConnected: () => void }) {
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
