import { item, same } from './shelf.js';
import type { Shelf } from './shelf.js';

const WOMENS_SIZES = same('XS', 'S', 'M', 'L', 'XL');
const MENS_SIZES = same('S', 'M', 'L', 'XL', 'XXL');
const WOMENS_SHOES = same('36', '37', '38', '39', '40', '41');
const MENS_SHOES = same('41', '42', '43', '44', '45');
const ONE_COLOUR = (colour: string) => ({ size: WOMENS_SIZES, colour: same(colour) });

/** Sandrose: clothes that cross the Levant from the beach to a wedding. */
export const FASHION: readonly Shelf[] = [
  {
    category: 'women',
    code: 'WOM',
    brands: ['Sandrose', 'Dima Atelier'],
    common: 'Cut and sewn in Beirut. The model is 174 cm tall and wears size S.',
    commonAr: 'قص وخياطة في بيروت. طول العارضة 174 سم وترتدي مقاس S.',
    tags: ['women', 'clothing'],
    grams: 420,
    shots: ['front view', 'back view', 'detail of the fabric'],
    items: [
      item('Linen wrap dress', 'فستان كتان ملفوف', 8900, 'Washed linen that gets softer each summer, tied at the waist.', {
        choices: { size: WOMENS_SIZES, colour: same('Terracotta', 'Olive') },
        attributes: { material: 'Linen' },
        was: 1.3,
      }),
      item('Embroidered abaya', 'عباية مطرزة', 14900, 'Flowing crepe with a border of tatreez stitched by hand.', {
        choices: { size: same('S', 'M', 'L', 'XL'), colour: same('Black', 'Midnight') },
        attributes: { material: 'Crepe' },
        brand: 'Dima Atelier',
      }),
      item(
        'Silk blouse with pearl buttons', 'بلوزة حرير بأزرار لؤلؤ', 9900,
        'Heavy crêpe de Chine, cut straight, to be tucked in or not.',
        { choices: ONE_COLOUR('Ivory'), attributes: { material: 'Silk' } },
      ),
      item('Wide-leg cotton trousers', 'بنطال قطني واسع', 5900, 'High waist, deep pockets, a crease that stays.', {
        choices: { size: WOMENS_SIZES, colour: same('Sand', 'Black') },
        attributes: { material: 'Cotton' },
      }),
      item('Pleated midi skirt', 'تنورة ميدي بكسرات', 6400, 'Sunray pleats that move like water.', {
        choices: ONE_COLOUR('Emerald'),
        was: 1.2,
      }),
      item('Merino turtleneck', 'كنزة ميرينو برقبة عالية', 6900, 'Extra-fine wool that one wears on the skin.', {
        choices: { size: WOMENS_SIZES, colour: same('Camel', 'Charcoal') },
        attributes: { material: 'Merino wool' },
      }),
      item('Denim jacket with tatreez yoke', 'جاكيت جينز بتطريز', 11900, 'Rigid denim; the embroidery of each one differs a little.', {
        choices: ONE_COLOUR('Indigo'),
        brand: 'Dima Atelier',
      }),
      item('Cotton kimono robe', 'روب كيمونو قطني', 4900, 'Block-printed by hand in three colours.', {
        choices: { size: same('One size') },
        brand: 'Dima Atelier',
      }),
      item('Wool coat with shawl collar', 'معطف صوف', 18900, 'Double-faced wool without lining, warm and light.', {
        choices: ONE_COLOUR('Oatmeal'),
        attributes: { material: 'Wool' },
        was: 1.35,
      }),
      item(
        'Ribbed tank top, two pieces', 'قميص داخلي مضلع قطعتان', 2900,
        'Organic cotton with a little stretch, one white and one black.',
        { choices: { size: WOMENS_SIZES } },
      ),
    ],
  },
  {
    category: 'men',
    code: 'MEN',
    brands: ['Hajar', 'Sandrose Men'],
    common: 'Pre-washed, so that it does not shrink. The model is 186 cm tall and wears size L.',
    tags: ['men', 'clothing'],
    grams: 450,
    shots: ['front view', 'detail of the collar'],
    items: [
      item('Oxford shirt', 'قميص أكسفورد', 4900, 'Button-down collar and mother-of-pearl buttons; better without an iron.', {
        choices: { size: MENS_SIZES, colour: same('White', 'Sky') },
        attributes: { material: 'Cotton' },
      }),
      item('Linen camp-collar shirt', 'قميص كتان صيفي', 5400, 'Open collar and one pocket, for evenings by the sea.', {
        choices: { size: MENS_SIZES, colour: same('Sage', 'Ecru') },
        attributes: { material: 'Linen' },
        was: 1.2,
      }),
      item('Slim chinos', 'بنطال تشينو', 5900, 'Garment-dyed twill with two percent stretch.', {
        choices: { size: same('30', '32', '34', '36', '38'), colour: same('Khaki', 'Navy') },
      }),
      item('Thobe with hidden placket', 'ثوب رجالي', 8900, 'Japanese poplin, French cuffs, made for long days.', {
        choices: { length: same('56', '58', '60', '62'), colour: same('White', 'Stone') },
        brand: 'Hajar',
      }),
      item('Heavy cotton T-shirt', 'تيشيرت قطن سميك', 2400, 'Two hundred and forty grams, a collar that keeps its shape.', {
        choices: { size: MENS_SIZES, colour: same('White', 'Black', 'Clay') },
      }),
      item('Quilted gilet', 'صديري مبطن', 7900, 'Recycled filling; packs into its own pocket.', {
        choices: { size: MENS_SIZES, colour: same('Olive') },
        was: 1.25,
      }),
      item('Unstructured blazer', 'بليزر غير مبطن', 13900, 'Hopsack wool without pads, at ease over a T-shirt.', {
        choices: { size: same('48', '50', '52', '54'), colour: same('Navy') },
      }),
      item('Lambswool crew neck', 'كنزة صوف', 6900, 'Spun in Scotland, knitted in Amman.', {
        choices: { size: MENS_SIZES, colour: same('Forest', 'Grey') },
        attributes: { material: 'Lambswool' },
      }),
      item('Swim shorts', 'شورت سباحة', 3900, 'Quick to dry, with a net pocket for the sand.', {
        choices: { size: MENS_SIZES, colour: same('Coral', 'Lagoon') },
      }),
    ],
  },
  {
    category: 'shoes',
    code: 'SHO',
    brands: ['Khuf', 'Rahhal'],
    common: 'True to size. Comes with a cotton bag; the sole can be replaced.',
    tags: ['shoes'],
    grams: 900,
    shots: ['pair from the side', 'sole'],
    items: [
      item(
        'Leather sandals with woven strap', 'صندل جلد منسوج', 5900,
        'Vegetable-tanned straps woven over the foot, after a pattern from Hebron.',
        { choices: { size: WOMENS_SHOES, colour: same('Tan') }, was: 1.2 },
      ),
      item('Velvet babouches', 'بلغة مخمل', 4400, 'Soft slippers with a leather sole, for the house and the terrace.', {
        choices: { size: WOMENS_SHOES, colour: same('Emerald', 'Plum') },
      }),
      item('Block-heel ankle boots', 'بوت كعب عريض', 12900, 'Six centimetres that one can walk on all day.', {
        choices: { size: WOMENS_SHOES, colour: same('Black') },
      }),
      item('Minimal leather trainers', 'حذاء رياضي جلد', 9900, 'Full-grain calf on a rubber cup sole.', {
        choices: { size: MENS_SHOES, colour: same('White', 'Navy') },
      }),
      item('Suede desert boots', 'بوت صحراوي شامواه', 10900, 'Two eyelets and a crepe sole, the shape of 1950.', {
        choices: { size: MENS_SHOES, colour: same('Sand', 'Chocolate') },
        was: 1.15,
      }),
      item('Trail running shoes', 'حذاء جري للطرق الوعرة', 11900, 'Four-millimetre lugs for the stones of Dana.', {
        choices: { size: MENS_SHOES, colour: same('Rust') },
        brand: 'Rahhal',
      }),
      item('Canvas espadrilles', 'إسبادريل قماش', 3900, 'Jute sole and a canvas that breathes.', {
        choices: { size: WOMENS_SHOES, colour: same('Natural', 'Navy') },
      }),
    ],
  },
  {
    category: 'bags',
    code: 'BAG',
    brands: ['Khuf', 'Jild & Co'],
    common: 'Leather from a tannery that cleans its water. Lined with cotton; repaired free of charge for five years.',
    tags: ['bags', 'leather'],
    grams: 850,
    shots: ['front', 'open', 'worn'],
    items: [
      item('Leather tote', 'حقيبة توت جلد', 13900, 'Takes a laptop, a book and an unexpected melon.', {
        choices: { colour: same('Cognac', 'Black') },
      }),
      item('Crossbody saddle bag', 'حقيبة كتف', 9900, 'The curve of a saddle and a strap that adjusts.', {
        choices: { colour: same('Cognac', 'Forest', 'Black') },
        was: 1.2,
      }),
      item('Waxed canvas backpack', 'حقيبة ظهر قماش مشمع', 11900, 'Twenty litres, brass buckles, does not mind the rain.', {
        choices: { colour: same('Khaki', 'Navy') },
      }),
      item('Weekender', 'حقيبة سفر', 19900, 'Three days away, within the limits of a cabin.', { choices: { colour: same('Chestnut') } }),
      item('Embroidered evening clutch', 'حقيبة سهرة مطرزة', 7900, 'Silk thread on velvet, three days of work by one pair of hands.', {
        choices: { colour: same('Burgundy', 'Midnight') },
        tags: ['gift'],
      }),
      item('Slim card holder', 'حافظة بطاقات', 2900, 'Four cards and folded notes, RFID-safe.', {
        choices: { colour: same('Cognac', 'Black', 'Olive') },
        tags: ['gift'],
      }),
    ],
  },
  {
    category: 'scarves-accessories',
    code: 'ACC',
    brands: ['Hirbawi Row', 'Fidda'],
    common: 'Wrapped in tissue in a box, ready to be given.',
    commonAr: 'مغلف في علبة جاهزة للإهداء.',
    tags: ['accessories', 'gift'],
    grams: 160,
    shots: ['laid out', 'worn'],
    items: [
      item('Woven cotton keffiyeh', 'كوفية قطنية منسوجة', 2900, 'Woven on shuttle looms of the 1960s, with knotted tassels.', {
        choices: { colour: same('Black and white', 'Red and white', 'Olive and cream') },
        brand: 'Hirbawi Row',
      }),
      item('Cashmere wrap', 'شال كشمير', 11900, 'Two metres of warmth that pass through a ring.', {
        choices: { colour: same('Dove', 'Rosewood') },
        was: 1.3,
      }),
      item('Printed silk square', 'منديل حرير مطبوع', 6900, 'Ninety centimetres with a rolled hem and the tiles of Damascus.', {
        choices: { colour: same('Turquoise', 'Saffron') },
      }),
      item('Sterling silver calligraphy necklace', 'قلادة فضة بخط عربي', 5900, 'The word «amal», hope, on a fine chain.', {
        choices: { length: same('40 cm', '45 cm') },
        brand: 'Fidda',
      }),
      item('Turquoise signet ring', 'خاتم فضة بالفيروز', 7400, 'Sinai turquoise set in silver; no two stones are alike.', {
        choices: { size: same('52', '54', '56', '58') },
        brand: 'Fidda',
      }),
      item('Beaded hoop earrings', 'أقراط حلقية بالخرز', 3400, 'Glass beads on gold-filled hoops.', {
        choices: { colour: same('Coral', 'Sea') },
        brand: 'Fidda',
        was: 1.2,
      }),
      item('Wide-brim straw hat', 'قبعة قش', 3900, 'Packable raffia with a ribbon that can be changed.', {
        choices: { size: same('S/M', 'M/L') },
      }),
      item('Polarised sunglasses', 'نظارة شمسية مستقطبة', 8900, 'Italian acetate, lenses of category 3.', {
        choices: { frame: same('Tortoise', 'Black') },
      }),
    ],
  },
];
