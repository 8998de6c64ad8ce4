/** Checks the manifest and the app as `forge lint` would, without a login: node scripts/check/forge.ts */
import { forgeFindings } from './forge-lint.ts';
import { manifestProblems } from './manifest.ts';

const { problems, skipped } = await forgeFindings();
const all = [...(await manifestProblems()), ...problems];
if (skipped) console.log(skipped);
for (const problem of all) console.error(problem);
console.log(`manifest and Forge lint: ${all.length} problems`);
process.exitCode = all.length > 0 ? 1 : 0;
