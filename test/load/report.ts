import type { Slice } from './visitors.js';

/** Which program was measured. */
export type Side = 'ours' | 'limit';

/** A slice, and the processor time that the program itself used for it, in milliseconds. */
export type Sample = Slice & { readonly processorMs: number };

/** One path, measured on both sides in turns. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** The least of the limit that quality.md asks for. */
  readonly target: number;
  readonly slices: readonly Readonly<Record<Side, Sample>>[];
}

/** The middle one; of an even number, the lower of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? NaN;
}

/** Ours as a share of the limit: the median of the ratios of neighbouring slices. */
export function ratioOf({ slices }: Measured): number {
  return median(slices.map(({ ours, limit }) => ours.perSecond / limit.perSecond));
}

/** Milliseconds of the program's processor time for each, over all slices. */
function costOf({ slices }: Measured, side: Side): number {
  const sum = (pick: (sample: Sample) => number): number => slices.reduce((total, slice) => total + pick(slice[side]), 0);
  return sum((sample) => sample.processorMs) / sum((sample) => sample.done);
}

function speedOf({ slices }: Measured, side: Side): string {
  const middle = (pick: (sample: Sample) => number): string => median(slices.map((slice) => pick(slice[side]))).toFixed(0);
  return `${middle((sample) => sample.perSecond)} | ${middle((sample) => sample.p50)} / ${middle((sample) => sample.p99)}`;
}

/** The table of docs/performance.md, in Markdown. */
export function tableOf(measured: readonly Measured[]): string {
  const speeds = ['ours, per second', 'p50 / p99 ms', 'limit, per second', 'p50 / p99 ms'];
  const head = ['path', 'of the limit', 'target', ...speeds, 'CPU ms, ours / limit'];
  const rows = measured.map((each) => {
    const ratio = ratioOf(each);
    const cost = `${costOf(each, 'ours').toFixed(2)} / ${costOf(each, 'limit').toFixed(2)}`;
    const verdict = `**${ratio.toFixed(2)}**${ratio >= each.target ? '' : ' (missed)'}`;
    const cells = [each.name, verdict, `≥ ${each.target.toFixed(2)}`, speedOf(each, 'ours'), speedOf(each, 'limit'), cost];
    return `| ${cells.join(' | ')} |`;
  });
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');
}
