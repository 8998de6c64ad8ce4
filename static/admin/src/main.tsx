import './page/feature-flags';
import '@atlaskit/css-reset';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { jira } from './backend';
import { openCore } from './core';
import { App } from './page/app';

/** Everything that the first paint needs is asked at once: each is a round trip to Jira's page. */
async function start(): Promise<void> {
  const [viewer, address, core] = await Promise.all([
    jira.viewer(),
    jira.address(),
    openCore(jira.call),
    // Without its tokens the page falls back to Atlaskit's built-in light colours.
    jira.enableTheming().catch(() => undefined),
  ]);
  const place = document.getElementById('page');
  if (!place) throw new Error('index.html has no element for the page');
  createRoot(place).render(
    <StrictMode>
      <App backend={jira} core={core} viewer={viewer} address={address} />
    </StrictMode>,
  );
}

void start();
