/**
 * How fast pages become a directory: this engine against `JSON.parse` alone, and against `JSON.parse` and building the
 * same columns in JavaScript; each from bytes, in turns. Megabytes are millions of bytes.
 */
import { Columns } from '../baselines/columns.ts';
import { parsed, readPages } from '../data/pages.ts';
import { freshDirectory } from '../engine.ts';
import { present } from './figures.ts';
import { collectGarbage, median, ratio, roundedIf, timed } from './runs.ts';

export function measureIngestion(file: string, runs: number): Record<string, number> {
  const pages = [...readPages(file)];
  const megabytes = pages.reduce((total, page) => total + page.length, 0) / 1e6;
  const times = { engine: [] as number[], parse: [] as number[], columns: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    times.engine.push(alone(() => intoEngine(pages)));
    times.parse.push(alone(() => parseAll(pages)));
    times.columns.push(alone(() => intoColumns(pages)));
  }
  const [engine, parse, columns] = [median(times.engine), median(times.parse), median(times.columns)];
  const rate = (ms: number | undefined) => (ms === undefined ? undefined : roundedIf((megabytes * 1000) / ms));
  return present({
    mb_per_s: rate(engine),
    json_parse_mb_per_s: rate(parse),
    json_parse_and_columns_mb_per_s: rate(columns),
    ratio: ratio(columns, engine),
    ratio_parse: ratio(parse, engine),
  });
}

function alone(work: () => number): number {
  collectGarbage();
  const { ms, value } = timed(work);
  if (value === 0) throw new Error('nobody was read');
  return ms;
}

function intoEngine(pages: readonly Uint8Array[]): number {
  const { directory } = freshDirectory();
  for (const page of pages) directory.addPage(page);
  return directory.users;
}

function parseAll(pages: readonly Uint8Array[]): number {
  let users = 0;
  for (const page of pages) users += parsed(page).length;
  return users;
}

function intoColumns(pages: readonly Uint8Array[]): number {
  const columns = new Columns();
  for (const page of pages) for (const user of parsed(page)) columns.push(user);
  return columns.accounts.length;
}
