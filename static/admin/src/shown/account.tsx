import { useDesk } from '../page/desk';
import { useTexts } from '../texts/use-texts';
import './account.css';

/** A person by account id: "you", a name where one is known, else the id itself. */
export function Account({ id, name }: { id: string; name?: string | null | undefined }) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  if (id === viewer.accountId) return <span title={id}>{say('shown.you')}</span>;
  return name ? <span title={id}>{name}</span> : <code className="account-id">{id}</code>;
}
