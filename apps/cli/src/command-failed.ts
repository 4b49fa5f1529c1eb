/** A command says no; the message is the whole explanation, in a sentence. The exit code is 1. */
export class CommandFailed extends Error {}
