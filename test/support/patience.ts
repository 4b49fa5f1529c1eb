import { jest } from '@jest/globals';

// How fast a machine is must not decide whether a rule holds; a test that hangs still ends.
jest.setTimeout(60_000);
