const lookEveryMs = 50;

/** A user as `users/search` of the organization API shows one with all expands. */
export type CloudUser = Record<string, unknown> & { accountId: string };

/** Accounts and groups of the simulated organization that a script may name. */
export interface People {
  orgAdmins: string[];
  jiraAdmins: string[];
  ordinary: string[];
  idleContractors: string[];
  contractorDomains: string[];
  /** Group ids by name. */
  groups: Record<string, string>;
  sites: { cloudId: string; host: string }[];
}

/** One mail as it lies in somebody's inbox. */
export interface DeliveredMail {
  number: number;
  at: string;
  accountId: string;
  address: string;
  subject: string;
  text: string | null;
  html: string | null;
  issue: string;
  /** Whether the sender was not told that it was taken. */
  answerLost: boolean;
}

/** Which shares of the active people do what on a day. */
export interface DayShares {
  active?: number;
  joiners?: number;
  leavers?: number;
  changed?: number;
}

/** What the cloud counted. */
export interface CloudMeter {
  calls: Record<string, number>;
  invocations: Record<string, number>;
}

/** The simulated cloud's control routes: what in reality an administrator or the platform would do. */
export class ControlledCloud {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  install(manifest: unknown, runtimeUrl: string): Promise<unknown> {
    return this.post('install', { manifest, runtimeUrl });
  }

  createKey(owner: string): Promise<{ organizationId: string; apiKey: string }> {
    return this.post('keys', { kind: 'without-scopes', owner });
  }

  fireTrigger(moduleKey: string): Promise<unknown> {
    return this.post('trigger', { moduleKey });
  }

  setSchedule(on: boolean): Promise<unknown> {
    return this.post('schedule', { on });
  }

  /** A call of the page, as the bridge makes it: resolver, bundle and core answer. */
  async invoke<T>(moduleKey: string, accountId: string, payload: unknown): Promise<T> {
    const call = { moduleKey, functionKey: 'admin', payload, accountId };
    return (await this.post<{ result: T }>('invoke', call)).result;
  }

  async users(): Promise<CloudUser[]> {
    return (await this.get<{ data: CloudUser[] }>('users')).data;
  }

  /** What somebody is called. */
  async nameOf(account: string): Promise<string> {
    const user = (await this.users()).find(({ accountId }) => accountId === account);
    return String(user?.['name']);
  }

  people(): Promise<People> {
    return this.get('people');
  }

  /** Lets calls go wrong, such as `{planned: [{operation, kind, times}]}`. */
  setFaults(faults: unknown): Promise<unknown> {
    return this.post('faults', faults);
  }

  /** How many events wait in the queues, delayed ones included. */
  async outstanding(): Promise<number> {
    return (await this.get<{ outstanding: number }>('queue')).outstanding;
  }

  /** Everything that Jira mailed, in order. */
  async inbox(): Promise<DeliveredMail[]> {
    return (await this.get<{ data: DeliveredMail[] }>('inbox')).data;
  }

  /** One mail as the text of an `.eml` file. */
  async eml(number: number): Promise<string> {
    return (await fetch(`${this.url}/control/inbox/${number}`)).text();
  }

  /** Switches Jira's outgoing mail on or off. */
  async setOutgoingMail(on: boolean): Promise<void> {
    await this.post('mail', { on });
  }

  /** A person makes an issue; its key. */
  async makeIssue(project: string, summary: string): Promise<string> {
    return (await this.post<{ key: string }>('issue', { project, summary })).key;
  }

  meter(): Promise<CloudMeter> {
    return this.get('meter');
  }

  /** Moves the cloud's clock forward: what lags behind is seen after that. */
  async wait(seconds: number): Promise<void> {
    await this.post('clock', { seconds });
  }

  /** The cloud's time, in milliseconds since 1970. */
  async now(): Promise<number> {
    return Date.parse((await this.get<{ now: string }>('clock')).now);
  }

  /** Moves the clock to a time, in milliseconds since 1970; never back. */
  async passUntil(ms: number): Promise<void> {
    await this.post('until', { time: new Date(ms).toISOString() });
  }

  /** A day; a normal one without shares: most people use something, a few join, leave or change. */
  async passDay(shares: DayShares = {}): Promise<void> {
    await this.post('day', shares);
  }

  /** A person uses every product they have. */
  async logIn(accountId: string): Promise<void> {
    await this.post('login', { accountId });
  }

  /** A person tries to log in, suspended or not. */
  async tryToLogIn(accountId: string): Promise<void> {
    await this.post('try-login', { accountId });
  }

  /** Answers some of the open questions otherwise; the others keep their answers. */
  async answerOpenQuestions(switches: Record<string, unknown>): Promise<void> {
    await this.post('switches', { ...(await this.get<Record<string, unknown>>('switches')), ...switches });
  }

  /** Waits until nothing runs and nothing is to be delivered any more. */
  async quiet(): Promise<void> {
    for (;;) {
      const { outstanding, running } = await this.get<{ outstanding: number; running: number }>('queue');
      if (outstanding + running === 0) return;
      await new Promise((passed) => setTimeout(passed, lookEveryMs));
    }
  }

  protected async get<T>(route: string): Promise<T> {
    return this.answered(route, await fetch(`${this.url}/control/${route}`));
  }

  protected async post<T>(route: string, body: unknown): Promise<T> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.answered(route, await fetch(`${this.url}/control/${route}`, init));
  }

  private async answered<T>(route: string, response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`the simulated cloud refused ${route}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}
