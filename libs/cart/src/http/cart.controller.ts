import { Body, Controller, Delete, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { CART_TOKEN_HEADER, cartTokenOf, guestIdOf, IdParam, IfMatch, newCartToken, Operation, OptionalAuthentication } from '@daraa/platform';
import type { HttpReply, HttpRequest } from '@daraa/platform';
import { ChangeCart } from '../application/change-cart.js';
import type { Visitor } from '../application/change-cart.js';
import type { CartView } from '../domain/cart-view.js';
import { AddItemDto, ChangeItemDto } from './cart.dto.js';
import { CartResponse } from './cart.response.js';

/** Who visits, and the token that a guest needs to come back. */
interface Visit {
  readonly visitor: Visitor;
  readonly token?: string;
}

/** One's own cart: the account's, or the guest's of `X-Cart-Token`. With both, the guest's is merged into the account's. */
@Controller('cart')
@OptionalAuthentication()
@ApiHeader({
  name: 'X-Cart-Token',
  required: false,
  description: "A guest's token, as the first answer gave it. Together with an access token: the guest's cart is merged into yours.",
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{32,128}$' },
})
export class CartController {
  constructor(private readonly changeCart: ChangeCart) {}

  @Get()
  @Operation({
    id: 'getCart',
    tag: 'cart',
    summary: "Your cart, with today's prices and stock",
    description: 'Guests without X-Cart-Token get a fresh token, in the header of the answer and in the cart.',
    success: { status: 200, type: CartResponse },
  })
  async show(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): Promise<CartResponse> {
    const visit = visitOf(request);
    return answer(visit, await this.changeCart.show(visit.visitor), reply);
  }

  @Post('items')
  @Operation({
    id: 'addCartItem',
    tag: 'cart',
    summary: 'Put pieces of a variant into the cart',
    success: { status: 200, type: CartResponse },
    errors: ['VARIANT_NOT_FOUND', 'PRODUCT_NOT_AVAILABLE', 'QUANTITY_LIMIT', 'CART_LIMIT', 'INSUFFICIENT_STOCK', 'VERSION_MISMATCH', 'CONFLICT'],
  })
  async add(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @Body() { variantId, quantity }: AddItemDto,
    @IfMatch() expected: number | undefined,
  ): Promise<CartResponse> {
    const visit = visitOf(request);
    return answer(visit, await this.changeCart.add(visit.visitor, { variantId, quantity }, expected), reply);
  }

  @Patch('items/:itemId')
  @Operation({
    id: 'changeCartItem',
    tag: 'cart',
    summary: 'Set how many pieces of an item are wanted; 0 takes it out',
    success: { status: 200, type: CartResponse },
    errors: ['CART_ITEM_NOT_FOUND', 'QUANTITY_LIMIT', 'INSUFFICIENT_STOCK', 'VERSION_MISMATCH', 'CONFLICT'],
  })
  async change(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @IdParam('itemId', 'itm', 'CART_ITEM_NOT_FOUND') itemId: string,
    @Body() { quantity }: ChangeItemDto,
    @IfMatch() expected: number | undefined,
  ): Promise<CartResponse> {
    const visit = visitOf(request);
    return answer(visit, await this.changeCart.setQuantity(visit.visitor, itemId, quantity, expected), reply);
  }

  @Delete('items/:itemId')
  @Operation({
    id: 'removeCartItem',
    tag: 'cart',
    summary: 'Take an item out of the cart',
    success: { status: 200, type: CartResponse },
    errors: ['CART_ITEM_NOT_FOUND', 'VERSION_MISMATCH', 'CONFLICT'],
  })
  async remove(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @IdParam('itemId', 'itm', 'CART_ITEM_NOT_FOUND') itemId: string,
    @IfMatch() expected: number | undefined,
  ): Promise<CartResponse> {
    const visit = visitOf(request);
    return answer(visit, await this.changeCart.remove(visit.visitor, itemId, expected), reply);
  }

  @Delete()
  @Operation({
    id: 'clearCart',
    tag: 'cart',
    summary: 'Take everything out of the cart',
    success: { status: 200, type: CartResponse },
    errors: ['VERSION_MISMATCH', 'CONFLICT'],
  })
  async clear(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @IfMatch() expected: number | undefined,
  ): Promise<CartResponse> {
    const visit = visitOf(request);
    return answer(visit, await this.changeCart.clear(visit.visitor, expected), reply);
  }
}

function visitOf(request: HttpRequest): Visit {
  const sent = cartTokenOf(request);
  if (request.user) {
    const buyer = { type: 'account', id: request.user.accountId } as const;
    return { visitor: { buyer, ...(sent === undefined ? {} : { guest: { type: 'guest', id: guestIdOf(sent) } }) } };
  }
  const token = sent ?? newCartToken();
  return { visitor: { buyer: { type: 'guest', id: guestIdOf(token) } }, token };
}

/** The cart, every field named; guests find their token in it and in the header. */
function answer({ token }: Visit, view: CartView, reply: HttpReply): CartResponse {
  if (token !== undefined) reply.header(CART_TOKEN_HEADER, token);
  const { id, groups, itemCount, subtotal, warnings, expiresAt, version } = view;
  return { id, ...(token === undefined ? {} : { token }), groups, itemCount, subtotal, warnings, expiresAt, version };
}
