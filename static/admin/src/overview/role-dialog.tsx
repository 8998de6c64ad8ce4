import Button from '@atlaskit/button/new';
import Form from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import type { Roles } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { GroupField, type GroupOption } from '../exemptions/group-field';
import { useDesk } from '../page/desk';
import { DialogBody } from '../shown/dialog';

interface RoleDialogProps {
  roles: Roles;
  role: keyof Roles;
  onDone: () => void;
  onClose: () => void;
}

const MEANING: Record<keyof Roles, string> = {
  operator: 'Its members start, reject, abort and stop runs. They decide on no plan.',
  approver: 'Its members do what operators do, and release and approve plans that they did not ask for.',
};

/** Gives a role to a group of Jira, or takes it from everybody. */
export function RoleDialog({ roles, role, onDone, onClose }: RoleDialogProps) {
  const { backend } = useDesk();
  const order = useOrder();
  const give = async (group: GroupOption | null) => {
    const given = group && { id: group.value, name: group.label };
    const settings = await order.give<'setRoles'>({ command: 'setRoles', roles: { ...roles, [role]: given } });
    if (!settings) return;
    backend.announce(given ? `${given.name} has the role ${role}` : `No group has the role ${role}`);
    onDone();
  };
  return (
    <ModalDialog onClose={onClose} width="small">
      <Form<{ group: GroupOption | null }> onSubmit={({ group }) => give(group)}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{role === 'operator' ? 'Choose operators' : 'Choose approvers'}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <p>{MEANING[role]}</p>
                <GroupField />
                {order.failure && <FailureMessage failure={order.failure} title="Nothing was changed" />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              {roles[role] && (
                <Button appearance="subtle" onClick={() => void give(null)}>
                  No group
                </Button>
              )}
              <Button appearance="subtle" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" appearance="primary" isLoading={order.busy}>
                Give the role
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}
