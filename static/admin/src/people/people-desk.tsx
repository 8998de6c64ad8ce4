import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useCallback, useMemo, useState } from 'react';
import type { Condition, FieldDefinition, PolicySummary } from '../../gen/types';
import { useAnswer } from '../asking/use-answer';
import { FailureMessage } from '../asking/failure-message';
import type { Roster } from '../core';
import { useDesk } from '../page/desk';
import { ownStorage } from '../page/own-storage';
import type { Filter } from '../page/route';
import { namesOwn } from '../policies/conditions-in';
import { useOwnNames } from '../policies/use-own-names';
import { useTexts } from '../texts/use-texts';
import { ActDialog } from './act-dialog';
import { ChosenBar } from './chosen-bar';
import { ChosenTerms } from './chosen-terms';
import { FacetPanel } from './facet-panel';
import { ListedDialog } from './listed-dialog';
import { PeopleTable } from './people-table';
import { PeopleTools } from './people-tools';
import { PersonPanel } from './person-panel';
import { CHOSEN, LISTED, orderOf, soughtIn, turned, valueOf, withValues } from './query';
import { readKept, writeKept, type Kept, type SavedView } from './saved-views';
import { useChosen } from './use-chosen';
import { useExempted } from './use-exempted';
import { EVERY, LARGEST, useFacets } from './use-facets';
import { useQuery } from './use-query';
import { useShelters } from './use-shelters';
import { useShown } from './use-shown';
import { useStaged } from './use-staged';
import { useUnused } from './use-unused';
import './people-desk.css';

interface PeopleDeskProps {
  roster: Roster;
  /** What the address asks for. */
  filter: Filter;
  /** The administrators' own fields. */
  fields: readonly FieldDefinition[];
}

const NO_POLICIES: PolicySummary[] = [];

/** Finding people, looking at them and choosing them. */
export function PeopleDesk({ roster, filter, fields }: PeopleDeskProps) {
  const { viewer } = useDesk();
  const { say } = useTexts();
  const policies = useAnswer<'policies'>({ command: 'policies' }).value?.policies ?? NO_POLICIES;
  const documents = useMemo(
    () => new Map(policies.map(({ reference, policy }) => [reference.id, JSON.stringify(policy)])),
    [policies],
  );
  const { shelters, again: readShelters } = useShelters(roster);
  const [query, setQuery, current] = useQuery(filter);
  const [lists, setLists] = useState<ReadonlySet<string>>(new Set());
  const staged = useStaged(roster, valueOf(query, 'stages'), valueOf(query, 'stage'));
  const unused = useUnused(roster, valueOf(query, 'unused'));
  const exempted = useExempted(roster, valueOf(query, 'exemption'));
  const open = valueOf(query, 'person');
  const own = useOwnNames(roster, useNamed(policies, open !== undefined || valueOf(query, 'policy') !== undefined));
  const sought = useKnownSets(query, lists, {
    shelter: shelters !== undefined,
    stages: staged.told !== undefined,
    policy: own.told !== undefined || !isOnOwnNames(policies, valueOf(query, 'policy')),
  });
  const order = orderOf(query);
  // A set that is given again under its name lets other people through.
  const sets = useMemo(
    () => ({ shelters, lists, staged: staged.told, unused, exempted, own: own.told }),
    [shelters, lists, staged.told, unused, exempted, own.told],
  );
  const shown = useShown(roster, sought, documents, order, sets);
  const [most, setMost] = useState(LARGEST);
  const counts = useFacets(roster, sought, documents, shown, most);
  const countAll = useCallback(() => setMost(EVERY), []);
  const chosen = useChosen(roster);
  const [kept, setKept] = useState(() => readKept(ownStorage(), viewer.accountId));
  const [dialog, setDialog] = useState<'list' | 'act'>();
  const keep = useCallback(
    (next: Kept) => {
      writeKept(ownStorage(), viewer.accountId, next);
      setKept(next);
    },
    [viewer],
  );
  const facets = useStable(query.filter(([name]) => name !== 'text' && name !== 'sort' && name !== 'person'));
  const change = useCallback((next: (last: Filter) => Filter) => setQuery(next, true), [setQuery]);
  const search = useCallback((text: string) => setQuery((last) => withValues(last, { text })), [setQuery]);
  const showView = useCallback((view: SavedView) => setQuery(() => view.query, true), [setQuery]);
  const openList = useCallback(() => setDialog('list'), []);
  const openPerson = useCallback(
    (account: string) => setQuery((last) => withValues(last, { person: account }), true),
    [setQuery],
  );
  const closePerson = useCallback(() => setQuery((last) => withValues(last, { person: undefined }), true), [setQuery]);
  const showSet = (name: string) => {
    setLists((last) => new Set([...last, name]));
    setQuery(() => [['list', name]], true);
  };
  const listed = (choose: boolean) => {
    showSet(LISTED);
    if (choose) chosen.addAllOf({ within: [LISTED] });
    setDialog(undefined);
  };

  return (
    <div className="people-desk">
      <FacetPanel
        query={facets}
        counts={counts}
        policies={policies}
        staged={staged.people}
        onQuery={change}
        onSearch={countAll}
      />
      <div className="people-main">
        <PeopleTools
          roster={roster}
          text={valueOf(query, 'text') ?? ''}
          kept={kept}
          query={current}
          onText={search}
          onShow={showView}
          onKeep={keep}
          onList={openList}
        />
        <ChosenTerms query={sought} policies={policies} counts={counts} onQuery={change} />
        <ChosenBar
          shown={shown.count}
          of={roster.people}
          chosen={chosen.accounts.size}
          onAll={() => chosen.addShown()}
          onNone={() => chosen.clear()}
          onOnly={() => {
            chosen.mark();
            showSet(CHOSEN);
          }}
          onAct={() => setDialog('act')}
        />
        {staged.failure && (
          <FailureMessage failure={staged.failure} title={say('shown.notLoaded', { what: say('people.theStages') })} />
        )}
        {own.failure && <FailureMessage failure={own.failure} title={say('policies.ownNamesNotKnown')} />}
        {shown.failure && <FailureMessage failure={shown.failure} title={say('people.cannotLook')} />}
        {shown.count === 0 && !shown.failure ? (
          <EmptyState
            header={say('people.nobody')}
            headingLevel={2}
            description={say('people.nobodyText')}
            primaryAction={
              soughtIn(query).length > 0 && (
                <Button onClick={() => setQuery(() => [], true)}>{say('people.showEverybody')}</Button>
              )
            }
          />
        ) : (
          <PeopleTable
            roster={roster}
            version={shown}
            shown={shown.count}
            columns={kept.columns}
            order={order}
            chosen={chosen.accounts}
            open={open}
            onOrder={(column) => setQuery((last) => turned(last, column), true)}
            onChoose={chosen.toggle}
            onOpen={openPerson}
          />
        )}
      </div>
      {open !== undefined && (
        <PersonPanel
          roster={roster}
          account={open}
          policies={policies}
          told={own.told}
          shelters={shelters}
          fields={fields}
          isChosen={chosen.accounts.has(open)}
          onChoose={chosen.toggle}
          onExempted={readShelters}
          onClose={closePerson}
        />
      )}
      <ModalTransition>
        {dialog === 'list' && <ListedDialog roster={roster} onListed={listed} onClose={() => setDialog(undefined)} />}
      </ModalTransition>
      <ModalTransition>
        {dialog === 'act' && (
          <ActDialog
            roster={roster}
            people={[...chosen.accounts]}
            products={counts?.product ?? []}
            sites={counts?.site ?? []}
            onClose={() => setDialog(undefined)}
          />
        )}
      </ModalTransition>
    </div>
  );
}

/** The conditions of all policies, from when on they are looked at. */
function useNamed(policies: readonly PolicySummary[], isLookedAt: boolean): Condition[] {
  const [wasLookedAt, setWasLookedAt] = useState(isLookedAt);
  if (isLookedAt && !wasLookedAt) setWasLookedAt(true);
  return useMemo(() => (wasLookedAt ? policies.map(({ policy }) => policy.match) : []), [policies, wasLookedAt]);
}

/** Whether a policy names lists or fields. */
const isOnOwnNames = (policies: readonly PolicySummary[], id: string | undefined): boolean =>
  policies.some(({ reference, policy }) => reference.id === id && namesOwn(policy.match));

/** What the core knows, by the names of what is asked for. */
type Knows = Record<'shelter' | 'stages' | 'policy', boolean>;

/**
 * The query without what the core cannot answer yet: a list that nobody gave, or before it was told who is spared or staged, or
 * of the lists and fields that policies name.
 */
function useKnownSets(query: Filter, lists: ReadonlySet<string>, knows: Knows): Filter {
  return useStable(
    soughtIn(query).filter(([name, value]) => {
      if (name === 'list') return lists.has(value);
      return !(name in knows) || knows[name as keyof Knows];
    }),
  );
}

/** The same object as long as it says the same. */
function useStable(query: Filter): Filter {
  const text = JSON.stringify(query);
  return useMemo(() => JSON.parse(text) as Filter, [text]);
}
