import type { Roles } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { GroupField, type GroupOption } from '../exemptions/group-field';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import type { PlainKey } from '../texts/catalogue';
import { useTexts } from '../texts/use-texts';

interface RoleDialogProps {
  roles: Roles;
  role: keyof Roles;
  onDone: () => void;
  onClose: () => void;
}

const WORDS = {
  operator: { title: 'settings.chooseOperators', meaning: 'settings.operatorMeaning' },
  approver: { title: 'settings.chooseApprovers', meaning: 'settings.approverMeaning' },
} as const satisfies Record<keyof Roles, { title: PlainKey; meaning: PlainKey }>;

/** Gives a role to a group of Jira, or takes it from everybody. */
export function RoleDialog({ roles, role, onDone, onClose }: RoleDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const give = async (group: GroupOption | null) => {
    const given = group && { id: group.value, name: group.label };
    const settings = await order.give<'setRoles'>({ command: 'setRoles', roles: { ...roles, [role]: given } });
    if (!settings) return;
    const roleName = say(`settings.role.${role}`);
    backend.announce(
      given
        ? say('settings.roleGiven', { group: given.name, role: roleName })
        : say('settings.roleTaken', { role: roleName }),
    );
    onDone();
  };
  return (
    <FormDialog<{ group: GroupOption | null }>
      title={say(WORDS[role].title)}
      send={say('settings.giveRole')}
      instead={roles[role] && { text: say('settings.noGroup'), onSend: () => void give(null) }}
      order={order}
      onSend={({ group }) => void give(group)}
      onClose={onClose}
    >
      <p>{say(WORDS[role].meaning)}</p>
      <GroupField />
    </FormDialog>
  );
}
