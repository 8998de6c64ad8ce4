import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import { useName } from './names';
import './account.css';

interface AccountProps {
  id: string;
  name?: string | null | undefined;
}

/** A person by account id: "you", a name where one is known or Jira has one for the viewer, else the id itself. */
export function Account({ id, name }: AccountProps) {
  const called = useCalled(id, name);
  return called ? <span title={id}>{called}</span> : <code className="account-id">{id}</code>;
}

/** What a person is called on the page: "you", or by name; nothing while only the id is known. */
export function useCalled(id: string | undefined, name?: string | null): string | undefined {
  const { viewer } = useDesk();
  const { say } = useTexts();
  const isViewer = id === viewer.accountId;
  const found = useName(isViewer || name ? undefined : id);
  return isViewer ? say('shown.you') : (name ?? found);
}
