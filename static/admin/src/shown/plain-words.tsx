import { Fragment } from 'react';
import { Moment } from './moment';

/** What the core says in plain words, with its instants in the viewer's zone. */
export function PlainWords({ text }: { text: string }) {
  return partsOf(text).map((part, at) =>
    at % 2 === 1 ? <Moment key={at} at={part} /> : <Fragment key={at}>{part}</Fragment>,
  );
}

/** A text in parts: words and instants in turn, words first. */
export const partsOf = (text: string): string[] => text.split(INSTANT);

/** An instant as the core writes it; with the group in it, a split keeps what it splits at. */
const INSTANT = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)/;
