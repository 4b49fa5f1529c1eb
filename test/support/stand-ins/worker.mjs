// Stands in for the worker: runs until it is told to end.
const running = setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => clearInterval(running));
