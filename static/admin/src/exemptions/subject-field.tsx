import type { ExemptionSubject } from '../../gen/types';
import { TextQuestion } from '../shown/text-question';
import { GroupField, type GroupOption } from './group-field';
import { useTexts } from '../texts/use-texts';

export interface SubjectValues {
  account?: string;
  group?: GroupOption | null;
  groupName?: string;
  domain?: string;
  email?: string;
}

/** Asks whom an exemption of a kind shelters. */
export function SubjectField({ kind }: { kind: ExemptionSubject['kind'] }) {
  const { say } = useTexts();
  switch (kind) {
    case 'user':
      return (
        <TextQuestion
          name="account"
          label={say('exemptions.account')}
          missing={say('exemptions.accountMissing')}
          help={say('exemptions.accountHelp')}
        />
      );
    case 'group':
      return <GroupField />;
    case 'groupName':
      return (
        <TextQuestion
          name="groupName"
          label={say('exemptions.groupName')}
          missing={say('exemptions.groupNameMissing')}
          help={say('exemptions.groupNameHelp')}
        />
      );
    case 'domain':
      return (
        <TextQuestion
          name="domain"
          label={say('exemptions.domain')}
          missing={say('exemptions.domainMissing')}
          help={say('exemptions.domainHelp')}
        />
      );
    case 'email':
      return (
        <TextQuestion
          name="email"
          label={say('exemptions.email')}
          missing={say('exemptions.emailMissing')}
          help={say('exemptions.emailHelp')}
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
