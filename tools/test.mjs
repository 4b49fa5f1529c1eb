// `npm test`: runs the stages one after another and stops at the first that fails. `node tools/test.mjs unit libs/kernel` runs
// one stage, with further arguments for Jest. The last line says how many tests passed, failed and were skipped, whatever happened.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** A stage that hangs this long has failed. */
const limitMilliseconds = 15 * 60_000;
/** How long processes of a stage may take to end after it. */
const graceMilliseconds = 3_000;

/** Every process of this run carries this in its environment, so that those left behind are found. */
const mark = `DARAA_TEST_RUN=${randomUUID()}`;
const environment = {
  ...process.env,
  [mark.split('=')[0]]: mark.split('=')[1],
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
};

const stages = {
  lint: { command: scripts.lint },
  types: { command: scripts.types },
  architecture: { projects: ['architecture'] },
  unit: { projects: ['unit'] },
  int: { projects: ['int'] },
  e2e: { projects: ['e2e'], build: true },
  // Each of these runs several processes of its own: one after another, or they would measure each other.
  faults: { projects: ['faults'], build: true, workers: 1 },
  coverage: { projects: ['unit', 'int'], options: ['--coverage', '--coverageReporters=text-summary', '--coverageReporters=lcov'] },
};
const all = ['lint', 'types', 'architecture', 'unit', 'int', 'e2e', 'faults'];

const [asked, ...args] = process.argv.slice(2);
if (asked !== undefined && !(asked in stages)) {
  process.stderr.write(`There is no stage «${asked}»: choose one of ${Object.keys(stages).join(', ')}.\n`);
  process.exit(2);
}

const results = mkdtempSync(path.join(tmpdir(), 'daraa-results-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
let running;
let interrupted = false;

/** Runs a command line in a process group of its own; resolves to whether it ended well. */
async function run(command, args = []) {
  if (interrupted) return false;
  const child = spawn(command, args, { cwd: root, env: environment, stdio: 'inherit', shell: args.length === 0, detached: true });
  running = child;
  const limit = setTimeout(() => {
    process.stdout.write(`Not done after ${limitMilliseconds / 60_000} minutes: ended.\n`);
    end(-child.pid, 'SIGKILL');
  }, limitMilliseconds);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stdout.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('exit', resolve);
  });
  clearTimeout(limit);
  running = undefined;
  if (child.pid) await clearAway(child.pid);
  return code === 0 && !interrupted;
}

/** Gives processes that outlived their stage a moment to end, then ends them. */
async function clearAway(group) {
  const patience = Date.now() + graceMilliseconds;
  while (leftBehind().length > 0 && Date.now() < patience) await sleep(100);
  const left = leftBehind();
  if (left.length > 0) process.stdout.write(`Ended what was left behind: ${left.map(({ name }) => name).join(', ')}\n`);
  left.forEach(({ pid }) => end(pid, 'SIGKILL'));
  end(-group, 'SIGKILL');
}

/** The processes of this run that are alive, as far as the system tells (Linux does). */
function leftBehind() {
  const processes = readable('/proc', readdirSync, []).filter((name) => /^\d+$/.test(name));
  return processes
    .filter((pid) => readable(`/proc/${pid}/environ`, (file) => readFileSync(file, 'latin1'), '').split('\0').includes(mark))
    .map((pid) => ({ pid: Number(pid), name: readable(`/proc/${pid}/comm`, (file) => readFileSync(file, 'utf8'), pid).trim() }));
}

/** What `read` finds there, or `otherwise`: processes come and go, and only Linux has /proc. */
function readable(file, read, otherwise) {
  try {
    return read(file);
  } catch {
    return otherwise;
  }
}

function end(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Runs the Jest projects of a stage and adds what they counted. */
async function runJest({ projects, workers = 2, options = [] }, args) {
  const outputFile = path.join(results, `${projects.join('-')}.json`);
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const fixed = [`--maxWorkers=${workers}`, '--passWithNoTests', '--json', `--outputFile=${outputFile}`];
  // Given arguments come first: Jest's options that take lists would swallow a path behind them.
  const well = await run(process.execPath, [jest, ...args, ...fixed, ...options, '--selectProjects', ...projects]);
  const counted = readable(outputFile, (file) => JSON.parse(readFileSync(file, 'utf8')), {});
  const failed = (counted.numFailedTests ?? 0) + (counted.numRuntimeErrorTestSuites ?? 0);
  sum.passed += counted.numPassedTests ?? 0;
  sum.failed += well ? failed : Math.max(failed, 1);
  sum.skipped += (counted.numPendingTests ?? 0) + (counted.numTodoTests ?? 0);
  return well && failed === 0;
}

async function runCommand(command) {
  const well = await run(command);
  if (!well) sum.failed += 1;
  return well;
}

async function runStage(name, args) {
  const stage = stages[name];
  const start = performance.now();
  process.stdout.write(`\n── ${name} ${'─'.repeat(60 - name.length)}\n`);
  const built = !stage.build || (await runCommand(scripts.build));
  const well = built && (stage.command ? await runCommand(stage.command) : await runJest(stage, args));
  process.stdout.write(`${name} ${well ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return well;
}

async function runAll(names, args) {
  for (const name of names) {
    if (!(await runStage(name, args))) return false;
  }
  return true;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (running?.pid) end(-running.pid, interrupted ? 'SIGKILL' : 'SIGINT');
    interrupted = true;
  });
}

let well = false;
try {
  well = await runAll(asked === undefined ? all : [asked], args);
} catch (error) {
  process.stdout.write(`${error.stack}\n`);
  sum.failed += 1;
} finally {
  rmSync(results, { recursive: true, force: true });
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
}
process.exitCode = well ? 0 : 1;
