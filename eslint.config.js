import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

/** Two words in a row, which only a text for people has. */
const WORDS = String.raw`/\p{L}{2}[,;:.!?]? \p{L}/u`;
const IN_CATALOGUE = 'Texts stand in static/admin/src/texts, in every language.';
/** What people read or are read to. */
const READ =
  '/^(title|label|text|meaning|help|missing|placeholder|header|description|what|order|content|reasonLabel|failureTitle|send|wrong|alt|aria-label|ariaLabel)$/';

/** A text, and not the key of one. */
const TEXT = String.raw`[value=/\p{L}/u]:not([value=/^[a-z]+\.[\w.-]+$/])`;

/** No text outside the catalogue. Names of classes are none; messages of thrown errors are for developers. */
const noTexts = [
  String.raw`JSXText[value=/\p{L}/u]`,
  `JSXAttribute[name.name=${READ}] > Literal${TEXT}`,
  `Property[key.name=${READ}] > Literal${TEXT}`,
  `Literal[value=${WORDS}]:not(ThrowStatement Literal):not(JSXAttribute[name.name=className] Literal)`,
  `TemplateElement[value.raw=${WORDS}]:not(ThrowStatement TemplateElement)`,
].map((selector) => ({ selector, message: IN_CATALOGUE }));

export default defineConfig(
  globalIgnores(['target', 'dist', '.tools', '**/gen', '**/build', '!scripts/build', '**/node_modules']),
  ...typescript.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'tsconfig.node.json', 'static/admin/tsconfig.json'] },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // Numbers in sentences need no ceremony.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
    },
  },
  { files: ['static/admin/**/*.tsx', 'static/admin/**/*.ts'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['static/admin/**/*.tsx', 'static/admin/**/*.ts'],
    // `onClick={() => close()}` reads better on one line than in braces.
    rules: { '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }] },
  },
  {
    files: ['static/admin/src/**/*.tsx', 'static/admin/src/**/*.ts'],
    ignores: ['static/admin/src/texts/**', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noTexts] },
  },
);
