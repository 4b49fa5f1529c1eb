import { Verification } from '@daraa/platform';
import { Command, CommandRunner, Option } from 'nest-commander';
import { withMarketplace } from '../open-marketplace.js';
import { printVerification } from '../verify/print-verification.js';

/** `daraa verify`: exit code 1 where something is wrong. */
@Command({
  name: 'verify',
  description: 'Proves that money, stock, orders and read models agree. One line per violation, exit code 1 when there is any.',
})
export class VerifyCommand extends CommandRunner {
  async run(_inputs: string[], { json = false, provider = true }: { json?: boolean; provider?: boolean } = {}): Promise<void> {
    const clean = await withMarketplace((marketplace) =>
      printVerification(marketplace.get(Verification), { json, provider }, (line) => console.log(line)),
    );
    if (!clean) process.exitCode = 1;
  }

  @Option({ flags: '--json', description: 'prints one JSON document instead of lines' })
  parseJson(): boolean {
    return true;
  }

  @Option({ flags: '--no-provider', description: 'leaves out the checks that ask the payment provider about each payment' })
  parseProvider(): boolean {
    return false;
  }
}
