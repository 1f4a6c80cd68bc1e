// @ts-check
import { LAYERS, filesOf, forbiddenImports } from './layers.mjs';

/** The direction of imports, a folder of src/ each. `no-restricted-imports` sees `import type` too. */
const layerOverrides = LAYERS.map(folder => ({
  files: [filesOf(folder)],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: [...forbiddenImports(folder)], message: `src/${folder}/ may not import this: see layers.mjs` },
          ...(folder === 'cli' ? [] : [{ group: ['commander'], message: 'only src/cli/ knows a command line' }]),
        ],
      },
    ],
  },
}));

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['dist/**', 'generated/**', 'fixtures/**'],
  rules: {
    // What the types promise must be true: `any`, `!` and `as` would break it in silence.
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-type-assertion': 'error',
    'typescript/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: false },
    ],
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-readonly': 'error',
    'typescript/no-unnecessary-condition': 'error',
    // One place for each thing, and a way to it that a search finds.
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    // Small pieces.
    'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
    'max-lines-per-function': ['error', { max: 50, skipBlankLines: false, skipComments: false }],
    'max-params': ['error', { max: 4 }],
    // A short function reads best where it is used, and a short name of a parameter may be that of a function.
    'unicorn/consistent-function-scoping': 'off',
    'no-shadow': 'off',
    // `fc.string()` says where it comes from.
    'import/no-named-as-default-member': 'off',
    // tsc sees a missing return, and knows that a closed switch needs none after it.
    'typescript/consistent-return': 'off',
    // A scope of the routing for which no policy is built yet.
    'typescript/no-generated-empty-object-type': 'off',
    // Plain speech.
    // `== null` asks for null and undefined at once.
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'no-else-return': 'error',
    'no-param-reassign': 'error',
    'no-empty': ['error', { allowEmptyCatch: false }],
    'no-restricted-properties': [
      'error',
      { property: 'localeCompare', message: 'it depends on the locale: compare with `<`' },
    ],
  },
  overrides: [
    ...layerOverrides,
    { files: ['src/**/*.ts'], rules: { 'no-console': 'error', 'unicorn/no-process-exit': 'error' } },
    {
      // `process` belongs to the face and to what runs for long.
      files: LAYERS.filter(folder => folder !== 'cli' && !/^live\b/.test(folder)).map(filesOf),
      rules: {
        'no-restricted-globals': [
          'error',
          { name: 'process', message: 'only src/cli/ and src/live/ know the process' },
        ],
      },
    },
    // Root writes to the folder of a user with the rights of that user, which are those of the process.
    { files: ['src/output/act-as.ts'], rules: { 'no-restricted-globals': 'off' } },
    {
      // A table of cases is as long as there are cases.
      files: ['test/**/*.ts'],
      rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
    },
    {
      // The two places where a type is given that cannot be inferred: what quoting returns, and parsed options.
      files: ['src/nginx/quote.ts', 'src/options/run.ts'],
      rules: { 'typescript/consistent-type-assertions': 'off', 'typescript/no-unsafe-type-assertion': 'off' },
    },
    {
      // Tests skip nothing, and none is left to run alone.
      files: ['test/**/*.ts'],
      rules: {
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
        'vitest/no-disabled-tests': 'error',
        'vitest/require-to-throw-message': 'off',
        'vitest/no-focused-tests': 'error',
        'typescript/consistent-type-assertions': 'off',
        'typescript/no-unsafe-type-assertion': 'off',
      },
    },
    {
      // Tools read the default export of their configuration.
      files: ['*.config.ts', '*.config.mjs', 'scripts/**'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
};
