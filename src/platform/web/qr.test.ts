import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { drawQr } from './qr.ts';

test('the strokes are the dark modules, each once', () => {
  const text = 'https://abwab.example/n/HLB-4827-70';
  const { size, path } = drawQr(text);
  const drawn = Array.from({ length: size * size }, () => 0);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)\.5h(\d+)/g)) for (let at = 0; at < Number(run); at++) drawn[Number(y) * size + Number(x) + at]!++;
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  expect(modules.size).toBe(size);
  expect(drawn).toEqual([...modules.data].map((it) => (it ? 1 : 0)));
});
