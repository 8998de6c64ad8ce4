import { useState } from 'react';

/** What a dialog is open about, if it is open. */
export interface OpenDialog<About> {
  about: About | undefined;
  open: (about: About) => void;
  close: () => void;
  /** It has changed something: it closes, and the place that opened it is asked anew. */
  done: () => void;
}

/** A dialog that a place opens, and what happens there once it has changed something. */
export function useDialog<About = true>(onChange: () => void): OpenDialog<About> {
  const [about, setAbout] = useState<About>();
  const close = () => setAbout(undefined);
  const done = () => {
    close();
    onChange();
  };
  return { about, open: (next) => setAbout(() => next), close, done };
}
