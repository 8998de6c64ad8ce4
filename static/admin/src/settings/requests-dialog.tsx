import type { Requests } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { FormDialog } from '../shown/form-dialog';
import { TextQuestion } from '../shown/text-question';
import { useTexts } from '../texts/use-texts';

interface RequestsDialogProps {
  requests: Requests | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Values {
  project: string;
  approvedStatus: string;
  field: string;
}

const isKey = (text: string) => /^[A-Z][A-Z0-9_]*$/.test(text);
const isFieldId = (text: string) => /^\w*$/.test(text);

/** Which project's issues ask for accesses back, which status approves, and which field names the person. */
export function RequestsDialog({ requests, onDone, onClose }: RequestsDialogProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const set = async (then: Requests | null) => {
    const saved = await order.give<'setRequests'>({ command: 'setRequests', requests: then });
    if (!saved) return;
    backend.announce(
      then ? say('requests.askedIn', { project: then.project }) : say('requests.askedNowhere'),
      saved.notChecked && say('settings.notChecked', { why: saved.notChecked }),
    );
    onDone();
  };
  const save = ({ project, approvedStatus, field }: Values) =>
    set({ project: project.trim(), approvedStatus: approvedStatus.trim(), field: field.trim() || null });
  const missing = say('shown.fillIn');
  return (
    <FormDialog<Values>
      title={say('requests.title')}
      send={say('settings.save')}
      instead={requests && { text: say('requests.off'), onSend: () => void set(null) }}
      order={order}
      onSend={(values) => void save(values)}
      onClose={onClose}
    >
      <TextQuestion
        name="project"
        label={say('settings.projectKey')}
        help={say('requests.projectHelp')}
        missing={missing}
        form={{ fits: isKey, wrong: say('requests.projectWrong') }}
        maxLength={50}
        placeholder={say('requests.projectExample')}
        defaultValue={requests?.project ?? ''}
      />
      <TextQuestion
        name="approvedStatus"
        label={say('settings.approvedStatus')}
        missing={missing}
        maxLength={255}
        defaultValue={requests?.approvedStatus ?? ''}
      />
      <TextQuestion
        name="field"
        label={say('requests.field')}
        help={say('requests.fieldHelp')}
        form={{ fits: isFieldId, wrong: say('requests.fieldWrong') }}
        maxLength={60}
        placeholder={say('requests.fieldExample')}
        defaultValue={requests?.field ?? ''}
      />
    </FormDialog>
  );
}
