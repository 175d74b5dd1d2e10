/** The door of screening. */
export { findPrivateNumbers, type Found } from './find.ts';
