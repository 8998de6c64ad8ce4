/**
 * Builds a core for wasm and writes into a folder: core.js (the factory), core_bg.wasm, their types and types.ts.
 *
 *   node scripts/build/wasm.ts [--features a,b] page|function|evidence|upload <folder>
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CoreName, coreNames, enforce, measure } from './budget.ts';
import { glueFactory, glueTypes } from './glue.ts';
import { root, run } from './run.ts';

const target = 'wasm32-unknown-unknown';

/** The paths of the builder's machine do not belong into the product. */
function remapPaths(): string {
  const cargoHome = process.env['CARGO_HOME'] ?? join(homedir(), '.cargo');
  const from = { [`${cargoHome}/registry/src`]: '/dep', [root]: '/app' };
  return Object.entries(from)
    .map(([path, name]) => `--remap-path-prefix=${path}=${name}`)
    .join(' ');
}

/** Of the library's kinds only the module is built: with the other one beside it, rustc leaves the optimization over all crates out. */
function compile(core: CoreName, features: string): string {
  // Each core has the profile of its name.
  const profile = core;
  const args = ['rustc', '--quiet', '--profile', profile, '--lib', '--package', 'seatkeeper', '--target', target];
  args.push('--crate-type', 'cdylib', '--no-default-features');
  args.push('--features', [core, features].filter(Boolean).join(','));
  // Every browser and Node in use has 128-bit lanes; Forge's functions have no use for them.
  const lanes = core === 'page' ? ' -C target-feature=+simd128' : '';
  run('cargo', args, { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: remapPaths() + lanes });
  return join(process.env['CARGO_TARGET_DIR'] ?? join(root, 'target'), target, profile, 'seatkeeper.wasm');
}

function bind(wasm: string, kind: 'no-modules' | 'web', name: string, out: string): void {
  const args = ['--target', kind, '--out-name', name, '--out-dir', out, '--remove-name-section', '--remove-producers-section', wasm];
  run(join(root, '.tools/bin/wasm-bindgen'), args);
}

/** Everything that a folder `gen` holds, laid down in one place. */
function generate(core: CoreName, features: string, out: string): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const wasm = compile(core, features);
  const raw = join(out, 'bindgen');
  bind(wasm, 'no-modules', 'core', raw);
  bind(wasm, 'web', 'api', raw);
  cpSync(join(raw, 'core_bg.wasm'), join(out, 'core_bg.wasm'));
  cpSync(join(raw, 'api.d.ts'), join(out, 'api.d.ts'));
  writeFileSync(join(out, 'core.js'), glueFactory(readFileSync(join(raw, 'core.js'), 'utf8'), core === 'function'));
  writeFileSync(join(out, 'core.d.ts'), glueTypes);
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
  rmSync(raw, { recursive: true });
  run('cargo', ['run', '--quiet', '--features', 'types', '--bin', 'types', '--', join(out, 'types.ts')]);
}

const { values, positionals } = parseArgs({ options: { features: { type: 'string', default: '' } }, allowPositionals: true });
const [wanted, folder] = positionals;
const core = coreNames.find((name) => name === wanted);
if (!core || !folder) throw new Error(`say which core, ${coreNames.join(' or ')}, and the folder`);
generate(core, values.features, folder);
const size = measure(readFileSync(join(folder, 'core_bg.wasm')));
console.log(`${core} core: ${size.raw} bytes, ${size.gzip} gzipped`);
// What is built for a test or the battery alone travels nowhere.
if (!values.features) enforce(core, size);
