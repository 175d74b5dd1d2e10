/** Messages leave the house here, outside any transaction. */
import { openPost, type Post } from '#platform/outside/post.ts';
import type { House, Who } from '../../context.ts';
import { claimDelivery, settleDelivery } from './tell.ts';

const AT_ONCE = 8;
const MOST_IN_A_BEAT = 200;

export { openPost };

/** Tells what is due, several programs at once and each one thing at a time; returns how many were tried. */
export async function tellDue(house: House, who: Who, post: Post, origin: string): Promise<number> {
  let tried = 0;
  const one = async (): Promise<void> => {
    while (tried < MOST_IN_A_BEAT) {
      const claimed = await house.act(who, claimDelivery, { origin });
      if (!claimed) return;
      tried += 1;
      const posted = await post(claimed.url, claimed.body, claimed.headers);
      await house.act(who, settleDelivery, { id: claimed.id, attempts: claimed.attempts, ...posted });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return tried;
}
