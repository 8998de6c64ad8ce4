/** What a policy's field is, in words; another field is shown by its name alone. */
const FIELDS: Partial<Record<string, string>> = {
  accountType: 'Kind of account',
  status: 'Status',
  emailDomain: 'E-mail address',
  addedToOrg: 'Date added',
  group: 'Groups',
  role: 'Roles',
  access: 'Products held',
  idle: 'Last activity, for each product held',
};

export const fieldName = (field: string): string => FIELDS[field] ?? field;
