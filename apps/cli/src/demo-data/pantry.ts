import { item, same } from './shelf.js';
import type { Shelf } from './shelf.js';

const BY_WEIGHT = { weight: { '250 g': 1, '500 g': 1.9, '1 kg': 3.6 } };
const BY_SACK = { weight: { '500 g': 1, '1 kg': 1.85, '5 kg': 8.4 } };
const BY_VOLUME = { volume: { '250 ml': 1, '500 ml': 1.85, '1 l': 3.5 } };
const BY_TIN = { weight: { '50 g': 1, '100 g': 1.8, '250 g': 4 } };
const BY_JAR = { jar: { '250 g': 1, '500 g': 1.85 } };

/** Zaytoun Pantry: what a Levantine larder holds. */
export const PANTRY: readonly Shelf[] = [
  {
    category: 'olive-oil-ghee',
    code: 'OIL',
    brands: ['Ajloun Press', 'Wadi Seer Mills'],
    common: 'Bottled in dark glass at the press. Store away from light and use within six months of opening.',
    commonAr: 'معبأ في زجاج داكن عند المعصرة. يحفظ بعيدًا عن الضوء.',
    tags: ['pantry', 'olive', 'cooking'],
    attributes: { origin: 'Jordan' },
    taxClass: 'food',
    grams: 450,
    shots: ['bottle on a stone counter', 'poured over warm bread'],
    choices: BY_VOLUME,
    items: [
      item(
        'Early harvest Nabali olive oil', 'زيت زيتون نبالي قطفة أولى', 1190,
        'Green, peppery oil from olives picked in October, pressed the same day.',
        { was: 1.2 },
      ),
      item(
        'Rumi olive oil from old trees', 'زيت زيتون رومي من أشجار معمرة', 1390,
        'Round and buttery, from trees in Ajloun that are several hundred years old.',
      ),
      item(
        'Unfiltered olive oil', 'زيت زيتون غير مصفى', 1090,
        'Cloudy, with the full taste of the fruit; it settles in the bottle as it rests.',
      ),
      item(
        'Lemon pressed olive oil', 'زيت زيتون بالليمون', 1290,
        'Olives and whole lemons go through the press together. For fish and salads.',
      ),
      item('Chilli olive oil', 'زيت زيتون حار', 1150, 'Steeped with dried red chillies for forty days.', {
        choices: { volume: { '250 ml': 1 } },
      }),
      item('Balqawi sheep ghee', 'سمن بلقاوي غنم', 2450, 'Clarified slowly with bulgur and spices, as the Bedouin of the Balqa make it.', {
        choices: BY_JAR,
        tags: ['ghee'],
      }),
      item('Grass-fed cow ghee', 'سمن بقري', 1690, 'Golden and nutty; it does not burn when you fry with it.', {
        choices: BY_JAR,
        tags: ['ghee'],
      }),
    ],
  },
  {
    category: 'coffee-tea',
    code: 'COF',
    brands: ['Petra Roasters', 'Sahn Tea House'],
    common: 'Packed within two days in a bag with a valve. Keep it closed, cool and dry.',
    commonAr: 'يعبأ خلال يومين في كيس محكم. يحفظ مغلقًا في مكان بارد وجاف.',
    tags: ['pantry', 'drinks'],
    taxClass: 'food',
    grams: 260,
    shots: ['bag beside a brass pot', 'close-up'],
    choices: BY_WEIGHT,
    items: [
      item('Turkish coffee with cardamom', 'قهوة تركية بالهيل', 790, 'Dark roast ground to flour, with fifteen percent green cardamom.', {
        choices: { ...BY_WEIGHT, roast: same('Medium', 'Dark') },
        brand: 'Petra Roasters',
        was: 1.25,
      }),
      item(
        'Saudi blonde coffee', 'قهوة سعودية شقراء', 890,
        'Barely roasted beans with cardamom, saffron and cloves, ready for the dallah.',
        { brand: 'Petra Roasters' },
      ),
      item('Yemen Haraz single origin beans', 'بن يمني حرازي', 1690, 'Dried on rooftops at 2,200 metres: dried fruit, cocoa and wine.', {
        brand: 'Petra Roasters',
      }),
      item('Ethiopia Guji washed beans', 'بن إثيوبي غوجي', 1350, 'Jasmine, peach and a long sweet finish. For pour-over.', {
        brand: 'Petra Roasters',
      }),
      item('House espresso blend', 'خلطة إسبريسو البيت', 1150, 'Brazil, Ethiopia and a little India: chocolate, hazelnut, thick crema.', {
        brand: 'Petra Roasters',
      }),
      item('Black tea with sage', 'شاي أسود بالميرمية', 590, 'Ceylon leaves and mountain sage, the taste of a winter evening in Salt.', {
        brand: 'Sahn Tea House',
        choices: BY_TIN,
      }),
      item('Moroccan mint green tea', 'شاي أخضر بالنعناع', 620, 'Gunpowder tea with spearmint. Pour it from high for a good foam.', {
        brand: 'Sahn Tea House',
        choices: BY_TIN,
      }),
      item('Hibiscus flowers', 'كركديه', 480, 'Whole crimson flowers from Aswan, for hot karkadeh or an iced jug.', {
        brand: 'Sahn Tea House',
        choices: BY_TIN,
      }),
    ],
  },
  {
    category: 'dates-dried-fruit',
    code: 'DAT',
    brands: ['Jordan Valley Growers', 'Al Qassim Palms'],
    common: 'No sugar and no sulphur added. Keeps for a year in the fridge.',
    commonAr: 'بدون سكر مضاف. يحفظ سنة في الثلاجة.',
    tags: ['pantry', 'snack', 'ramadan'],
    taxClass: 'food',
    grams: 270,
    shots: ['box from above', 'on a small plate'],
    choices: BY_WEIGHT,
    items: [
      item('Medjool dates, jumbo', 'تمر مجهول جامبو', 890, 'Soft as caramel, from palms below the level of the sea.', { was: 1.15 }),
      item('Barhi dates', 'تمر برحي', 690, 'Picked ripe: thin skin, taste of butterscotch.'),
      item('Sukkari dates', 'تمر سكري', 750, 'Golden and crystalline sweet, the everyday date of Al Qassim.'),
      item('Ajwa dates from Madinah', 'عجوة المدينة', 1490, 'Small, dark and fine; a little like dried plum.'),
      item('Dates filled with almonds', 'تمر محشو باللوز', 1190, 'Medjool with a roasted almond in place of the stone.', {
        tags: ['gift'],
      }),
      item('Apricot leather', 'قمر الدين', 520, 'Sheets of sun-dried apricot for juice or for nibbling.', {
        choices: { pack: { 'Single sheet': 1, 'Five sheets': 4.6 } },
      }),
      item('Dried Smyrna figs', 'تين مجفف', 640, 'Plump figs on a string, dried in the sun of the Aegean.'),
    ],
  },
  {
    category: 'nuts-seeds',
    code: 'NUT',
    brands: ['Bzoorat Amman', 'Gaziantep Select'],
    common: 'Roasted every morning in small drums and packed warm. Contains nuts.',
    tags: ['pantry', 'snack', 'roasted'],
    taxClass: 'food',
    grams: 260,
    shots: ['scoop over a heap', 'in a glass bowl'],
    choices: BY_WEIGHT,
    items: [
      item('Roasted mixed nuts, extra', 'مكسرات مشكلة إكسترا', 1290, 'Cashews, almonds, pistachios and hazelnuts; no peanuts.', {
        was: 1.18,
      }),
      item('Antep pistachios in the shell', 'فستق حلبي', 1450, 'Small, green and intense, salted with sea water.'),
      item('Smoked almonds', 'لوز مدخن', 1090, 'Smoked over oak, with a little salt.'),
      item('Large raw cashews', 'كاجو نيء', 1150, 'Large white kernels for cooking and for cashew cream.'),
      item('Roasted sunflower seeds', 'بزر دوار الشمس', 390, 'Striped seeds, lightly salted. Good for a whole football match.'),
      item('Pine nuts', 'صنوبر', 1990, 'Long Mediterranean kernels for rice, kibbeh and pesto.', {
        choices: { weight: { '100 g': 1, '250 g': 2.4 } },
      }),
    ],
  },
  {
    category: 'spices-herbs',
    code: 'SPI',
    brands: ['Attar Abu Salem', 'Jabal Herbs'],
    common: 'Cleaned, ground and tinned to order in small batches.',
    commonAr: 'تنظف وتطحن وتعبأ بكميات صغيرة.',
    tags: ['pantry', 'spices', 'cooking'],
    taxClass: 'food',
    grams: 90,
    shots: ['open tin', 'heaped on a spoon'],
    choices: BY_TIN,
    items: [
      item("Wild za'atar with sumac", 'زعتر بري بالسماق', 450, 'Thyme from the hills of Ajloun, toasted sesame, sumac and salt.'),
      item('Sumac', 'سماق', 390, 'Coarse, dark red and sour, without added acid.'),
      item('Seven spice', 'بهارات مشكلة', 420, 'Allspice, black pepper, cinnamon, cloves, nutmeg, coriander and ginger.'),
      item('Maqluba spice', 'بهارات مقلوبة', 440, 'Turmeric, cardamom and cinnamon in the proportion that our neighbours swear by.'),
      item('Aleppo pepper flakes', 'فلفل حلبي مجروش', 480, 'Fruity, mild heat; finish eggs and hummus with it.', { was: 1.2 }),
      item('Saffron threads, grade one', 'زعفران', 1290, 'Deep red stigmas from Khorasan, cut by hand.', {
        choices: { weight: { '1 g': 1, '5 g': 4.5 } },
      }),
      item('Dried mountain sage', 'ميرمية جبلية', 360, 'Silver leaves dried in the shade, for tea.'),
    ],
  },
  {
    category: 'honey-preserves',
    code: 'HON',
    brands: ['Beekeepers of Yarqa', 'Karmeh Kitchen'],
    common: 'Made by a cooperative of families; each jar carries the number of its batch.',
    tags: ['pantry', 'breakfast'],
    taxClass: 'food',
    grams: 420,
    shots: ['jar in the morning light', 'spooned onto labneh'],
    choices: BY_JAR,
    items: [
      item('Sidr honey', 'عسل سدر', 3490, 'Thick, dark honey of the jujube tree, harvested once a year.', {
        brand: 'Beekeepers of Yarqa',
        was: 1.15,
      }),
      item('Wild thyme honey', 'عسل زعتر بري', 1990, 'Amber and aromatic, from hives above Wadi Shu’ayb.', {
        brand: 'Beekeepers of Yarqa',
      }),
      item('Citrus blossom honey', 'عسل حمضيات', 1490, 'Light, with the scent of orange groves in April.', {
        brand: 'Beekeepers of Yarqa',
      }),
      item('Stone-ground tahini', 'طحينية حجرية', 790, 'Hulled Humera sesame between basalt stones, nothing else.', {
        brand: 'Karmeh Kitchen',
      }),
      item('Pomegranate molasses', 'دبس رمان', 690, 'Boiled down from sour pomegranates until it clings to the spoon.', {
        brand: 'Karmeh Kitchen',
      }),
      item('Fig and anise jam', 'مربى تين باليانسون', 650, 'Green figs with sesame and anise, cooked in copper.', {
        brand: 'Karmeh Kitchen',
      }),
      item('Stuffed makdous in olive oil', 'مكدوس', 1190, 'Baby aubergines with walnuts and red pepper.', {
        brand: 'Karmeh Kitchen',
        tags: ['mezze'],
      }),
    ],
  },
  {
    category: 'grains-pulses',
    code: 'GRN',
    brands: ['Hauran Fields', 'Nile Delta Mills'],
    common: 'Sorted twice and free of stones. Vegan.',
    tags: ['pantry', 'staples', 'vegan'],
    taxClass: 'food',
    grams: 520,
    shots: ['in a linen sack', 'cooked, in a bowl'],
    choices: BY_SACK,
    items: [
      item('Smoked freekeh', 'فريكة', 520, 'Green wheat roasted in the field over its own straw.'),
      item('Coarse bulgur', 'برغل خشن', 330, 'Parboiled durum wheat for kibbeh, pilaf and stuffing.'),
      item('Egyptian short grain rice', 'أرز مصري', 310, 'Round and tender: mahshi, rice pudding, molokhia.'),
      item('Aged basmati rice', 'أرز بسمتي معتق', 470, 'Two years old, so that each grain stands by itself in a mandi.', { was: 1.2 }),
      item('Red lentils', 'عدس أحمر مجروش', 320, 'Split, for a soup that is ready in twenty minutes.'),
      item('Large chickpeas', 'حمص حب كبير', 360, 'Nine millimetres; they keep their shape in fatteh and turn to cream as hummus.'),
    ],
  },
];
