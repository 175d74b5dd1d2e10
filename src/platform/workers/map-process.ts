// A process of its own: reads a Polis export, maps it, answers with plain data.
import { conversationOf, mapOpinions, readComments, readParticipantsVotes, resultOf, Unmappable } from '#engines/opinion-map/index.ts';
import type { MapAnswer, MapJob } from './map.ts';
import { work } from './working.ts';

work(({ votes, comments, options }: MapJob): MapAnswer => {
  try {
    const conversation = conversationOf(readParticipantsVotes([votes]), comments ? readComments([comments]) : undefined);
    const began = performance.now();
    const map = mapOpinions(conversation, options);
    return { result: resultOf(map), milliseconds: performance.now() - began };
  } catch (error) {
    if (error instanceof Unmappable) return { refused: { sentence: error.message, file: error.file, line: error.line } };
    throw error;
  }
});
