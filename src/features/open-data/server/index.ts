/** The door of open data. */
export { entriesPage, entryWhole } from './entries.ts';
export { commitmentsPage, commitmentWhole } from './commitments.ts';
export { bodiesPage, bodyWhole } from './bodies.ts';
export { commentsPage } from './comments.ts';
export { activitiesPage, organisationsPage, organisationWhole } from './organisations.ts';
export { placesPage, sectorsPage } from './places.ts';
export { ADDRESSES, describeApi } from './describe.ts';
export { exportPart } from './export.ts';
export { DATES, datesFeed, FEEDS, newsFeed } from './feeds.ts';
export { setSize } from './size.ts';
