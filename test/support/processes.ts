import { readdir, readFile } from 'node:fs/promises';

/** Whether a process with this number runs; one that has ended and was not yet collected does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
}

/** The command lines of all processes that were started with this setting in their environment or name it in their arguments. */
export async function processesOf(setting: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may end between the listing and the reading.
      const [environment, command] = await Promise.all(['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
      return `${environment}${command}`.includes(setting) ? [`${pid} ${command?.replaceAll('\0', ' ')}`] : [];
    }),
  );
  return found.flat();
}
