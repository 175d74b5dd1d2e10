import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { node, writeXml } from './index.ts';

const reader = new XMLParser({ trimValues: false, parseTagValue: false, parseAttributeValue: false, ignoreAttributes: false, attributeNamePrefix: '', htmlEntities: true });
const kept = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

test('whatever text goes in, another program reads the same text out', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, attribute) => {
    const xml = writeXml(node('a', [node('b', text), node('c', 'x', { said: attribute })]));
    expect(XMLValidator.validate(xml)).toBe(true);
    const wanted = kept(text).replaceAll('\ufffd', '');
    expect(String(reader.parse(xml).a.b ?? '').replaceAll('\ufffd', '').replace(/\r\n?/g, '\n')).toBe(wanted.replace(/\r\n?/g, '\n'));
  }), { numRuns: 300 });
});

test('nothing that is empty, and no name that is none', () => {
  expect(writeXml(node('a', [node('b'), node('c', '<&"')]))).toBe('<?xml version="1.0" encoding="utf-8"?>\n<a><b/><c>&lt;&amp;&quot;</c></a>');
  expect(() => writeXml(node('a b'))).toThrow(RangeError);
});
