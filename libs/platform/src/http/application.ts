import compress from '@fastify/compress';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { constants } from 'node:zlib';
import { ConfigurationModule } from '../config/config.module.js';
import { Environment, readEnvironment } from '../config/environment.js';
import { API_PREFIX, HttpAdapter } from './adapter.js';
import { HttpModule } from './http.module.js';
import { serveDocumentation } from './openapi/document.js';
import { protectBrowsers } from './security-headers.js';

/** Addresses that stand beside the API, not under its prefix. */
const OUTSIDE_PREFIX = ['health', 'ready', 'metrics'];
const COMPRESS_FROM = 1024;

const EXPOSED_HEADERS = [
  'X-Request-ID',
  'X-Cart-Token',
  'ETag',
  'Idempotent-Replayed',
  'Retry-After',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];

export interface HttpApplicationOptions {
  /** Variables that differ from the process's environment (tests). */
  readonly environment?: Partial<Environment>;
  /** Nest's own log lines at start; off where nothing is said in tests. */
  readonly logger?: false;
}

@Module({})
class HttpRoot {}

/** The module to build an application (or a testing module) from: configuration, everything of HTTP, and `module`. */
export function httpRoot(module: Type | DynamicModule, environment: Partial<Environment> = {}): DynamicModule {
  return { module: HttpRoot, imports: [ConfigurationModule.forRoot(environment), HttpModule, module] };
}

/** The adapter that `configureHttp` expects, for applications made by `Test.createTestingModule`. */
export function createHttpAdapter(environment: Partial<Environment> = {}): HttpAdapter {
  return new HttpAdapter(readEnvironment({ ...process.env, ...environment }));
}

/**
 * An application that serves `module` over HTTP, configured and ready for `init()` or `listen()`. `module` must not import
 * ConfigurationModule or HttpModule itself.
 */
export async function createHttpApplication(
  module: Type | DynamicModule,
  options: HttpApplicationOptions = {},
): Promise<NestFastifyApplication> {
  const root = httpRoot(module, options.environment);
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(options.environment), {
    bodyParser: false,
    abortOnError: false,
    bufferLogs: true,
    ...(options.logger === false ? { logger: false as const } : {}),
  });
  return configureHttp(app);
}

/**
 * Gives an application its prefix, headers, CORS, compression and documentation. The application must use an `HttpAdapter` and
 * be created with `bodyParser: false`.
 */
export async function configureHttp(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  const environment = app.get(Environment);
  app.setGlobalPrefix(API_PREFIX.slice(1), { exclude: OUTSIDE_PREFIX });
  app.enableCors({ origin: originsOf(environment), exposedHeaders: EXPOSED_HEADERS, maxAge: 600 });
  await protectBrowsers(app.getHttpAdapter().getInstance(), environment);
  await app.register(compress, {
    threshold: COMPRESS_FROM,
    encodings: ['gzip', 'br'],
    // Speed matters more than the last percent: the default of brotli (11) takes a hundred times as long.
    zlibOptions: { level: 4 },
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  serveDocumentation(app);
  return app;
}

function originsOf(environment: Environment): string[] | '*' {
  const origins = environment.CORS_ORIGINS.split(',').flatMap((origin) => origin.trim() || []);
  return origins.includes('*') ? '*' : origins;
}
