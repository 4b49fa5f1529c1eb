import { aggregateSchema } from '@daraa/platform';

export const accountSchema = aggregateSchema('accounts', { email: String });
// Login, registration: the account of an email; one account per email.
accountSchema.index({ email: 1 }, { name: 'email', unique: true });

export const securityProfileSchema = aggregateSchema('security_profiles', { expiresAt: Date });
// The sweep: failures on emails that belong to nobody, once they are forgotten.
securityProfileSchema.index({ expiresAt: 1 }, { name: 'expiry', partialFilterExpression: { expiresAt: { $exists: true } } });

export const sessionSchema = aggregateSchema('sessions', { accountId: String, lastUsedAt: Date, expiresAt: Date, revokedAt: Date });
// The list of an account's sessions, the most recently used first.
sessionSchema.index({ accountId: 1, lastUsedAt: -1 }, { name: 'account' });
// Every process, once in a while: what was revoked since; the sweep: what was revoked long ago.
sessionSchema.index({ revokedAt: 1 }, { name: 'revocation', partialFilterExpression: { revokedAt: { $exists: true } } });
// The sweep: sessions whose last token has expired.
sessionSchema.index({ expiresAt: 1 }, { name: 'expiry' });

export const challengeSchema = aggregateSchema('challenges', { delivery: String, issuedAt: Date, expiresAt: Date });
// The sweep: messages that nobody has sent yet.
challengeSchema.index({ issuedAt: 1 }, { name: 'waiting', partialFilterExpression: { delivery: 'waiting' } });
// The sweep: challenges that nothing depends on any more.
challengeSchema.index({ expiresAt: 1 }, { name: 'expiry' });

export const addressBookSchema = aggregateSchema('address_books');
