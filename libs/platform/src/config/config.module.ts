import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';
import { Environment, readEnvironment } from './environment.js';

/** Reads `.env` and the environment once, checks it, and offers it as the injectable `Environment`. */
@Global()
@Module({})
export class ConfigurationModule {
  static forRoot(overrides: Partial<Environment> = {}): DynamicModule {
    return {
      module: ConfigurationModule,
      // A test says all it needs by itself; a developer's .env must not change what it proves.
      imports: [NestConfigModule.forRoot({ ignoreEnvFile: process.env['NODE_ENV'] === 'test' })],
      providers: [{ provide: Environment, useFactory: () => readEnvironment({ ...process.env, ...overrides }) }],
      exports: [Environment],
    };
  }
}
