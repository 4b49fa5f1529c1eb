// Rules whose violation is a defect; formatting is not linted. Imports between rooms are the architecture test's.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript';
import tseslint from 'typescript-eslint';

/** The map of the house is TypeScript without imports; compiled on the spot, it tells which files may be long. */
async function mapOfTheHouse() {
  const source = readFileSync(new URL('test/architecture/house.ts', import.meta.url), 'utf8');
  const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const { outputText } = typescript.transpileModule(source, { compilerOptions });
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).house;
}

const house = await mapOfTheHouse();
const specs = ['**/*.spec.ts', '**/*.int-spec.ts'];

const handedIn = 'is handed in: take a Clock or a source of ids as a parameter, so that a test decides what it says.';
const clockAndRandomness = [
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: `Randomness ${handedIn}` },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: `The time ${handedIn}` },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `The time ${handedIn}` },
  { selector: "CallExpression[callee.name='Date']", message: `The time ${handedIn}` },
];

const message = 'Rules and use cases know ports; MongoDB is behind them, in infrastructure/.';
const mongo = ['mongoose', 'mongodb', '@nestjs/mongoose'].map((name) => ({ name, message }));

export default defineConfig(
  { ignores: ['**/dist/', '**/coverage/', '**/node_modules/', '**/.daraa/'] },
  {
    // A rule that is wrong is changed here, for all: comments in the code cannot switch it off.
    linterOptions: { noInlineConfig: true },
  },
  {
    files: ['**/*.{ts,mjs,js}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-console': 'error',
      'no-debugger': 'error',
      'max-lines': ['error', { max: house.longestFile, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ['**/*.{mjs,js}'],
    rules: { 'no-unused-vars': 'error' },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['apps/cli/**', 'apps/local/**', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['libs/*/src/**/domain/**/*.ts', 'libs/*/src/**/application/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-syntax': ['error', ...clockAndRandomness],
      'no-restricted-imports': ['error', { paths: mongo }],
    },
  },
  ...Object.keys(house.longFiles).map((file) => ({ files: [file], rules: { 'max-lines': 'off' } })),
);
