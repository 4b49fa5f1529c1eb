// What the build and Jest do with names and types, as hooks of Node's module loader.
import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** `@daraa/orders` and `@daraa/orders/events` are the two doors of a context; `./order.js` may stand for `./order.ts`. */
export async function resolve(specifier, context, next) {
  const door = /^@daraa\/([a-z-]+)(\/events)?$/.exec(specifier);
  if (door) {
    const source = path.join(root, 'libs', door[1], 'src', door[2] ? 'events.ts' : 'index.ts');
    return { url: pathToFileURL(source).href, shortCircuit: true };
  }
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { sourceMaps: 'inline', module: { type: 'es6' } });
  return { format: 'module', source: code, shortCircuit: true };
}
