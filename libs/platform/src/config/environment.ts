import { plainToInstance, Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';

/** Secrets that let a checkout run without any configuration; production refuses them. */
export const DEVELOPMENT_SECRET = 'development-only-secret-change-me-0123456789';

const toBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' || value === '1' || value === true ? true : value === 'false' || value === '0' || value === false ? false : value,
);
const anyHost = { require_tld: false, require_protocol: true };

/** Every environment variable the platform reads, with its default. `.env.example` explains each for operators. */
export class Environment {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** Where a worker answers `/health`, `/ready` and `/metrics`; 0: nowhere. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  WORKER_PORT = 0;

  @IsString()
  HOST = '127.0.0.1';

  @Matches(/^mongodb(\+srv)?:\/\//, { message: 'MONGODB_URI must begin with mongodb:// or mongodb+srv://' })
  MONGODB_URI = 'mongodb://127.0.0.1:27017/daraa';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  MONGODB_POOL_SIZE = 40;

  /** `when-used`: the process starts without MongoDB. For programs that only look at the routes (`daraa openapi`). */
  @IsIn(['at-start', 'when-used'])
  MONGODB_CONNECT: 'at-start' | 'when-used' = 'at-start';

  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  REDIS_URL = 'redis://127.0.0.1:6379';

  @Matches(/^[a-z0-9_-]{1,40}$/i)
  REDIS_PREFIX = 'daraa';

  @IsString()
  @MinLength(32)
  JWT_SECRET = DEVELOPMENT_SECRET;

  @IsString()
  @MinLength(32)
  OTP_SECRET = DEVELOPMENT_SECRET;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  ACCESS_TOKEN_SECONDS = 900;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  REFRESH_TOKEN_SECONDS = 604_800;

  @IsIn(['on', 'off'])
  RATE_LIMIT: 'on' | 'off' = 'on';

  /** Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas. */
  @IsString()
  TRUSTED_PROXIES = '';

  /** Origins that browsers may call from, separated by commas; `*` for all (bearer tokens only, no cookies). */
  @IsString()
  CORS_ORIGINS = '*';

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
  LOG_LEVEL: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info';

  /** A process that stops still accepts requests for this long (milliseconds), so that proxies see that it is not ready any more. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3000)
  STOP_DELAY_MS = 250;

  /** The reply to a checkout is stored under its key for this long; a stale claim is taken over after the lease. */
  @Type(() => Number)
  @IsInt()
  @Min(100)
  IDEMPOTENCY_LEASE_MS = 60_000;

  @IsUrl({ ...anyHost, protocols: ['smtp', 'smtps'] })
  SMTP_URL = 'smtp://127.0.0.1:3025';

  @IsString()
  MAIL_FROM = 'Daraa <no-reply@daraa.test>';

  /** Where SMS are posted as `{ to, text }` (the local inbox); empty: SMS are not sent. */
  @IsString()
  SMS_URL = '';

  @IsString()
  @MinLength(8)
  STRIPE_SECRET_KEY = 'sk_test_local_platform';

  @IsString()
  @MinLength(8)
  STRIPE_WEBHOOK_SECRET = 'whsec_local_platform';

  /** The provider's address; empty: Stripe itself. The local platform names its emulator here. */
  @IsOptional()
  @IsString()
  STRIPE_API_URL = '';

  @Type(() => Number)
  @IsInt()
  @Min(100)
  STRIPE_TIMEOUT_MS = 20_000;

  /** Serve `/metrics` and `/docs` on this process. Keep `/metrics` away from the public at the proxy. */
  @toBoolean
  @IsBoolean()
  METRICS = true;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }
}

/** The configuration is wrong; the message names each variable and what it must be. The process must not start. */
export class ConfigurationError extends Error {}

/**
 * Reads and checks the environment. Throws a ConfigurationError that names every bad variable; production also refuses
 * development secrets, test keys of the payment provider's emulator and a switched-off rate limit.
 */
export function readEnvironment(variables: Record<string, unknown>): Environment {
  const known = Object.keys(new Environment());
  const given = Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => known.includes(name) && value !== undefined && value !== ''),
  );
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(environment).flatMap((error) =>
    Object.values(error.constraints ?? {}).map((message) => (message.startsWith(error.property) ? message : `${error.property}: ${message}`)),
  );
  if (environment.isProduction) problems.push(...productionProblems(environment));
  if (problems.length > 0) throw new ConfigurationError(`The configuration is not valid:\n  ${problems.join('\n  ')}`);
  return environment;
}

function productionProblems(environment: Environment): string[] {
  const problems: string[] = [];
  for (const name of ['JWT_SECRET', 'OTP_SECRET'] as const) {
    if (environment[name] === DEVELOPMENT_SECRET) problems.push(`${name} must be a secret of your own in production`);
  }
  if (environment.RATE_LIMIT === 'off') problems.push('RATE_LIMIT must be on in production');
  if (environment.STRIPE_SECRET_KEY === 'sk_test_local_platform') problems.push('STRIPE_SECRET_KEY must be set in production');
  if (environment.STRIPE_WEBHOOK_SECRET === 'whsec_local_platform') problems.push('STRIPE_WEBHOOK_SECRET must be set in production');
  return problems;
}
