import type { StoreProfile } from '@daraa/stores';
import { BEAUTY } from './beauty.js';
import { ELECTRONICS } from './electronics.js';
import { FASHION } from './fashion.js';
import { HOME } from './home.js';
import { PANTRY } from './pantry.js';
import type { Shelf } from './shelf.js';

/** One of the demo stores with everything that it sells. */
export interface DemoStore {
  /** The first part of its SKUs. */
  readonly code: string;
  readonly profile: StoreProfile;
  readonly shelves: readonly Shelf[];
}

type Hours = NonNullable<StoreProfile['openingHours']>;

const EVERY_DAY: Hours = (['saturday', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const).map((day) => ({
  day,
  opens: day === 'friday' ? '14:00' : '09:00',
  closes: '22:00',
}));
const WORKING_DAYS: Hours = EVERY_DAY.filter(({ day }) => day !== 'friday').map(({ day }) => ({ day, opens: '10:00', closes: '19:00' }));

/** The stores of owner1 to owner5, in this order. */
export const DEMO_STORES: readonly DemoStore[] = [
  {
    code: 'ZP',
    profile: {
      name: { en: 'Zaytoun Pantry', ar: 'مونة زيتون' },
      description: 'Olive oil, coffee, dates and everything else that a Levantine larder needs, straight from those who make it.',
      address: { line1: '14 Omar Bin Al-Khattab Street', city: 'Amman', governorate: 'Amman', postalCode: '11181', country: 'JO' },
      location: { lat: 31.9516, lng: 35.9239 },
      openingHours: EVERY_DAY,
    },
    shelves: PANTRY,
  },
  {
    code: 'VB',
    profile: {
      name: { en: 'Volt & Byte', ar: 'فولت آند بايت' },
      description: 'Small electronics that one buys without reading a manual. Chosen, tested and repaired by us.',
      address: { line1: '88 Mecca Street', city: 'Amman', governorate: 'Amman', postalCode: '11185', country: 'JO' },
      location: { lat: 31.9722, lng: 35.8611 },
      openingHours: EVERY_DAY,
    },
    shelves: ELECTRONICS,
  },
  {
    code: 'SR',
    profile: {
      name: { en: 'Sandrose', ar: 'وردة الرمال' },
      description: 'Clothes, shoes and bags that cross the Levant from the beach to a wedding. Sewn in small series.',
      address: { line1: '27 Gouraud Street, Gemmayzeh', city: 'Beirut', country: 'LB' },
      location: { lat: 33.8959, lng: 35.5163 },
      openingHours: WORKING_DAYS,
    },
    shelves: FASHION,
  },
  {
    code: 'NA',
    profile: {
      name: { en: 'Nour Apothecary', ar: 'عطارة نور' },
      description: 'Roses, laurel, olive and black seed, and what chemistry makes of them. For skin, hair and the senses.',
      address: { line1: '5 Brazil Street, Zamalek', city: 'Cairo', governorate: 'Cairo', postalCode: '11211', country: 'EG' },
      location: { lat: 30.0626, lng: 31.2197 },
      openingHours: WORKING_DAYS,
    },
    shelves: BEAUTY,
  },
  {
    code: 'DL',
    profile: {
      name: { en: 'Dar & Loom', ar: 'دار ونول' },
      description: 'Glass from Hebron, rugs from Mukawir, brass from Cairo: things for a house, made by people with names.',
      address: { line1: '3 Prince Mohammad Street, Jabal Amman', city: 'Amman', governorate: 'Amman', postalCode: '11183', country: 'JO' },
      location: { lat: 31.9502, lng: 35.9301 },
      openingHours: EVERY_DAY,
    },
    shelves: HOME,
  },
];
