/** XML for programs. */
export { node, writeXml, type Node } from '#engines/xml/index.ts';
