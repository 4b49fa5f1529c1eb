// The local platform with stand-ins for the API, the worker and the demo data.
import { fileURLToPath } from 'node:url';
import { runLocalPlatform } from '../../../apps/local/src/run-local-platform.js';

function standIn(name: string): { name: string; script: string } {
  return { name: name === 'api' ? 'API' : name.replace('-', ' '), script: fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)) };
}

const programs = { demoData: standIn('demo-data'), api: standIn('api'), worker: standIn('worker') };
process.exit(await runLocalPlatform(process.argv.slice(2), programs));
