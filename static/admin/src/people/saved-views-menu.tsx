import Button, { IconButton } from '@atlaskit/button/new';
import DeleteIcon from '@atlaskit/icon/core/delete';
import Textfield from '@atlaskit/textfield';
import { useState, type FormEvent } from 'react';
import type { Filter } from '../page/route';
import { icon } from '../shown/icon';
import { useTexts } from '../texts/use-texts';
import { Popover } from './popover';
import { withValues } from './query';
import type { SavedView } from './saved-views';

interface SavedViewsProps {
  views: SavedView[];
  /** What is asked for now. */
  query: () => Filter;
  onShow: (view: SavedView) => void;
  onKeep: (views: SavedView[]) => void;
}

/** What somebody looks for often, under names of their own; the same name takes the place of the one before. */
export function SavedViews({ views, query, onShow, onKeep }: SavedViewsProps) {
  const { say } = useTexts();
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const title = name.trim();
    if (!title) return;
    const kept = withValues(query(), { person: undefined, list: undefined });
    onKeep([...views.filter((view) => view.name !== title), { name: title, query: kept }]);
    setName('');
  };
  return (
    <Popover title={say('people.views')}>
      {views.length === 0 && <p className="people-faint">{say('people.noViews')}</p>}
      <ul className="people-views">
        {views.map((view) => (
          <li key={view.name}>
            <button type="button" className="facet-choice facet-button" onClick={() => onShow(view)}>
              <span className="facet-name">{view.name}</span>
            </button>
            <IconButton
              icon={icon(DeleteIcon)}
              label={say('people.forgetView', { name: view.name })}
              appearance="subtle"
              spacing="compact"
              onClick={() => onKeep(views.filter((other) => other !== view))}
            />
          </li>
        ))}
      </ul>
      <form className="people-search" onSubmit={save}>
        <Textfield
          aria-label={say('people.viewName')}
          placeholder={say('people.viewName')}
          isCompact
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" spacing="compact">
          {say('people.saveView')}
        </Button>
      </form>
    </Popover>
  );
}
