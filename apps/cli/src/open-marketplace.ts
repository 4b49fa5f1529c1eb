import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Dispatcher, StructuredLogger } from '@daraa/platform';
import type { Environment } from '@daraa/platform';
import { CommandFailed } from './command-failed.js';
import { MarketplaceModule } from './marketplace.module.js';

/** A person reads along: only what went wrong is worth a line, unless LOG_LEVEL asks for more. */
const QUIET: Partial<Environment> = { LOG_LEVEL: 'warn' };

/**
 * Opens the marketplace for one piece of work and closes it afterwards, when every event that the work wrote is handled.
 * Throws a ConfigurationError where a variable is wrong, CommandFailed where MongoDB is away, and whatever the work throws.
 */
export async function withMarketplace<Result>(
  work: (marketplace: INestApplicationContext) => Promise<Result>,
  environment: Partial<Environment> = process.env['LOG_LEVEL'] ? {} : QUIET,
): Promise<Result> {
  const marketplace = await open(environment);
  marketplace.useLogger(marketplace.get(StructuredLogger));
  try {
    const result = await work(marketplace);
    await marketplace.get(Dispatcher).idle();
    return result;
  } finally {
    await marketplace.close();
  }
}

async function open(environment: Partial<Environment>): Promise<INestApplicationContext> {
  try {
    return await NestFactory.createApplicationContext(MarketplaceModule.forRoot(environment), { bufferLogs: true, abortOnError: false });
  } catch (error) {
    if (!(error instanceof Error) || !error.name.endsWith('ServerSelectionError')) throw error;
    const hint = 'Start the local platform (npm start), or name your database in MONGODB_URI.';
    throw new CommandFailed(`MongoDB does not answer: ${error.message}. ${hint}`, { cause: error });
  }
}
