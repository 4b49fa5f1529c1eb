import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isISO31661Alpha2, ValidateBy, ValidateIf } from 'class-validator';

/** A country by its ISO 3166-1 alpha-2 code, in either case; the handler gets it in upper case. */
export function CountryField(options: { readonly optional?: boolean } = {}): PropertyDecorator {
  const { optional = false } = options;
  return applyDecorators(
    ApiProperty({ type: String, minLength: 2, maxLength: 2, example: 'JO', description: 'ISO 3166-1 alpha-2.', required: !optional }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.length === 2 ? value.toUpperCase() : value)),
    ValidateIf((_object, value) => !(value === undefined && optional)),
    ValidateBy({
      name: 'country',
      validator: { validate: (value) => isISO31661Alpha2(value), defaultMessage: () => 'must be an ISO 3166-1 alpha-2 country, as JO' },
    }),
  );
}
