import { Body, Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { Authenticated, CurrentCaller, IdParam, IfMatch, Operation } from '@daraa/platform';
import type { Caller } from '@daraa/platform';
import { KeepAddresses } from '../application/keep-addresses.js';
import { AddAddressDto, addressResponse, AddressResponse, ChangeAddressDto } from './addresses.dto.js';

const tag = 'profile';

@Controller('me/addresses')
@Authenticated()
export class AddressesController {
  constructor(private readonly addresses: KeepAddresses) {}

  @Get()
  @Operation({
    id: 'listAddresses',
    tag,
    summary: 'List the own addresses, the default first',
    success: { status: 200, type: [AddressResponse] },
  })
  async list(@CurrentCaller() caller: Caller) {
    return (await this.addresses.list(caller.accountId)).map(addressResponse);
  }

  @Get(':addressId')
  @Operation({
    id: 'getAddress',
    tag,
    summary: 'Show an address',
    success: { status: 200, type: AddressResponse },
    errors: ['ADDRESS_NOT_FOUND'],
  })
  async get(@CurrentCaller() caller: Caller, @IdParam('addressId', 'adr', 'ADDRESS_NOT_FOUND') addressId: string) {
    return addressResponse(await this.addresses.get(caller.accountId, addressId));
  }

  @Post()
  @Operation({
    id: 'addAddress',
    tag,
    summary: 'Add an address',
    success: { status: 201, type: AddressResponse },
    errors: ['ADDRESS_LIMIT'],
  })
  async add(@CurrentCaller() caller: Caller, @Body() dto: AddAddressDto) {
    return addressResponse(await this.addresses.add(caller.accountId, dto));
  }

  @Patch(':addressId')
  @Operation({
    id: 'changeAddress',
    tag,
    summary: 'Change an address, or make it the default',
    success: { status: 200, type: AddressResponse },
    errors: ['ADDRESS_NOT_FOUND', 'VERSION_MISMATCH'],
  })
  async change(
    @CurrentCaller() caller: Caller,
    @IdParam('addressId', 'adr', 'ADDRESS_NOT_FOUND') addressId: string,
    @Body() dto: ChangeAddressDto,
    @IfMatch() version: number | undefined,
  ) {
    return addressResponse(await this.addresses.replace(caller.accountId, addressId, dto, version));
  }

  @Delete(':addressId')
  @Operation({ id: 'removeAddress', tag, summary: 'Remove an address', success: { status: 204 }, errors: ['ADDRESS_NOT_FOUND'] })
  async remove(@CurrentCaller() caller: Caller, @IdParam('addressId', 'adr', 'ADDRESS_NOT_FOUND') addressId: string) {
    await this.addresses.remove(caller.accountId, addressId);
  }
}
