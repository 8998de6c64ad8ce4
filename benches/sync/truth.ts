/** What there is to read, asked of the organization API by the benchmark itself. */
import type { CloudUser } from '../../tests/demonstration/cloud.ts';
import type { Extent } from './minimum.ts';
import { idleDays, type Scene } from './scene.ts';
import type { VirtualCloud } from '../bundle/stage.ts';

/** A page of any listing. */
interface Page<Row> {
  data: Row[];
  links: { next?: string };
}

interface Group {
  counts: { resources: number };
}

interface Access {
  lastActiveTimestamp?: string | null;
}

/** What there is to read, and who must be asked one by one. */
export interface Truth extends Omit<Extent, 'toAsk'> {
  silent: Set<string>;
}

/** Reads the organization once, page by page. */
export async function truth(cloud: VirtualCloud, { organizationId, apiKey }: Scene): Promise<Truth> {
  const read = reader(cloud, organizationId, apiKey);
  const directories = await read.get<{ directoryId: string }>('directories');
  const groups = await read.search<Group>('directories/-/groups/search', { limit: 100, expand: ['counts.resources'] });
  const workspaces = await read.search('workspaces', { limit: 1000 });
  const seenSince = (await cloud.now()) - idleDays * 86_400_000;
  const listed: number[] = [];
  const silent = new Set<string>();
  for (const { directoryId } of directories) {
    let people = 0;
    const body = { limit: 100, expand: ['productAccess'] };
    for await (const page of read.pages<CloudUser>(`directories/${directoryId}/users/search`, body)) {
      people += page.length;
      for (const user of page) if (mustBeAsked(user, seenSince)) silent.add(user.accountId);
    }
    listed.push(people);
  }
  const grantingGroups = groups.filter(({ counts }) => counts.resources > 0).length;
  return { listed, groups: groups.length, grantingGroups, workspaces: workspaces.length, silent };
}

/**
 * Whether the enabled policy cannot be decided on what the listing says: the person may be active, no access was seen
 * lately, and of one it is not said.
 */
export function mustBeAsked(user: CloudUser, seenSince: number): boolean {
  if ('status' in user && user['status'] !== 'active') return false;
  const accesses = (user['productAccess'] ?? []) as Access[];
  const times = accesses.map(({ lastActiveTimestamp }) => lastActiveTimestamp ?? undefined);
  const lately = times.some((time) => time !== undefined && Date.parse(time) > seenSince);
  return !lately && times.includes(undefined);
}

function reader(cloud: VirtualCloud, organizationId: string, apiKey: string) {
  const base = `${cloud.url}/api.atlassian.com/admin/v2/orgs/${organizationId}`;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };

  async function* pages<Row>(path: string, body: object): AsyncGenerator<Row[]> {
    let cursor: string | undefined;
    do {
      // The workspaces take a cursor alone.
      const sent = cursor === undefined ? body : path === 'workspaces' ? { cursor } : { ...body, cursor };
      const page = await answered<Row>(path, await fetch(`${base}/${path}`, init(sent)));
      yield page.data;
      cursor = page.links.next;
    } while (cursor !== undefined);
  }

  const init = (body: object) => ({ method: 'POST', headers, body: JSON.stringify(body) });
  const all = async <Row>(path: string, body: object): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const page of pages<Row>(path, body)) rows.push(...page);
    return rows;
  };
  const get = async <Row>(path: string) =>
    (await answered<Row>(path, await fetch(`${base}/${path}`, { headers }))).data;
  return { pages, search: all, get };
}

async function answered<Row>(path: string, response: Response): Promise<Page<Row>> {
  if (!response.ok) throw new Error(`the cloud refused ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Page<Row>;
}
