import { programs } from './programs.js';
import { runLocalPlatform } from './run-local-platform.js';

process.exit(await runLocalPlatform(process.argv.slice(2), programs));
