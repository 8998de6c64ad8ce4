import Button from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { Roles } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { GroupField, type GroupOption } from '../exemptions/group-field';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';
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
    <ModalDialog onClose={onClose} width="small">
      <Form<{ group: GroupOption | null }> onSubmit={({ group }) => give(group)}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say(WORDS[role].title)}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <p>{say(WORDS[role].meaning)}</p>
                <GroupField />
                {order.failure && <FailureMessage failure={order.failure} title={say('shown.nothingChanged')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {roles[role] && (
                <Button appearance="subtle" onClick={() => void give(null)}>
                  {say('settings.noGroup')}
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                {say('settings.giveRole')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}
