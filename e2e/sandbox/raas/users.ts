import { randomBytes } from 'node:crypto';

export type User = { userId: string; phone: string; email: string | undefined; status: string };

/** Mexico's legacy mobile prefix (`+521…`) and today's form name the same phone. */
export function normalizePhone(phone: string): string {
  return phone.replace(/^\+521(\d{10})$/, '+52$1');
}

/** The users of one tenant, remembered by phone and by lower-cased e-mail, in memory only. */
export class Users {
  #byPhone = new Map<string, User>();
  #byEmail = new Map<string, User>();
  #byId = new Map<string, User>();

  findByPhone = (phone: string): User | undefined => this.#byPhone.get(normalizePhone(phone));
  findByEmail = (email: string): User | undefined => this.#byEmail.get(email.toLowerCase());
  findById = (userId: string): User | undefined => this.#byId.get(userId);

  add(phone: string, email: string | undefined, status: string): User {
    const userId = randomBytes(21).toString('base64url');
    const user: User = { userId, phone: normalizePhone(phone), email: email?.toLowerCase(), status };
    this.#byPhone.set(user.phone, user);
    if (user.email) this.#byEmail.set(user.email, user);
    this.#byId.set(userId, user);
    return user;
  }
}
