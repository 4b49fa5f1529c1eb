import 'reflect-metadata';
import { ConfigurationError } from '@daraa/platform';
import { CommandFactory } from 'nest-commander';
import { CommandFailed } from './command-failed.js';
import { CommandsModule } from './commands.module.js';
import { useRunningPlatform } from './running-platform.js';

/** What we know how to say is one sentence; anything else is a defect, whose stack helps to find it. */
function explain(error: Error): void {
  const isExplained = error instanceof CommandFailed || error instanceof ConfigurationError;
  process.stderr.write(`${isExplained ? error.message : (error.stack ?? error.message)}\n`);
  // What was opened before the failure may never close by itself.
  process.exit(1);
}

/** The parser ends with an error of its own after it has shown help or said what is wrong with the command line. */
function endParsing(error: Error): void {
  process.exitCode = 'exitCode' in error && error.exitCode === 0 ? 0 : 2;
}

interface Named {
  readonly parent: Named | null;
  name(): string;
}

/** The names of a command and those above it, but for the program's own. */
function pathOf(command: Named): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

useRunningPlatform();

await CommandFactory.run(CommandsModule, {
  logger: false,
  cliName: 'daraa',
  errorHandler: endParsing,
  serviceErrorHandler: explain,
  helpConfiguration: { commandUsage: (command) => `npm run daraa -- ${[...pathOf(command), command.usage()].join(' ')}` },
});
