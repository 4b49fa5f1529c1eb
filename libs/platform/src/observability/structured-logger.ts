import { Inject, Injectable, Optional } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream, Logger as Pino } from 'pino';
import { Environment } from '../config/environment.js';
import { presentContext } from './execution-context.js';
import { readableLines } from './readable-lines.js';
import { redact, scrub } from './redaction.js';

/** Injection token: where log lines go; standard output when nothing is provided. Tests provide a stream of their own. */
export const LOG_DESTINATION = Symbol('LOG_DESTINATION');

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * The one log of a process: a line of JSON each in production, a readable line elsewhere, with the correlation id and the actor
 * of whatever is being done, and nothing that must not be kept (see `redact`). Nest's own `Logger` writes here too:
 * `private readonly logger = new Logger('Orders')`, `this.logger.warn({ message: 'The sweep failed', error, orderId })`.
 */
@Injectable()
export class StructuredLogger implements LoggerService {
  private readonly pino: Pino;

  constructor(environment: Environment, @Optional() @Inject(LOG_DESTINATION) destination?: DestinationStream) {
    this.pino = createPino(environment, destination ?? pino.destination({ dest: 1, sync: true }));
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const { text, fields } = lineOf(message, rest);
    this.pino[level]({ ...contextFields(), ...fields }, text);
  }
}

function createPino(environment: Environment, destination: DestinationStream): Pino {
  const options = {
    level: environment.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  return pino(options, environment.isProduction ? destination : readableLines(destination, process.stdout.isTTY));
}

/** Nest calls with the message first and the context (a name) last; between them may stand a stack, an error or fields. */
function lineOf(message: unknown, rest: readonly unknown[]): { text: string; fields: Record<string, unknown> } {
  const fields: Record<string, unknown> = {};
  const others = [...rest];
  const last = others.at(-1);
  if (typeof last === 'string' && !last.includes('\n')) fields['context'] = others.pop();
  const text = textOf(message, fields);
  for (const other of others) {
    if (other instanceof Error) fields['error'] ??= redact(other);
    else if (typeof other === 'string') fields['stack'] = scrub(other);
    else if (typeof other === 'object' && other !== null) Object.assign(fields, redact(other));
  }
  return { text, fields };
}

function textOf(message: unknown, fields: Record<string, unknown>): string {
  if (message instanceof Error) {
    fields['error'] = redact(message);
    return scrub(message.message);
  }
  if (typeof message !== 'object' || message === null) return scrub(String(message));
  const { message: text, ...others } = message as { message?: unknown } & Record<string, unknown>;
  Object.assign(fields, redact(others));
  return typeof text === 'string' ? scrub(text) : '';
}

function contextFields(): Record<string, unknown> {
  const context = presentContext();
  if (!context) return {};
  const { correlationId, actor } = context;
  return { correlationId, actor: actor.type === 'account' ? actor.id : actor.type };
}
