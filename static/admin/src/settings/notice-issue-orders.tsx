import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useId, useState } from 'react';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import './notice-issue-orders.css';

interface NoticeIssueOrdersProps {
  /** The issue as it is typed. */
  issue: string;
  /** Gets the key of the issue that the app made. */
  onMade: (issue: string) => void;
}

/** What can be done about the issue before it is saved: have one created, and have a message sent over it to oneself. */
export function NoticeIssueOrders({ issue, onMade }: NoticeIssueOrdersProps) {
  const { backend } = useDesk();
  const { say } = useTexts();
  const testing = useOrder();
  const [asksWhere, setAsksWhere] = useState(false);
  /** The last one that was tried: what came of it says nothing of another one. */
  const [tried, setTried] = useState<string>();
  const test = async () => {
    setTried(issue);
    if (!(await testing.give<'testNotices'>({ command: 'testNotices', issue }))) return;
    backend.announce(say('settings.testSent'), say('settings.testSentText'));
  };
  const made = (key: string) => {
    setAsksWhere(false);
    backend.announce(say('settings.issueMade', { issue: key }), say('settings.issueMadeText'));
    onMade(key);
  };
  return (
    <div className="notice-issue">
      <div className="notice-issue-buttons">
        <Button spacing="compact" isDisabled={asksWhere} onClick={() => setAsksWhere(true)}>
          {say('settings.makeIssue')}
        </Button>
        <Button spacing="compact" isLoading={testing.busy} isDisabled={issue === ''} onClick={() => void test()}>
          {say('settings.sendTest')}
        </Button>
      </div>
      {asksWhere && <MakeIssue onMade={made} />}
      {testing.failure && tried === issue && (
        <FailureMessage failure={testing.failure} title={say('settings.testNotSent')} />
      )}
    </div>
  );
}

/** In which project the app creates an issue. */
function MakeIssue({ onMade }: { onMade: (issue: string) => void }) {
  const { say } = useTexts();
  const order = useOrder();
  const id = useId();
  const [project, setProject] = useState('');
  const make = async () => {
    const made = await order.give<'createNoticesIssue'>({ command: 'createNoticesIssue', project: project.trim() });
    if (made) onMade(made.issue);
  };
  return (
    <>
      <div className="notice-issue-buttons">
        <label htmlFor={id}>{say('settings.makeIssueIn')}</label>
        <Textfield
          id={id}
          isCompact
          width={120}
          value={project}
          maxLength={50}
          autoComplete="off"
          onChange={(event) => setProject(event.currentTarget.value)}
          // The form around it is another order.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <Button spacing="compact" isLoading={order.busy} isDisabled={project.trim() === ''} onClick={() => void make()}>
          {say('settings.makeIssueNow')}
        </Button>
      </div>
      {order.failure && <FailureMessage failure={order.failure} title={say('settings.issueNotMade')} />}
    </>
  );
}
