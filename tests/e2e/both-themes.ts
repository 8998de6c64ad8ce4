import { expect } from 'vitest';
import { findings } from './axe.ts';
import { screenshot, type View } from './site.ts';

/** Pictures of what is seen now, in light and in dark as Jira switches them, each looked over by axe. */
export async function inBothThemes(view: View, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await show(view, theme);
    await screenshot(view, `${name}-${theme}`);
    expect(await findings(view)).toEqual([]);
  }
  await show(view, 'light');
}

/** Presses Jira's button for the theme where it is another one, without the focus. */
async function show({ outer }: View, theme: 'light' | 'dark'): Promise<void> {
  const { switched } = await outer.evaluate((wanted) => {
    if (document.body.dataset['theme'] === wanted) return { switched: false };
    document.getElementById('theme')?.click();
    return { switched: true };
  }, theme);
  // Colours fade from one to the other, and lozenges fade in.
  await outer.waitForTimeout(switched ? 500 : 300);
}
