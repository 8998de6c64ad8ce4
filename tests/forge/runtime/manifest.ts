import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The parts of the manifest that a runtime enforces. */
export interface Manifest {
  modules: { function: { key: string; handler: string; timeoutSeconds?: number }[] };
  permissions: { external?: { fetch?: { backend?: { address: string }[] }; configurable?: { enabled: boolean } } };
}

/** Reads the manifest as the platform stores it: as JSON. */
export function readManifest(path: string): Manifest {
  return parse(readFileSync(path, 'utf8')) as Manifest;
}

/** The hosts that the app may call. */
export function declaredHosts(manifest: Manifest): string[] {
  const backend = manifest.permissions.external?.fetch?.backend ?? [];
  return backend.map(({ address }) => new URL(address).host);
}

/** Whether administrators may allow the app more hosts. */
export const isConfigurable = ({ permissions }: Manifest): boolean =>
  permissions.external?.configurable?.enabled === true;
