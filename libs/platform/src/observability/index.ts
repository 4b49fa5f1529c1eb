export * from './execution-context.js';
export { MetricsRegistry } from './metrics-registry.js';
export type { GaugeOptions, HistogramOptions, MetricOptions } from './metrics-registry.js';
export { ObservabilityModule } from './observability.module.js';
