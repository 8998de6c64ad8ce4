import type { SnapshotSummary, Suspicion } from '../../gen/types';

/** What still speaks against a reading: saying that it is right answers a jump of idle people, and nothing else. */
export function openSuspicions({ suspicions, accepted }: SnapshotSummary): Suspicion[] {
  return accepted ? suspicions.filter(({ code }) => code !== 'jump') : suspicions;
}
