// Writes the OpenAPI document of the API to the file that is named, or to standard output; listens to nobody and needs no services.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { buildOpenApiDocument, createHttpApplication, startOrExplain } from '@daraa/platform';
import { ApiModule } from './api.module.js';

await startOrExplain(async () => {
  const app = await createHttpApplication(ApiModule, { environment: { MONGODB_CONNECT: 'when-used' }, logger: false });
  const text = `${JSON.stringify(buildOpenApiDocument(app), null, 2)}\n`;
  const file = process.argv[2];
  if (file === undefined) await new Promise((resolve) => process.stdout.write(text, resolve));
  else await writeFile(file, text);
  // Nothing was started that would have to be stopped in order.
  process.exit(0);
});
