import { Body, Controller, Post, Req } from '@nestjs/common';
import { DomainError } from '@daraa/kernel';
import { AccessTokens, OptionalAuthentication, Operation, Public, RateLimit, withMessage } from '@daraa/platform';
import type { HttpRequest } from '@daraa/platform';
import { EndSessions } from '../application/end-sessions.js';
import { LogIn } from '../application/log-in.js';
import { RefreshSession } from '../application/refresh-session.js';
import { Register } from '../application/register.js';
import { ResendCode } from '../application/resend-code.js';
import { RevokedSessions } from '../application/revoked-sessions.js';
import { VerifyContact } from '../application/verify-contact.js';
import type { Locale } from '../domain/account.js';
import type { Client } from '../domain/session.js';
import { LogInDto, RefreshTokenDto, RegisterDto, ResendCodeDto, ValidateTokenDto, VerifyCodeDto } from './auth.dto.js';
import { registrationResponse, RegistrationResponse, tokensResponse, TokensResponse, TokenStateResponse } from './auth.response.js';
import { CurrentClient, PreferredLocale } from './client.js';
import { tokenState } from './token-state.js';

const tag = 'accounts';

@Controller('auth')
export class AuthController {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly endSessions: EndSessions,
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly registerAccount: Register,
    private readonly resendCode: ResendCode,
    private readonly revoked: RevokedSessions,
    private readonly verifyContact: VerifyContact,
  ) {}

  @Post('register')
  @Public()
  @RateLimit('register')
  @Operation({
    id: 'register',
    tag,
    summary: 'Register an account',
    description: 'Sends a one-time code. A known email gets the same answer, and its owner a notice.',
    success: { status: 201, type: RegistrationResponse },
    errors: ['SERVICE_UNAVAILABLE'],
  })
  async register(@Body() dto: RegisterDto, @PreferredLocale() locale: Locale) {
    return registrationResponse(await this.registerAccount.execute({ ...dto, locale }));
  }

  @Post('otp/verify')
  @Public()
  @Operation({
    id: 'verifyCode',
    tag,
    summary: 'Verify an account with its one-time code, and log in',
    success: { status: 200, type: TokensResponse },
    errors: ['OTP_INVALID'],
  })
  async verify(@Body() dto: VerifyCodeDto, @CurrentClient() client: Client) {
    return tokensResponse(await this.verifyContact.execute({ ...dto, client }), this.accessTokens);
  }

  @Post('otp/resend')
  @Public()
  @RateLimit('otp')
  @Operation({
    id: 'resendCode',
    tag,
    summary: 'Send a new one-time code',
    description: 'At most once a minute. The answer is the same whether or not the account waits for a code.',
    success: { status: 202 },
  })
  async resend(@Body() dto: ResendCodeDto) {
    await this.resendCode.execute(dto);
    return withMessage(null, 'If this account waits for a code and a minute has passed since the last one, a new one is on its way.');
  }

  @Post('login')
  @Public()
  @Operation({
    id: 'logIn',
    tag,
    summary: 'Log in with email and password',
    success: { status: 200, type: TokensResponse },
    errors: ['INVALID_CREDENTIALS', 'ACCOUNT_LOCKED', 'SERVICE_UNAVAILABLE'],
  })
  async login(@Body() dto: LogInDto, @CurrentClient() client: Client) {
    return tokensResponse(await this.logIn.execute({ ...dto, client }), this.accessTokens);
  }

  @Post('refresh')
  @Public()
  @Operation({
    id: 'refreshTokens',
    tag,
    summary: 'Replace a refresh token by new tokens',
    description: 'Each refresh token is good for one use. One that was replaced long ago ends the session.',
    success: { status: 200, type: TokensResponse },
    errors: ['REFRESH_TOKEN_INVALID'],
  })
  async refresh(@Body() dto: RefreshTokenDto, @CurrentClient() client: Client) {
    return tokensResponse(await this.refreshSession.execute(dto.refreshToken, client), this.accessTokens);
  }

  @Post('logout')
  @Public()
  @Operation({ id: 'logOut', tag, summary: 'End the session of a refresh token', success: { status: 200 } })
  async logout(@Body() dto: RefreshTokenDto) {
    await this.endSessions.logOut(dto.refreshToken);
    return withMessage(null, 'Logged out.');
  }

  @Post('validate')
  @OptionalAuthentication()
  @Operation({
    id: 'validateToken',
    tag,
    summary: 'Say whether an access token is good',
    description: 'The one in the body, else the Bearer token of the request.',
    success: { status: 200, type: TokenStateResponse },
    errors: ['UNAUTHENTICATED', 'TOKEN_EXPIRED'],
  })
  validate(@Body() dto: ValidateTokenDto, @Req() request: HttpRequest) {
    const token = dto.accessToken ?? /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');
    return tokenState(token, this.accessTokens, this.revoked);
  }
}
