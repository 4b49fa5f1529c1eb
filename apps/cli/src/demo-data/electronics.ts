import { item, same } from './shelf.js';
import type { Shelf } from './shelf.js';

const COLOURS = { colour: same('Graphite', 'Sand', 'Sage') };
const BLACK_OR_WHITE = { colour: same('Black', 'White') };
const PLUGS = { plug: same('EU', 'UK', 'US') };
const BY_LENGTH = { length: { '1 m': 1, '2 m': 1.35, '3 m': 1.7 } };

/** Volt & Byte: small electronics that one buys without reading a manual. */
export const ELECTRONICS: readonly Shelf[] = [
  {
    category: 'headphones-speakers',
    code: 'AUD',
    brands: ['Kasba Audio', 'Nahawand'],
    common: 'Two years of warranty. Charges by USB-C; the cable is in the box.',
    commonAr: 'ضمان سنتين. يشحن عبر USB-C والكيبل داخل العلبة.',
    tags: ['audio', 'wireless'],
    attributes: { connection: 'Bluetooth 5.3' },
    grams: 240,
    shots: ['front', 'in its case', 'in use'],
    choices: COLOURS,
    items: [
      item('Maqam over-ear headphones', 'سماعات رأس مقام', 14900, 'Adaptive noise cancelling and forty hours on one charge.', {
        brand: 'Nahawand',
        was: 1.25,
      }),
      item('Maqam Lite on-ear headphones', 'سماعات مقام لايت', 6900, 'Light enough to forget; folds flat into a coat pocket.', {
        brand: 'Nahawand',
      }),
      item(
        'Dawn true wireless earbuds', 'سماعات أذن لاسلكية دون', 8900,
        'Six hours each time, twenty-four with the case; the call comes through even in the wind.',
      ),
      item('Dawn Sport earbuds', 'سماعات دون الرياضية', 7900, 'Hooks that hold on a run, sealed against sweat (IPX5).', { was: 1.2 }),
      item('Oud bookshelf speakers, pair', 'مكبرات صوت رف عود', 24900, 'Walnut cabinets, silk tweeters and a phono input.', {
        choices: { finish: same('Walnut', 'Black ash') },
        attributes: { power: '2 × 40 W' },
      }),
      item('Pebble portable speaker', 'مكبر صوت محمول', 4900, 'Fits the palm, fills the room, survives the pool (IP67).'),
      item('Desert Drum party speaker', 'مكبر صوت للحفلات', 17900, 'Eighty watts, a handle and fifteen hours of wedding.', {
        choices: BLACK_OR_WHITE,
      }),
      item('Studio condenser microphone', 'ميكروفون استوديو', 9900, 'USB-C, with a stand and a pop filter, for podcasts and calls.', {
        choices: BLACK_OR_WHITE,
        attributes: { connection: 'USB-C' },
      }),
    ],
  },
  {
    category: 'phone-accessories',
    code: 'PHO',
    brands: ['Sahab', 'Tuffa7'],
    common: 'Thirty days to try it; we take it back opened.',
    tags: ['phone', 'mobile'],
    grams: 60,
    shots: ['on a phone', 'flat on a table'],
    items: [
      item(
        'Clear shockproof phone case', 'غطاء هاتف شفاف مقاوم للصدمات', 1490,
        'Air cushions in the corners, and it does not turn yellow.',
        { choices: { model: same('6.1 inch', '6.3 inch', '6.7 inch') } },
      ),
      item('Vegan leather phone case', 'غطاء هاتف جلد نباتي', 2490, 'Cactus leather that ages well, with a magnet ring inside.', {
        choices: { model: same('6.1 inch', '6.7 inch'), colour: same('Tan', 'Olive') },
        was: 1.2,
      }),
      item(
        'Tempered glass screen protector, two pieces', 'واقي شاشة زجاجي', 1190,
        'With a frame that puts it on straight at the first try.',
        { choices: { model: same('6.1 inch', '6.3 inch', '6.7 inch') } },
      ),
      item('Magnetic car mount', 'حامل سيارة مغناطيسي', 1990, 'Clips to the vent and holds over speed bumps.'),
      item('Folding phone stand', 'حامل هاتف قابل للطي', 1290, 'Aluminium, for recipes, calls and films.', {
        choices: { colour: same('Silver', 'Graphite') },
      }),
      item('Selfie tripod with remote', 'حامل ثلاثي مع ريموت', 2290, 'Grows to 110 centimetres; the remote comes out of the handle.'),
      item('Crossbody phone strap', 'حزام هاتف', 990, 'Woven cord in two lengths, with a pad for any case.', {
        choices: { colour: same('Indigo', 'Terracotta', 'Black') },
      }),
    ],
  },
  {
    category: 'charging-power',
    code: 'PWR',
    brands: ['Noor Power', 'Barq'],
    common: 'Tested against over-current, over-voltage and heat.',
    commonAr: 'مختبر ضد التيار الزائد والحرارة.',
    tags: ['charger', 'usb-c'],
    grams: 130,
    shots: ['ports', 'beside a laptop'],
    items: [
      item(
        '65 W GaN charger, three ports', 'شاحن 65 واط بثلاثة منافذ', 3990,
        'A laptop, a phone and earbuds from one plug the size of a matchbox.',
        { choices: PLUGS, was: 1.25 },
      ),
      item('20 W USB-C charger', 'شاحن USB-C بقوة 20 واط', 1490, 'Half a phone in thirty minutes.', { choices: PLUGS }),
      item('100 W braided USB-C cable', 'كيبل USB-C مجدول', 1190, 'Rated for 20,000 bends, with a display that tells the watts.', {
        choices: BY_LENGTH,
      }),
      item('USB-C to Lightning cable', 'كيبل USB-C إلى لايتننغ', 1290, 'Certified and soft, so that it lies flat.', { choices: BY_LENGTH }),
      item('10,000 mAh slim power bank', 'بطارية متنقلة 10000', 2990, 'As thin as a phone; two charges and a little left.', {
        choices: BLACK_OR_WHITE,
      }),
      item('20,000 mAh laptop power bank', 'بطارية متنقلة للحاسوب', 5990, 'Sixty-five watts: a working day more, wherever you are.', {
        was: 1.15,
      }),
      item(
        'Three-in-one wireless charging stand', 'قاعدة شحن لاسلكي ثلاثية', 5490,
        'Phone, watch and earbuds side by side on the night table.',
        { choices: BLACK_OR_WHITE },
      ),
      item('Travel adapter, 150 countries', 'محول سفر عالمي', 2490, 'Sliding pins, two USB-C, one USB-A and a spare fuse.'),
      item('28 W folding solar panel', 'لوح شمسي قابل للطي', 6490, 'Hangs on a backpack and charges two phones in the sun of Wadi Rum.'),
    ],
  },
  {
    category: 'computer-accessories',
    code: 'COM',
    brands: ['Sahab', 'Qalam'],
    common: 'Works with Windows, macOS, Linux and tablets without drivers.',
    tags: ['computer', 'desk'],
    grams: 320,
    shots: ['from above', 'on a tidy desk'],
    items: [
      item(
        'Mechanical keyboard, Arabic and English', 'لوحة مفاتيح ميكانيكية عربي إنجليزي', 8900,
        'Seventy-five percent, hot-swappable, with both alphabets in two colours.',
        { choices: { switches: same('Quiet red', 'Tactile brown'), colour: same('Cream', 'Graphite') }, brand: 'Qalam', was: 1.2 },
      ),
      item('Low-profile wireless keyboard', 'لوحة مفاتيح لاسلكية نحيفة', 5900, 'Pairs with three devices and switches at a key.', {
        choices: BLACK_OR_WHITE,
        brand: 'Qalam',
      }),
      item('Vertical ergonomic mouse', 'فأرة عمودية مريحة', 3490, 'The angle of a handshake; kind to the wrist.', {
        choices: { hand: same('Right', 'Left') },
      }),
      item('Silent travel mouse', 'فأرة سفر صامتة', 1990, 'Slips into a laptop sleeve and wakes nobody on the plane.', {
        choices: COLOURS,
      }),
      item('Seven-in-one USB-C hub', 'موزع USB-C سباعي', 4490, 'HDMI at 4K 60 Hz, card reader, gigabit network and power.'),
      item('Aluminium laptop stand', 'حامل حاسوب ألمنيوم', 3290, 'Lifts the screen to the eyes and folds as flat as a ruler.', {
        choices: { colour: same('Silver', 'Graphite') },
      }),
      item('1080p webcam with shutter', 'كاميرا ويب بغطاء', 4290, 'A glass lens, two microphones and a shutter that one can hear.'),
      item('Felt laptop sleeve', 'حافظة حاسوب لباد', 2490, 'Wool felt and vegetable-tanned leather.', {
        choices: { size: { '13 inch': 1, '14 inch': 1.05, '16 inch': 1.12 } },
      }),
      item('1 TB portable SSD', 'قرص SSD محمول', 9900, 'A thousand megabytes a second from something that hangs on a key ring.', {
        choices: { capacity: { '500 GB': 0.65, '1 TB': 1, '2 TB': 1.8 } },
      }),
    ],
  },
  {
    category: 'smart-home',
    code: 'SMH',
    brands: ['Bayt IQ', 'Noor Power'],
    common: 'Speaks Matter, so it works with the app that you have already. No hub needed.',
    tags: ['smart home', 'matter'],
    grams: 180,
    shots: ['product', 'in a living room'],
    items: [
      item('Colour smart bulb', 'مصباح ذكي ملون', 1490, 'From candle to noon, and sixteen million colours in between.', {
        choices: { base: same('E27', 'E14'), pack: { Single: 1, 'Pack of four': 3.5 } },
        was: 1.15,
      }),
      item('Smart plug with energy meter', 'قابس ذكي بعداد طاقة', 1690, 'Shows what the old fridge really costs.', { choices: PLUGS }),
      item('Door and window sensor', 'حساس أبواب ونوافذ', 1390, 'Tells the phone that the balcony is still open. Battery for two years.'),
      item(
        'Indoor camera with privacy cap', 'كاميرا داخلية', 3990,
        'Keeps its recordings on a card at home; the cap closes when you come in.',
        { choices: BLACK_OR_WHITE },
      ),
      item('Video doorbell', 'جرس باب بالفيديو', 8900, 'See who rings, and answer, from the other side of the city.'),
      item('Air quality monitor', 'جهاز قياس جودة الهواء', 6900, 'CO₂, fine dust, humidity and temperature on a paper-like display.'),
    ],
  },
  {
    category: 'wearables',
    code: 'WAT',
    brands: ['Marsad', 'Tuffa7'],
    common: 'App in Arabic and English, with prayer times and the direction of the qibla.',
    commonAr: 'تطبيق بالعربية والإنجليزية مع أوقات الصلاة واتجاه القبلة.',
    tags: ['wearable', 'fitness'],
    grams: 90,
    shots: ['on a wrist', 'display at night'],
    choices: COLOURS,
    items: [
      item('Marsad 2 smartwatch', 'ساعة مرصد 2 الذكية', 12900, 'Bright AMOLED, GPS, ten days on one charge.', {
        was: 1.2,
        choices: { size: { '41 mm': 1, '45 mm': 1.1 }, colour: same('Graphite', 'Rose') },
      }),
      item('Marsad fitness band', 'سوار مرصد الرياضي', 3990, 'Steps, sleep and heart at the weight of a letter.'),
      item('Kids GPS watch', 'ساعة أطفال بنظام تحديد المواقع', 6900, 'Calls to five numbers that parents choose; no games in class.', {
        choices: { colour: same('Blue', 'Pink') },
      }),
      item('Woven watch strap', 'حزام ساعة منسوج', 1490, 'Recycled yarn with a titanium buckle.', {
        choices: { width: same('20 mm', '22 mm'), colour: same('Sand', 'Indigo') },
      }),
    ],
  },
];
