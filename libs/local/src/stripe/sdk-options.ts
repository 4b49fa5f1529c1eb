import Stripe from 'stripe';

type SdkOptions = Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol' | 'httpClient'>;

/** The SDK's own client with a path put in front of every request: its options know a host, but no base path. */
function clientBelow(prefix: string): Stripe.HttpClient {
  const client = Stripe.createNodeHttpClient();
  return {
    getClientName: () => client.getClientName(),
    makeRequest: (host, port, path, ...rest) => client.makeRequest(host, port, `${prefix}${path}`, ...rest),
  };
}

/** The options that point `new Stripe(key, options)` at an emulator, at the root of a host or below a path of it. */
export function stripeSdkOptions(url: string): SdkOptions {
  const { hostname, port, protocol, pathname } = new URL(url);
  const isSecure = protocol === 'https:';
  const prefix = pathname.replace(/\/+$/, '');
  const address: SdkOptions = { host: hostname, port: Number(port || (isSecure ? 443 : 80)), protocol: isSecure ? 'https' : 'http' };
  return prefix === '' ? address : { ...address, httpClient: clientBelow(prefix) };
}
