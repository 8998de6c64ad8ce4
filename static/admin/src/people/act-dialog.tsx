import Button from '@atlaskit/button/new';
import Form, { Field, HelperMessage } from '@atlaskit/form';
import ModalDialog, { ModalBody, ModalFooter, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import SectionMessage from '@atlaskit/section-message';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { NamedCount } from '../../gen/types';
import { FailureMessage } from '../asking/failure-message';
import { useOrder } from '../asking/use-order';
import { GroupField, type GroupOption } from '../exemptions/group-field';
import { productName } from '../overview/product-name';
import { useDesk } from '../page/desk';
import { DialogBody, ReasonField } from '../shown/dialog';
import { useTexts } from '../texts/use-texts';
import { RadioField } from './radio-field';
import { DEEDS, errandOf, TAKES, type Deed } from './errand';
import { IDLE_DAYS } from './query';

/** So many people can be chosen by hand for one run. */
export const MOST_PEOPLE = 3_500;

interface ActDialogProps {
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
  reason?: string;
}

type Who = 'idle' | 'anyway';
type How = 'dry' | 'real';

/** Starts a run over the people who were chosen: the same plan, guards and approval as a policy's. */
export function ActDialog({ people, products, sites, onClose }: ActDialogProps) {
  const { go } = useDesk();
  const { say } = useTexts();
  const order = useOrder();
  const [deed, setDeed] = useState<Deed>('suspend');
  const [who, setWho] = useState<Who>('idle');
  const [how, setHow] = useState<How>('dry');
  const count = people.length;
  const takes = TAKES.has(deed);

  const act = async (values: Values) => {
    const errand = errandOf({
      deed,
      products: (values.products ?? []).map(({ value }) => value),
      sites: (values.sites ?? []).map(({ value }) => value),
      group: values.group?.value,
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
    <ModalDialog onClose={onClose} width="medium">
      <Form<Values> onSubmit={(values) => void act(values)}>
        {({ formProps }) => (
          <form {...formProps} noValidate>
            <ModalHeader hasCloseButton>
              <ModalTitle>{say('people.actTitle', { people: say('people.count', { count }) })}</ModalTitle>
            </ModalHeader>
            <ModalBody>
              <DialogBody>
                <Field<{ value: Deed; label: string } | null>
                  name="deed"
                  label={say('people.what')}
                  defaultValue={null}
                >
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
                {deed === 'removeAccess' && <Pool products={products} sites={sites} />}
                {(deed === 'removeFromGroups' || deed === 'addToGroup') && <GroupField />}
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
                {order.failure && <FailureMessage failure={order.failure} title={say('people.notStarted')} />}
              </DialogBody>
            </ModalBody>
            <ModalFooter>
              <Button appearance="subtle" onClick={onClose}>
                {say('shown.cancel')}
              </Button>
              <Button type="submit" appearance={how === 'real' && takes ? 'warning' : 'primary'} isLoading={order.busy}>
                {say(how === 'dry' ? 'people.startDry' : 'people.startReal')}
              </Button>
            </ModalFooter>
          </form>
        )}
      </Form>
    </ModalDialog>
  );
}

interface PoolProps {
  products: NamedCount[];
  sites: NamedCount[];
}

/** Which products are taken on which sites. */
function Pool({ products, sites }: PoolProps) {
  const { say } = useTexts();
  return (
    <>
      <Choice
        name="products"
        label={say('people.facet.product')}
        options={products.map(({ value }) => ({ value, label: productName(value) }))}
      />
      <Choice
        name="sites"
        label={say('people.facet.site')}
        options={sites.map(({ value }) => ({ value, label: value }))}
      />
    </>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string }[];
}

function Choice({ name, label, options }: ChoiceProps) {
  const { say } = useTexts();
  return (
    <Field<readonly { value: string; label: string }[] | null>
      name={name}
      label={label}
      isRequired
      defaultValue={null}
      validate={(value) => (value && value.length > 0 ? undefined : say('shown.fillIn'))}
    >
      {({ fieldProps: { id, ...field }, error }) => (
        <>
          <Select<{ value: string; label: string }, true>
            {...field}
            inputId={id}
            isMulti
            options={options}
            menuPosition="fixed"
          />
          {error && <HelperMessage>{error}</HelperMessage>}
        </>
      )}
    </Field>
  );
}
