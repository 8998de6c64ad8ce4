import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { View } from './site.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How bad a finding must be to count. */
const COUNTS: readonly unknown[] = ['serious', 'critical'];

/** What axe finds serious or critical in the page in the frame: the rule, and what breaks it. */
export async function findings({ outer }: View): Promise<string[]> {
  const element = await outer.locator('#frame').elementHandle();
  const frame = await element.contentFrame();
  if (!frame) throw new Error('there is no page in the frame');
  await frame.evaluate(source);
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => COUNTS.includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary ?? ''}`),
    );
}
