/**
 * The inner half of the bridge, as Forge's `global-bridge.js` gives it to the page: `globalThis.__bridge.callBridge`, there
 * before the page's own scripts. It speaks to the page around the frame by messages; functions stay on this side.
 */
(() => {
  /** Calls that wait for their answer, by number. */
  const waiting = new Map();
  /** Who wants to hear of a change of the address. */
  const listeners = new Set();
  let calls = 0;

  /** Asks the page around the frame. */
  const ask = (command, payload) =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      window.parent.postMessage({ bridge: 'call', id: calls, command, payload }, '*');
    });

  window.addEventListener('message', ({ source, data }) => {
    if (source !== window.parent || typeof data !== 'object' || data === null) return;
    if (data.bridge === 'answer') settle(data);
    if (data.bridge === 'theme') setColorMode(data.colorMode);
    if (data.bridge === 'location') for (const listener of listeners) listener(data.location, 'POP');
  });

  function settle({ id, value, error }) {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  }

  /** A `history` of the address bar around the frame. */
  async function createHistory() {
    const history = {
      action: 'POP',
      location: await ask('location'),
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      push: (path) => move('PUSH', path),
      replace: (path) => move('REPLACE', path),
    };
    function move(action, path) {
      const pathname = typeof path === 'string' ? path : path.pathname;
      history.action = action;
      history.location = { pathname, search: '', hash: '' };
      void ask('move', { action, pathname });
      for (const listener of listeners) listener(history.location, action);
    }
    return history;
  }

  let colorMode = 'light';
  function setColorMode(mode) {
    colorMode = mode;
    document.documentElement.dataset.colorMode = mode;
  }

  /** The sheets of the design system's tokens, and the attributes that they go by. */
  async function enableTheming() {
    const { themes, colorMode: mode } = await ask('enableTheming');
    const root = document.documentElement;
    root.dataset.theme = themes.map((theme) => `${theme}:${theme}`).join(' ');
    setColorMode(mode ?? colorMode);
    await Promise.all(themes.map(addSheet));
  }

  function addSheet(theme) {
    return new Promise((resolve, reject) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `./__frame/theme/${theme}.css`;
      link.onload = resolve;
      link.onerror = () => reject(new Error(`the theme ${theme} did not load`));
      document.head.prepend(link);
    });
  }

  const here = { createHistory, enableTheming, showFlag };

  function showFlag({ id, title, description, type }) {
    return ask('showFlag', { id, title, description, type });
  }

  globalThis.__bridge = {
    callBridge: (command, payload) => (here[command] ? here[command](payload) : ask(command, payload)),
  };
})();
