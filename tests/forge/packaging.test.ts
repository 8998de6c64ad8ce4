import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startRecordingCloud } from './support/recording-cloud.ts';
import { tickRequest } from './support/invocations.ts';

/** The bundle under test; `make package` gives its own. */
const bundle = process.env['FORGE_BUNDLE'] ?? 'dist/forge';
const elsewhere = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => {
  rmSync(elsewhere, { recursive: true });
});

test('the bundle ships the core beside its code', () => {
  const files = readdirSync(bundle);
  expect(files).toContain('index.cjs');
  expect(files.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
});

test('a handler runs from a copy of the bundle in another folder and another working directory', async () => {
  cpSync(bundle, elsewhere, { recursive: true });
  const cloud = await startRecordingCloud();
  const program = `
    const { ForgeRuntime } = await import(${JSON.stringify(resolve('tests/forge/runtime/runtime.ts'))});
    const { readManifest } = await import(${JSON.stringify(resolve('tests/forge/runtime/manifest.ts'))});
    const runtime = new ForgeRuntime(${JSON.stringify(elsewhere)}, readManifest(${JSON.stringify(resolve('manifest.yml'))}));
    console.log(JSON.stringify(await runtime.invoke(${JSON.stringify(tickRequest())}, process.argv[1])));
  `;
  const run = runNode(['--input-type=module', '--eval', program, cloud.url], '/');
  await expect(run).resolves.toBe('{"statusCode":204}');
  expect(cloud.received.length).toBeGreaterThan(0);
  cloud.close();
});

/** Node 24 in a working directory; its last line of output. */
function runNode(args: string[], cwd: string): Promise<string> {
  return new Promise((done, failed) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      if (error) failed(new Error(`${error.message}\n${stderr}`));
      else done(stdout.trim().split('\n').at(-1) ?? '');
    });
  });
}

test('Forge runs it on the runtime that is tested here', () => {
  expect(execFileSync(process.execPath, ['--version']).toString()).toMatch(/^v24\./);
});
