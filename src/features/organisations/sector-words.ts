/** Sectors as tables name them: by code, by name in any language, by the words of aid coordination. Pure. */
import { similarity, type Lexicon } from '#engines/text/index.ts';
import type { Sector } from '../places/model.ts';
import { nameKey } from './read-table.ts';

/** The clusters of aid coordination, in the sectors that all governorates share. */
const CLUSTERS: Record<string, readonly string[]> = {
  wash: ['SRV.1', 'SRV.2'], 'water sanitation and hygiene': ['SRV.1', 'SRV.2'], 'مياه واصحاح': ['SRV.1', 'SRV.2'], 'المياه والاصحاح': ['SRV.1', 'SRV.2'], 'المياه والصرف الصحي والنظافه': ['SRV.1', 'SRV.2'],
  'food security': ['ECO.1'], 'food security and agriculture': ['ECO.1'], 'food security and livelihoods': ['ECO'], 'الامن الغذائي': ['ECO.1'], livelihoods: ['ECO'], 'سبل العيش': ['ECO'], 'early recovery': ['ECO'], 'early recovery and livelihoods': ['ECO'], 'التعافي المبكر': ['ECO'],
  shelter: ['REC.1'], 'shelter nfi': ['REC.1'], 'shelter and nfi': ['REC.1'], ماوي: ['REC.1'], 'الماوي والمواد غير الغذائيه': ['REC.1'], nutrition: ['HLT'], تغذيه: ['HLT'], التغذيه: ['HLT'], protection: ['SOC'], حمايه: ['SOC'], الحمايه: ['SOC'],
  'child protection': ['SOC.2'], 'حمايه الطفل': ['SOC.2'], gbv: ['WMN.3'], 'gender based violence': ['WMN.3'], 'mine action': ['REC.6'], 'camp coordination and camp management': ['SOC.3'], cccm: ['SOC.3'], logistics: ['SRV.6'], 'emergency telecommunications': ['SRV.8'],
};
const LIKE_ENOUGH = 0.6;

export type FoundSectors = { codes: string[]; unknown: string[] };

/** Each word's sectors; what is none of them is given back. */
export function sectorsByWords(words: readonly string[], sectors: readonly Sector[], lexicon: Lexicon): FoundSectors {
  const found: FoundSectors = { codes: [], unknown: [] };
  for (const word of words) {
    const codes = codesOf(word, sectors, lexicon);
    if (codes.length > 0) found.codes.push(...codes);
    else found.unknown.push(word);
  }
  return { codes: [...new Set(found.codes)], unknown: found.unknown };
}

function codesOf(word: string, sectors: readonly Sector[], lexicon: Lexicon): string[] {
  const key = nameKey(word);
  const exact = sectors.filter((it) => it.code === word.toUpperCase() || Object.values(it.names).some((name) => nameKey(name) === key));
  if (exact.length > 0) return [exact[0]!.code];
  const cluster = CLUSTERS[key]?.filter((code) => sectors.some((it) => it.code === code));
  if (cluster && cluster.length > 0) return cluster;
  const likely = sectors.map((it) => ({ code: it.code as string, like: Math.max(...Object.values(it.names).map((name) => similarity(word, name, { lexicon }))) })).toSorted((a, b) => b.like - a.like)[0];
  return likely && likely.like >= LIKE_ENOUGH ? [likely.code] : [];
}
