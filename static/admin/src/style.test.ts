import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = import.meta.dirname;
const sheets = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));

/** A hexadecimal colour, a colour function, or one of CSS's commoner names where a value stands. */
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|oklch)a?\(|:\s*(?:white|black|red|green|blue|grey|gray)\b/i;

test.each(sheets)('%s takes its colours from the design tokens', (sheet) => {
  const lines = readFileSync(join(sources, sheet), 'utf8').split('\n');
  expect(lines.filter((line) => COLOUR.test(line))).toEqual([]);
});
