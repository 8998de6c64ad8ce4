import Heading from '@atlaskit/heading';
import SectionMessage from '@atlaskit/section-message';
import { useMemo, type ReactNode } from 'react';
import type { Address, Backend, Viewer } from '../backend';
import type { Core } from '../core';
import type { Overview } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { NewsBell } from '../news/news-bell';
import { atWork } from '../runs/at-work';
import { NameBook } from '../shown/names';
import { useTexts } from '../texts/use-texts';
import { DeskProvider, StandingProvider, type Desk } from './desk';
import { HealthBanner } from './health-banner';
import { NoPermission } from './no-permission';
import { Pages } from './pages';
import type { Route } from './route';
import { useRoute } from './use-route';
import './app.css';

interface AppProps {
  backend: Backend;
  core: Core;
  viewer: Viewer;
  address: Address | undefined;
}

export function App({ backend, core, viewer, address }: AppProps) {
  const [route, go] = useRoute(address);
  const names = useMemo(() => new NameBook(backend.call), [backend]);
  const desk = useMemo<Desk>(() => ({ backend, core, viewer, names, go }), [backend, core, viewer, names, go]);
  return (
    <DeskProvider value={desk}>
      <main className="app">
        <Entrance route={route} />
      </main>
    </DeskProvider>
  );
}

/**
 * How often the overview is asked again, in milliseconds. On it, runs and a reading at work move, and the first reading is
 * waited for, which begins a moment after it is asked for; elsewhere a slow look is enough.
 */
const LOOK = { atWork: 5_000, first: 10_000, quiet: 60_000 } as const;

const lookOnOverview = ({ activeRuns, reading }: Overview): number => {
  if (reading.progress || activeRuns.some(atWork)) return LOOK.atWork;
  return reading.snapshot ? LOOK.quiet : LOOK.first;
};
const lookOnKnown = ({ reading }: Overview): number => (reading.progress ? LOOK.atWork : LOOK.quiet);
const lookElsewhere = (): number => LOOK.quiet;

function lookOn({ page }: Route): (overview: Overview) => number {
  if (page === 'overview') return lookOnOverview;
  return page === 'known' ? lookOnKnown : lookElsewhere;
}

/** Lets in whom the app lets in; it asks once who the viewer is to it. */
function Entrance({ route }: { route: Route }) {
  const { say } = useTexts();
  const overview = useAnswer<'overview'>({ command: 'overview' }, lookOn(route));
  if (overview.failure?.code === 'not-allowed') {
    return (
      <>
        <Head />
        <NoPermission failure={overview.failure} />
      </>
    );
  }
  return (
    <>
      <Head>{overview.value && <NewsBell />}</Head>
      <AskedView asked={overview} what={say('page.title')}>
        {(value) => (
          <StandingProvider value={{ role: value.role, isConnected: value.connection !== null }}>
            {value.role === 'viewer' && value.connection && (
              <SectionMessage appearance="information">
                <p>{say('page.viewerOnly')}</p>
              </SectionMessage>
            )}
            <HealthBanner health={value.health} />
            <Pages route={route} overview={{ ...overview, value }} />
          </StandingProvider>
        )}
      </AskedView>
    </>
  );
}

/** The page's title, and what stands beside it. */
function Head({ children }: { children?: ReactNode }) {
  const { say } = useTexts();
  return (
    <header className="app-head">
      <Heading size="large" as="h1">
        {say('page.title')}
      </Heading>
      {children}
    </header>
  );
}
