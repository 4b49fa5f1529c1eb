import helmet from '@fastify/helmet';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../config/environment.js';

const ONE_YEAR = 31_536_000;
/** Headers that belong to one reply, not to all of them. */
const OF_ONE_REPLY = new Set(['content-length', 'content-type', 'date', 'connection', 'keep-alive', 'transfer-encoding']);

/**
 * Sends the headers of helmet with every reply. They are the same for all, so they are asked for once: helmet itself would
 * write the policy anew for each request. The policy lets Swagger UI work, which is all that a browser shows from here.
 */
export async function protectBrowsers(instance: FastifyInstance, environment: Environment): Promise<void> {
  const headers = await headersOfHelmet(environment);
  instance.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

async function headersOfHelmet(environment: Environment): Promise<Record<string, string>> {
  const probe = fastify();
  await probe.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    hsts: environment.isProduction ? { maxAge: ONE_YEAR, includeSubDomains: true } : false,
  });
  probe.get('/', () => '');
  const { headers } = await probe.inject('/');
  await probe.close();
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (OF_ONE_REPLY.has(name) ? [] : [[name, String(value)]])));
}
