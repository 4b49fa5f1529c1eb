import type { Slice } from './visitors.js';

/** Which program was measured. */
export type Side = 'ours' | 'limit';

/** One path, measured on both sides in turns. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** The least of the limit that quality.md asks for. */
  readonly target: number;
  readonly slices: readonly Readonly<Record<Side, Slice>>[];
}

/** The middle one; of an even number, the lower of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? NaN;
}

/** The value below which this share of the numbers lies. */
export function percentile(numbers: readonly number[], share: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;
}

/** Ours as a share of the limit: the median of the ratios of neighbouring slices. */
export function ratioOf({ slices }: Measured): number {
  return median(slices.map(({ ours, limit }) => ours.perSecond / limit.perSecond));
}

function speedOf({ slices }: Measured, side: Side): string {
  const perSecond = median(slices.map((slice) => slice[side].perSecond));
  const latencies = slices.flatMap((slice) => slice[side].latencies);
  return `${perSecond.toFixed(0)} | ${percentile(latencies, 0.5).toFixed(0)} / ${percentile(latencies, 0.99).toFixed(0)}`;
}

/** The table of docs/performance.md, in Markdown. */
export function tableOf(measured: readonly Measured[]): string {
  const head = ['path', 'of the limit', 'target', 'ours, per second', 'p50 / p99 ms', 'limit, per second', 'p50 / p99 ms'];
  const rows = measured.map((each) => {
    const ratio = ratioOf(each);
    const verdict = `**${ratio.toFixed(2)}**${ratio >= each.target ? '' : ' (missed)'}`;
    return `| ${[each.name, verdict, `≥ ${each.target.toFixed(2)}`, speedOf(each, 'ours'), speedOf(each, 'limit')].join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');
}
