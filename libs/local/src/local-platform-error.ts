/** The local platform cannot do what was asked; the message is one sentence for the person who started it. */
export class LocalPlatformError extends Error {
  override readonly name = 'LocalPlatformError';
}
