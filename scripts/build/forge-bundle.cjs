/**
 * Forge's own bundler, as `forge deploy` runs it: node scripts/build/forge-bundle.cjs <app folder> <output folder>
 *
 * CommonJS, because the bundler refuses to work without `require.main`.
 */
const { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const [app, output] = process.argv.slice(2).map((folder) => resolve(folder));

/** `forge deploy` downloads the runtime's wrapper and packs it beside the bundle; here nothing stands in for it. */
function standInForRuntime() {
  const folder = mkdtempSync(join(tmpdir(), 'forge-runtime-'));
  mkdirSync(join(folder, 'dist'));
  for (const part of ['wrapper', 'loader']) writeFileSync(join(folder, 'dist', `${part}.js`), `// the platform's ${part} belongs here\n`);
  return folder;
}

async function bundle() {
  process.chdir(app);
  process.env.FORGE_RUNTIME_PATH = standInForRuntime();
  const { getEntryPoints, getNodeBundler, getWrapperProvider } = require('@forge/bundler');
  const { ConfigFile, FileSystemReader, FileSystemWriter } = require('@forge/cli-shared');
  const fileSystemReader = new FileSystemReader();
  const config = new ConfigFile(fileSystemReader, new FileSystemWriter());
  const logger = { info() {}, debug() {}, trace() {}, warn: console.warn, error: console.error };
  const { modules } = await config.readConfig();
  const handlers = modules.function.map(({ handler }) => ({ module: handler.split('.')[0], func: handler.split('.')[1] }));
  const bundler = getNodeBundler(logger, getWrapperProvider({ fileSystemReader }), config);
  const { outputDir } = await bundler.bundle({ appDirectory: app, entryPoints: getEntryPoints(handlers) });
  rmSync(output, { recursive: true, force: true });
  cpSync(outputDir, output, { recursive: true });
  rmSync(process.env.FORGE_RUNTIME_PATH, { recursive: true });
}

bundle().catch((error) => {
  console.error(error.message ?? error);
  process.exit(1);
});
