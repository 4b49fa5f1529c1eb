// Compiles apps/ and libs/ into dist/ with SWC, file by file, so that a stack trace names the source file.
// `nest build` cannot do this: its SWC builder in monorepo mode bundles with webpack, which is not ESM.
import { transformFile } from '@swc/core';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const output = 'dist';
const root = process.cwd();

// SWC resolves `@daraa/*` before `@daraa/*/events`, so each context gets its two doors by name.
const paths = {};
for (const context of await readdir('libs')) {
  paths[`@daraa/${context}/events`] = [path.join(root, 'libs', context, 'src/events.ts')];
  paths[`@daraa/${context}`] = [path.join(root, 'libs', context, 'src/index.ts')];
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function isSource(file) {
  return /\.(ts|mjs)$/.test(file) && !/(\.spec|\.int-spec|\.d)\.ts$/.test(file);
}

/** The files of dist/ that a source becomes, by name. */
async function compile(file) {
  // Programs of processes of their own are plain JavaScript, which runs the same from the sources and from here.
  if (file.endsWith('.mjs')) return { [file]: await readFile(file, 'utf8') };
  const { code, map } = await transformFile(file, {
    sourceFileName: path.resolve(file),
    jsc: { baseUrl: root, paths },
    module: { type: 'es6', resolveFully: true },
  });
  const name = file.replace(/\.ts$/, '.js');
  return { [name]: `${code}\n//# sourceMappingURL=${path.basename(name)}.map\n`, [`${name}.map`]: map };
}

/** Leaves a file that has not changed alone and never shows half of one, so that a platform that runs from dist/ goes on. */
async function write([name, content]) {
  const target = path.join(output, name);
  const before = await readFile(target, 'utf8').catch(() => undefined);
  if (before === content) return;
  await mkdir(path.dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}.draft`;
  await writeFile(draft, content);
  await rename(draft, target);
}

const sources = [...(await filesIn('apps')), ...(await filesIn('libs'))].filter(isSource);
const built = Object.assign({}, ...(await Promise.all(sources.map(compile))));
await Promise.all(Object.entries(built).map(write));

const stale = (await filesIn(output)).filter((file) => !(path.relative(output, file) in built) && !file.endsWith('.draft'));
await Promise.all(stale.map((file) => rm(file, { force: true })));
