/** A Redis server program, and what it needs to run. */
export interface RedisProgram {
  command: string;
  /** Variables to add to the environment, for a program that was unpacked rather than installed. */
  env?: Record<string, string>;
}
