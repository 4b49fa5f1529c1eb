import { item, same } from './shelf.js';
import type { Shelf } from './shelf.js';

const CUSHION_SIZES = { size: { '45 × 45 cm': 1, '60 × 40 cm': 1.1 } };
const RUG_SIZES = { size: { '120 × 180 cm': 1, '160 × 230 cm': 1.7, '200 × 300 cm': 2.6 } };
const BED_SIZES = { size: { Single: 1, Double: 1.35, King: 1.6 } };

/** Dar & Loom: things for a house, made by people with names. */
export const HOME: readonly Shelf[] = [
  {
    category: 'kitchen-dining',
    code: 'KIT',
    brands: ['Dar & Loom', 'Khazaf Studio', 'Nahas Brothers'],
    common: 'Made by hand, so each piece differs a little. Safe for food.',
    commonAr: 'صناعة يدوية، تختلف كل قطعة قليلًا عن الأخرى.',
    tags: ['kitchen', 'handmade'],
    grams: 620,
    shots: ['on a set table', 'from above', 'detail'],
    items: [
      item('Hebron glass tumblers, set of four', 'طقم أكواب زجاج الخليل', 3900, 'Blown from recycled bottles in the colours of the sea.', {
        choices: { colour: same('Turquoise', 'Cobalt', 'Olive') },
        was: 1.2,
      }),
      item(
        'Hand-painted mezze bowls, set of six', 'طقم زبادي مزة', 5400,
        'Fourteen centimetres, for hummus, olives and everything between.',
        { choices: { glaze: same('Blue on white', 'Green') }, brand: 'Khazaf Studio' },
      ),
      item('Stoneware dinner plate', 'صحن عشاء فخاري', 2400, 'Speckled glaze, twenty-seven centimetres, goes into the dishwasher.', {
        choices: { glaze: same('Chalk', 'Clay', 'Ink') },
        brand: 'Khazaf Studio',
      }),
      item('Copper coffee pot', 'دلة قهوة نحاسية', 4900, 'Tinned inside, with a beak that does not drip.', {
        choices: { cups: { Two: 1, Four: 1.3, Six: 1.55 } },
        brand: 'Nahas Brothers',
      }),
      item('Hammered brass tray', 'صينية نحاس مطروقة', 7900, 'The hammer goes round it four thousand times.', {
        choices: { diameter: { '30 cm': 1, '45 cm': 1.8 } },
        brand: 'Nahas Brothers',
      }),
      item('Olive wood chopping board', 'لوح تقطيع خشب زيتون', 4400, 'One piece of wood with a grain like a map.', {
        choices: { size: { Small: 0.7, Large: 1 } },
      }),
      item('Clay tagine', 'طاجن فخار', 5900, 'Unglazed outside, for the flame and the oven.', {
        choices: { portions: { 'Two to three': 0.8, 'Four to six': 1 } },
        was: 1.15,
      }),
      item('Linen napkins, set of four', 'مناديل كتان', 3200, 'Stonewashed; no iron needed.', {
        choices: { colour: same('Saffron', 'Flax', 'Indigo') },
      }),
      item('Tea glasses with gold rim, set of six', 'كاسات شاي بحافة ذهبية', 2900, 'Istikan shape, thick bottom, thin lip.'),
      item('Cast iron grill pan', 'مقلاة شواء حديد', 4900, 'Seasoned and ready for halloumi.'),
      item('Spice tins with wooden box', 'علب بهارات بصندوق خشبي', 5900, 'Nine tins, nine spoons and a lid of glass.', { tags: ['gift'] }),
    ],
  },
  {
    category: 'bedding',
    code: 'BED',
    brands: ['Dar & Loom', 'Nile Cotton House'],
    common: 'Oeko-Tex certified. Wash at forty degrees; dries in one afternoon on the roof.',
    tags: ['bedroom', 'textile'],
    grams: 1400,
    shots: ['made bed', 'folded', 'close-up of the weave'],
    items: [
      item('Egyptian cotton sheet set', 'طقم شراشف قطن مصري', 9900, 'Long staple percale, four hundred threads, crisp and cool.', {
        choices: { ...BED_SIZES, colour: same('White', 'Sky') },
        brand: 'Nile Cotton House',
        was: 1.25,
      }),
      item('Washed linen duvet cover', 'غطاء لحاف كتان', 12900, 'Buttons of shell, a colour that fades well.', {
        choices: { ...BED_SIZES, colour: same('Oat', 'Sage') },
      }),
      item('Quilted bedspread', 'مفرش سرير مبطن', 10900, 'Cotton on both sides, quilted along the print.', { choices: BED_SIZES }),
      item('Down-alternative pillow', 'وسادة ألياف', 2900, 'Springs back for years.', {
        choices: { firmness: same('Soft', 'Medium', 'Firm') },
      }),
      item('Merino blanket', 'بطانية ميرينو', 13900, 'Herringbone weave with a fringe.', {
        choices: { colour: same('Natural', 'Rust') },
        was: 1.2,
      }),
      item('Waffle bath towel', 'منشفة استحمام وافل', 2900, 'Drinks water, dries fast, takes no space.', {
        choices: { size: { Hand: 0.55, Bath: 1, Sheet: 1.5 }, colour: same('Stone', 'White') },
      }),
      item('Peshtemal beach towel', 'بشتمال', 2400, 'Flat-woven on old looms in Denizli; sand falls off.', {
        choices: { colour: same('Aqua', 'Ochre', 'Black') },
      }),
    ],
  },
  {
    category: 'rugs-cushions',
    code: 'RUG',
    brands: ['Bani Hamida Weavers', 'Atlas Looms'],
    common: 'Wool of local sheep, dyed with madder, indigo and pomegranate skin. The label names the weaver.',
    commonAr: 'صوف محلي بصباغ طبيعي، ويحمل اسم النساجة.',
    tags: ['textile', 'handmade', 'fair trade'],
    grams: 2600,
    shots: ['on a stone floor', 'corner', 'knots from behind'],
    items: [
      item('Flat-woven Bedouin rug', 'بساط بدوي', 18900, 'Stripes and diamonds from a ground loom in Mukawir.', {
        choices: { ...RUG_SIZES, colour: same('Red', 'Indigo') },
        brand: 'Bani Hamida Weavers',
      }),
      item('Beni Ourain rug', 'سجادة بني ورين', 34900, 'Thick ivory pile with thin brown lines.', {
        choices: RUG_SIZES,
        brand: 'Atlas Looms',
        was: 1.2,
      }),
      item('Kilim runner', 'كليم ممر', 12900, 'For a long hall and many feet.', { choices: { length: { '200 cm': 1, '300 cm': 1.45 } } }),
      item('Tatreez cushion cover', 'غطاء وسادة مطرز', 5900, 'Cypress and moon of Ramallah in cross-stitch.', {
        choices: { ...CUSHION_SIZES, colour: same('Red on black', 'Blue on linen') },
      }),
      item('Cactus silk cushion cover', 'غطاء وسادة صبار', 4900, 'Sabra silk that changes colour with the light.', {
        choices: CUSHION_SIZES,
      }),
      item('Floor cushion', 'مسند أرضي', 8900, 'Firm enough for a long conversation.', {
        choices: { pattern: same('Stripe', 'Plain') },
        was: 1.15,
      }),
      item('Leather pouf', 'بوف جلد', 9900, 'Stitched by hand in Fez; sent unfilled.', {
        choices: { colour: same('Natural', 'Black', 'White') },
        brand: 'Atlas Looms',
      }),
      item('Wool throw with pompoms', 'غطاء صوف بالكرات', 7400, 'Light enough for a chair, warm enough for a balcony.', {
        choices: { colour: same('Ivory', 'Mustard') },
      }),
    ],
  },
  {
    category: 'lighting',
    code: 'LIG',
    brands: ['Fanoos', 'Nahas Brothers'],
    common: 'Comes with a plug and two metres of fabric cable; bulb not included.',
    tags: ['lighting'],
    attributes: { socket: 'E27' },
    grams: 1900,
    shots: ['lit, in the evening', 'by day'],
    items: [
      item('Pierced brass lantern', 'فانوس نحاس مخرم', 8900, 'Throws stars on the ceiling.', {
        choices: { height: { '30 cm': 1, '50 cm': 1.7 } },
        was: 1.2,
        tags: ['ramadan'],
      }),
      item('Mosaic table lamp', 'مصباح طاولة موزاييك', 7900, 'A globe of coloured glass on a bronze foot.', {
        choices: { colour: same('Blue', 'Amber', 'Multicolour') },
      }),
      item('Rattan pendant', 'ثريا خيزران', 6900, 'Warm shadows over a dining table.', {
        choices: { diameter: { '40 cm': 1, '60 cm': 1.5 } },
      }),
      item('Clay wall light', 'إضاءة جدار فخار', 5400, 'Two cones of light, up and down.', {
        choices: { colour: same('White', 'Terracotta') },
      }),
      item('Reading floor lamp', 'مصباح أرضي للقراءة', 11900, 'A joint at the neck and a foot that does not tip.', {
        choices: { finish: same('Brass', 'Black') },
      }),
      item('Solar garden lanterns, pair', 'فوانيس حديقة شمسية', 4900, 'Switch themselves on at dusk.', { attributes: { socket: 'LED' } }),
    ],
  },
  {
    category: 'decor-candles',
    code: 'DEC',
    brands: ['Dar & Loom', 'Shamaa'],
    common: 'Packed without plastic. Arrives in one piece, or we send another.',
    tags: ['decor', 'gift'],
    grams: 480,
    shots: ['on a shelf', 'detail'],
    items: [
      item('Soy candle in a tea glass', 'شمعة صويا في كأس شاي', 1990, 'Burns for forty hours.', {
        choices: { scent: same('Jasmine', 'Cedar', 'Cardamom') },
        brand: 'Shamaa',
        was: 1.15,
      }),
      item('Beeswax pillar candle', 'شمعة شمع العسل', 1690, 'Smells of summer without any perfume.', {
        choices: { height: { '10 cm': 1, '20 cm': 1.8 } },
        brand: 'Shamaa',
      }),
      item('Damascene mosaic box', 'صندوق موزاييك دمشقي', 6900, 'Walnut, lemon wood and mother of pearl.', {
        choices: { size: { Small: 1, Large: 1.6 } },
      }),
      item('Framed calligraphy print', 'لوحة خط عربي', 4900, 'A line of Mahmoud Darwish in diwani script on cotton paper.', {
        choices: { size: { A4: 1, A3: 1.5, A2: 2.2 }, frame: same('Oak', 'Black') },
      }),
      item('Terracotta planter', 'حوض زراعة فخار', 2900, 'With a saucer; plants like it.', {
        choices: { diameter: { '18 cm': 1, '26 cm': 1.7 } },
      }),
      item('Blown glass vase', 'مزهرية زجاج منفوخ', 4400, 'One olive branch is enough.', {
        choices: { colour: same('Clear', 'Smoke', 'Sea green') },
        was: 1.2,
      }),
      item('Brass incense burner', 'مبخرة نحاس', 3900, 'Keeps the coal off the table.'),
      item('Round mirror with bone inlay', 'مرآة مطعمة بالعظم', 14900, 'Seventy centimetres of flowers, set one by one.', {
        choices: { colour: same('Grey', 'Blue') },
      }),
    ],
  },
];
