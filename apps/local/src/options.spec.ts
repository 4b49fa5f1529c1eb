import { readOptions } from './options.js';

describe('the options of npm start', () => {
  it('have defaults for everything', () => {
    expect(readOptions([], {})).toEqual({
      ...{ port: 3000, localPort: 3010, dataDir: '.daraa', fresh: false, demoData: true, logs: false, help: false },
    });
  });

  it('are read from the environment and the command line', () => {
    const environment = { PORT: '4000', LOCAL_PORT: '4010', DARAA_DATA_DIR: '/tmp/daraa' };
    expect(readOptions(['--fresh', '--no-demo-data', '--logs'], environment)).toEqual({
      ...{ port: 4000, localPort: 4010, dataDir: '/tmp/daraa', fresh: true, demoData: false, logs: true, help: false },
    });
  });

  it.each(['0', '65536', '3000x', '30.5', '-1'])('refuse the port "%s"', (value) => {
    expect(() => readOptions([], { PORT: value })).toThrow(`PORT must be a port between 1 and 65535, not "${value}".`);
  });

  it('refuse one port for two servers', () => {
    expect(() => readOptions([], { PORT: '3010' })).toThrow('PORT and LOCAL_PORT are both 3010: they must differ.');
  });

  it('refuse an unknown flag and say where the known ones stand', () => {
    expect(() => readOptions(['--frehs'], {})).toThrow(/--frehs.*--help/);
  });

  it('refuse production, where demo data and test keys have no place', () => {
    expect(() => readOptions([], { NODE_ENV: 'production' })).toThrow('The local platform is not for production');
  });
});
