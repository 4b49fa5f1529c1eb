// Loaded before a Node program that was forked (`node --import`): ends the program when the process that forked it is gone.
const GRACE_MS = 12_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel is only there to notice its end; it must not keep a program running that has nothing left to do.
process.channel?.unref();
