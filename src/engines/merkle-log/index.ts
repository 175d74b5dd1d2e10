/** The engine's door: what others may import. */
export { auditLog, checkContinues, type Audit, type AuditOptions } from './audit.ts';
export { bundleOf, entriesOf, LONGEST_ENTRY } from './bundle.ts';
export { concat, equal, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8, wholeNumber } from './bytes.ts';
export { additionText, checkpointText, openCheckpoint, originOf, parseAddition, parseCheckpoint, type Addition, type Checkpoint, type SignedCheckpoint } from './checkpoint.ts';
export { entryCount, faults, LogError, type Fault } from './error.ts';
export { followFromFirst, followKeys, rotationPath, type Announced, type KeyChain } from './follow.ts';
export { addEntries, EMPTY_EDGE, rootOf, type Edge, type LogFile } from './grow.ts';
export { EMPTY_ROOT, HASH_SIZE, hashOf, leafHash, nodeHash, type Hash } from './hash.ts';
export { COSIGNATURE, ED25519, isKeyName, sameKey, parseSigning, parseVerifier, signingKey, signingText, verifierOf, verifierText, type SigningKey, type VerifierKey } from './key.ts';
export { cosignatureIn, cosigned, openNote, parseNote, signLine, signNote, withSignatures, type Note, type Signature, type Signed } from './note.ts';
export { hashesAt, indexPath, parseTilePath, tileOf, tilePath, tilesOf, WIDTH, type Tile } from './paths.ts';
export { checkQuorum, hasQuorum, parsePolicy, policyText, trusting, type Policy, type Witness } from './policy.ts';
export { checkConsistency, checkInclusion, consistencyRanges, inclusionRanges, subtrees, type Range, type Subtree } from './proof.ts';
export { openLog, type LogHead, type LogReader, type ReadFile } from './reader.ts';
export { checkReceipt, parseReceipt, receiptText, type Receipt } from './receipt.ts';
