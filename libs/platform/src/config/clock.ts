/** The injection token of the kernel's Clock: `@Inject(CLOCK) private readonly clock: Clock`. */
export const CLOCK = Symbol('Clock');

/** The injection token of the kernel's IdSource. */
export const IDS = Symbol('IdSource');
