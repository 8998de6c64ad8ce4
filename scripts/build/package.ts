/**
 * Lays down a folder from which `forge deploy` works after `forge register`: node scripts/build/package.ts <folder>
 *
 * Then installs it from its own lock, bundles it with Forge's bundler and runs the packaging test over that bundle.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root, run } from './run.ts';

/** What Forge's bundler compiles and uploads. */
const files = ['manifest.yml', 'tsconfig.json', 'src/index.ts', 'forge-app', 'locales', 'static/admin/build'];

interface PackageFile {
  name: string;
  version: string;
  description: string;
  license: string;
  type: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** The functions' packages, and Node's types, which the bundler's type check needs. */
function packageFile(): object {
  const { name, version, description, license, type, dependencies, devDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as PackageFile;
  const types = '@types/node';
  const typeVersion = devDependencies[types];
  const shared = { name, version, private: true, description, license, type };
  return { ...shared, dependencies, devDependencies: { [types]: typeVersion } };
}

function layDown(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(resolve(folder, file, '..'), { recursive: true });
    cpSync(file, join(folder, file), { recursive: true });
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageFile(), null, 2)}\n`);
  // The checkout's lock, from which npm drops what this folder does not use: the same versions as were tested.
  cpSync('package-lock.json', join(folder, 'package-lock.json'));
  cpSync('.npmrc', join(folder, '.npmrc'));
  run('npm', ['install', '--prefix', folder, '--package-lock-only', '--prefer-offline', '--loglevel', 'error']);
}

/** In a copy elsewhere, so that nothing of the checkout can help and the folder stays as it is uploaded. */
function check(folder: string): void {
  const elsewhere = mkdtempSync(join(tmpdir(), 'package-'));
  const copy = join(elsewhere, 'app');
  const bundle = join(elsewhere, 'bundle');
  cpSync(folder, copy, { recursive: true });
  run('npm', ['ci', '--prefix', copy, '--prefer-offline', '--loglevel', 'error']);
  run(process.execPath, ['scripts/build/forge-bundle.cjs', copy, bundle]);
  run('node_modules/.bin/vitest', ['run', 'tests/forge/packaging.test.ts'], { FORGE_BUNDLE: bundle });
  rmSync(elsewhere, { recursive: true });
}

const [folder = 'dist/package'] = process.argv.slice(2);
process.chdir(root);
layDown(folder);
check(folder);
console.log(`${folder} is ready: docs/operations.md says what to do with it`);
