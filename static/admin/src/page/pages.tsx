import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { ReactNode } from 'react';
import type { Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { ChangesPage } from '../changes/changes-page';
import { ExemptionsPage } from '../exemptions/exemptions-page';
import { KnownPage } from '../known/known-page';
import { LogPage } from '../log/log-page';
import { OverviewPage } from '../overview/overview-page';
import { PoliciesPage } from '../policies/policies-page';
import { PolicyEditor } from '../policies/policy-editor';
import { RunPage } from '../runs/run-page';
import { RunsPage } from '../runs/runs-page';
import { useDesk } from './desk';
import type { Route } from './route';

const TABS = [
  { route: { page: 'overview' }, title: 'Overview', holds: ['overview'] },
  { route: { page: 'known' }, title: 'What is known', holds: ['known'] },
  { route: { page: 'policies' }, title: 'Policies', holds: ['policies', 'policy'] },
  { route: { page: 'runs' }, title: 'Runs', holds: ['runs', 'run'] },
  { route: { page: 'log', by: undefined, value: undefined }, title: 'Log', holds: ['log', 'changes'] },
  { route: { page: 'exemptions' }, title: 'Exemptions', holds: ['exemptions'] },
] as const satisfies { route: Route; title: string; holds: Route['page'][] }[];

interface PagesProps {
  route: Route;
  overview: Asked<Overview> & { value: Overview };
}

/** The tabs, and below them the one place that the route names. */
export function Pages({ route, overview }: PagesProps) {
  const { go } = useDesk();
  const selected = TABS.findIndex((tab) => (tab.holds as readonly string[]).includes(route.page));
  const choose = (index: number) => {
    const tab = TABS[index];
    if (tab) go(tab.route);
  };
  return (
    <Tabs id="seatkeeper" selected={Math.max(selected, 0)} onChange={choose} shouldUnmountTabPanelOnChange>
      <TabList>
        {TABS.map((tab) => (
          <Tab key={tab.title}>{tab.title}</Tab>
        ))}
      </TabList>
      {TABS.map((tab) => (
        <TabPanel key={tab.title}>
          <div className="page">{pageOf(route, overview)}</div>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function pageOf(route: Route, overview: PagesProps['overview']): ReactNode {
  switch (route.page) {
    case 'overview':
      return <OverviewPage overview={overview} />;
    case 'known':
      return <KnownPage overview={overview} />;
    case 'policies':
      return <PoliciesPage />;
    case 'policy':
      return <PolicyEditor key={route.id ?? ''} id={route.id} />;
    case 'runs':
      return <RunsPage />;
    case 'run':
      return <RunPage key={route.id} id={route.id} onChange={overview.again} />;
    case 'log':
      return <LogPage by={route.by} value={route.value} also={route.also} />;
    case 'changes':
      return <ChangesPage directories={overview.value.connection?.directories ?? []} />;
    case 'exemptions':
      return <ExemptionsPage />;
  }
}
