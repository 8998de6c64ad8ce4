import { i18n, invoke, showFlag, view } from '@forge/bridge';
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

let announced = 0;

export const jira: Backend = {
  call,
  viewer,
  translations,
  address,
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
