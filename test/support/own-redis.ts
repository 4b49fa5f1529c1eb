import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, startRedisServer, type RedisServer } from '@daraa/local';

/** A Redis for one test file alone, which may take it away and bring it back on the same port. */
export class OwnRedis {
  private server: RedisServer | undefined;

  private constructor(
    readonly port: number,
    private readonly dataDir: string,
  ) {}

  /** A Redis that is not running yet; it is ended, with its data, after the tests of the file that asked for it. */
  static async create(): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), await mkdtemp(path.join(tmpdir(), 'daraa-own-redis-')));
    afterAll(() => redis.remove());
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server ??= await startRedisServer({ dataDir: this.dataDir, port: this.port });
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.stop();
  }

  /** Makes it hang without closing a connection, or go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.server) process.kill(this.server.pid, name);
  }

  private async remove(): Promise<void> {
    this.signal('SIGCONT');
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
