import 'reflect-metadata';
import { createHttpApplication, Environment, startOrExplain, stopOnSignals, StructuredLogger } from '@daraa/platform';
import { ApiModule } from './api.module.js';

await startOrExplain(async () => {
  const app = await createHttpApplication(ApiModule);
  app.useLogger(app.get(StructuredLogger));
  stopOnSignals(app);
  const { PORT, HOST } = app.get(Environment);
  await app.listen(PORT, HOST);
});
