import './page/feature-flags';
import '@atlaskit/css-reset';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { jira, type Address } from './backend';
import { openCore } from './core';
import { App } from './page/app';
import { fetchPart } from './page/parts';
import { HOME, routeOf } from './page/route';
import { openTexts } from './texts/open-texts';
import { TextsProvider } from './texts/use-texts';

/** Everything that the first paint needs is asked at once: each is a round trip to Jira's page. */
async function start(): Promise<void> {
  const known = jira.viewer();
  const [viewer, texts, address, core] = await Promise.all([
    known,
    known.then(({ locale }) => openTexts(locale, jira.translations)),
    jira.address().then(fetchFirst),
    openCore(jira.call),
    // Without its tokens the page falls back to Atlaskit's built-in light colours.
    jira.enableTheming().catch(() => undefined),
  ]);
  const place = document.getElementById('page');
  document.documentElement.lang = texts.language;
  if (!place) throw new Error('index.html has no element for the page');
  createRoot(place).render(
    <StrictMode>
      <TextsProvider value={texts}>
        <App backend={jira} core={core} viewer={viewer} address={address} />
      </TextsProvider>
    </StrictMode>,
  );
}

/** The part that the address names is fetched while the app is still asked what to show in it. */
function fetchFirst(address: Address | undefined): Address | undefined {
  fetchPart(address ? routeOf(address.current()).page : HOME.page);
  return address;
}

void start();
