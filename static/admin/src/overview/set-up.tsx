import { ImportSection } from '../import/import-section';
import { ConnectForm } from '../settings/connect-form';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import './set-up.css';

/** The first start: with a key, or with an export to look around first. */
export function SetUp({ onChange }: { onChange: () => void }) {
  const { say } = useTexts();
  return (
    <>
      <ConnectAKey onConnected={onChange} />
      <Section title={say('overview.withoutKey')}>
        <p>{say('overview.withoutKeyText')}</p>
      </Section>
      <ImportSection connected={false} onChange={onChange} />
    </>
  );
}

/** What to do, in order, and the form for it. */
function ConnectAKey({ onConnected }: { onConnected: () => void }) {
  const { say, show } = useTexts();
  return (
    <Section title={say('overview.connectYours')}>
      <ol className="set-up-steps">
        <li>
          {show('overview.step1', {
            place: <strong>{say('overview.step1Place')}</strong>,
            menu: <strong>{say('overview.step1Menu')}</strong>,
          })}
        </li>
        <li>{show('overview.step2', { kind: <strong>{say('overview.step2Kind')}</strong> })}</li>
        <li>{say('overview.step3')}</li>
      </ol>
      <ConnectForm organizationId="" onConnected={onConnected} />
    </Section>
  );
}
