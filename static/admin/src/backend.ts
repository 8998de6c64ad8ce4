import { i18n, invoke, permissions, showFlag, view } from '@forge/bridge';
import type { Reply } from '../gen/types';
import { Failure } from './failure';
import { ANSWER_OF, type AnswerTo, type Call, type CommandName, type CommandOf } from './protocol';
import type { Locale } from './texts/open-texts';
import type { Lookup } from './texts/texts';

/** The one resolver function; what is asked of it is in the command. */
const RESOLVER = 'admin';

/** Who looks, and how they read times and numbers. */
export interface Viewer {
  accountId: string;
  locale: string;
  timeZone: string;
}

/** Where in the page the address bar says we are; `undefined` where the product gives the page no address. */
export interface Address {
  current(): string;
  push(path: string): void;
  listen(changed: (path: string) => void): () => void;
}

/** Everything that the page needs of Jira. */
export interface Backend {
  call: Call;
  viewer(): Promise<Viewer>;
  /** The manifest's translations for a locale; what it lacks comes from the fallback's. */
  translations: (locale: Locale) => Promise<Lookup>;
  enableTheming(): Promise<void>;
  address(): Promise<Address | undefined>;
  announce(title: string, description?: string): void;
  /** Has the viewer confirm, as an administrator, that the app may send reports to an origin; rejects where it may not. */
  allow(origin: string, description: string): Promise<void>;
  /** Takes back what was allowed. */
  forbid(): Promise<void>;
}

function unwrap<C extends CommandName>(name: C, reply: Reply | undefined): AnswerTo<C> {
  if (reply && 'error' in reply) throw Failure.fromRefusal(reply.error);
  if (reply && 'answer' in reply && reply.answer.answer === ANSWER_OF[name]) return reply.answer as AnswerTo<C>;
  throw new Failure({
    code: 'wrong-answer',
    message: (say) => say('shown.wrongAnswer'),
    hint: (say) => say('shown.wrongAnswerHint'),
  });
}

const call: Call = async <C extends CommandName>(command: CommandOf<C>) => {
  const reply: unknown = await invoke(RESOLVER, command).catch((cause: unknown) => {
    throw Failure.fromPlatform(cause);
  });
  return unwrap(command.command, reply as Reply | undefined);
};

async function viewer(): Promise<Viewer> {
  const context = await view.getContext();
  return {
    accountId: context.accountId ?? '',
    locale: context.locale.replace('_', '-'),
    timeZone: context.timezone || Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

async function translations(locale: Locale): Promise<Lookup> {
  const translate = await i18n.createTranslationFunction(locale);
  return (key) => translate(key, '');
}

async function address(): Promise<Address | undefined> {
  try {
    const history = await view.createHistory();
    return {
      current: () => history.location.pathname,
      push: (path) => history.push(path),
      listen: (changed) => history.listen((location) => changed(location.pathname)),
    };
  } catch {
    return undefined;
  }
}

/** The group of addresses to which reports go. */
const REPORTS = 'reports';

/** With words in the place of an enum, which stands in a package that the page does not have. */
type SetEgress = (payload: {
  egresses: { key: string; description: string; configured: { domain: string; type: string[] }[] }[];
}) => Promise<unknown>;

async function allow(origin: string, description: string): Promise<void> {
  const { results } = await permissions.egress.get({ keys: [REPORTS] });
  const isThere = results.some(
    ({ key, configured }) => key === REPORTS && configured.some(({ domain }) => domain === origin),
  );
  // Whether a group may be set again with what it has is not documented.
  if (isThere) return;
  const configured = [{ domain: origin, type: ['FETCH_BACKEND_SIDE'] }];
  const set = permissions.egress.set as unknown as SetEgress;
  await set({ egresses: [{ key: REPORTS, description, configured }] });
}

let announced = 0;

export const jira: Backend = {
  call,
  viewer,
  translations,
  address,
  allow,
  forbid: () => permissions.egress.deleteGroup({ key: REPORTS }),
  enableTheming: async () => {
    await view.theme.enable();
  },
  announce: (title, description) => {
    announced += 1;
    showFlag({
      id: `seatkeeper-${announced}`,
      title,
      description: description ?? '',
      type: 'success',
      isAutoDismiss: true,
    });
  },
};
