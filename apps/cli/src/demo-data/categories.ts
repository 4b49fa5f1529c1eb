import type { LocalisedText } from '@daraa/kernel';

/** A branch of the demo catalog's tree; leaves hold products. */
export interface DemoCategory {
  readonly slug: string;
  readonly name: LocalisedText;
  readonly children?: readonly DemoCategory[];
}

function category(slug: string, en: string, ar: string, children?: readonly DemoCategory[]): DemoCategory {
  return { slug, name: { en, ar }, ...(children === undefined ? {} : { children }) };
}

export const DEMO_CATEGORIES: readonly DemoCategory[] = [
  category('pantry', 'Pantry', 'المونة', [
    category('olive-oil-ghee', 'Olive oil & ghee', 'زيت زيتون وسمن'),
    category('coffee-tea', 'Coffee & tea', 'قهوة وشاي'),
    category('dates-dried-fruit', 'Dates & dried fruit', 'تمور وفواكه مجففة'),
    category('nuts-seeds', 'Nuts & seeds', 'مكسرات وبذور'),
    category('spices-herbs', 'Spices & herbs', 'بهارات وأعشاب'),
    category('honey-preserves', 'Honey & preserves', 'عسل ومربيات'),
    category('grains-pulses', 'Grains & pulses', 'حبوب وبقوليات'),
  ]),
  category('electronics', 'Electronics', 'إلكترونيات', [
    category('headphones-speakers', 'Headphones & speakers', 'سماعات ومكبرات صوت'),
    category('phone-accessories', 'Phone accessories', 'إكسسوارات الهواتف'),
    category('charging-power', 'Charging & power', 'شحن وطاقة'),
    category('computer-accessories', 'Computer accessories', 'ملحقات الحاسوب'),
    category('smart-home', 'Smart home', 'المنزل الذكي'),
    category('wearables', 'Watches & wearables', 'ساعات وأجهزة قابلة للارتداء'),
  ]),
  category('fashion', 'Fashion', 'أزياء', [
    category('women', 'Women', 'نساء'),
    category('men', 'Men', 'رجال'),
    category('shoes', 'Shoes', 'أحذية'),
    category('bags', 'Bags', 'حقائب'),
    category('scarves-accessories', 'Scarves & accessories', 'أوشحة وإكسسوارات'),
  ]),
  category('beauty', 'Beauty', 'جمال', [
    category('skincare', 'Skincare', 'العناية بالبشرة'),
    category('hair-care', 'Hair care', 'العناية بالشعر'),
    category('soap-bath', 'Soap & bath', 'صابون واستحمام'),
    category('fragrance', 'Fragrance', 'عطور'),
    category('make-up', 'Make-up', 'مكياج'),
  ]),
  category('home', 'Home', 'المنزل', [
    category('kitchen-dining', 'Kitchen & dining', 'مطبخ ومائدة'),
    category('bedding', 'Bedding', 'مفروشات السرير'),
    category('rugs-cushions', 'Rugs & cushions', 'سجاد ووسائد'),
    category('lighting', 'Lighting', 'إضاءة'),
    category('decor-candles', 'Decor & candles', 'ديكور وشموع'),
  ]),
];
