import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow } from '../../demonstration/follow.ts';
import { inBothThemes } from '../both-themes.ts';
import { required, type Site, type View } from '../site.ts';
import { pack, unpack } from './archive.ts';
import { openConnected } from './connected.ts';

/** The task: an auditor asks who took somebody's access, why, and how they can know that nobody changed the record. */
describe("an auditor's question", () => {
  let site: Site;
  let run: string;
  let asked: string;

  beforeAll(async () => {
    site = await openConnected();
    const [first, second] = [site.administrator(), site.administrator(1)];
    asked = required(site.people.idleContractors, 0);
    const started = await first.command('run', {
      command: 'actOn',
      people: [asked, required(site.people.idleContractors, 1)],
      errand: { stage: { stage: JSON.stringify({ after: '0d', do: 'suspend' }) } },
      idle: '60d',
      evenIfActive: false,
      dry: false,
      reason: 'the contract has ended',
    });
    run = started.id;
    await follow(first, run, () => undefined);
    await second.command('run', { command: 'approveRun', run, reason: 'asked their manager', holdOut: [] });
    await follow(first, run, () => undefined);
    await site.stage.cloud.wait(5); // the log's index lags behind its entries
  });

  afterAll(async () => {
    expect(site.frame.violations).toEqual([]);
    await site.close();
  });

  /** Has the page verify a file that somebody handed over. */
  async function verify({ page }: View, buffer: Buffer): Promise<void> {
    const file = { name: 'evidence.zip', mimeType: 'application/zip', buffer };
    await page.getByLabel('Bundle (zip) or entries (JSON lines)').setInputFiles(file);
    await page.getByRole('button', { name: 'Verify the file' }).click();
  }

  test('about one person is answered by the log', async () => {
    const view = await site.look({
      as: required(site.people.orgAdmins, 0),
      path: `/log/subject/${asked}`,
      height: 1200,
    });
    // By name; the id is the tooltip.
    const row = view.page
      .getByRole('row')
      .filter({ hasText: 'Suspend' })
      .filter({ has: view.page.getByTitle(asked) });
    // The intent names them beside the other one.
    await row.getByText('Intent').first().waitFor();
    await row
      .getByText(/approved by/i)
      .first()
      .waitFor();
    await row.getByRole('link').first().click();
    await view.page.getByText('asked their manager').waitFor();
    expect(decodeURIComponent(view.outer.url())).toContain(`/runs/${run}`);
    await inBothThemes(view, 'task-auditor-run');
    await view.close();
  });

  test('about a run is answered with a bundle, which fits, and which no longer fits when somebody changed it', async () => {
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path: `/runs/${run}`, height: 1200 });
    const download = view.outer.waitForEvent('download');
    await view.page.getByRole('button', { name: 'Download the evidence' }).click();
    const bundle = readFileSync(await (await download).path());
    expect((await download).suggestedFilename()).toBe(`seatkeeper-evidence-${run}.zip`);
    const files = unpack(bundle);
    const said = Buffer.concat([...files.values()]).toString();
    for (const text of [asked, 'the contract has ended', 'asked their manager']) expect(said).toContain(text);
    // The policy of a run by hand is in no list of policies.
    expect(files.get('policy.json')?.toString()).toContain('suspend');
    expect(files.get('order.json')?.toString()).toContain(asked);
    await view.close();

    const auditor = await site.look({ as: required(site.people.jiraAdmins, 0), path: '/log', height: 1200 });
    await verify(auditor, bundle);
    await auditor.page.getByText('Everything in the file fits').waitFor();
    await inBothThemes(auditor, 'task-auditor-bundle');

    const forged = new Map(
      [...files].map(([name, bytes]) => [
        name,
        Buffer.from(bytes.toString().replaceAll('the contract', 'his contract')),
      ]),
    );
    await verify(auditor, pack(files));
    await auditor.page.getByText('Everything in the file fits').waitFor();
    await verify(auditor, pack(forged));
    await auditor.page.getByText('The file does not fit').waitFor();
    expect(await auditor.page.getByText('Everything in the file fits').count()).toBe(0);
    await inBothThemes(auditor, 'task-auditor-changed');
    await auditor.close();
  });

  test('about a time is answered with a bundle that holds the plan and the approvals of each run of it', async () => {
    const path = '/log/from/2000-01-01/to/2099-12-31';
    const view = await site.look({ as: required(site.people.orgAdmins, 0), path, height: 1200 });
    const download = view.outer.waitForEvent('download');
    await view.page.getByRole('button', { name: 'Download the evidence' }).click();
    const bundle = readFileSync(await (await download).path());
    const files = unpack(bundle);
    for (const file of ['plan.jsonl', 'policy.json', 'order.json', 'population.json'])
      expect([...files.keys()]).toContain(`runs/${run}/${file}`);
    expect(files.get(`runs/${run}/approvals.json`)?.toString()).toContain('asked their manager');
    expect(files.get('index.html')?.toString()).toContain(run);
    await verify(view, bundle);
    await view.page.getByText('Everything in the file fits').waitFor();
    await view.close();
  });
});
