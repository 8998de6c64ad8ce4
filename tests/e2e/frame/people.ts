/** A person whom the frame can be looked at as. */
export interface Choosable {
  accountId: string;
  part: string;
}

/** Parts of the cloud's well-known people, in the order in which they are offered. */
const PARTS: Record<string, string> = {
  orgAdmins: 'Organization administrator',
  jiraAdmins: 'Jira administrator',
  ordinary: 'Ordinary person',
};

/** How many of each part are offered. */
const OF_EACH = 3;

/** The cloud's well-known people. */
export async function choosablePeople(cloudUrl: string): Promise<Choosable[]> {
  const answer = await fetch(`${cloudUrl}/control/people`);
  const people = (await answer.json()) as Record<string, string[] | undefined>;
  return Object.entries(PARTS).flatMap(([key, part]) =>
    (people[key] ?? []).slice(0, OF_EACH).map((accountId, index) => ({ accountId, part: `${part} ${index + 1}` })),
  );
}
