/** The fewest calls that a reading can take, from what there is to read and not from what the app says. */

/** What there is to read. */
export interface Extent {
  /** People in the listing of each directory. */
  listed: number[];
  groups: number;
  /** Of them, those that grant something: what they grant must be read of each. */
  grantingGroups: number;
  workspaces: number;
  /** People whose last activity an enabled policy needs, and must be asked for one by one. */
  toAsk: number;
}

/** Rows on a page, as Atlassian's documents allow. */
const pageSize = { users: 100, groups: 100, directories: 100, workspaces: 1000 };
/** Seats: `applicationrole` and the licences' counts. */
const seatCalls = 2;

/** Calls of a reading, by what they are for. */
export function leastCalls(extent: Extent): Record<string, number> {
  return {
    users: extent.listed.reduce((sum, people) => sum + pages(people, pageSize.users), 0),
    counts: extent.listed.length,
    directories: pages(extent.listed.length, pageSize.directories),
    workspaces: pages(extent.workspaces, pageSize.workspaces),
    groups: pages(extent.groups, pageSize.groups),
    grants: extent.grantingGroups,
    activity: extent.toAsk,
    seats: seatCalls,
  };
}

/** All of them together. */
export function total(calls: Record<string, number>): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

/** An empty listing takes a call too. */
function pages(rows: number, size: number): number {
  return Math.max(1, Math.ceil(rows / size));
}
