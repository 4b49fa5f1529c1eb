import { fileURLToPath } from 'node:url';
import type { NodeProgram } from '@daraa/local';

/** The programs that make up the platform, beside the services that it uses. */
export interface Programs {
  /** Runs to its end before the others start; must leave existing data alone. */
  demoData: NodeProgram;
  /** Must answer `GET /ready` with 200 on `PORT`. */
  api: NodeProgram;
  worker: NodeProgram;
}

/** The marketplace as it was built. */
export const programs: Programs = {
  demoData: { name: 'demo data', script: built('cli'), args: ['seed'] },
  api: { name: 'API', script: built('api') },
  worker: { name: 'worker', script: built('worker') },
};

function built(app: string): string {
  return fileURLToPath(new URL(`../../${app}/src/main.js`, import.meta.url));
}
