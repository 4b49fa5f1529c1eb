import type { NewAddress } from '@daraa/accounts';

/** What everybody in the demo data logs in with. */
export const DEMO_PASSWORD = 'Demo-pass-2026!';

/** DEMO_PASSWORD hashed once (argon2id, 19 MiB, t=2, p=1), so that 36 accounts do not cost 36 hashes. */
export const DEMO_PASSWORD_HASH =
  '$argon2id$v=19$m=19456,p=1,t=2$o4C7PKXTVOYoa5NKrXWedw$23RFx4e0eAYMMyP+FEBDWcx7a/GkgtWIPI9QGpwTYiE';

const DOMAIN = 'demo.daraa.test';

export interface DemoPerson {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone: string;
  readonly locale: 'en' | 'ar';
  readonly role: 'admin' | 'store_owner' | 'courier' | 'customer';
  readonly addresses?: readonly NewAddress[];
}

type Place = Pick<NewAddress, 'line1' | 'city' | 'country'> & Partial<NewAddress>;

function admin(): DemoPerson {
  return { email: `admin@${DOMAIN}`, firstName: 'Rania', lastName: 'Qasem', phone: '+962790000001', locale: 'en', role: 'admin' };
}

/** `owner1`, `owner2`, … in the order of their names. */
function numbered(
  role: 'store_owner' | 'courier',
  word: string,
  phones: string,
  names: readonly (readonly [string, string])[],
): DemoPerson[] {
  return names.map(([firstName, lastName], index) => ({
    email: `${word}${index + 1}@${DOMAIN}`,
    firstName,
    lastName,
    phone: `${phones}${String(index + 1).padStart(2, '0')}`,
    locale: index % 2 === 0 ? 'ar' : 'en',
    role,
  }));
}

function customers(list: readonly (readonly [string, string, string, Place])[]): DemoPerson[] {
  return list.map(([firstName, lastName, phone, place], index) => ({
    email: `customer${index + 1}@${DOMAIN}`,
    firstName,
    lastName,
    phone,
    locale: index % 3 === 0 ? 'ar' : 'en',
    role: 'customer',
    addresses: [{ label: 'Home', firstName, lastName, phone, ...place }],
  }));
}

const at = (lat: number, lng: number) => ({ lat, lng });

const CUSTOMERS = customers([
  ['Layla', 'Haddad', '+962791234501', {
    line1: '12 Rainbow Street', building: '12', apartment: '4', city: 'Amman', governorate: 'Amman', postalCode: '11181', country: 'JO',
    location: at(31.9497, 35.9272), instructions: 'The green door beside the bakery.',
  }],
  ['Omar', 'Nasser', '+962791234502', {
    line1: '45 Abdoun Circle', city: 'Amman', governorate: 'Amman', postalCode: '11183', country: 'JO', location: at(31.9478, 35.8857),
  }],
  ['Dina', 'Al-Masri', '+962791234503', {
    line1: '7 Wasfi Al-Tal Street', building: '7', apartment: '11', city: 'Amman', governorate: 'Amman', country: 'JO',
    location: at(31.9874, 35.8659),
  }],
  ['Yousef', 'Khoury', '+962791234504', {
    line1: '3 Al-Jami’a Street', city: 'Irbid', governorate: 'Irbid', postalCode: '21110', country: 'JO', location: at(32.5402, 35.8575),
  }],
  ['Salma', 'Barakat', '+962791234505', {
    line1: '19 Al-Nahda Street', city: 'Aqaba', governorate: 'Aqaba', postalCode: '77110', country: 'JO', location: at(29.5319, 35.0061),
    instructions: 'Please call from the gate.',
  }],
  ['Tariq', 'Zoubi', '+962791234506', {
    line1: '8 Prince Hassan Street', city: 'Zarqa', governorate: 'Zarqa', country: 'JO', location: at(32.0728, 36.088),
  }],
  ['Nadine', 'Farah', '+96170123407', {
    line1: '31 Armenia Street', apartment: '5B', city: 'Beirut', country: 'LB', location: at(33.8973, 35.5251),
  }],
  ['Karim', 'Saab', '+96170123408', { line1: '6 Port Street', city: 'Byblos', country: 'LB', location: at(34.1236, 35.6465) }],
  ['Mona', 'Abdel Rahman', '+201001234509', {
    line1: '22 Hassan Sabry Street, Zamalek', apartment: '9', city: 'Cairo', governorate: 'Cairo', postalCode: '11211', country: 'EG',
    location: at(30.0609, 31.2219),
  }],
  ['Hossam', 'Fathy', '+201001234510', {
    line1: '140 El Geish Road', city: 'Alexandria', governorate: 'Alexandria', postalCode: '21519', country: 'EG',
    location: at(31.2246, 29.9483),
  }],
  ['Fatima', 'Al Mansoori', '+971501234511', {
    line1: 'Marina Walk, Tower 3', apartment: '2104', city: 'Dubai', state: 'Dubai', country: 'AE', location: at(25.0805, 55.1403),
  }],
  ['James', 'Whitfield', '+971501234512', {
    line1: '18 Corniche Street', city: 'Abu Dhabi', state: 'Abu Dhabi', country: 'AE', location: at(24.4759, 54.3477),
  }],
  ['Noura', 'Al Harbi', '+966501234513', {
    line1: '2410 Tahlia Street', city: 'Riyadh', postalCode: '12241', country: 'SA', location: at(24.6963, 46.6836),
  }],
  ['Abdullah', 'Al Otaibi', '+966501234514', {
    line1: '77 Prince Sultan Road', city: 'Jeddah', postalCode: '23435', country: 'SA', location: at(21.5756, 39.1486),
  }],
  ['Mariam', 'Al Kuwari', '+97433123415', { line1: '5 Porto Arabia Drive', city: 'Doha', country: 'QA', location: at(25.3697, 51.5503) }],
  ['Khalid', 'Al Sabah', '+96550123416', {
    line1: '33 Salem Al Mubarak Street, Salmiya', city: 'Kuwait City', country: 'KW', location: at(29.3386, 48.0758),
  }],
  ['Amina', 'Benali', '+212612345617', {
    line1: '9 Rue Yves Saint Laurent', city: 'Marrakech', postalCode: '40090', country: 'MA', location: at(31.6417, -8.0031),
  }],
  ['Elif', 'Demir', '+905321234518', {
    line1: 'Serdar-ı Ekrem Caddesi 21', city: 'Istanbul', postalCode: '34421', country: 'TR', location: at(41.0269, 28.9752),
  }],
  ['Hannah', 'Schneider', '+4915112345619', {
    line1: 'Sonnenallee 58', city: 'Berlin', postalCode: '12045', country: 'DE', location: at(52.4822, 13.4359),
  }],
  ['Daniel', 'Okafor', '+12025550120', {
    line1: '1420 U Street NW', apartment: '6', city: 'Washington', state: 'DC', postalCode: '20009', country: 'US',
    location: at(38.9169, -77.0329),
  }],
]);

/** Everybody in the demo data: the admin, five owners (one per store), ten couriers, twenty customers. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  admin(),
  ...numbered('store_owner', 'owner', '+9627900001', [
    ['Samir', 'Zaytoun'], ['Lina', 'Sayegh'], ['Rima', 'Karam'], ['Nour', 'El-Sherif'], ['Hala', 'Bani Hamida'],
  ]),
  ...numbered('courier', 'courier', '+9627900002', [
    ['Ahmad', 'Saleh'], ['Mahmoud', 'Issa'], ['Bilal', 'Rawashdeh'], ['Zaid', 'Tarawneh'], ['Anas', 'Momani'],
    ['Ibrahim', 'Shawabkeh'], ['Sara', 'Khalil'], ['Fadi', 'Mansour'], ['Mustafa', 'Eid'], ['Reem', 'Abbadi'],
  ]),
  ...CUSTOMERS,
];
