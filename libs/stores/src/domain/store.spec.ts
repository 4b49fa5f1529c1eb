import { randomIds } from '@daraa/kernel';
import { Store } from './store.js';
import type { StoreProfile } from './store.js';
import { STORE_STATUSES, stateAfter } from './store-status.js';
import type { StoreStep } from './store-status.js';

const AT = new Date('2026-03-01T09:00:00Z');
const LATER = new Date('2026-03-02T09:00:00Z');
const PROFILE: StoreProfile = {
  name: { en: 'Old Town' },
  address: { line1: '12 Rainbow Street', city: 'Amman', country: 'JO' },
  location: { lat: 31.95, lng: 35.91 },
};
const STEPS: readonly StoreStep[] = ['submit', 'approve', 'reject', 'suspend', 'reinstate', 'close'];

const draft = () => Store.draft({ id: randomIds.next('sto'), ownerId: 'acc_1', slug: 'old-town', currency: 'USD', profile: PROFILE, at: AT });
const typesOf = (store: Store) => store.recordedEvents().map((event) => event.type);

describe('a store', () => {
  it('moves as the table says and in no other way', () => {
    const attempt = (step: StoreStep, from: (typeof STORE_STATUSES)[number]): string[] => {
      try {
        const to = stateAfter(step, from);
        return to === undefined ? [] : [`${from} –${step}→ ${to}`];
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_TRANSITION' });
        return [];
      }
    };
    expect(STORE_STATUSES.flatMap((from) => STEPS.flatMap((step) => attempt(step, from)))).toEqual([
      'draft –submit→ submitted',
      'submitted –approve→ approved',
      'submitted –reject→ rejected',
      'approved –suspend→ suspended',
      'approved –close→ closed',
      'rejected –submit→ submitted',
      'suspended –reinstate→ approved',
      'suspended –close→ closed',
    ]);
  });

  it('makes its owner a member from the first moment', () => {
    const store = draft();
    expect(store.recordedEvents()).toEqual([
      expect.objectContaining({
        type: 'stores.StoreMembershipGranted',
        payload: { storeId: store.id, accountId: 'acc_1', role: 'owner', slug: 'old-town' },
      }),
    ]);
  });

  it('tells each step once, with its reason and moment', () => {
    const store = draft();
    store.take('submit', AT);
    store.take('reject', LATER, 'The register is missing.');
    store.take('reject', AT, 'Another reason.');
    expect(store.snapshot().state).toMatchObject({ status: 'rejected', statusReason: 'The register is missing.', statusSince: LATER });
    store.take('submit', LATER);
    expect(store.snapshot().state.statusReason).toBeUndefined();
    expect(typesOf(store).slice(1)).toEqual(['stores.StoreSubmitted', 'stores.StoreRejected', 'stores.StoreSubmitted']);
  });

  it('tells of a changed profile, and says nothing where nothing changed; its slug stays', () => {
    const store = draft();
    store.changeProfile({ name: { en: 'Old Town' } });
    expect(typesOf(store)).toHaveLength(1);
    store.changeProfile({ name: { en: 'New Town' } });
    expect(typesOf(store).at(-1)).toBe('stores.StoreProfileChanged');
    expect(store.snapshot().state).toMatchObject({ name: { en: 'New Town' }, slug: 'old-town' });
  });
});
