import { Command, CommandRunner } from 'nest-commander';
import { withMarketplace } from '../open-marketplace.js';
import { mustNotBeProduction } from '../seed/must-not-be-production.js';
import { seedDemoData } from '../seed/seed-demo-data.js';

/** `daraa seed` */
@Command({ name: 'seed', description: 'Loads the demo data: people, stores, products with stock. A second run changes nothing.' })
export class SeedCommand extends CommandRunner {
  async run(): Promise<void> {
    mustNotBeProduction(process.env['NODE_ENV']);
    const startedAt = performance.now();
    const { people, stores, categories, products, added } = await withMarketplace(seedDemoData);
    const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    console.log(`${people} people, ${stores} stores, ${categories} categories, ${products} products (${added} new) in ${took}.`);
  }
}
