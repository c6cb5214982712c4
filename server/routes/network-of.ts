/** Where a request comes from, as it is counted. */
import { isIPv6 } from 'node:net';

/** An IPv6 address counts by its network (/64): whoever has one has all of its addresses. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [head = [], tail] = ip.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])].slice(0, 4).join(':').toLowerCase();
}
