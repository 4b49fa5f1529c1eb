export function waitForJournal(message: Buffer): Buffer;
