import type { Act } from '../../gen/types';
import { productName } from '../overview/product-name';
import type { Say } from '../texts/texts';

/** What groups and sites are called; what has no name here is shown by its id. */
export type Names = ReadonlyMap<string, string>;

/** What is done to a person, in words. */
export function actText(act: Act, names: Names, say: Say): string {
  if (typeof act === 'string') return say(`runs.act.${act}`);
  if ('removeAccess' in act) {
    const { resources, groups } = act.removeAccess;
    const products = productsText(resources, names, say);
    if (groups.length === 0) return say('runs.act.removeDirectAccess', { products });
    return say('runs.act.removeAccess', { products, groups: groupsText(groups, names, say) });
  }
  if ('giveAccess' in act) return say('runs.act.giveBack', { what: givenText(act.giveAccess, names, say) });
  if ('addToGroup' in act) return say('runs.act.addTo', { groups: groupsText(act.addToGroup.groups, names, say) });
  if ('removeFromGroups' in act)
    return say('runs.act.removeFrom', { groups: groupsText(act.removeFromGroups.groups, names, say) });
  if ('setEmail' in act) return say('runs.act.setEmail');
  const { before, after, back } = act.rename;
  return back ? say('runs.act.renameBack') : say('runs.act.rename', { before, after });
}

/** What is done to so many people, by the act's name as the plan counts it. */
export function countedAct(name: string, people: string, say: Say): string {
  return isAct(name) ? say(`runs.to.${name}`, { people }) : say('runs.act.other', { act: name, people });
}

/** The act that takes each one back; without it, nothing does. */
const INVERSES = {
  suspend: 'restore',
  restore: undefined,
  deactivate: 'reactivate',
  reactivate: undefined,
  removeFromOrganization: undefined,
  delete: 'cancelDelete',
  cancelDelete: undefined,
  removeAccess: 'giveAccess',
  giveAccess: undefined,
  addToGroup: 'removeFromGroups',
  removeFromGroups: 'giveAccess',
  setEmail: 'setEmail',
  revokeTokens: undefined,
  warn: undefined,
  rename: 'rename',
} satisfies Record<string, string | undefined>;

const isAct = (name: string): name is keyof typeof INVERSES => name in INVERSES;

/** The act's name, as plans count acts. */
export const nameOfAct = (act: Act): string => (typeof act === 'string' ? act : (Object.keys(act)[0] ?? ''));

/** The name of the act that takes one back; `undefined` where nothing does. */
export const inverseOf = (name: string): string | undefined => (isAct(name) ? INVERSES[name] : undefined);

function givenText({ groups, roles }: GivenBack, names: Names, say: Say): string {
  const given = groups.length > 0 ? [groupsText(groups, names, say)] : [];
  if (roles.length > 0) {
    const resources = roles.map(({ resource }) => resource);
    given.push(say('runs.act.directRoles', { products: productsText(resources, names, say) }));
  }
  return listText(given, say) || say('runs.act.access');
}

interface GivenBack {
  groups: string[];
  roles: { resource: string }[];
}

function groupsText(groups: string[], names: Names, say: Say): string {
  const text = listText(
    groups.map((group) => names.get(group) ?? group),
    say,
  );
  return groups.length === 1 ? say('runs.act.oneGroup', { group: text }) : say('runs.act.moreGroups', { groups: text });
}

const productsText = (resources: string[], names: Names, say: Say): string =>
  listText(
    resources.map((resource) => productText(resource, names, say)),
    say,
  );

/** `ari:cloud:jira-software::site/<cloud id>` */
export function productText(resource: string, names: Names, say: Say): string {
  const [, , key = resource] = resource.split(':');
  const [, site] = resource.split('::site/');
  const product = productName(key);
  return site === undefined ? product : say('runs.act.productOn', { product, site: names.get(site) ?? site });
}

function listText(items: string[], say: Say): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : say('runs.act.and', { before: items.slice(0, -1).join(', '), last });
}
