import { item, same } from './shelf.js';
import type { Shelf } from './shelf.js';

const TWO_SIZES = { volume: { '30 ml': 1, '50 ml': 1.5 } };
const BY_BOTTLE = { volume: { '250 ml': 1, '500 ml': 1.75 } };
const PERFUME = { volume: { '10 ml': 0.35, '50 ml': 1, '100 ml': 1.6 } };

/** Nour Apothecary: what grows in the region, and what chemistry makes of it. */
export const BEAUTY: readonly Shelf[] = [
  {
    category: 'skincare',
    code: 'SKI',
    brands: ['Nour', 'Wardat'],
    common: 'Without perfume oils and mineral oil, not tested on animals. Try it on the wrist first.',
    commonAr: 'خالٍ من الزيوت المعدنية وغير مختبر على الحيوانات.',
    tags: ['skincare', 'vegan'],
    grams: 110,
    shots: ['bottle', 'texture', 'with its box'],
    items: [
      item('Rose water toner', 'ماء ورد', 1490, 'Distilled from Damask roses within hours of the harvest.', {
        choices: { volume: { '100 ml': 1, '200 ml': 1.7 } },
      }),
      item('Vitamin C serum 15 %', 'سيروم فيتامين سي', 3290, 'Stable ascorbic acid with ferulic acid, in a bottle without air.', {
        was: 1.2,
        choices: { volume: { '30 ml': 1 } },
      }),
      item('Hyaluronic serum', 'سيروم هيالورونيك', 2690, 'Three weights of hyaluronic acid for skin that air conditioning has dried.', {
        choices: TWO_SIZES,
      }),
      item('Niacinamide 10 % + zinc', 'نياسيناميد مع الزنك', 1990, 'Calms, refines, does not shine.', { choices: TWO_SIZES }),
      item('Prickly pear seed oil', 'زيت بذور التين الشوكي', 4490, 'A tonne of fruit for a litre of oil; three drops are enough.', {
        choices: { volume: { '15 ml': 1, '30 ml': 1.8 } },
      }),
      item('Daily moisturiser with squalane', 'مرطب يومي بالسكوالين', 2890, 'Light, and gone in a minute.', {
        choices: { skin: same('Dry', 'Combination') },
      }),
      item('Mineral sunscreen SPF 50', 'واقي شمس معدني SPF 50', 2790, 'Zinc oxide that leaves no white cast.', {
        choices: { tint: same('Untinted', 'Light', 'Medium', 'Deep') },
        was: 1.15,
      }),
      item('Dead Sea mud mask', 'قناع طين البحر الميت', 2190, 'Twenty-one minerals; ten minutes, once a week.', {
        choices: { weight: { '100 g': 1, '250 g': 2.1 } },
      }),
      item('Retinal night cream', 'كريم ليلي بالريتينال', 3990, 'A tenth of a percent, wrapped so that it goes slowly.'),
      item('Cleansing balm with olive', 'بلسم منظف بالزيتون', 2390, 'Melts mascara and the dust of the day.', {
        choices: { weight: { '90 g': 1 } },
      }),
      item('Lip balm with shea and mint', 'بلسم شفاه', 690, 'In a tin that closes with a click.', {
        choices: { flavour: same('Mint', 'Pomegranate', 'Plain') },
      }),
    ],
  },
  {
    category: 'hair-care',
    code: 'HAI',
    brands: ['Nour', 'Sidr Botanics'],
    common: 'Free of sulphates and silicones. Refills cost a third less.',
    tags: ['hair', 'vegan'],
    grams: 320,
    shots: ['bottle', 'in the shower'],
    choices: BY_BOTTLE,
    items: [
      item('Sidr leaf shampoo', 'شامبو السدر', 1690, 'The old remedy of the desert, foaming at last.', {
        choices: { ...BY_BOTTLE, hair: same('Normal', 'Oily') },
      }),
      item('Argan conditioner', 'بلسم الأرغان', 1790, 'Combs through curls with the fingers.', { was: 1.2 }),
      item('Curl cream with flaxseed', 'كريم تجعيد ببذور الكتان', 1990, 'Definition without crunch, also in August.'),
      item('Black seed hair oil', 'زيت حبة البركة للشعر', 1590, 'Cold-pressed, with rosemary; massage it in before washing.', {
        choices: { volume: { '60 ml': 1, '120 ml': 1.75 } },
      }),
      item('Henna powder', 'حناء', 890, 'Body-art quality from Rajasthan, sifted three times.', {
        choices: { shade: same('Natural red', 'Brown', 'Black-brown') },
      }),
      item('Dry shampoo powder', 'شامبو جاف', 1290, 'Rice starch and clay in a brush-top bottle.', {
        choices: { tone: same('Light', 'Dark') },
      }),
      item('Boar bristle brush', 'فرشاة شعر طبيعية', 2490, 'Olive wood handle, bristles that polish.', {
        choices: { size: same('Pocket', 'Full') },
      }),
      item('Silk pillowcase', 'غطاء وسادة حرير', 4490, 'Twenty-two momme mulberry silk; hair and skin wake up smooth.', {
        choices: { colour: same('Pearl', 'Rose', 'Slate') },
        was: 1.25,
      }),
    ],
  },
  {
    category: 'soap-bath',
    code: 'SOA',
    brands: ['Nabulsi Soapworks', 'Hammam House'],
    common: 'Cured for nine months in open towers. Biodegradable, wrapped in paper.',
    commonAr: 'معتق تسعة أشهر ومغلف بالورق.',
    tags: ['bath', 'natural'],
    grams: 150,
    shots: ['stack', 'in lather'],
    choices: { pack: { 'One bar': 1, 'Three bars': 2.75, 'Six bars': 5.2 } },
    items: [
      item(
        'Olive oil soap of Nablus', 'صابون نابلسي بزيت الزيتون', 490,
        'Three things: olive oil, water and lye, cut and stamped by hand.',
      ),
      item('Laurel soap of Aleppo', 'صابون غار حلبي', 690, 'Forty percent laurel oil; green inside, gold outside.', { was: 1.15 }),
      item('Goat milk and honey soap', 'صابون حليب الماعز والعسل', 590, 'For children and for skin that itches.'),
      item('Dead Sea mud soap', 'صابون طين البحر الميت', 650, 'Dark and a little rough; takes the shine away.'),
      item('Activated charcoal soap', 'صابون الفحم', 620, 'With tea tree oil, for the back and the face.'),
      item('Dead Sea bath salt', 'ملح استحمام', 1290, 'Coarse crystals with lavender.', {
        choices: { weight: { '500 g': 1, '1 kg': 1.8 }, scent: same('Lavender', 'Unscented') },
      }),
      item('Kessa exfoliating glove', 'ليفة كيسة', 790, 'Woven viscose crepe, as in the hammam.', {
        choices: { roughness: same('Soft', 'Strong') },
      }),
      item('Beldi black soap', 'صابون بلدي أسود', 1190, 'Olive paste for the steam room; use it before the glove.', {
        choices: { weight: { '200 g': 1, '500 g': 2.2 } },
      }),
    ],
  },
  {
    category: 'fragrance',
    code: 'FRA',
    brands: ['Misk & Ambar', 'Layali'],
    common: 'Blended and rested for six weeks in Cairo. Each bottle comes with a two millilitre sample to try first.',
    tags: ['fragrance', 'gift'],
    grams: 260,
    shots: ['bottle', 'with its box'],
    choices: PERFUME,
    items: [
      item('Oud Amman eau de parfum', 'عطر عود عمّان', 11900, 'Smoky oud over leather and saffron.', { was: 1.2 }),
      item('Jasmine at Midnight eau de parfum', 'عطر ياسمين منتصف الليل', 9900, 'Sambac jasmine, green stem, a warm wall after the sun.'),
      item('Orange Blossom Water cologne', 'كولونيا ماء الزهر', 7900, 'Neroli, petitgrain and a glass of cold water.'),
      item('White Musk', 'عطر المسك الأبيض', 6900, 'Clean cotton and skin.'),
      item('Amber Road eau de parfum', 'عطر طريق العنبر', 10900, 'Labdanum, vanilla, caravans.'),
      item('Rose Taifi attar', 'عطر ورد طائفي', 14900, 'Oil without alcohol from the roses of Taif; one drop lasts a day.', {
        choices: { volume: { '3 ml': 0.4, '6 ml': 0.7, '12 ml': 1.2 } },
      }),
      item('Bakhoor of sandalwood', 'بخور صندل', 3490, 'Wood chips soaked in attar, for a warm burner.', {
        choices: { weight: { '40 g': 1, '80 g': 1.8 } },
      }),
    ],
  },
  {
    category: 'make-up',
    code: 'MAK',
    brands: ['Layali', 'Wardat'],
    common: 'Tested by eye doctors and skin doctors. Halal certified.',
    tags: ['make-up', 'halal'],
    grams: 45,
    shots: ['open', 'swatches'],
    items: [
      item('Pure kohl pencil', 'قلم كحل', 1290, 'Deep black that stays through a wedding.', {
        choices: { shade: same('Black', 'Brown', 'Emerald') },
      }),
      item('Velvet matte lipstick', 'أحمر شفاه مطفي', 1690, 'Comfortable for eight hours, coffee included.', {
        choices: { shade: same('Sumac', 'Rosewood', 'Fig', 'Terracotta') },
        was: 1.15,
      }),
      item('Skin tint', 'كريم أساس خفيف', 2490, 'Twelve hours of your own skin, only better.', {
        choices: { shade: same('Ivory', 'Sand', 'Honey', 'Almond', 'Cocoa') },
      }),
      item('Tubing mascara', 'ماسكارا', 1890, 'Comes off with warm water and nothing before.', {
        choices: { shade: same('Black', 'Brown') },
      }),
      item('Cream blush', 'أحمر خدود كريمي', 1590, 'Pat it on with two fingers.', {
        choices: { shade: same('Apricot', 'Pomegranate', 'Dusty rose') },
      }),
      item('Brow gel', 'جل حواجب', 1390, 'Holds without stiffness.', { choices: { shade: same('Clear', 'Brown', 'Dark brown') } }),
      item('Highlighter, rose gold', 'هايلايتر ذهبي وردي', 1790, 'A shimmer, not a glitter.'),
      item('Vegan brush set, eight pieces', 'طقم فرش ثماني قطع', 3490, 'Soft fibres, birch handles, a roll of cotton.', { was: 1.25 }),
    ],
  },
];
