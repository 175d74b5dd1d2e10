/** Why a file is refused. The sentence of the error is for logs; people are told by code, line and what was found. */
export type PabulibProblem =
  | 'not-utf8'
  | 'bad-quoting'
  | 'text-before-meta'
  | 'section-order'
  | 'section-missing'
  | 'wrong-header'
  | 'cell-count'
  | 'key-missing'
  | 'key-twice'
  | 'not-a-number'
  | 'below-zero'
  | 'too-large'
  | 'unknown-vote-type'
  | 'id-missing'
  | 'project-id-twice'
  | 'voter-id-twice'
  | 'unknown-project'
  | 'points-do-not-match';

/** Thrown for a file that is not valid Pabulib; `line` counts from 1 and is where the faulty row begins. */
export class PabulibError extends Error {
  readonly problem: PabulibProblem;
  readonly line: number;
  constructor(problem: PabulibProblem, line: number, sentence: string) {
    super(sentence);
    this.name = 'PabulibError';
    this.problem = problem;
    this.line = line;
  }
}
