import { CommandFailed } from '../command-failed.js';

/** Throws CommandFailed in production: demo accounts have a password that everybody knows. */
export function mustNotBeProduction(nodeEnvironment: string | undefined): void {
  if (nodeEnvironment !== 'production') return;
  throw new CommandFailed('Demo data has no place in production: its accounts have a password that everybody knows.');
}
