/** The page around the frame: Jira's half of the bridge. */

const THEMES = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'];

const settings = new URLSearchParams(location.search);
const frame = document.getElementById('frame');
const site = await (await fetch('/site')).json();
const moduleKey = settings.get('module') ?? site.modules[0];
const accountId = settings.get('as') ?? site.people[0]?.accountId ?? '';
const locale = settings.get('locale') ?? 'en_GB';
let colorMode = settings.get('theme') === 'dark' ? 'dark' : 'light';

/** What the frame may ask. A command that the app does not use is refused by its name. */
const commands = {
  getContext: () => ({
    accountId,
    cloudId: site.cloudId,
    moduleKey,
    siteUrl: site.siteUrl,
    environmentType: 'PRODUCTION',
    environmentId: 'simulated',
    localId: `ari:cloud:ecosystem::extension/simulated/${moduleKey}`,
    locale,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    theme: { colorMode },
    extension: {
      type: moduleKey === 'seatkeeper-global' ? 'jira:globalPage' : 'jira:adminPage',
      location: location.href,
    },
  }),
  invoke,
  enableTheming: () => ({ themes: THEMES, colorMode }),
  location: () => here(),
  move: ({ action, pathname }) => {
    const url = new URL(location.href);
    url.hash = pathname;
    if (action === 'PUSH') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  },
  showFlag,
  closeFlag: ({ id }) => document.getElementById(`flag-${id}`)?.remove(),
  emitReadyEvent: () => undefined,
  __permission__egressGet: () => egress('GET'),
  __permission__egressSet: setEgress,
  __permission__egressDeleteGroup: ({ key }) => egress('DELETE', { key }),
};

const here = () => ({ pathname: location.hash.slice(1) || '/', search: '', hash: '' });

async function invoke({ functionKey, payload }) {
  const answer = await fetch('/invoke', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ moduleKey, functionKey, payload, accountId }),
  });
  const body = await answer.json().catch(() => undefined);
  if (!answer.ok)
    throw new Error(body?.error?.message ?? `there was an error invoking the function (${answer.status})`);
  return body.result;
}

/** Addresses that administrators allowed. */
async function egress(method, payload) {
  const init = { method, headers: { 'content-type': 'application/json' } };
  const answer = await fetch('/egress', payload ? { ...init, body: JSON.stringify(payload) } : init);
  if (!answer.ok) throw new Error(`the addresses were not changed (${answer.status})`);
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}

/** Asks the administrator, as Jira does over the app's page. */
function setEgress(payload) {
  const question = document.createElement('dialog');
  question.setAttribute('aria-label', 'Allow the app to send data?');
  for (const { description, configured } of payload.egresses) {
    const line = document.createElement('p');
    line.textContent = `${description}: ${configured.map(({ domain }) => domain).join(', ')}`;
    question.append(line);
  }
  return new Promise((allowed, refused) => {
    const button = (text, pressed) => {
      const made = document.createElement('button');
      made.textContent = text;
      made.addEventListener('click', () => {
        question.remove();
        pressed();
      });
      question.append(made);
    };
    button('Cancel', () => refused(new Error('the administrator did not allow it')));
    button('Allow', () => egress('POST', payload).then(allowed, refused));
    document.body.append(question);
    question.showModal();
  });
}

/** How long a flag stays, in milliseconds. */
const FLAG_TIME = 8_000;

function showFlag({ id, title, description }) {
  const flag = document.createElement('div');
  flag.id = `flag-${id}`;
  flag.className = 'flag';
  const head = document.createElement('b');
  head.textContent = title;
  flag.append(head, description ?? '');
  document.getElementById('flags').append(flag);
  setTimeout(() => flag.remove(), FLAG_TIME);
}

window.addEventListener('message', async ({ source, data }) => {
  if (source !== frame.contentWindow || data?.bridge !== 'call') return;
  const answer = (rest) => source.postMessage({ bridge: 'answer', id: data.id, ...rest }, new URL(frame.src).origin);
  try {
    const command = commands[data.command];
    if (!command) throw new Error(`the simulated Jira does not know the bridge command ${data.command}`);
    answer({ value: await command(data.payload ?? {}) });
  } catch (error) {
    answer({ error: error.message });
  }
});

const tell = (message) => frame.contentWindow.postMessage(message, new URL(frame.src).origin);
window.addEventListener('popstate', () => tell({ bridge: 'location', location: here() }));

function showTheme() {
  document.body.dataset.theme = colorMode;
  document.getElementById('theme').textContent = colorMode === 'dark' ? 'Light' : 'Dark';
}

document.getElementById('theme').addEventListener('click', () => {
  colorMode = colorMode === 'dark' ? 'light' : 'dark';
  showTheme();
  tell({ bridge: 'theme', colorMode });
});

/** A choice that opens the page again with another setting. */
function choice(id, options, chosen, setting) {
  const select = document.getElementById(id);
  for (const [value, text] of options) select.add(new Option(text, value, false, value === chosen));
  select.addEventListener('change', () => {
    settings.set(setting, select.value);
    location.search = settings.toString();
  });
}

const people = site.people.map((person) => [person.accountId, person.part]);
if (!people.some(([id]) => id === accountId)) people.push([accountId, accountId]);
choice('person', people, accountId, 'as');
choice(
  'locale',
  [
    ['en_GB', 'English'],
    ['de_DE', 'Deutsch'],
  ],
  locale,
  'locale',
);
choice(
  'module',
  site.modules.map((key) => [key, key]),
  moduleKey,
  'module',
);
showTheme();
frame.src = frame.dataset.page;
