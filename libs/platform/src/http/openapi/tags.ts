/** What each group of operations is for. A group without a line here is shown by its name alone. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  accounts: 'Register, verify, log in and out, sessions and passwords.',
  'admin catalog': 'The categories that all stores share.',
  'admin stores': 'Approve, reject, suspend and reinstate stores.',
  cart: 'What a customer or a guest is about to buy.',
  catalog: 'Products and categories as everybody sees them.',
  checkout: 'Quotes, and purchases across many stores.',
  inventory: 'Whether a variant can be bought.',
  orders: "A buyer's orders, one for each store of a purchase.",
  payments: 'Paying for a purchase, and what the payment provider tells us.',
  profile: 'The account that is logged in, and its addresses.',
  'store catalog': "A store's own products, for its staff.",
  'store inventory': "A store's stock and its movements, for its staff.",
  'store orders': "A store's orders, for its staff.",
  stores: 'Stores as everybody sees them, and as their owners run them.',
};

/** The tags of the document, in order, described. */
export function describedTags(names: readonly string[]): { name: string; description: string }[] {
  return [...new Set(names)].sort().map((name) => ({ name, description: DESCRIPTIONS[name] ?? `Operations on ${name}.` }));
}
