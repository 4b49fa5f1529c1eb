export * from './domain/quote.js';
export * from './domain/quote-of.js';
export * from './domain/tax.js';
