import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Files by path, relative to the root of a house. */
export type Files = Readonly<Record<string, string>>;

const tsconfig = {
  compilerOptions: {
    module: 'ESNext',
    moduleResolution: 'Bundler',
    paths: { '@daraa/*/events': ['./libs/*/src/events.ts'], '@daraa/*': ['./libs/*/src/index.ts'] },
  },
  include: ['apps', 'libs', 'test'],
};

/** What any house needs to be read: the aliases and one installed package, whose entry is in dist/ as is usual. */
const ground: Files = {
  'tsconfig.json': JSON.stringify(tsconfig),
  'node_modules/mongoose/package.json': JSON.stringify({ name: 'mongoose', main: 'dist/index.js' }),
  'node_modules/mongoose/dist/index.js': 'export const Schema = 1;\n',
};

const orders = 'libs/orders/src';
const stores = 'libs/stores/src';

/** A small house in which nobody breaks a rule, though it comes close where that is allowed. */
export const innocentHouse: Files = {
  'libs/kernel/src/index.ts': `export * from './id.js';`,
  'libs/kernel/src/id.ts': `import { createHash as hash } from 'node:crypto'; export type Id = string; export { hash };`,
  'libs/kernel/src/id.spec.ts': `import 'mongoose'; import './id.js'; import '../../../test/support/services.js';`,
  'libs/platform/src/index.ts': `import 'mongoose'; export { hash } from '@daraa/kernel'; export * from './inner.js';`,
  'libs/platform/src/inner.ts': `export const inner = 1;`,
  'libs/local/src/index.ts': `export { hash } from '@daraa/platform';`,
  'libs/settings/src/index.ts': `export const settings = 1;`,
  'libs/accounts/src/index.ts': `import type { StoreApproved } from '@daraa/stores/events'; export type Seen = StoreApproved;`,
  [`${stores}/index.ts`]: `import type { Seen } from '@daraa/accounts'; export type Store = Seen;`,
  [`${stores}/events.ts`]: `import type { Id } from '@daraa/kernel'; export type StoreApproved = Id;`,
  [`${stores}/names.ts`]: `export const name = 1;`,
  [`${stores}/name-reader.ts`]: `import { name } from './names.js'; export const read = name;`,
  [`${orders}/index.ts`]: `export * from './http/orders.controller.js'; export * from './infrastructure/mongo-order-store.js';`,
  [`${orders}/events.ts`]: `import type { Id } from '@daraa/kernel'; export type OrderPaid = Id;`,
  [`${orders}/domain/order.ts`]: `import '@daraa/kernel'; import '../events.js'; export { line as order } from './parts/line.js';`,
  [`${orders}/domain/parts/line.ts`]: `export const line = 1;`,
  [`${orders}/domain/order.spec.ts`]: `import 'mongoose'; import '../index.js'; import '../../../../test/support/services.js';`,
  [`${orders}/application/pay-order.ts`]: `import '@daraa/platform'; import '@daraa/stores'; import '../domain/order.js';
    export type Port = 1;`,
  [`${orders}/application/pay-order.int-spec.ts`]: `import '../infrastructure/mongo-order-store.js'; import '../index.js';`,
  [`${orders}/infrastructure/mongo-order-store.ts`]: `import 'mongoose'; export type { Port } from '../application/pay-order.js';`,
  [`${orders}/http/orders.controller.ts`]: `import '../application/pay-order.js'; import '../domain/order.js';`,
  'libs/orders/dist/index.js': `import '../../stores/src/names.js';`,
  'libs/admin/src/index.ts': `import '@daraa/orders'; import '@daraa/stores';`,
  'apps/api/src/main.ts': `import '@daraa/orders'; import '@daraa/platform'; import '@daraa/kernel'; import './api.module.js';`,
  'apps/api/src/api.module.ts': `import 'mongoose';`,
  'apps/local/src/main.ts': `import '@daraa/local';`,
  'test/support/services.ts': `import '@daraa/local';`,
  'test/e2e/journey.ts': `export const journey = 1;`,
};

/** Writes these files into a new temporary folder and hands its path to `visit`; the folder is gone afterwards. */
export async function withHouse<Result>(files: Files, visit: (root: string) => Result | Promise<Result>): Promise<Result> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'daraa-house-')));
  try {
    for (const [file, text] of Object.entries({ ...ground, ...files })) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return await visit(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
