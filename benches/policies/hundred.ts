/** What a large organization's rules add up to: common exceptions, and twelve departments' own ideas of who left. */
import type { Condition, Policy } from './language.ts';

const SITES = [
  '1f0c4a52-7f0e-4f6e-9a53-0d1b6a7c1e01',
  '2b9d7c1e-33a4-4b0b-8c8e-5d2f0a9b2e02',
  '3c8e6d0f-52b5-4a1c-9d7f-6e3a1b8c3e03',
  '4d7f5e9a-61c6-4c2d-8e6a-7f4b2c7d4e04',
] as const;

const PRODUCTS = ['jira-software', 'confluence', 'jira-servicedesk'] as const;

const DEPARTMENTS = [
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

/** Eight conditions with a limit, a product and a site of the department's own. */
function rulesOf(department: string, place: number): Condition {
  const days = 60 + 15 * (place % 6);
  const site = SITES[place % SITES.length] ?? SITES[0];
  const product = PRODUCTS[place % PRODUCTS.length] ?? PRODUCTS[0];
  return {
    all: [
      { profile: { field: 'department', is: [`${department} *`] } },
      {
        any: [
          { idle: { longerThan: `${days}d`, products: [product] } },
          { idle: { longerThan: `${days + 30}d`, sites: [site] } },
          { neverActive: { addedMoreThan: `${14 + place}d`, products: [product] } },
        ],
      },
      { not: { group: [`oncall-${department.toLowerCase()}-*`, 'leave-of-absence'] } },
      { not: { group: [`team-${department.toLowerCase()}-0*`] } },
      {
        any: [
          { access: { products: [product], sites: [site] } },
          { not: { profile: { field: 'jobTitle', is: ['Director', 'Executive*', 'Controller'] } } },
        ],
      },
    ],
  };
}

export function hundred(): Policy {
  return {
    version: 1,
    id: 'hundred',
    name: 'Every department by its own rules',
    match: {
      all: [
        { status: ['active', 'not_invited'] },
        { added: { moreThan: '30d' } },
        { any: DEPARTMENTS.map(rulesOf) },
        { not: { role: ['org-admin', 'site-admin'] } },
        { not: { email: ['svc-*', 'bot-*', '*+test@*'] } },
      ],
    },
    stages: [{ after: '0d', do: 'suspend' }],
  };
}
