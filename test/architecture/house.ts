/** Says of a context that it reads everybody: it may import the front door of any other. */
export const everyFacade = 'every facade';

/** The form in which the map of the house is written down; the rules are generated from it. */
export interface House {
  /** Each context with the contexts whose front door (`@daraa/<name>`) it may import. */
  readonly contexts: Readonly<Record<string, readonly string[] | typeof everyFacade>>;
  /** The libraries that are no context, each with the other libraries that it may import. */
  readonly foundations: Readonly<Record<string, readonly string[]>>;
  /** The folders of a rich context, each with its siblings that it may not import. Specs wire up what they like. */
  readonly layers: Readonly<Record<string, readonly string[]>>;
  /** The programs in apps/. */
  readonly apps: readonly string[];
  /** The programs that may load `@daraa/local`: it starts databases and an emulator, which production never does. */
  readonly localApps: readonly string[];
  /** The parts of Node and the packages that the kernel may use; it imports nothing else. */
  readonly kernelUses: readonly string[];
  /** What a domain/ may import of its own context beside its own files: it raises the events that are declared there. */
  readonly domainUses: readonly string[];
  /** The longest that a file may be, in lines, blank ones and comments included. */
  readonly longestFile: number;
  /** Files that are longer, each with the reason why it may be. */
  readonly longFiles: Readonly<Record<string, string>>;
  /** Files that quote what the text rules forbid, because they define or prove those rules. */
  readonly quotingFiles: readonly string[];
}

/** Who may import whom in Daraa. Arrows are direct: a context that is reached through another is not listed. */
export const house: House = {
  contexts: {
    accounts: [],
    settings: [],
    cms: [],
    stores: ['accounts', 'settings'],
    catalog: ['stores'],
    inventory: ['catalog'],
    pricing: ['settings'],
    promotions: ['catalog', 'settings'],
    points: ['settings'],
    security: ['settings'],
    payments: ['settings'],
    cart: ['catalog', 'inventory', 'pricing', 'promotions', 'settings'],
    delivery: ['stores', 'settings'],
    wallet: ['payments', 'settings'],
    orders: ['stores', 'settings'],
    payouts: ['wallet', 'stores', 'delivery', 'payments'],
    checkout: [
      'accounts',
      'stores',
      'cart',
      'catalog',
      'inventory',
      'pricing',
      'promotions',
      'points',
      'wallet',
      'delivery',
      'payments',
      'orders',
      'security',
      'settings',
    ],
    disputes: ['orders'],
    reviews: ['orders'],
    support: ['accounts'],
    notifications: ['accounts'],
    admin: everyFacade,
    analytics: everyFacade,
    moderation: everyFacade,
  },
  foundations: {
    kernel: [],
    platform: ['kernel'],
    local: ['kernel', 'platform'],
  },
  layers: {
    http: ['infrastructure'],
    application: ['http', 'infrastructure'],
    infrastructure: ['http'],
  },
  apps: ['api', 'worker', 'cli', 'local'],
  localApps: ['local'],
  kernelUses: ['crypto', 'typeid-js'],
  domainUses: ['events.ts'],
  longestFile: 400,
  longFiles: {},
  quotingFiles: ['test/architecture/text-rules.ts', 'test/architecture/planted-text.ts', 'test/architecture/planted.spec.ts'],
};
