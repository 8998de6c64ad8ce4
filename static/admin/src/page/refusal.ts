import type { Role } from '../../gen/types';
import type { PlainKey } from '../texts/catalogue';

/** Who the viewer is to the app. */
export interface Standing {
  role: Role;
  /** Whether an organization is connected: without one there is nothing to decide on. */
  isConnected: boolean;
}

const RANK: Record<Role, number> = { viewer: 0, operator: 1, approver: 2, organizationAdministrator: 3 };

/** Why somebody may not give an order that takes a role, by the role that it takes; `undefined` when they may. */
export function refusalOf(standing: Standing, role: Role): PlainKey | undefined {
  if (role === 'viewer' || RANK[standing.role] >= RANK[role]) return undefined;
  return standing.isConnected ? `page.only.${role}` : 'page.connectFirst';
}
