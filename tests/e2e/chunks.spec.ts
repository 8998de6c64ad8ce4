import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const BUILD = 'static/admin/build';

/** JavaScript that is fetched before anything is shown, in bytes as it is sent. The rest is fetched page by page. */
const INITIAL_LIMIT = 220 * 1024;

test('the page begins with little', () => {
  const document = readFileSync(join(BUILD, 'index.html'), 'utf8');
  const files = [...document.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, file]) => file ?? '');
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILD, file))).length, 0);
  console.log(`initial JavaScript: ${size} bytes gzipped in ${files.length} files`);
  expect(files.length).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(INITIAL_LIMIT);
  expect(files.filter((file) => /-page|policy-editor|dynamic-table/.test(file))).toEqual([]);
});
