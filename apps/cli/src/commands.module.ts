import { Module } from '@nestjs/common';
import { OpenApiCommand } from './commands/openapi.command.js';
import { OutboxCommand, OutboxListCommand, OutboxReplayCommand } from './commands/outbox.commands.js';
import { SeedCommand } from './commands/seed.command.js';
import { VerifyCommand } from './commands/verify.command.js';

/** The commands of `daraa`. Each opens what it needs when it runs, so that help needs no database. */
@Module({ providers: [OpenApiCommand, OutboxCommand, OutboxListCommand, OutboxReplayCommand, SeedCommand, VerifyCommand] })
export class CommandsModule {}
