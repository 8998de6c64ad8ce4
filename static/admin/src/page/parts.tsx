import { lazy } from 'react';
import type { Route } from './route';

/**
 * The parts of the page, each a chunk of its own that is fetched when it is first shown. A part that the navigation does
 * not have yet has no line here.
 */
const PARTS = {
  overview: () => import('../overview/overview-page'),
  known: () => import('../known/known-page'),
  people: () => import('../people/people-page'),
  policies: () => import('../policies/policies-page'),
  policy: () => import('../policies/policy-editor'),
  runs: () => import('../runs/runs-page'),
  run: () => import('../runs/run-page'),
  log: () => import('../log/log-page'),
  changes: () => import('../changes/changes-page'),
  exemptions: () => import('../exemptions/exemptions-page'),
  settings: () => import('../settings/settings-page'),
} satisfies Partial<Record<Route['page'], () => Promise<unknown>>>;

export const OverviewPage = lazy(async () => ({ default: (await PARTS.overview()).OverviewPage }));
export const KnownPage = lazy(async () => ({ default: (await PARTS.known()).KnownPage }));
export const PeoplePage = lazy(async () => ({ default: (await PARTS.people()).PeoplePage }));
export const PoliciesPage = lazy(async () => ({ default: (await PARTS.policies()).PoliciesPage }));
export const PolicyEditor = lazy(async () => ({ default: (await PARTS.policy()).PolicyEditor }));
export const RunsPage = lazy(async () => ({ default: (await PARTS.runs()).RunsPage }));
export const RunPage = lazy(async () => ({ default: (await PARTS.run()).RunPage }));
export const LogPage = lazy(async () => ({ default: (await PARTS.log()).LogPage }));
export const ChangesPage = lazy(async () => ({ default: (await PARTS.changes()).ChangesPage }));
export const ExemptionsPage = lazy(async () => ({ default: (await PARTS.exemptions()).ExemptionsPage }));
export const SettingsPage = lazy(async () => ({ default: (await PARTS.settings()).SettingsPage }));

/** Begins to fetch a part; one that fails is asked for again when it is shown, and says so there. */
export function fetchPart(page: Route['page']): void {
  const part = page in PARTS ? PARTS[page] : PARTS.overview;
  part().catch(() => undefined);
}
