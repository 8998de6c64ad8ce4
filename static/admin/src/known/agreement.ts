import type { DirectoryCoverage } from '../../gen/types';
import { counted } from '../shown/sentence';

/** Whether a listing holds as many people as Atlassian counts. */
export function agreement({ listed, counted: said }: DirectoryCoverage, locale: string): string {
  if (said === null) return 'Atlassian gave no count';
  if (said === listed) return 'Yes';
  const difference = counted(Math.abs(said - listed), 'person', 'people', locale);
  return said > listed ? `${difference} missing` : `${difference} more than counted`;
}
