import type { Directory, FieldDefinition } from '../../gen/types';
import { Loading } from '../asking/asked';
import { FailureMessage } from '../asking/failure-message';
import { useDesk } from '../page/desk';
import type { Filter } from '../page/route';
import ProgressBar from '@atlaskit/progress-bar';
import EmptyState from '@atlaskit/empty-state';
import { Link } from '../shown/link';
import { useTexts } from '../texts/use-texts';
import { DirectoriesProvider } from './directory-names';
import { PeopleDesk } from './people-desk';
import { PeopleList } from './people-list';
import { useRoster } from './use-roster';

interface PeoplePageProps {
  /** What the address asks for. */
  filter: Filter;
  /** The administrators' own fields. */
  fields: readonly FieldDefinition[];
  /** Those of the connected organization. */
  directories: readonly Directory[];
}

/** Everybody of the organization: in this page where it may compute, else page by page from the app. */
export function PeoplePage({ filter, fields, directories }: PeoplePageProps) {
  const { core } = useDesk();
  if (core.place !== 'page') return <PeopleList />;
  return (
    <DirectoriesProvider value={directories}>
      <InPage filter={filter} fields={fields} />
    </DirectoriesProvider>
  );
}

function InPage({ filter, fields }: Omit<PeoplePageProps, 'directories'>) {
  const { say } = useTexts();
  const { roster, failure, progress, again } = useRoster();
  if (failure?.code === 'not-found') return <NobodyRead />;
  return (
    <>
      {failure && (
        <FailureMessage
          failure={failure}
          title={say('shown.notLoaded', { what: say('people.everybody') })}
          again={again}
        />
      )}
      {roster ? (
        <PeopleDesk roster={roster} filter={filter} fields={fields} />
      ) : (
        !failure && <Arriving progress={progress} />
      )}
    </>
  );
}

function Arriving({ progress }: { progress: number }) {
  const { say } = useTexts();
  return (
    <div className="people-arriving">
      <Loading what={say('people.everybody')} />
      <ProgressBar value={progress} ariaLabel={say('shown.loading', { what: say('people.everybody') })} />
    </div>
  );
}

/** Before the first reading there is nobody to show. */
function NobodyRead() {
  const { say } = useTexts();
  return (
    <EmptyState
      header={say('people.nobodyRead')}
      headingLevel={2}
      description={say('people.nobodyReadText')}
      primaryAction={<Link to={{ page: 'known' }}>{say('page.seeKnown')}</Link>}
    />
  );
}
