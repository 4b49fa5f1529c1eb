import { once } from 'node:events';

/** Ends what start-services has started and waits until it is gone. */
export default async function stopServices(): Promise<void> {
  const host = globalThis.servicesHost;
  globalThis.servicesHost = undefined;
  if (!host || host.exitCode !== null) return;
  host.ref();
  const gone = once(host, 'exit');
  if (host.connected) host.disconnect();
  await gone;
}
