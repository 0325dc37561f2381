// @ts-check
import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Which folder may import which (docs/architecture.md has the reasons). A folder may always import itself, and any
 * folder may import `import type` from those listed under `types`.
 * @type {Record<string, { values: string[], types?: string[] }>}
 */
const folders = {
  domain: { values: [] },
  config: { values: [] },
  workflows: { values: ['domain'] },
  kintone: { values: ['domain', 'config'] },
  store: { values: ['domain', 'config'] },
  codec: { values: ['config'] },
  printing: { values: ['domain'] },
  activities: { values: ['domain', 'config', 'kintone', 'store', 'printing'], types: ['workflows'] },
  api: { values: ['domain', 'config', 'codec', 'kintone', 'store', 'workflows', 'printing'] },
  worker: { values: ['domain', 'config', 'codec', 'kintone', 'store', 'workflows', 'activities'] },
  ui: { values: ['domain'], types: ['api'] },
  // Stand-ins: nothing but the start command, tests and tools imports them.
  embedded: { values: ['domain', 'config', 'codec', 'kintone', 'store', 'workflows'], types: ['api'] },
  testing: { values: ['*'] },
  simulate: { values: ['*'] },
  bench: { values: ['*'] },
  e2e: { values: ['*'] },
  deploy: { values: ['*'] },
  scripts: { values: ['*'] },
  test: { values: ['*'] },
};

const tests = '**/*.test.{ts,tsx}';

/** @param {string[]} types @param {'type' | undefined} kind */
const to = (types, kind) =>
  types.length === 0
    ? []
    : [{ to: { type: types.includes('*') ? '*' : types }, ...(kind ? { dependency: { kind } } : {}) }];

const importRules = {
  plugins: { boundaries },
  settings: {
    'boundaries/elements': [
      // First match wins: a test may import anything, wherever it lies.
      { type: 'test', pattern: tests, mode: 'full' },
      ...Object.keys(folders)
        .filter((type) => type !== 'test')
        .map((type) => ({ type, pattern: `${type}/**`, mode: 'full' })),
    ],
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] } },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        message:
          '${file.type} must not import ${dependency.type} (see eslint.config.js and docs/architecture.md)',
        rules: Object.entries(folders).map(([type, { values, types = [] }]) => ({
          from: { type },
          allow: [...to([type], undefined), ...to(values, undefined), ...to(types, 'type')],
        })),
      },
    ],
  },
};

/** Packages that must not get into a folder. @param {string[]} allowed @param {string} reason */
const onlyPackages = (allowed, reason) => ({
  'no-restricted-imports': [
    'error',
    { patterns: [{ regex: `^(?!\\.|(${allowed.join('|')})($|/))`, message: reason }] },
  ],
});

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', '.cache/', '.data/', 'coverage/', '**/histories/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `void promise` says on purpose that nobody waits.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Fastify's and node's callbacks take async functions.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      // Slow, and about things that this code has none of (enums) or that updates of packages bring up (deprecations).
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
      // Japanese text has full-width spaces.
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipJSXText: true }],
    },
  },
  { files: ['**/*.{ts,tsx}'], ...importRules },
  {
    files: ['domain/**/*.ts'],
    ignores: [tests],
    rules: {
      ...onlyPackages(
        ['zod', '@holiday-jp/holiday_jp'],
        'domain/ is pure: no I/O, no Node modules, no Temporal',
      ),
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'crypto',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'domain/ has no clock: take `now` as a parameter' },
        { object: 'Math', property: 'random', message: 'domain/ has no randomness' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'domain/ has no clock',
        },
      ],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: [tests],
    rules: {
      ...onlyPackages(
        ['@temporalio/workflow', '@temporalio/common'],
        'workflows/ is deterministic and small: only the domain, @temporalio/workflow and @temporalio/common',
      ),
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'not there in the workflow sandbox' },
        { name: 'fetch', message: 'workflows have no I/O: use an activity' },
        { name: 'crypto', message: 'not there in the workflow sandbox: use uuid4() of @temporalio/workflow' },
        { name: 'structuredClone', message: 'not there in the workflow sandbox' },
        {
          name: 'Temporal',
          message: 'Temporal.Now is not deterministic here: use Date, which the SDK replaces',
        },
        { name: 'setTimeout', message: 'use sleep() or condition() of @temporalio/workflow' },
        { name: 'setInterval', message: 'use sleep() of @temporalio/workflow in a loop' },
        { name: 'performance', message: 'not deterministic' },
        { name: 'console', message: 'use log of @temporalio/workflow' },
      ],
    },
  },
  {
    files: ['ui/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: [tests, 'testing/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', setTimeout: 'readonly' },
    },
  },
);
