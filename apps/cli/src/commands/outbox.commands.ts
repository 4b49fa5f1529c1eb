import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { CommandFailed } from '../command-failed.js';
import { withMarketplace } from '../open-marketplace.js';
import { listStuckEvents, replayStuckEvents } from '../outbox/stuck-events.js';

const print = (line: string): void => console.log(line);

/** `daraa outbox list` */
@SubCommand({ name: 'list', description: 'Lists parked events, and those that wait for more than five minutes.' })
export class OutboxListCommand extends CommandRunner {
  async run(): Promise<void> {
    await withMarketplace((marketplace) => listStuckEvents(marketplace, print));
  }
}

/** `daraa outbox replay` */
@SubCommand({ name: 'replay', arguments: '[id]', description: 'Delivers one event again, or (--all) all that outbox list names.' })
export class OutboxReplayCommand extends CommandRunner {
  async run([id]: string[], { all = false }: { all?: boolean } = {}): Promise<void> {
    if (all === (id !== undefined)) throw new CommandFailed('Say which event to replay: daraa outbox replay <id>, or --all.');
    const isHandled = await withMarketplace((marketplace) => replayStuckEvents(marketplace, id, print));
    if (!isHandled) process.exitCode = 1;
  }

  @Option({ flags: '--all', description: 'every event that outbox list names' })
  parseAll(): boolean {
    return true;
  }
}

/** `daraa outbox` */
@Command({
  name: 'outbox',
  description: 'Events that did not reach their handlers.',
  subCommands: [OutboxListCommand, OutboxReplayCommand],
})
export class OutboxCommand extends CommandRunner {
  async run(): Promise<void> {
    this.command.help();
    await Promise.resolve();
  }
}
