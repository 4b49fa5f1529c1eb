// Stands in for the API in the tests of the local platform: ready when MongoDB answers, and says what it was given.
import { createServer } from 'node:http';
import mongoose from 'mongoose';

if (process.env.STAND_IN_FAILS === 'API') throw new Error('the configuration is wrong');
const { connection } = await mongoose.connect(process.env.MONGODB_URI);

const server = createServer(async (request, response) => {
  const answer = {
    '/ready': () => ({ ready: true }),
    '/process': () => ({ pid: process.pid, environment: process.env }),
    '/demo-data': () => connection.collection('demo').findOne({}),
  }[request.url];
  response.writeHead(answer ? 200 : 404).end(answer && JSON.stringify(await answer()));
});
server.listen(Number(process.env.PORT), '127.0.0.1');

process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await mongoose.disconnect();
  process.stdout.write('closed in order\n');
});
