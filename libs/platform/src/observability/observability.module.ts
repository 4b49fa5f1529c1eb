import { Global, Module } from '@nestjs/common';
import { MetricsRegistry } from './metrics-registry.js';
import { StructuredLogger } from './structured-logger.js';

/** Logs and metrics, for every process. The process says `app.useLogger(app.get(StructuredLogger))`. */
@Global()
@Module({ providers: [MetricsRegistry, StructuredLogger], exports: [MetricsRegistry, StructuredLogger] })
export class ObservabilityModule {}
