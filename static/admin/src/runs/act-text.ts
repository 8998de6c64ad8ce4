import type { Act } from '../../gen/types';
import { productName } from '../overview/product-name';

/** What groups and sites are called; what has no name here is shown by its id. */
export type Names = ReadonlyMap<string, string>;

/** What is done to a person, in words. */
export function actText(act: Act, names: Names): string {
  if (typeof act === 'string') return ACTS[act].of;
  if ('removeAccess' in act) {
    const { resources, groups } = act.removeAccess;
    const products = list(resources.map((resource) => productText(resource, names)));
    return groups.length > 0
      ? `remove access to ${products} by ${groupsText(groups, names)}`
      : `remove the direct access to ${products}`;
  }
  if ('giveAccess' in act) {
    const { groups, roles } = act.giveAccess;
    const given = groups.length > 0 ? [groupsText(groups, names)] : [];
    if (roles.length > 0) {
      given.push(`direct roles on ${list(roles.map(({ resource }) => productText(resource, names)))}`);
    }
    return `give back ${given.join(' and ') || 'access'}`;
  }
  if ('addToGroup' in act) return `add to ${groupsText(act.addToGroup.groups, names)}`;
  if ('removeFromGroups' in act) return `remove from ${groupsText(act.removeFromGroups.groups, names)}`;
  if ('setEmail' in act) return ACTS.setEmail.of;
  const { before, after, back } = act.rename;
  return back ? 'rename back' : `rename to “${before}…${after}”`;
}

/** What is done to so many people, by the act's name as the plan counts it. */
export function countedAct(name: string, people: string): string {
  return isAct(name) ? ACTS[name].to(people) : `${name}: ${people}`;
}

interface ActWords {
  of: string;
  /** With whom it is done. */
  to: (people: string) => string;
  /** The act that takes it back; without it, nothing does. */
  inverse?: string;
}

const ACTS = {
  suspend: { of: 'suspend', to: (who) => `suspend ${who}`, inverse: 'restore' },
  restore: { of: 'restore', to: (who) => `restore ${who}` },
  deactivate: { of: 'deactivate the account', to: (who) => `deactivate ${who}`, inverse: 'reactivate' },
  reactivate: { of: 'reactivate the account', to: (who) => `reactivate ${who}` },
  removeFromOrganization: {
    of: 'remove from the organization',
    to: (who) => `remove ${who} from the organization`,
  },
  delete: { of: 'delete the account', to: (who) => `delete ${who}`, inverse: 'cancelDelete' },
  cancelDelete: { of: 'cancel the deletion', to: (who) => `cancel the deletion of ${who}` },
  removeAccess: { of: 'remove access', to: (who) => `remove the access of ${who}`, inverse: 'giveAccess' },
  giveAccess: { of: 'give access back', to: (who) => `give groups and roles back to ${who}` },
  addToGroup: { of: 'add to groups', to: (who) => `add ${who} to groups`, inverse: 'removeFromGroups' },
  removeFromGroups: { of: 'remove from groups', to: (who) => `remove ${who} from groups`, inverse: 'giveAccess' },
  setEmail: { of: 'set the e-mail address', to: (who) => `set the e-mail address of ${who}`, inverse: 'setEmail' },
  revokeTokens: { of: 'revoke the API tokens', to: (who) => `revoke the API tokens of ${who}` },
  rename: { of: 'rename', to: (who) => `rename ${who}`, inverse: 'rename' },
} satisfies Record<string, ActWords>;

const isAct = (name: string): name is keyof typeof ACTS => name in ACTS;

/** The act's name, as plans count acts. */
export const nameOfAct = (act: Act): string => (typeof act === 'string' ? act : (Object.keys(act)[0] ?? ''));

/** The name of the act that takes one back; `undefined` where nothing does. */
export function inverseOf(name: string): string | undefined {
  const words: ActWords | undefined = isAct(name) ? ACTS[name] : undefined;
  return words?.inverse;
}

const groupsText = (groups: string[], names: Names): string =>
  `${groups.length === 1 ? 'group' : 'groups'} ${list(groups.map((group) => names.get(group) ?? group))}`;

/** `ari:cloud:jira-software::site/<cloud id>` */
function productText(resource: string, names: Names): string {
  const [, , product = resource] = resource.split(':');
  const [, site] = resource.split('::site/');
  return site === undefined ? productName(product) : `${productName(product)} on ${names.get(site) ?? site}`;
}

const list = (items: string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
