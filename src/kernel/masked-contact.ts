/** «s…n@example.org», «+96394…66»: enough to recognise an own address, too little to write to it. */
export function maskedContact(contact: string): string {
  const [name, host] = contact.split('@');
  if (host === undefined) return `${contact.slice(0, 6)}…${contact.slice(-2)}`;
  return `${name!.slice(0, 1)}…${name!.length > 2 ? name!.slice(-1) : ''}@${host}`;
}
