import EmptyState from '@atlaskit/empty-state';
import Button from '@atlaskit/button/new';
import type { Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import { BlackOutsSection } from './black-outs-section';
import { CapSection } from './cap-section';
import { ConnectionSection } from './connection-section';
import { CoverageSection } from './coverage-section';
import { DecisionsSection } from './decisions-section';
import { ExperimentsSection } from './experiments-section';
import { KeepingSection } from './keeping-section';
import { PricesSection } from './prices-section';
import { ProtectionsSection } from './protections-section';
import { StopSection } from './stop-section';
import './settings-page.css';

/** What holds for the whole organization, each part with the one dialog that changes it. */
export function SettingsPage({ overview: { value, again } }: { overview: Asked<Overview> & { value: Overview } }) {
  const { go } = useDesk();
  const { say } = useTexts();
  const { connection, settings, health, activeRuns } = value;
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
  return (
    <div className="settings">
      <ConnectionSection connection={connection} warnings={health.warnings} onChange={again} />
      <DecisionsSection settings={settings} onChange={again} />
      <CapSection settings={settings} onChange={again} />
      <CoverageSection limits={settings.coverage} onChange={again} />
      <ProtectionsSection protect={settings.protect} onChange={again} />
      <PricesSection
        prices={settings.prices ?? []}
        products={[...new Set((value.reading.snapshot?.products ?? []).map(({ product }) => product))]}
        onChange={again}
      />
      <BlackOutsSection />
      <KeepingSection settings={settings} onChange={again} />
      <ExperimentsSection experiments={settings.experiments} directories={connection.directories} onChange={again} />
      <StopSection settings={settings} activeRuns={activeRuns.length} onChange={again} />
    </div>
  );
}
