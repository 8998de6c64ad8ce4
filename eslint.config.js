import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

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
);
