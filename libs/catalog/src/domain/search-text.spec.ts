import { normalise, tailsOf } from './search-text.js';

describe('words are found however they are written', () => {
  it.each([
    ['Café Crème', 'cafe creme'],
    ['  USB-C  cable, 2m!', 'usb c cable 2m'],
    ['إضاءة', 'اضاءه'],
    ['أحمد آدم ٱلله', 'احمد ادم الله'],
    ['مستشفى', 'مستشفي'],
    ['قَهْوَةٌ', 'قهوه'],
    ['جمـــيل', 'جميل'],
    ['مقاس ٤٢', 'مقاس 42'],
    ['مسؤول سائق', 'مسوول سايق'],
    ['ﻻ', 'لا'],
    ['"$where" -cup', 'where cup'],
    ['!!!', ''],
  ])('%s → %s', (written, normalised) => {
    expect(normalise(written)).toBe(normalised);
  });

  it('twice is as good as once', () => {
    for (const text of ['Crème Brûlée', 'إِضَاءَةٌ ٤٢', 'ẞtraße', 'İstanbul']) expect(normalise(normalise(text))).toBe(normalise(text));
  });
});

describe('a name is suggested by', () => {
  it('its beginning and the beginning of each of its words', () => {
    expect(tailsOf('Wireless Mouse, black')).toEqual(['wireless mouse black', 'mouse black', 'black']);
  });

  it('nothing when it holds no letter', () => {
    expect(tailsOf('***')).toEqual([]);
  });

  it('at most eight ends of at most sixty characters', () => {
    const tails = tailsOf('a '.repeat(200));
    expect(tails).toHaveLength(8);
    expect(Math.max(...tails.map((tail) => tail.length))).toBe(60);
  });
});
