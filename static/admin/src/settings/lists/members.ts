/** What becomes of a list's members. */
export type MembersChange = 'add' | 'takeOff' | 'replace';

/** An e-mail address in small letters, as the app keeps it; an account id as it is. */
export const asKept = (member: string): string => (member.includes('@') ? member.toLowerCase() : member);

/** The members after a change, each once, in their order. */
export function changed(before: readonly string[], given: readonly string[], change: MembersChange): string[] {
  const named = given.map(asKept);
  if (change === 'takeOff') {
    const off = new Set(named);
    return before.filter((member) => !off.has(asKept(member)));
  }
  return [...new Set(change === 'add' ? [...before, ...named] : named)];
}
