/** The use cases behind the addresses for programs: open data, Open311, messages to other servers. */
import { LIST, ORGANISATION_LIST, OWN, everybody, type Cell } from './cells.ts';

const origin = 'http://x';
export const OPEN_DATA: Record<string, Cell> = {
  entriesPage: everybody(() => ({ origin, query: { ...LIST, limit: '100' } })), exportPart: everybody(() => ({ set: 'entries', origin, query: LIST, after: '' })), setSize: everybody(() => 'entries'),
  newsFeed: everybody(() => ({ name: 'entries', query: {}, lang: 'ar', origin })), datesFeed: everybody(() => ({ name: 'commitments', query: {}, lang: 'en', origin })),
  entryWhole: { who: 'sender, coordinator', with: ({ it }) => ({ origin, number: it.received.number }), sees: 'sender, coordinator' },
  bodiesPage: everybody(() => ({ origin, query: { sector: '', after: '', limit: '20' } })), bodyWhole: everybody(({ it }) => ({ origin, code: it.code, query: { period: 'months' } })),
  commentsPage: everybody(({ it }) => ({ origin, kind: 'entry', number: it.open.number, query: { after: '', limit: '20' } })), commitmentsPage: everybody(() => ({ origin, query: { q: '', state: null, body: '', after: '', limit: '20' } })),
  commitmentWhole: { who: `${OWN}, coordinator`, with: ({ it }) => ({ origin, number: it.privatePromise }), sees: `${OWN}, coordinator` },
  organisationsPage: everybody(() => ({ origin, query: { ...ORGANISATION_LIST, limit: '100' } })), activitiesPage: everybody(() => ({ origin, query: { sector: '', place: '', state: null, after: '', limit: '100' } })), organisationWhole: everybody(({ it }) => ({ origin, number: it.organisation.number })),
  placesPage: everybody(() => ({ level: null, within: '', after: '', limit: '20' })), sectorsPage: everybody(), describeApi: everybody(() => ({ origin, version: '1' })),
};

export const OPEN311: Record<string, Cell> = {
  issueKey: { who: 'administrator', with: () => ({ name: 'تطبيق الحيّ', contact: 'app@example.org', perHour: 60 }) }, endKey: { who: 'administrator', with: ({ key }) => ({ id: key }) }, keyList: { who: 'administrator' },
  listServices: everybody(() => ({ lang: 'ar' })), serviceDefinition: everybody(() => ({ code: 'need-SRV', lang: 'ku' })),
  requestList: everybody(({ it }) => ({ params: { service_request_id: [it.heldComplaint, it.open, it.hidden, it.received, it.withdrawn, it.joined].map((one) => one.number).join(',') }, lang: 'en', origin })),
  requestWhole: { who: 'nobody', with: ({ it }) => ({ params: {}, lang: 'ar', origin, number: it.heldComplaint.number }) }, requestOfToken: { who: 'nobody', with: () => ({ token: crypto.randomUUID() }) },
  updateList: everybody(() => ({ params: {}, lang: 'en', origin })),
  countTry: everybody(() => ({ key: undefined })),
  // Who sends is known by a key alone.
  sendRequest: { who: 'nobody', with: () => ({ params: { service_code: 'need-SRV', address_string: 'x', description: 'المصابيح مكسورة' }, lang: 'ar', repeat: null }) }, sendUpdate: { who: 'nobody', with: ({ it }) => ({ params: { service_request_id: it.open.number, description: 'ما زالت مكسورة' } }) },
};

export const WEBHOOKS: Record<string, Cell> = {
  addHook: { who: 'administrator', with: () => ({ name: 'صحيفة الحيّ', url: 'https://hooks.example/in', topics: [] }) }, endHook: { who: 'administrator', with: ({ hook }) => ({ id: hook }) }, hookList: { who: 'administrator' },
  hookPage: { who: 'administrator', with: ({ hook }) => ({ id: hook }) }, retryDelivery: { who: 'nobody', with: () => ({ id: crypto.randomUUID() }) },
};
