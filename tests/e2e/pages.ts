/** A page to look at. */
export interface PageToSee {
  name: string;
  path: string;
  /** What is there when it has loaded. */
  ready: RegExp;
}

/**
 * Every page of the app, one line each; `run` is a run whose plan is made, `person` somebody's account. The pictures and the check by
 * axe go over them.
 */
export const pagesToSee = (run: string, person: string): PageToSee[] => [
  { name: 'overview', path: '/', ready: /is held before its first action/ },
  { name: 'known', path: '/known', ready: /Read from/ },
  { name: 'people', path: '/people', ready: /Choose all/ },
  { name: 'person', path: `/people/person/${person}`, ready: /Access and activity/ },
  { name: 'policies', path: '/policies', ready: /Run now/ },
  { name: 'policy', path: '/policies/edit/idle-contractors', ready: /Some who match/ },
  { name: 'policy-new', path: '/policies/new', ready: /Some who match/ },
  { name: 'runs', path: '/runs', ready: /Held/ },
  { name: 'run', path: `/runs/${run}`, ready: /people$/ },
  { name: 'log', path: '/log', ready: /Freeze plan/ },
  { name: 'changes', path: '/changes', ready: /Somebody else did this/ },
  { name: 'exemptions', path: '/exemptions', ready: /contractors-keep/ },
  { name: 'settings', path: '/settings', ready: /What the key allows/ },
  { name: 'settings-decisions', path: '/settings/decisions', ready: /Who decides/ },
  { name: 'settings-prices', path: '/settings/prices', ready: /Price of a seat/ },
  { name: 'settings-experiments', path: '/settings/experiments', ready: /Switch on/ },
  { name: 'settings-fields', path: '/settings/fields', ready: /No fields yet/ },
  { name: 'settings-lists', path: '/settings/lists', ready: /No lists yet/ },
  { name: 'settings-configuration', path: '/settings/configuration', ready: /It does not hold/ },
  { name: 'settings-limits', path: '/settings/limits', ready: /No policy has one/ },
  { name: 'settings-log', path: '/settings/log', ready: /head is written/ },
  { name: 'settings-danger', path: '/settings/danger', ready: /Stop everything/ },
];
