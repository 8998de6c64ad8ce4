import type { ExemptionSubject } from '../../gen/types';
import { TextQuestion } from '../shown/text-question';
import { GroupField, type GroupOption } from './group-field';

export interface SubjectValues {
  account?: string;
  group?: GroupOption | null;
  groupName?: string;
  domain?: string;
  email?: string;
}

/** Asks whom an exemption of a kind shelters. */
export function SubjectField({ kind }: { kind: ExemptionSubject['kind'] }) {
  switch (kind) {
    case 'user':
      return (
        <TextQuestion
          name="account"
          label="Account id"
          missing="Enter an account id."
          help="It stands below a person’s name in every run, and in the address of their profile."
        />
      );
    case 'group':
      return <GroupField />;
    case 'groupName':
      return (
        <TextQuestion
          name="groupName"
          label="Name with *"
          missing="Enter a pattern such as vip-*."
          help="The * stands for any text; capitals count. Every member of a group whose name fits is exempt."
        />
      );
    case 'domain':
      return (
        <TextQuestion
          name="domain"
          label="Domain"
          missing="Enter a domain such as example.com."
          help="What stands behind the @. *.example.com means its subdomains only."
        />
      );
    case 'email':
      return (
        <TextQuestion
          name="email"
          label="Address with *"
          missing="Enter a pattern such as svc-*@example.com."
          help="The * stands for any text; capitals do not count. Exempt one person by account."
        />
      );
  }
}

/** What was answered. */
export function subjectOf(kind: ExemptionSubject['kind'], values: SubjectValues): ExemptionSubject | undefined {
  switch (kind) {
    case 'user':
      return values.account ? { kind, account: values.account.trim() } : undefined;
    case 'group':
      return values.group ? { kind, group: values.group.value } : undefined;
    case 'groupName':
      return values.groupName ? { kind, glob: values.groupName.trim() } : undefined;
    case 'domain':
      return values.domain ? { kind, domain: values.domain.trim() } : undefined;
    case 'email':
      return values.email ? { kind, glob: values.email.trim() } : undefined;
  }
}
