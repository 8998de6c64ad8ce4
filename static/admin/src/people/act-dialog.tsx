import { Field, HelperMessage } from '@atlaskit/form';
import SectionMessage from '@atlaskit/section-message';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useMemo, useState } from 'react';
import type { NamedCount } from '../../gen/types';
import { useOrder } from '../asking/use-order';
import type { Roster } from '../core';
import { GroupField, type GroupOption } from '../exemptions/group-field';
import { useDesk } from '../page/desk';
import { ReasonField } from '../shown/dialog';
import { FormDialog } from '../shown/form-dialog';
import { useTexts } from '../texts/use-texts';
import { RadioField } from './radio-field';
import { AddressesField } from './addresses-field';
import { MOST_ADDRESSES, addressesIn, type Addressee } from './addresses';
import { DeedConditions } from './deed-conditions';
import { DEEDS, errandOf, TAKES, type Deed } from './errand';
import { PoolFields } from './pool-fields';
import { IDLE_DAYS } from './query';

/** So many people can be chosen by hand for one run. */
export const MOST_PEOPLE = 3_500;

interface ActDialogProps {
  roster: Roster;
  /** Whom, each once. */
  people: string[];
  products: NamedCount[];
  sites: NamedCount[];
  onClose: () => void;
}

interface Values {
  deed?: { value: Deed } | null;
  products?: readonly { value: string }[] | null;
  sites?: readonly { value: string }[] | null;
  group?: GroupOption | null;
  days?: string;
  addresses?: string;
  reason?: string;
}

type Who = 'idle' | 'anyway';
type How = 'dry' | 'real';

/** Starts a run over the people who were chosen: the same plan, guards and approval as a policy's. */
export function ActDialog({ roster, people, products, sites, onClose }: ActDialogProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [deed, setDeed] = useState<Deed>('suspend');
  const [who, setWho] = useState<Who>('idle');
  const [how, setHow] = useState<How>('dry');
  const count = people.length;
  const takes = TAKES.has(deed);
  const addressees = useMemo(() => addresseesOf(roster, people), [roster, people]);
  const tooMany = deed === 'setEmail' && count > MOST_ADDRESSES;

  const act = async (values: Values) => {
    const errand = errandOf({
      deed,
      products: (values.products ?? []).map(({ value }) => value),
      sites: (values.sites ?? []).map(({ value }) => value),
      group: values.group?.value,
      emails: addressesIn(values.addresses ?? '', addressees).emails,
    });
    if (!errand) return;
    const run = await order.give<'actOn'>({
      command: 'actOn',
      people,
      errand,
      idle: takes && who === 'idle' ? `${Number(values.days ?? IDLE_DAYS)}d` : null,
      evenIfActive: takes && who === 'anyway',
      dry: how === 'dry',
      reason: values.reason?.trim() ?? '',
    });
    if (run) go({ page: 'run', id: run.id });
  };
  const deeds = DEEDS.map((value) => ({ value, label: say(`people.deed.${value}`) }));
  return (
    <FormDialog<Values>
      title={say('people.actTitle', { people: say('people.count', { count }) })}
      send={say(how === 'dry' ? 'people.startDry' : 'people.startReal')}
      appearance={how === 'dry' ? 'primary' : appearanceOf(deed)}
      order={order}
      failureTitle={say('people.notStarted')}
      width="medium"
      isDisabled={tooMany}
      onSend={(values) => void act(values)}
      onClose={onClose}
    >
      <Field<{ value: Deed; label: string } | null> name="deed" label={say('people.what')} defaultValue={null}>
        {({ fieldProps: { id } }) => (
          <>
            <Select
              inputId={id}
              options={deeds}
              value={deeds.find(({ value }) => value === deed) ?? null}
              onChange={(option) => option && setDeed(option.value)}
              isSearchable={false}
              menuPosition="fixed"
            />
            <HelperMessage>{say(`people.meaning.${deed}`)}</HelperMessage>
          </>
        )}
      </Field>
      {deed === 'removeAccess' && <PoolFields products={products} sites={sites} />}
      {(deed === 'removeFromGroups' || deed === 'addToGroup') && <GroupField />}
      <DeedConditions deed={deed} />
      {deed === 'setEmail' && !tooMany && <AddressesField people={addressees} />}
      {tooMany && (
        <SectionMessage appearance="error">
          <p>{say('people.tooManyAddresses', { most: MOST_ADDRESSES })}</p>
        </SectionMessage>
      )}
      {takes && (
        <>
          <RadioField
            name="who"
            label={say('people.whoOfThem')}
            value={who}
            onChange={setWho}
            choices={[
              ['idle', say('people.onlyIdle')],
              ['anyway', say('people.evenIfActive')],
            ]}
          />
          {who === 'idle' && (
            <Field name="days" label={say('people.idleFor')} defaultValue={String(IDLE_DAYS)}>
              {({ fieldProps }) => <Textfield {...fieldProps} type="number" min={1} max={3650} width={120} />}
            </Field>
          )}
        </>
      )}
      <RadioField
        name="how"
        label={say('people.how')}
        value={how}
        onChange={setHow}
        choices={[
          ['dry', say('people.dry')],
          ['real', say('people.real')],
        ]}
      />
      {how === 'real' && (
        <SectionMessage appearance="information">
          <p>{say('people.needsApproval')}</p>
        </SectionMessage>
      )}
      <ReasonField label={say('shown.reason')} />
    </FormDialog>
  );
}

/** What nothing brings back is red; what takes something is a warning. */
function appearanceOf(deed: Deed): 'danger' | 'warning' | 'primary' {
  if (deed === 'revokeTokens') return 'danger';
  return TAKES.has(deed) || deed === 'setEmail' ? 'warning' : 'primary';
}

/** Whose addresses can be set at once, with the one that any directory knows. */
const addresseesOf = (roster: Roster, people: string[]): Addressee[] =>
  people.slice(0, MOST_ADDRESSES).map((account) => ({
    account,
    email: roster.person(account)?.listings.find(({ email }) => email)?.email ?? undefined,
  }));
