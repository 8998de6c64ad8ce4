import { median, rounded } from '../measure/runs.ts';
import type { Painted } from './probe.ts';

/** How long the page took to show what somebody asked for, in milliseconds. */
export interface Reaction {
  /** How often somebody asked for something. */
  events: number;
  /** How many of them led to other people: the rest are not in the times below. */
  changed: number;
  p50: number;
  p95: number;
  longest: number;
  /** The same, as the browser tells it of the same events. */
  told_p95: number;
  /** Processor time of the page's main thread for each event, counts beside the list and all else included. */
  processor_each: number;
}

export function figuresOf(painted: readonly Painted[], processorTime: number): Reaction {
  const counted = painted.filter(({ changed }) => changed);
  const times = counted.map(({ ms }) => ms);
  return {
    events: painted.length,
    changed: counted.length,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    longest: percentile(times, 100),
    told_p95: percentile(
      counted.map(({ told }) => told),
      95,
    ),
    processor_each: rounded(processorTime / painted.length),
  };
}

/** The middle of each figure. */
export function middleOf(reactions: readonly Reaction[]): Reaction {
  const middle = (name: keyof Reaction) => rounded(median(reactions.map((reaction) => reaction[name])) ?? 0);
  return {
    events: middle('events'),
    changed: middle('changed'),
    p50: middle('p50'),
    p95: middle('p95'),
    longest: middle('longest'),
    told_p95: middle('told_p95'),
    processor_each: middle('processor_each'),
  };
}

/** The time that so many of a hundred do not exceed. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  const place = Math.ceil((sorted.length * percent) / 100) - 1;
  return rounded(sorted[Math.max(place, 0)] ?? 0);
}
