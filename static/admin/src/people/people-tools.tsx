import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { memo } from 'react';
import type { Roster } from '../core';
import type { Filter } from '../page/route';
import { useTexts } from '../texts/use-texts';
import { ColumnChoice } from './column-choice';
import { PeopleExport } from './people-export';
import { SavedViews } from './saved-views-menu';
import type { Kept, SavedView } from './saved-views';

interface PeopleToolsProps extends ToolsProps {
  text: string;
  onText: (text: string) => void;
}

/** Looking for a text, and what can be done with the list. */
export function PeopleTools({ text, onText, ...rest }: PeopleToolsProps) {
  const { say } = useTexts();
  return (
    <div className="people-tools" role="search">
      <div className="people-text">
        <Textfield
          aria-label={say('people.search')}
          placeholder={say('people.search')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <Tools {...rest} />
    </div>
  );
}

interface ToolsProps {
  roster: Roster;
  kept: Kept;
  /** What is asked for now. */
  query: () => Filter;
  onShow: (view: SavedView) => void;
  onKeep: (kept: Kept) => void;
  onList: () => void;
}

/** Stays as it is while somebody types. */
const Tools = memo(function Tools({ roster, kept, query, onShow, onKeep, onList }: ToolsProps) {
  const { say } = useTexts();
  return (
    <>
      <SavedViews views={kept.views} query={query} onShow={onShow} onKeep={(views) => onKeep({ ...kept, views })} />
      <ColumnChoice columns={kept.columns} onColumns={(columns) => onKeep({ ...kept, columns })} />
      <Button onClick={onList}>{say('people.findList')}</Button>
      <PeopleExport roster={roster} />
    </>
  );
});
