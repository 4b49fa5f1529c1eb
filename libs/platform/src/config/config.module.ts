import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';
import { randomIds, systemClock } from '@daraa/kernel';
import { CLOCK, IDS } from './clock.js';
import { Environment, readEnvironment } from './environment.js';

/** Reads `.env` and the environment once, checks it, and offers it as the injectable `Environment`; with the clock and ids. */
@Global()
@Module({})
export class ConfigurationModule {
  static forRoot(overrides: Partial<Environment> = {}): DynamicModule {
    return {
      module: ConfigurationModule,
      // A test says all it needs by itself; a developer's .env must not change what it proves.
      imports: [NestConfigModule.forRoot({ ignoreEnvFile: process.env['NODE_ENV'] === 'test' })],
      providers: [
        { provide: Environment, useFactory: () => readEnvironment({ ...process.env, ...overrides }) },
        { provide: CLOCK, useValue: systemClock },
        { provide: IDS, useValue: randomIds },
      ],
      exports: [Environment, CLOCK, IDS],
    };
  }
}
