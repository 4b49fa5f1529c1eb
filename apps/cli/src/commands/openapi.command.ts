import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommandRunner, Option } from 'nest-commander';
import { CommandFailed } from '../command-failed.js';

/** The API's own program, which knows its routes; one program does not import another. */
const PROGRAM = fileURLToPath(new URL('../../../api/src/openapi.js', import.meta.url));

/** `daraa openapi` */
@Command({ name: 'openapi', description: 'Writes the OpenAPI document of the API. Needs neither MongoDB nor Redis.' })
export class OpenApiCommand extends CommandRunner {
  async run(_inputs: string[], { output }: { output?: string } = {}): Promise<void> {
    const file = output === undefined ? [] : [path.resolve(output)];
    const program = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...file], { stdio: 'inherit' });
    const [code] = (await once(program, 'exit')) as [number | null];
    if (code !== 0) throw new CommandFailed('The document could not be written; the reason stands above.');
  }

  @Option({ flags: '-o, --output <file>', description: 'where to write it; standard output when nothing is said' })
  parseOutput(file: string): string {
    return file;
  }
}
