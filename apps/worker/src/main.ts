import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { startOrExplain, StructuredLogger } from '@daraa/platform';
import { WorkerModule } from './worker.module.js';

await startOrExplain(async () => {
  const app = await NestFactory.createApplicationContext(WorkerModule, { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(StructuredLogger));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
});
