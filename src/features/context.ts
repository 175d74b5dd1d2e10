/** Every table of the product, and the context that queries and use cases of all features are given. */
import type { BaseCtx, Doors, Who } from '#platform/doors.ts';
import type { RecordTables } from './record/server/tables.ts';
import type { PeopleTables } from './people/server/tables.ts';
import type { PlacesTables } from './places/server/tables.ts';
import type { WordingTables } from './wording/server/tables.ts';
import type { LexiconTables } from './lexicon/server/tables.ts';
import type { DirectoryTables } from './directory/server/tables.ts';
import type { AttachmentsTables } from './attachments/server/tables.ts';
import type { CommitmentsTables } from './commitments/server/tables.ts';
import type { OrganisationsTables } from './organisations/server/tables.ts';
import type { IntakeTables } from './intake/server/tables.ts';
import type { DeskTables } from './desk/server/tables.ts';
import type { AnswersTables } from './answers/server/tables.ts';
import type { CommentsTables } from './comments/server/tables.ts';
import type { NoticesTables } from './notices/server/tables.ts';
import type { Open311Tables } from './open311/server/tables.ts';
import type { WebhooksTables } from './webhooks/server/tables.ts';
export type Tables =
  & RecordTables
  & PeopleTables
  & PlacesTables
  & WordingTables
  & LexiconTables
  & DirectoryTables
  & AttachmentsTables
  & CommitmentsTables
  & OrganisationsTables
  & IntakeTables
  & DeskTables
  & AnswersTables
  & CommentsTables
  & NoticesTables
  & Open311Tables
  & WebhooksTables;
export type Ctx = BaseCtx<Tables>;
/** What a statement needs that is built once for everybody. */
export type Asks = Pick<Ctx, 'db'>;
export type Query<I, O> = (ctx: Ctx, input: I) => Promise<O>;
export type UseCase<I, O> = (ctx: Ctx, input: I) => Promise<O>;
export type House = Doors<Tables>;
export type { Who };
