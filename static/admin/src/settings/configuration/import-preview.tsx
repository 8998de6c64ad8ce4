import Lozenge from '@atlaskit/lozenge';
import { useMemo } from 'react';
import { useDesk } from '../../page/desk';
import { Facts } from '../../shown/facts';
import { Moment } from '../../shown/moment';
import { useTexts } from '../../texts/use-texts';
import { compared, type PolicyChange, type SettingName } from './comparison';
import type { Configuration } from './configuration';
import { settingText } from './setting-text';
import './import-preview.css';

interface ImportPreviewProps {
  now: Configuration;
  then: Configuration;
}

/** What an import would change of what is here. */
export function ImportPreview({ now, then }: ImportPreviewProps) {
  const { say, show } = useTexts();
  const { settings, policies, exemptions, lists, people, months } = useMemo(() => compared(now, then), [now, then]);
  return (
    <div className="import-preview" role="region" aria-label={say('configuration.whatChanges')}>
      <p>{show('configuration.madeAt', { when: <Moment at={then.made} /> })}</p>
      <h3>{say('configuration.in.settings')}</h3>
      {settings.length === 0 ? (
        <p>{say('configuration.sameSettings')}</p>
      ) : (
        <SettingsTable names={settings} now={now} then={then} />
      )}
      <h3>{say('configuration.in.policies')}</h3>
      {policies.length === 0 ? <p>{say('configuration.noPolicies')}</p> : <PolicyTable policies={policies} />}
      <h3>{say('configuration.whatIsAdded')}</h3>
      <Facts
        facts={[
          [say('configuration.in.exemptions'), say('configuration.addedOf', exemptions)],
          [
            say('configuration.in.lists'),
            say('configuration.addedOf', { added: lists.added.length, known: lists.known.length }),
          ],
          [say('configuration.in.fields'), say('configuration.setFor', { count: people })],
          [say('configuration.in.trend'), say('configuration.months', { count: months })],
        ]}
      />
    </div>
  );
}

function SettingsTable({ names, now, then }: ImportPreviewProps & { names: SettingName[] }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('configuration.setting')}</th>
          <th scope="col">{say('configuration.now')}</th>
          <th scope="col">{say('configuration.then')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{say(`configuration.setting.${name}`)}</th>
            <td>{settingText(name, now.settings, viewer.locale, say)}</td>
            <td>{settingText(name, then.settings, viewer.locale, say)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const LOOKS = { new: 'success', other: 'moved', same: 'default', onlyHere: 'default' } as const;

function PolicyTable({ policies }: { policies: PolicyChange[] }) {
  const { say } = useTexts();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('configuration.policy')}</th>
          <th scope="col">{say('configuration.whatChanges')}</th>
        </tr>
      </thead>
      <tbody>
        {policies.map(({ id, name, change }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <Lozenge appearance={LOOKS[change]}>{say(`configuration.policy.${change}`)}</Lozenge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
