// Adds to package-lock.json the optional packages of other platforms that npm left out, because a registry mirror did not offer
// them: without them `npm ci` refuses the lock file. Run after `npm install`: node tools/complete-lock.mjs
import { readFile, writeFile } from 'node:fs/promises';

const FILE = 'package-lock.json';
const OS = /darwin|win32|linux|freebsd|android|openharmony|sunos|aix/;
const CPU = /arm64|aarch64|x64|ia32|riscv64|ppc64|s390x|loong64|arm(?!64)/;

const lock = JSON.parse(await readFile(FILE, 'utf8'));

/** Every folder in which Node would look for a dependency of the package at `at`. */
function placesOf(at, name) {
  const places = [];
  for (let base = at; ; base = base.replace(/(^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    places.push(`${base ? `${base}/` : ''}node_modules/${name}`);
    if (!base) return places;
  }
}

let added = 0;
for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const os = OS.exec(name)?.[0];
    const cpu = CPU.exec(name)?.[0];
    if (placesOf(at, name).some((place) => lock.packages[place]) || !os || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = { version, ...(cpu && { cpu: [cpu] }), ...(entry.dev && { dev: true }), optional: true, os: [os] };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);
