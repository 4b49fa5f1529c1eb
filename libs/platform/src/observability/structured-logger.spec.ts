import { Logger } from '@nestjs/common';
import { readEnvironment } from '../config/environment.js';
import type { Environment } from '../config/environment.js';
import { runInContext } from './execution-context.js';
import { StructuredLogger } from './structured-logger.js';

const SECRETS = {
  JWT_SECRET: 'a'.repeat(40),
  OTP_SECRET: 'b'.repeat(40),
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_12345',
};

function logTo(lines: string[], variables: Partial<Environment> = {}): StructuredLogger {
  const environment = readEnvironment({ ...SECRETS, NODE_ENV: 'production', LOG_LEVEL: 'info', ...variables });
  return new StructuredLogger(environment, { write: (line: string) => lines.push(line) });
}

const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
  });

  it('is one line of JSON each in production, with time, level, context and message', () => {
    logTo(lines).log('It rains', 'Weather');
    expect(lines).toHaveLength(1);
    expect(parsed(lines)[0]).toMatchObject({ level: 'info', context: 'Weather', msg: 'It rains' });
    expect(String(parsed(lines)[0]?.['time'])).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('names the correlation id and the actor of what is being done', () => {
    const logger = logTo(lines);
    runInContext({ correlationId: 'request-1', actor: { type: 'account', id: 'acc_01' } }, () => logger.log('here'));
    logger.log('outside');
    expect(parsed(lines)[0]).toMatchObject({ correlationId: 'request-1', actor: 'acc_01' });
    expect(parsed(lines)[1]).not.toHaveProperty('correlationId');
  });

  it("takes messages, fields, errors and stacks in the forms that Nest's logger hands over", () => {
    const logger = logTo(lines);
    logger.error({ message: 'It failed', orderId: 'ord_1', error: new Error('inner') }, 'Orders');
    logger.error('It failed', 'Error: x\n    at y', 'Orders');
    logger.error(new Error('itself'));
    logger.warn('With fields', { orderId: 'ord_2' }, 'Orders');
    expect(parsed(lines)).toMatchObject([
      { level: 'error', msg: 'It failed', context: 'Orders', orderId: 'ord_1', error: { type: 'Error', message: 'inner' } },
      { level: 'error', msg: 'It failed', context: 'Orders', stack: 'Error: x\n    at y' },
      { level: 'error', msg: 'itself', error: { message: 'itself' } },
      { level: 'warn', msg: 'With fields', context: 'Orders', orderId: 'ord_2' },
    ]);
  });

  it('has no secret in it, in whatever way it is handed over', () => {
    const logger = logTo(lines);
    logger.log('Authorization: Bearer abc.def.ghi');
    logger.log({ message: 'password=hunter2', body: { password: 'hunter2' } });
    logger.error('failed', new Error('otp=123456'));
    logger.error('failed', 'Error: otp=123456\n at x', 'Accounts');
    logger.error(new Error('card 4242424242424242'));
    logger.log('x', { email: 'nour@example.com' });
    expect(lines.join('')).not.toMatch(/abc\.def|hunter2|123456|4242424242|nour@/);
  });

  it('leaves out what is below its level', () => {
    const logger = logTo(lines, { LOG_LEVEL: 'warn' });
    logger.log('quiet');
    logger.warn('loud');
    expect(parsed(lines)).toMatchObject([{ msg: 'loud' }]);
  });

  it('cannot be broken by line breaks in what people write', () => {
    logTo(lines).log('one\n{"level":"error","msg":"forged"}');
    expect(lines.join('').trim().split('\n')).toHaveLength(1);
  });

  it('is readable outside production: a line for a person, then the stack', () => {
    const logger = logTo(lines, { NODE_ENV: 'development' });
    runInContext({ correlationId: 'request-1', actor: { type: 'account', id: 'acc_01' } }, () =>
      logger.warn({ message: 'It failed', orderId: 'ord_1', error: new Error('inner', { cause: new Error('root') }) }, 'Orders'),
    );
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} .*WARN.* \[Orders\] It failed orderId=ord_1 actor=acc_01 correlationId=request-1\n/);
    expect(lines[0]).toMatch(/\nError: inner\n/);
    expect(lines[0]).toMatch(/caused by:\nError: root/);
  });

  it("is where Nest's own loggers write", () => {
    Logger.overrideLogger(logTo(lines));
    new Logger('Orders').warn({ message: 'The sweep failed', orderId: 'ord_1' });
    expect(parsed(lines)[0]).toMatchObject({ level: 'warn', context: 'Orders', msg: 'The sweep failed', orderId: 'ord_1' });
    Logger.overrideLogger(false);
  });
});
