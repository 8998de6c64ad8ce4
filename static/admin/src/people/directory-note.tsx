import { useTexts } from '../texts/use-texts';
import { useDirectoryName } from './directory-names';

/** In which directory something holds, of somebody whom several list. */
export function DirectoryNote({ directory }: { directory: string | null }) {
  const { say } = useTexts();
  const nameOf = useDirectoryName();
  const name = directory ? nameOf(directory) : say('people.notKnown');
  return <span className="person-note">{say('people.inDirectory', { name })}</span>;
}
