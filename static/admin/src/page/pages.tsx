import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { ReactNode } from 'react';
import type { Directory, Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import type { PlainKey } from '../texts/catalogue';
import { useTexts } from '../texts/use-texts';
import { useDesk } from './desk';
import { PartBoundary } from './part-boundary';
import {
  ChangesPage,
  ExemptionsPage,
  KnownPage,
  LogPage,
  OverviewPage,
  PeoplePage,
  PoliciesPage,
  PolicyEditor,
  RunPage,
  RunsPage,
  SettingsPage,
} from './parts';
import type { Route } from './route';

interface Place {
  route: Route;
  title: PlainKey;
  /** The parts of the page that are shown under this tab. */
  holds: readonly Route['page'][];
}

/** The navigation in its order. A page that does not exist yet has no line. */
const PLACES: readonly Place[] = [
  { route: { page: 'overview' }, title: 'page.overview', holds: ['overview'] },
  { route: { page: 'known' }, title: 'page.known', holds: ['known'] },
  { route: { page: 'people' }, title: 'page.people', holds: ['people'] },
  { route: { page: 'policies' }, title: 'page.policies', holds: ['policies', 'policy'] },
  { route: { page: 'runs' }, title: 'page.runs', holds: ['runs', 'run'] },
  { route: { page: 'log', by: undefined, value: undefined }, title: 'page.log', holds: ['log', 'changes'] },
  { route: { page: 'exemptions' }, title: 'page.exemptions', holds: ['exemptions'] },
  { route: { page: 'settings' }, title: 'page.settings', holds: ['settings'] },
];

const NO_DIRECTORIES: Directory[] = [];

interface PagesProps {
  route: Route;
  overview: Asked<Overview> & { value: Overview };
}

/** The tabs, and below them the one place that the route names. */
export function Pages({ route, overview }: PagesProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  const selected = PLACES.findIndex(({ holds }) => holds.includes(route.page));
  const choose = (index: number) => {
    const place = PLACES[index];
    if (place) go(place.route);
  };
  return (
    <Tabs id="seatkeeper" selected={Math.max(selected, 0)} onChange={choose} shouldUnmountTabPanelOnChange>
      <TabList>
        {PLACES.map(({ title }) => (
          <Tab key={title}>{say(title)}</Tab>
        ))}
      </TabList>
      {PLACES.map(({ title }) => (
        <TabPanel key={title}>
          <div className="page">
            <PartBoundary key={route.page}>{pageOf(route, overview)}</PartBoundary>
          </div>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function pageOf(route: Route, overview: PagesProps['overview']): ReactNode {
  switch (route.page) {
    case 'known':
      return <KnownPage overview={overview} />;
    case 'people':
      return (
        <PeoplePage
          filter={route.filter ?? []}
          fields={overview.value.settings.fields ?? []}
          directories={overview.value.connection?.directories ?? NO_DIRECTORIES}
        />
      );
    case 'policies':
      return <PoliciesPage />;
    case 'policy':
      return (
        <PolicyEditor
          key={route.id ?? `new ${route.like ?? ''}`}
          id={route.id}
          like={route.like}
          blackOuts={overview.value.settings.blackOuts}
        />
      );
    case 'runs':
      return <RunsPage filter={route.filter} />;
    case 'run':
      return <RunPage key={route.id} id={route.id} filter={route.filter ?? []} onChange={overview.again} />;
    case 'log':
      return <LogPage by={route.by} value={route.value} also={route.also} />;
    case 'changes':
      return <ChangesPage directories={overview.value.connection?.directories ?? []} />;
    case 'exemptions':
      return <ExemptionsPage />;
    case 'settings':
      return <SettingsPage part={route.part} overview={overview} />;
    default:
      return <OverviewPage overview={overview} />;
  }
}
