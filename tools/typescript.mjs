// `node --import ./tools/typescript.mjs file.ts` runs TypeScript sources without a build, for the tests' services and tools.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
