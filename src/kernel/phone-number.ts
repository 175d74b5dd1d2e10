/** A phone number in E.164, as +963944567890. Only the platform's phone parser makes one. */
export type PhoneNumber = string & { readonly __phone: true };
