/** Names of the products that the organization API knows by key; another key is shown as it is. */
const NAMES: Record<string, string> = {
  'jira-software': 'Jira',
  'jira-service-desk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
  'jira-core': 'Jira Work Management',
  confluence: 'Confluence',
};

export const productName = (key: string): string => NAMES[key] ?? key;
