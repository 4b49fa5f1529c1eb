import 'reflect-metadata';
import { createHttpApplication, Environment, startOrExplain, stopOnSignals } from '@daraa/platform';
import { ApiModule } from './api.module.js';

await startOrExplain(async () => {
  const app = await createHttpApplication(ApiModule);
  stopOnSignals(app);
  const { PORT, HOST } = app.get(Environment);
  await app.listen(PORT, HOST);
});
