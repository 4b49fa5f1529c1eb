/** Waits until all of `work` has ended, well or not, but `milliseconds` at most; true when it has. */
export async function settledWithin(work: readonly Promise<unknown>[], milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = Promise.allSettled(work).then(() => true);
  const outcome = await Promise.race([settled, late]);
  clearTimeout(timer);
  return outcome;
}
