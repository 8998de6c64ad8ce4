import { listedIn } from '../../people/listed';
import { useTexts } from '../../texts/use-texts';

/** How many people a text names, and how much of it is something else. */
export function Given({ text }: { text: string }) {
  const { say } = useTexts();
  const { members, others } = listedIn(text);
  if (members.length + others === 0) return null;
  return (
    <p>
      {say('lists.given', { count: members.length })} {others > 0 && say('lists.others', { count: others })}
    </p>
  );
}
