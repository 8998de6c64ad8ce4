import { ProcessorBuilder, ValidationTypes } from '@forge/manifest';

/** Runtimes that the platform no longer takes; its servers name them to the CLI. */
export const deprecatedRuntimes = ['nodejs18.x', 'nodejs20.x'];

/** Every kind of validation that `forge deploy` does, over the manifest of the current folder. */
export async function manifestProblems(): Promise<string[]> {
  const problems: string[] = [];
  for (const type of Object.values(ValidationTypes)) {
    const builder = ProcessorBuilder.instance().withValidation(type).withOptions({ deprecatedRuntimes });
    const { success, errors } = await builder.build().process();
    for (const { level, line, column, message } of errors ?? []) {
      problems.push(`manifest.yml:${line}:${column}: ${level}: ${message} (${type})`);
    }
    if (!success && !errors?.length) problems.push(`manifest.yml: the validation ${type} failed without a reason`);
  }
  return problems;
}
