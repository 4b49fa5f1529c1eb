// Compiles apps/ and libs/ into dist/ with SWC, file by file, so that a stack trace names the source file.
// `nest build` cannot do this: its SWC builder in monorepo mode bundles with webpack, which is not ESM.
import { transformFile } from '@swc/core';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const output = 'dist';
const root = process.cwd();

// SWC resolves `@daraa/*` before `@daraa/*/events`, so each context gets its two doors by name.
const paths = {};
for (const context of await readdir('libs')) {
  paths[`@daraa/${context}/events`] = [path.join(root, 'libs', context, 'src/events.ts')];
  paths[`@daraa/${context}`] = [path.join(root, 'libs', context, 'src/index.ts')];
}

async function sources(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(int-)?spec\.ts$|\.d\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function compile(file) {
  const { code, map } = await transformFile(file, {
    sourceFileName: path.resolve(file),
    jsc: { baseUrl: root, paths },
    module: { type: 'es6', resolveFully: true },
  });
  const target = path.join(output, file.replace(/\.ts$/, '.js'));
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, `${code}\n//# sourceMappingURL=${path.basename(target)}.map\n`);
  await writeFile(`${target}.map`, map);
}

await rm(output, { recursive: true, force: true });
const files = [...(await sources('apps')), ...(await sources('libs'))];
await Promise.all(files.map(compile));
