// A free port for specs of the platform, which must not know the local platform.
export { freePort } from '@daraa/local';
