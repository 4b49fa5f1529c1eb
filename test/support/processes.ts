import { readdir, readFile, readlink } from 'node:fs/promises';

/** Whether a process with this number runs; one that has ended and was not yet collected does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
}

/** The command lines of all processes that have to do with a folder: it is in their arguments, their environment, or where they work. */
export async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may end between the listing and the reading.
      const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const worksIn = readlink(`/proc/${pid}/cwd`).catch(() => '');
      const [command, ...others] = await Promise.all([read('cmdline'), read('environ'), worksIn]);
      return [command, ...others].some((text) => text.includes(folder)) ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
    }),
  );
  return found.flat();
}
