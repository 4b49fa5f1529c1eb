import { applyDecorators } from '@nestjs/common';
import { ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import type { MoneyAmount } from '@daraa/kernel';
import { field, isPlainObject } from './declare.js';
import type { FieldOptions, Test } from './declare.js';
import { IntegerField, NumberField } from './number-fields.js';
import { CurrencyField, textTest } from './text-fields.js';

type ClassOf<Value extends object> = new (...given: never[]) => Value;

/** An object of a class that states its own fields; `each` for a list of them. */
export function ObjectField<Value extends object>(type: () => ClassOf<Value>, options: FieldOptions = {}): PropertyDecorator {
  const test: Test = (value) => (isPlainObject(value) ? undefined : 'must be an object');
  const nested = applyDecorators(Type(type), ValidateNested({ each: options.each ?? false }));
  return field('object', options, test, { type: () => type() }, nested);
}

/** Money at the border: whole minor units and an ISO 4217 code. */
@ApiSchema({ name: 'Money' })
export class MoneyDto implements MoneyAmount {
  @IntegerField({ example: 2950, description: 'Minor units of the currency: 2950 USD are $29.50, 2950 JOD are 2.950 JD.' })
  amount!: number;

  @CurrencyField()
  currency!: string;
}

/** `{ amount, currency }`; the amount is at least `min` minor units (0 where nothing is said; responses may show less). */
export function MoneyField(options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  const test: Test = (value) => {
    if (!isPlainObject(value)) return 'must be { amount, currency }';
    const { amount } = value;
    if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined; // MoneyDto itself says so, and where.
    return amount < min || amount > max ? { at: '.amount', message: `must be from ${min} to ${max} minor units` } : undefined;
  };
  const nested = applyDecorators(
    Type(() => MoneyDto),
    ValidateNested({ each: options.each ?? false }),
  );
  return field('money', options, test, { type: () => MoneyDto }, nested);
}

/** A point on the earth in degrees (WGS 84). */
@ApiSchema({ name: 'GeoPoint' })
export class GeoPointDto {
  @NumberField({ min: -90, max: 90, example: 31.9539 })
  lat!: number;

  @NumberField({ min: -180, max: 180, example: 35.9106 })
  lng!: number;
}

/** `{ lat, lng }` in degrees. */
export function GeoPointField(options: FieldOptions = {}): PropertyDecorator {
  return ObjectField(() => GeoPointDto, options);
}

/** A text in English and, where there is one, Arabic. */
export interface LocalisedText {
  readonly en: string;
  readonly ar?: string;
}

/** `{ en, ar? }`, each of 1 to `max` characters. */
export function LocalisedTextField(options: FieldOptions & { max: number; example?: LocalisedText }): PropertyDecorator {
  const text = textTest({ min: 1, max: options.max });
  const test: Test = (value) => {
    if (!isPlainObject(value)) return 'must be { en, ar? }';
    const unknown = Object.keys(value).find((key) => key !== 'en' && key !== 'ar');
    if (unknown !== undefined) return { at: `.${unknown}`, message: 'is not a known field' };
    for (const language of ['en', 'ar'] as const) {
      if (language === 'ar' && value.ar === undefined) continue;
      const problem = text(value[language]);
      if (typeof problem === 'string') return { at: `.${language}`, message: problem };
    }
    return undefined;
  };
  const language = { type: 'string', minLength: 1, maxLength: options.max } as const;
  return field('localisedText', options, test, {
    type: 'object',
    additionalProperties: false,
    required: ['en'],
    properties: { en: language, ar: language },
    example: options.example ?? { en: 'Coffee cup', ar: 'فنجان قهوة' },
  } as Parameters<typeof field>[3]);
}

const MAP_KEY = /^[A-Za-z0-9 _-]{1,40}$/;

/** A flat map of texts with at most `maxKeys` names (20) of letters, digits, blanks, `_` and `-`. */
export function MapField(
  options: Omit<FieldOptions, 'each'> & { maxKeys?: number; maxLength?: number; example?: Record<string, string> } = {},
): PropertyDecorator {
  const { maxKeys = 20, maxLength = 200 } = options;
  const text = textTest({ min: 1, max: maxLength });
  const test: Test = (value) => {
    if (!isPlainObject(value)) return 'must be an object of texts';
    const entries = Object.entries(value);
    if (entries.length > maxKeys) return `must not have more than ${maxKeys} names`;
    for (const [key, item] of entries) {
      if (!MAP_KEY.test(key)) return 'must have names of 1 to 40 letters, digits, blanks, _ and -';
      const problem = text(item);
      if (typeof problem === 'string') return { at: `.${key}`, message: problem };
    }
    return undefined;
  };
  return field('map', options, test, {
    type: 'object',
    additionalProperties: { type: 'string', maxLength },
    maxProperties: maxKeys,
    example: options.example ?? { size: 'M' },
  } as Parameters<typeof field>[3]);
}
