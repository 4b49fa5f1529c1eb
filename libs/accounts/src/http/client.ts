import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '@daraa/platform';
import type { Locale } from '../domain/account.js';
import type { Client } from '../domain/session.js';

const LONGEST_DEVICE = 200;

function requestOf(context: ExecutionContext): HttpRequest {
  return context.switchToHttp().getRequest<HttpRequest>();
}

/** The device and address that a request comes from. */
export const CurrentClient = createParamDecorator((_data: unknown, context: ExecutionContext): Client => {
  const request = requestOf(context);
  return { device: (request.headers['user-agent'] ?? 'unknown').slice(0, LONGEST_DEVICE), ip: request.ip };
});

/** The language that a request prefers, of those we write in: Arabic where it comes first, else English. */
export const PreferredLocale = createParamDecorator((_data: unknown, context: ExecutionContext): Locale => {
  return /^\s*ar\b/i.test(requestOf(context).headers['accept-language'] ?? '') ? 'ar' : 'en';
});
