import type { DestinationStream } from 'pino';

const COLOURS: Readonly<Record<string, string>> = { trace: '90', debug: '90', info: '32', warn: '33', error: '31', fatal: '35' };

/** Turns lines of JSON into lines for a person: time, level, context, message, then the rest as `name=value`. */
export function readableLines(destination: DestinationStream, inColour: boolean): DestinationStream {
  return { write: (line: string) => destination.write(`${readable(JSON.parse(line) as Record<string, unknown>, inColour)}\n`) };
}

function readable(line: Record<string, unknown>, inColour: boolean): string {
  const { time, level, context, msg, error, stack, correlationId, actor, ...others } = line;
  const label = String(level).toUpperCase().padEnd(5);
  const head = `${String(time).slice(11, 23)} ${inColour ? `\u001b[${COLOURS[String(level)] ?? '0'}m${label}\u001b[0m` : label}`;
  const name = typeof context === 'string' ? ` [${context}]` : '';
  const fields = Object.entries({ ...others, actor, correlationId })
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ` ${field}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${head}${name} ${String(msg)}${fields.join('')}${traceOf(error, stack)}`;
}

function traceOf(error: unknown, stack: unknown): string {
  if (typeof stack === 'string') return `\n${stack}`;
  if (typeof error !== 'object' || error === null) return error === undefined ? '' : ` error=${JSON.stringify(error)}`;
  const { stack: trace, message, cause } = error as { stack?: unknown; message?: unknown; cause?: unknown };
  const own = `\n${String(trace ?? message ?? JSON.stringify(error))}`;
  return cause === undefined ? own : `${own}\n  caused by:${traceOf(cause, undefined)}`;
}
