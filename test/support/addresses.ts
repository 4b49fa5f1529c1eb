/** An address as a client sends it, in Amman. */
export function addressOf(more: object = {}) {
  return {
    label: 'Home',
    firstName: 'Lina',
    lastName: 'Haddad',
    phone: '+962790000001',
    line1: '12 Rainbow Street',
    city: 'Amman',
    country: 'JO',
    ...more,
  };
}
