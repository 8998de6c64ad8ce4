/** The generated organization: four sites, three products, 400 groups, 48 departments. The same for every seed. */
import type { ApiGroup } from './api-user.ts';
import { Random, at } from './random.ts';

export interface Site {
  cloudId: string;
  name: string;
}

export interface Department {
  name: string;
  site: Site;
  /** Sets of groups that its people share. */
  groupSets: readonly (readonly ApiGroup[])[];
}

export const PRODUCTS = ['jira-software', 'confluence', 'jira-servicedesk'] as const;

export const SITES: readonly Site[] = [
  { cloudId: '1f0c4a52-7f0e-4f6e-9a53-0d1b6a7c1e01', name: 'acme' },
  { cloudId: '2b9d7c1e-33a4-4b0b-8c8e-5d2f0a9b2e02', name: 'acme-emea' },
  { cloudId: '3c8e6d0f-52b5-4a1c-9d7f-6e3a1b8c3e03', name: 'acme-labs' },
  { cloudId: '4d7f5e9a-61c6-4c2d-8e6a-7f4b2c7d4e04', name: 'acme-support' },
];

/** Domains of the company itself: their accounts are managed. */
export const COMPANY_DOMAINS = ['acme.example', 'emea.acme.example', 'acme-labs.example'] as const;

/** Domains of partners: external accounts. */
export const PARTNER_DOMAINS = [
  'partner.example',
  'eu.partner.example',
  'us.partner.example',
  'contractors.example',
  'Freelance.example',
  'vendor-one.example',
  'vendor-two.example',
  'agency.example',
] as const;

const FUNCTIONS = [
  'Engineering',
  'Sales',
  'Marketing',
  'Finance',
  'People',
  'Legal',
  'Support',
  'Operations',
  'Procurement',
  'Research',
  'Security',
  'Design',
] as const;
const REGIONS = ['Americas', 'EMEA', 'APAC', 'Global'] as const;

const uuid = (random: Random) =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;

const KINDS = ['team', 'project', 'community', 'contractors', 'space', 'oncall'] as const;

/** The products' own groups first, then those that people make. */
function groupNames(): string[] {
  const ofProducts = SITES.flatMap(({ name }) => [
    `jira-users-${name}`,
    `confluence-users-${name}`,
    `jira-servicemanagement-users-${name}`,
    `site-admins-${name}`,
  ]);
  const fixed = ['service-accounts', 'leave-of-absence', 'vip-exempt', 'org-admins'];
  const made = Array.from({ length: 400 - ofProducts.length - fixed.length }, (_, place) => {
    const topic = at(FUNCTIONS, place % FUNCTIONS.length).toLowerCase();
    return `${at(KINDS, place % KINDS.length)}-${topic}-${String(place).padStart(3, '0')}`;
  });
  return [...ofProducts, ...fixed, ...made];
}

export const GROUPS: readonly ApiGroup[] = groupNames().map((name, place) => {
  const random = new Random(400, place);
  const description = random.chance(0.3) ? `Members of ${name}` : null;
  return { id: `ari:cloud:identity::group/${uuid(random)}`, name, description };
});

function groupOf(name: string): ApiGroup {
  const group = GROUPS.find((group) => group.name === name);
  if (!group) throw new Error(`there is no group ${name}`);
  return group;
}

/** A product's group of the site, and some of the others, the well-known ones more often. */
function groupSet(site: Site, random: Random): ApiGroup[] {
  const groups = new Set([groupOf(`jira-users-${site.name}`)]);
  if (random.chance(0.7)) groups.add(groupOf(`confluence-users-${site.name}`));
  const size = 2 + random.below(3);
  while (groups.size < size) groups.add(at(GROUPS, 16 + random.ranked(GROUPS.length - 16)));
  return [...groups];
}

export const DEPARTMENTS: readonly Department[] = REGIONS.flatMap((region, r) =>
  FUNCTIONS.map((name, f) => {
    const random = new Random(48, r, f);
    const site = at(SITES, random.ranked(SITES.length));
    return { name: `${name} ${region}`, site, groupSets: Array.from({ length: 6 }, () => groupSet(site, random)) };
  }),
);
