/** Which addresses are everybody's: what a stranger names must never lead into the network that this machine stands in. */
import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries: own machine, private and shared nets, link-local (and the metadata of clouds in it), documentation, multicast, reserved. */
const CLOSED_4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const;
/** Of global unicast: tunnels that carry an address of the other kind inside, benchmarks, identifiers, documentation. */
const CLOSED_6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20]] as const;

const closed = new BlockList();
for (const [net, bits] of CLOSED_4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of CLOSED_6) closed.addSubnet(net, bits, 'ipv6');
/** Everything else of IPv6 (mapped and translated IPv4, unique local, link-local, multicast) is nobody's to reach from here. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  // An address with a zone (fe80::1%eth0) belongs to one wire.
  return family === 6 && !address.includes('%') && global.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** Names that no public register gives out (RFC 6761, 6762, 8375, ICANN's `internal`). */
const OWN_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/;

/** Whether the host of an address, as URL reads it, leads into the own network whatever a name service says. */
export function isOwnNetwork(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) ? !isPublicAddress(host) : OWN_NAMES.test(host);
}
