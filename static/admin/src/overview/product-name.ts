/**
 * Names of the products that the organization API knows by key, the same in every language; another key is shown as it
 * is.
 */
/* eslint-disable no-restricted-syntax */
const NAMES: Record<string, string> = {
  'jira-software': 'Jira',
  'jira-service-desk': 'Jira Service Management',
  // As resources on a site are called.
  'jira-servicedesk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
  'jira-core': 'Jira Work Management',
  confluence: 'Confluence',
};
/* eslint-enable no-restricted-syntax */

export const productName = (key: string): string => NAMES[key] ?? key;
