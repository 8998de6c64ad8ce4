import EmptyState from '@atlaskit/empty-state';
import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import type { Connection, Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import { BlackOutsSection } from './black-outs-section';
import { CapSection } from './cap-section';
import { ConfigurationSection } from './configuration/configuration-section';
import { ConnectionSection } from './connection-section';
import { CoverageSection } from './coverage-section';
import { DecisionsSection } from './decisions-section';
import { ExperimentsSection } from './experiments-section';
import { FieldsSection } from './fields/fields-section';
import { KeepingSection } from './keeping-section';
import { ListsSection } from './lists/lists-section';
import { NoticesSection } from './notices-section';
import { PolicyLinksSection } from './policy-links-section';
import { OnLogInSection } from './on-log-in-section';
import { PricesSection } from './prices-section';
import { ProtectionsSection } from './protections-section';
import { ReportsSection } from './reports-section';
import { RequestsSection } from './requests-section';
import { SettingsNav } from './settings-nav';
import { partOf, type SettingsPart } from './settings-parts';
import { StopSection } from './stop-section';
import { ThresholdsSection } from './thresholds-section';
import { WebhookSection } from './webhook-section';
import './settings-page.css';

interface SettingsPageProps {
  /** What the address names. */
  part: string | undefined;
  overview: Asked<Overview> & { value: Overview };
}

/** What holds for the whole organization, in parts, each thing with the one dialog that changes it. */
export function SettingsPage({ part, overview: { value, again } }: SettingsPageProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  const { connection } = value;
  if (!connection) {
    return (
      <EmptyState
        header={say('settings.notConnectedYet')}
        headingLevel={2}
        description={say('settings.notConnectedYetText')}
        primaryAction={
          <Button appearance="primary" onClick={() => go({ page: 'overview' })}>
            {say('settings.goToSetUp')}
          </Button>
        }
      />
    );
  }
  const here = partOf(part);
  return (
    <div className="settings">
      <SettingsNav here={here} />
      <div className="settings-part">{sectionsOf(here, value, connection, again)}</div>
    </div>
  );
}

function sectionsOf(part: SettingsPart, value: Overview, connection: Connection, onChange: () => void): ReactNode {
  const { settings, webhook, health, activeRuns, reading } = value;
  switch (part) {
    case 'connection':
      return <ConnectionSection connection={connection} warnings={health.warnings} onChange={onChange} />;
    case 'decisions':
      return (
        <>
          <DecisionsSection settings={settings} onChange={onChange} />
          <RequestsSection requests={settings.requests} onChange={onChange} />
        </>
      );
    case 'notices':
      return (
        <>
          <NoticesSection settings={settings} onChange={onChange} />
          <PolicyLinksSection settings={settings} logIns={health.logIns} onChange={onChange} />
          <OnLogInSection settings={settings} logIns={health.logIns} onChange={onChange} />
          <ReportsSection settings={settings} onChange={onChange} />
          <ThresholdsSection
            notices={settings.notices ?? null}
            held={reading.snapshot?.products ?? []}
            onChange={onChange}
          />
          <WebhookSection webhook={webhook} onChange={onChange} />
        </>
      );
    case 'prices':
      return (
        <PricesSection prices={settings.prices ?? []} held={reading.snapshot?.products ?? []} onChange={onChange} />
      );
    case 'experiments':
      return (
        <ExperimentsSection
          experiments={settings.experiments}
          directories={connection.directories}
          onChange={onChange}
        />
      );
    case 'fields':
      return <FieldsSection fields={settings.fields ?? []} onChange={onChange} />;
    case 'lists':
      return <ListsSection />;
    case 'configuration':
      return <ConfigurationSection onChange={onChange} />;
    case 'limits':
      return (
        <>
          <CapSection settings={settings} onChange={onChange} />
          <CoverageSection limits={settings.coverage} onChange={onChange} />
          <ProtectionsSection protect={settings.protect} onChange={onChange} />
          <BlackOutsSection blackOuts={settings.blackOuts} onChange={onChange} />
        </>
      );
    case 'log':
      return <KeepingSection settings={settings} onChange={onChange} />;
    case 'danger':
      return <StopSection settings={settings} activeRuns={activeRuns.length} onChange={onChange} />;
  }
}
