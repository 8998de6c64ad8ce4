import type { Fate, NamedPerson } from '../../forge-app/gen/types.ts';
import type { Check } from './checks.ts';
import { fileName } from './messages.ts';
import type { Deed, RunRecord } from './record.ts';

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
  return aligned(rows);
}

/** Some of those who were warned: when, in which file, and what became of them. */
export function warningTable(runs: RunRecord[], addresses: ReadonlyMap<string, string>): string {
  const deeds = runs.flatMap(({ people }) => people);
  const warnings = deeds.filter(({ what, outcome }) => what === 'warn' && outcome === 'done');
  const rows = warnings.slice(0, shown).map(({ account, when, message }) => {
    const later = deeds.find((deed) => deed.account === account && deed.what !== 'warn');
    return [
      addresses.get(account) ?? account,
      `warned ${when}`,
      message === undefined ? 'no message' : fileName(message),
      fateAfter(later),
    ];
  });
  if (warnings.length > shown) rows.push([`… and ${warnings.length - shown} more`]);
  return rows.length > 0 ? aligned(rows) : '  nobody';
}

function fateAfter(deed: Deed | undefined): string {
  return deed ? `${deed.what}: ${deed.outcome} ${deed.when}` : 'lost nothing';
}

/** Rows of as many columns each, one below the other. */
function aligned(rows: string[][]): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) => `  ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join('  ')}`.trimEnd();
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
