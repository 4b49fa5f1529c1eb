import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { Environment } from '../config/environment.js';
import { AccessTokens, tokenKey } from './access/access-tokens.js';
import { AuthenticationGuard } from './access/authentication.guard.js';
import { AuthorisationGuard } from './access/authorisation.guard.js';
import { JwtStrategy } from './access/jwt.strategy.js';
import { Routes } from './access/routes.js';
import { ErrorFilter } from './errors.js';
import { IdempotencyKeys } from './idempotency/idempotency-keys.js';
import { RateLimitGuard } from './limits/rate-limit.guard.js';
import { connectForCounting, RATE_LIMIT_REDIS, RateLimits } from './limits/rate-limits.js';
import { ShutdownState } from './shutdown.js';
import { ValidationPipe } from './validation.js';

/**
 * What every route goes through: who is asking, how often, whether they may, and whether the request is well-formed. Needs a
 * global `Environment`, and a connection of Mongoose for idempotent routes.
 */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    PassportModule,
    JwtModule.registerAsync({ inject: [Environment], useFactory: (environment: Environment) => ({ secret: tokenKey(environment) }) }),
  ],
  providers: [
    AccessTokens,
    IdempotencyKeys,
    JwtStrategy,
    RateLimits,
    Routes,
    ShutdownState,
    { provide: RATE_LIMIT_REDIS, inject: [Environment], useFactory: connectForCounting },
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useClass: ValidationPipe },
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AuthorisationGuard },
  ],
  exports: [AccessTokens, IdempotencyKeys, RateLimits, Routes, ShutdownState],
})
export class HttpModule {}
