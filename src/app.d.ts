import type { Actor } from '#kernel/actor.ts';
import type { Query, UseCase } from '#features/context.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Words } from '#platform/i18n/words.ts';
import type { Look } from '#platform/web/look.ts';
import type { Profile } from '#platform/profile.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** a short code that the log holds too, for a reader to dictate */
      code?: string;
      /** what was sent and could not be taken, to be sent again; `signIn`: where to enter first, when the sitting had ended */
      typed?: { values: Record<string, string[]>; signIn: string | null };
    }
    interface Locals {
      lang: Lang;
      /** the address without its language */
      path: string;
      look: Look;
      /** the browser asks for less, by itself */
      saveData: boolean;
      words: Words;
      actor: Actor;
      /** somebody signed in, and the database that knows who does not answer */
      away: boolean;
      /** what a form sent that was refused */
      typed?: Record<string, string[]>;
      /** the token of this sign-in, for ending it */
      session: string | null;
      profile: Profile;
      demo: boolean;
      origin: string;
      /** what is left on the disk of the data folder; null where the system does not say */
      freeBytes(): number | null;
      ask<I, O>(query: Query<I, O>, input: I): Promise<O>;
      /** for what one statement answers */
      glance<I, O>(query: Query<I, O>, input: I): Promise<O>;
      act<I, O>(useCase: UseCase<I, O>, input: I): Promise<O>;
    }
  }
}

export {};
