import ProgressBar from '@atlaskit/progress-bar';
import type { PreviewedPerson } from '../../../gen/types';
import { Account } from '../../shown/account';
import { Figures } from '../../shown/figures';
import { Moment } from '../../shown/moment';
import { sentence } from '../../shown/sentence';
import { useTexts } from '../../texts/use-texts';
import type { KnownNames } from '../use-own-names';
import type { Previewed } from './use-preview';
import type { LoadedRoster } from './use-roster';
import './preview.css';

interface PreviewProps {
  loaded: LoadedRoster;
  own: KnownNames;
  previewed: Previewed;
}

/** Whom the policy would mean now: how many, some of them, and why. */
export function Preview({ loaded: { roster, failure, progress }, own, previewed }: PreviewProps) {
  const { say, show } = useTexts();
  const { preview, refused, stale } = previewed;
  return (
    <section className="preview" aria-label={say('editor.preview')}>
      <h3>{say('editor.preview')}</h3>
      {failure && <p className="preview-note">{sentence(failure.messageIn(say))}</p>}
      {!failure && !roster && (
        <>
          <p className="preview-note">{say('editor.loadingPeople')}</p>
          <ProgressBar ariaLabel={say('editor.loadingPeople')} value={progress} />
        </>
      )}
      {own.failure && (
        <p className="preview-note">
          {say('policies.ownNamesNotKnown')} {sentence(own.failure.messageIn(say))}
        </p>
      )}
      {refused && <p className="preview-note">{sentence(refused)}</p>}
      {roster && !preview && !refused && <p className="preview-note">{say('editor.noPreview')}</p>}
      {roster && preview && (
        <>
          <div role="status">
            <Figures
              label={say('editor.preview')}
              figures={[
                { label: say('editor.matched'), value: preview.matched },
                { label: say('editor.undecided'), value: preview.unknown, tone: 'caution' },
              ]}
            />
          </div>
          {stale && <p className="preview-note">{say('editor.previewBefore')}</p>}
          {preview.warnings.map((warning) => (
            <p key={warning} className="preview-warning">
              {sentence(warning)}
            </p>
          ))}
          <People title={say('editor.someMatched')} people={preview.sample} isOpen />
          <People title={say('editor.someUndecided')} people={preview.undecided} />
          <p className="preview-note">
            {show('editor.previewMeaning', { count: roster.people, when: <Moment at={roster.source.taken} /> })}
          </p>
        </>
      )}
    </section>
  );
}

/** Some people, each with the core's reason. */
function People({ title, people, isOpen = false }: { title: string; people: PreviewedPerson[]; isOpen?: boolean }) {
  if (people.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <ul className="preview-people">
        {people.map(({ person, reason }) => (
          <li key={`${person.account} ${person.directory ?? ''}`}>
            <span>{person.name ?? person.email ?? <Account id={person.account} />}</span>
            <span className="preview-note">{sentence(reason)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
