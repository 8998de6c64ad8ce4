import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';

/** What the manifest says of the page's rights. */
export type Permissions = Parameters<CSPProcessingService['getCspDetails']>[1];

export interface ContentPolicy {
  /** The header's value. */
  header: string;
  /** The `sandbox` that the policy demands, for the iframe's own attribute. */
  sandbox: string;
}

const quiet = { info: () => undefined } as unknown as ConstructorParameters<typeof CSPProcessingService>[0];

/**
 * The content security policy that Forge serves a page with in production, from Forge's own package.
 *
 * `site` is the origin of the page around the frame: the platform passes `https://<name>.atlassian.net`, here it is a loopback
 * address. One directive is changed: `report-uri` names a service of Atlassian's, and nothing leaves this machine, so reports
 * go to the frame's own server.
 */
export function contentPolicy(document: string, permissions: Permissions, site: string): ContentPolicy {
  const details = new CSPProcessingService(quiet, load).getCspDetails(document, permissions);
  const directives = new CSPInjectionService()
    .getInjectableCSP({ existingCSPDetails: details, microsEnv: 'prod', hostname: site })
    .map((directive) => (directive.startsWith('report-uri ') ? 'report-uri /__frame/csp-report' : directive));
  const sandbox = directives.find((directive) => directive.startsWith('sandbox ')) ?? '';
  return { header: directives.join('; '), sandbox: sandbox.slice('sandbox '.length) };
}
