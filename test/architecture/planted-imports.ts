import type { Files } from './fake-house.js';

const orders = 'libs/orders/src';
const stores = 'libs/stores/src';

/**
 * Imports that break one rule and no other, by the name of that rule: the files that have them (added to the innocent house,
 * or appended to one of its files), called after what is wrong with them.
 */
export const plantedImports: Readonly<Record<string, Files>> = {
  'no-cycle': {
    [`${stores}/names.ts`]: `import './name-reader.js';`,
    [`${orders}/domain/parts/line.ts`]: `import type { order } from '../order.js';`,
    [`${orders}/application/pay-order.ts`]: `import '@daraa/orders';`,
  },
  'every-import-resolves': {
    [`${stores}/needs-missing-file.ts`]: `import './nowhere.js';`,
    [`${stores}/needs-missing-context.ts`]: `import '@daraa/nowhere';`,
    [`${stores}/needs-missing-package.ts`]: `import 'nowhere';`,
  },
  'stores-facades': {
    [`${stores}/off-the-map.ts`]: `import { settings } from '@daraa/settings';`,
    [`${stores}/off-the-map-for-a-type.ts`]: `import type { Settings } from '@daraa/settings';`,
    [`${stores}/off-the-map-inside-a-type.ts`]: `export type Planted = import('@daraa/settings').Settings;`,
    [`${stores}/off-the-map-passed-on.ts`]: `export * from '@daraa/settings';`,
    [`${stores}/off-the-map-imported-later.ts`]: `export const later = () => import('@daraa/settings');`,
    [`${stores}/off-the-map-in-a.spec.ts`]: `import '@daraa/settings';`,
  },
  'accounts-facades': { 'libs/accounts/src/has-no-facades.ts': `import '@daraa/settings';` },
  'orders-facades': { [`${orders}/reads-an-observer.ts`]: `import '@daraa/admin';` },
  'no-deep-import': {
    [`${orders}/behind-a-door.ts`]: `import '../../stores/src/names.js';`,
    [`${orders}/behind-the-door-in-a.spec.ts`]: `import '../../stores/src/names.js';`,
    [`${orders}/behind-the-door-of-platform.ts`]: `import '../../platform/src/inner.js';`,
    'libs/admin/src/behind-a-door-as-observer.ts': `import '../../stores/src/names.js';`,
  },
  'doors-by-alias': {
    [`${orders}/front-door-by-path.ts`]: `import '../../stores/src/index.js';`,
    [`${orders}/events-by-path.ts`]: `import '../../stores/src/events.js';`,
    'apps/api/src/front-door-by-path.ts': `import '../../../libs/orders/src/index.js';`,
  },
  'events-import-only-kernel': {
    'libs/settings/src/events.ts': `import 'mongoose';`,
    'libs/accounts/src/events.ts': `import '@daraa/stores/events';`,
    'libs/admin/src/events.ts': `import '@daraa/platform';`,
    [`${stores}/events.ts`]: `import type { name } from './names.js';`,
  },
  'kernel-imports-nothing': {
    'libs/kernel/src/needs-package.ts': `import { Schema } from 'mongoose';`,
    'libs/kernel/src/needs-type-of-package.ts': `import type { Schema } from 'mongoose';`,
    'libs/kernel/src/needs-file-system.ts': `import 'node:fs';`,
  },
  'kernel-libraries': {
    'libs/kernel/src/needs-platform.ts': `import '@daraa/platform';`,
    'libs/kernel/src/needs-stores.spec.ts': `import '@daraa/stores';`,
  },
  'platform-libraries': {
    'libs/platform/src/needs-stores.ts': `import '@daraa/stores';`,
    'libs/platform/src/needs-events.ts': `import type { StoreApproved } from '@daraa/stores/events';`,
  },
  'local-libraries': { 'libs/local/src/needs-stores.ts': `import '@daraa/stores';` },
  'domain-borrows-types': {
    [`${orders}/domain/needs-facade-on-the-map.ts`]: `import '@daraa/stores';`,
  },
  'domain-without-platform': {
    [`${orders}/domain/needs-type-of-platform.ts`]: `import type { Platform } from '@daraa/platform';`,
  },
  'domain-is-plain': {
    [`${orders}/domain/needs-package.ts`]: `import { Schema } from 'mongoose';`,
    [`${orders}/domain/needs-type-of-package.ts`]: `import type { Schema } from 'mongoose';`,
    [`${orders}/domain/needs-randomness.ts`]: `import { randomUUID } from 'node:crypto';`,
    [`${orders}/domain/needs-events-of-another.ts`]: `import '@daraa/stores/events';`,
    [`${orders}/domain/needs-use-case.ts`]: `import '../application/pay-order.js';`,
    [`${orders}/domain/parts/needs-store.ts`]: `import '../../infrastructure/mongo-order-store.js';`,
    [`${orders}/invoices/domain/needs-store.ts`]: `import '../../infrastructure/mongo-order-store.js';`,
  },
  'http-not-infrastructure': { [`${orders}/http/needs-store.ts`]: `import '../infrastructure/mongo-order-store.js';` },
  'application-not-http': { [`${orders}/application/needs-controller.ts`]: `import '../http/orders.controller.js';` },
  'application-not-infrastructure': { [`${orders}/application/needs-store.ts`]: `import '../infrastructure/mongo-order-store.js';` },
  'infrastructure-not-http': { [`${orders}/infrastructure/needs-controller.ts`]: `import '../http/orders.controller.js';` },
  'apps-compose': {
    'apps/api/src/needs-events.ts': `import '@daraa/orders/events';`,
    'apps/api/src/behind-a-door.ts': `import '../../../libs/orders/src/domain/order.js';`,
    'apps/local/src/needs-another-program.ts': `import '../../api/src/main.js';`,
  },
  'no-app-from-libs': { [`${orders}/needs-program.ts`]: `import '../../../apps/api/src/main.js';` },
  'local-stays-local': {
    'apps/api/src/needs-local.ts': `import '@daraa/local';`,
    [`${orders}/needs-local.ts`]: `import('@daraa/local');`,
    [`${orders}/needs-local.int-spec.ts`]: `import '@daraa/local';`,
  },
  'no-test-from-source': {
    [`${orders}/needs-test-support.ts`]: `import '../../../test/support/services.js';`,
    [`${orders}/domain/needs-test-support.ts`]: `import '../../../../test/support/services.js';`,
    'apps/api/src/needs-test-support.ts': `import '../../../test/support/services.js';`,
  },
  'specs-use-test-support': { [`${orders}/needs-journey.spec.ts`]: `import '../../../test/e2e/journey.js';` },
};
