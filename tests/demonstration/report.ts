import type { Fate, NamedPerson } from '../../forge-app/gen/types.ts';
import type { Check } from './checks.ts';

/** How many people of each outcome the table shows. */
const shown = 6;
const order: [Fate, string][] = [
  ['verified', 'suspended, read back'],
  ['acted', 'suspended'],
  ['failed', 'failed'],
  ['skipped', 'let be'],
  ['exempt', 'exempt'],
  ['protected', 'protected'],
  ['unknown', 'not known'],
  ['planned', 'planned'],
];

/** What happened and why: the outcomes with their number, and some people of each with the reason. */
export function table(people: NamedPerson[]): string {
  const rows: string[][] = [];
  for (const [fate, name] of order) {
    const those = people.filter((person) => person.fate === fate);
    those.slice(0, shown).forEach((person, index) => {
      rows.push([index === 0 ? `${those.length} ${name}` : '', person.name ?? person.account, person.reason]);
    });
    if (those.length > shown) rows.push(['', `… and ${those.length - shown} more`, '']);
  }
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = ([outcome = '', who = '', why = '']: string[]) =>
    `  ${outcome.padEnd(widths[0] ?? 0)}  ${who.padEnd(widths[1] ?? 0)}  ${why}`.trimEnd();
  return rows.map(line).join('\n');
}

/** The checks, each with a mark; a failed one with what was found. */
export function checkList(checks: Check[]): string {
  const line = ({ claim, found }: Check) =>
    found === undefined ? `  ✓ ${claim}` : `  ✗ ${claim}\n      ${brief(found).replaceAll('\n', '\n      ')}`;
  return checks.map(line).join('\n');
}

function brief(text: string): string {
  const lines = text.split('\n');
  return lines.length <= 5 ? text : [...lines.slice(0, 5), `… and ${lines.length - 5} more`].join('\n');
}

/** Shows a line that replaces itself on a terminal, and only its changes elsewhere. */
export function progressLine(): { show: (line: string) => void; end: () => void } {
  let last = '';
  const terminal = process.stdout.isTTY;
  return {
    show(line) {
      if (line === last) return;
      last = line;
      process.stdout.write(terminal ? `\r\x1b[2K  ${line}` : `  ${line}\n`);
    },
    end() {
      if (terminal && last) process.stdout.write('\n');
      last = '';
    },
  };
}
