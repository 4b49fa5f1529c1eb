/** What happens when a test card is charged. */
export type CardBehaviour =
  | { outcome: 'succeeds' }
  | { outcome: 'needs authentication' }
  | { outcome: 'declined'; code: string; declineCode: string; message: string };

export interface TestCard {
  brand: 'visa' | 'mastercard' | 'amex';
  last4: string;
  behaviour: CardBehaviour;
}

const succeeds: CardBehaviour = { outcome: 'succeeds' };

function declines(declineCode: string, message: string, code = 'card_declined'): CardBehaviour {
  return { outcome: 'declined', code, declineCode, message };
}

/** Stripe's test payment methods. Every use of one makes a new payment method with an id of its own. */
export const testCards: Readonly<Record<string, TestCard>> = {
  pm_card_visa: { brand: 'visa', last4: '4242', behaviour: succeeds },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', behaviour: succeeds },
  pm_card_amex: { brand: 'amex', last4: '8431', behaviour: succeeds },
  pm_card_authenticationRequired: { brand: 'visa', last4: '3184', behaviour: { outcome: 'needs authentication' } },
  pm_card_chargeDeclined: { brand: 'visa', last4: '0002', behaviour: declines('generic_decline', 'Your card was declined.') },
  pm_card_chargeDeclinedInsufficientFunds: {
    brand: 'visa',
    last4: '9995',
    behaviour: declines('insufficient_funds', 'Your card has insufficient funds.'),
  },
  pm_card_chargeDeclinedLostCard: { brand: 'visa', last4: '9987', behaviour: declines('lost_card', 'Your card was declined.') },
  pm_card_chargeDeclinedStolenCard: { brand: 'visa', last4: '9979', behaviour: declines('stolen_card', 'Your card was declined.') },
  pm_card_chargeDeclinedExpiredCard: {
    brand: 'visa',
    last4: '0069',
    behaviour: declines('expired_card', 'Your card has expired.', 'expired_card'),
  },
  pm_card_chargeDeclinedIncorrectCvc: {
    brand: 'visa',
    last4: '0127',
    behaviour: declines('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc'),
  },
  pm_card_chargeDeclinedProcessingError: {
    brand: 'visa',
    last4: '0119',
    behaviour: declines('processing_error', 'An error occurred while processing your card. Try again in a little bit.', 'processing_error'),
  },
};

const behaviours = new Map(Object.values(testCards).map((card) => [card.last4, card.behaviour]));

/** A card that no test method describes is a good one. */
export function behaviourOf(last4: string | undefined): CardBehaviour {
  return behaviours.get(last4 ?? '') ?? succeeds;
}
