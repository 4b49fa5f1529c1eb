import { Injectable, Logger } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Environment } from '../config/environment.js';

/** A metric: its name (`snake_case`, unit last, `_total` for counters), a sentence, and the names of its labels. */
export interface MetricOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
}

/** A gauge may be read when it is asked for; a reading that fails is left out and logged. */
export interface GaugeOptions<Label extends string> extends MetricOptions<Label> {
  readonly collect?: (gauge: Gauge<Label>) => Promise<void> | void;
}

/** A histogram with the upper bounds of its buckets. */
export interface HistogramOptions<Label extends string> extends MetricOptions<Label> {
  readonly buckets?: number[];
}

/**
 * The metrics of this process, for Prometheus. Declaring a metric again returns the first one. Label values come from small,
 * fixed sets (never ids), or memory grows with traffic.
 */
@Injectable()
export class MetricsRegistry {
  private readonly registry = new Registry();
  private readonly logger = new Logger('Metrics');

  constructor(environment: Environment) {
    if (environment.METRICS && environment.NODE_ENV !== 'test') collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  counter<Label extends string>(options: MetricOptions<Label>): Counter<Label> {
    const known = this.registry.getSingleMetric(options.name);
    if (known instanceof Counter) return known as Counter<Label>;
    return new Counter({ ...withLabels(options), registers: [this.registry] });
  }

  gauge<Label extends string>(options: GaugeOptions<Label>): Gauge<Label> {
    const known = this.registry.getSingleMetric(options.name);
    if (known instanceof Gauge) return known as Gauge<Label>;
    const read = (gauge: Gauge<Label>): Promise<void> => this.read(options, gauge);
    const collect = options.collect
      ? {
          async collect(this: Gauge<Label>): Promise<void> {
            await read(this);
          },
        }
      : {};
    return new Gauge({ ...withLabels(options), ...collect, registers: [this.registry] });
  }

  histogram<Label extends string>(options: HistogramOptions<Label>): Histogram<Label> {
    const known = this.registry.getSingleMetric(options.name);
    if (known instanceof Histogram) return known as Histogram<Label>;
    const buckets = options.buckets ? { buckets: options.buckets } : {};
    return new Histogram({ ...withLabels(options), ...buckets, registers: [this.registry] });
  }

  /** All metrics in Prometheus' text format. */
  async exposition(): Promise<string> {
    return this.registry.metrics();
  }

  private async read<Label extends string>({ name, collect }: GaugeOptions<Label>, gauge: Gauge<Label>): Promise<void> {
    gauge.reset();
    try {
      await collect?.(gauge);
    } catch (error) {
      // One thing that cannot be read must not hide all the others from the dashboards.
      gauge.reset();
      this.logger.warn({ message: `The metric ${name} could not be read`, error });
    }
  }
}

function withLabels<Label extends string>({ name, help, labelNames }: MetricOptions<Label>) {
  return { name, help, labelNames: [...(labelNames ?? [])] };
}
