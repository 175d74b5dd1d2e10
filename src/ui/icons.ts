// Own line drawings on a 24-px grid, one path each; one icon has one meaning everywhere.
const doorway = 'M4.5 21V11a7.5 7.5 0 0 1 15 0v10M2.5 21h19';

export const icons = {
  // the state of an item is the state of a door
  'door-open': doorway + 'M19.5 21 13 18.2V9.6l4.4-3.4M15.3 14.2v.1',
  'door-ajar': doorway + 'M9 4.2V21M12 13.2v.1',
  'door-done': doorway + 'm8.6 13.6 2.5 2.6 4.4-5',
  'door-late': doorway + 'M12 9.2v4.6l2.8 1.7',
  'door-closed': doorway + 'M12 3.6V21M9.5 13v.1M14.5 13v.1',
  // the rooms
  need: 'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v8a1.5 1.5 0 0 1-1.5 1.5h-7L8 20v-3.5H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.5ZM12 8.2v5.6M9.2 11h5.6',
  proposal: 'M9 17.5c0-2.5-3-3.6-3-7.3a6 6 0 0 1 12 0c0 3.7-3 4.8-3 7.3zM9.5 20.5h5M12 17.5V12',
  question: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM9.7 9.6a2.3 2.3 0 1 1 3.4 2.1c-.8.4-1.1.9-1.1 1.7M12 16.3v.1',
  complaint: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  initiative: 'M3.5 12a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M9.5 12a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0',
  council: 'M9 7.5a3 3 0 1 0 6 0 3 3 0 1 0-6 0M6.5 19.5c0-3.6 2.4-6 5.5-6s5.5 2.4 5.5 6M5.6 12.3a2.3 2.3 0 1 1 1-4.3M2.5 17.5c.1-1.7.8-3 2-3.7M18.4 12.3a2.3 2.3 0 1 0-1-4.3M21.5 17.5c-.1-1.7-.8-3-2-3.7',
  meeting: 'M4 6h10v7H9l-3 2.5V13H4zM17 9.5h3.5v7H18.5v2.5l-3-2.5H11V16',
  consultation: 'M4 5h16v11h-9l-4 3.5V16H4zM8 9h8M8 12h5',
  draft: 'M13 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h4M13 3.5l4.5 4.5v2M13 3.5V8h4.5M13.5 20.5l.6-2.6 5-5 2 2-5 5z',
  vote: 'M4 12.5h16v7H4zM6.5 12.5l1-2.5M17.5 12.5l-1-2.5M8.8 6.8l2.3 2.3 4.3-4.6M9.5 15.8h5',
  org: 'M5 20.5V6l7-2.5L19 6v14.5M3 20.5h18M9 9.5h.1M12 9.5h.1M15 9.5h.1M9 13h.1M12 13h.1M15 13h.1M10.5 20.5V17h3v3.5',
  body: 'M3.5 20.5h17M5 17.5h14M4 9.5 12 4l8 5.5zM6.5 9.5v8M12 9.5v8M17.5 9.5v8',
  procedure: 'M4 6.5 5.5 8 8 5.2M4 12.5 5.5 14 8 11.2M11.5 7H20M11.5 13H15M4.5 19h4M13 17a4 4 0 1 0 8 0 4 4 0 1 0-8 0M17 15v2l1.3 1',
  money: 'M5.5 6.5a6.5 2.8 0 1 0 13 0 6.5 2.8 0 1 0-13 0v5.3c0 1.6 2.9 2.8 6.5 2.8s6.5-1.2 6.5-2.8V6.5M5.5 11.8v5.4c0 1.5 2.9 2.8 6.5 2.8s6.5-1.3 6.5-2.8v-5.4',
  agreement: 'M6 3.5h12v17H6zM9 8h6M9 11.5h6M9 17c1.5-2.5 2.2-2.5 2.5-1s1 1 3.5 0',
  commitment: 'M12 3.5 19 6v5.5c0 4.3-2.8 7.4-7 9-4.2-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10',
  roadmap: 'M5 20.5v-17M5 5h11l-2 3.5 2 3.5H5',
  resource: 'M4 8.5 12 4l8 4.5v7.5L12 20.5 4 16zM4 8.5l8 4.5 8-4.5M12 13v7.5',
  balance: 'M12 4v16M8 20.5h8M5 6.5h14M5 6.5 2.5 13h5zM19 6.5 16.5 13h5zM2.5 13a2.5 2.5 0 0 0 5 0M16.5 13a2.5 2.5 0 0 0 5 0',
  record: 'M6 4h11.5v16.5H7A1.5 1.5 0 0 1 5.5 19V5M5.5 18.5A1.5 1.5 0 0 1 7 17h10.5M9 8h5M9 11.5h5',
  data: 'M4 20.5h16M6 17v-5M10.5 17V5M15 17V9M19 17v-3',
  // acts and things
  search: 'M4.5 11a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0M16 16l4.5 4.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  chevron: 'm9 5 7 7-7 7',
  calendar: 'M4.5 6.5h15V20h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4',
  clock: 'M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0M12 7.5V12l3 2',
  pin: 'M12 21c4.5-4.6 6.5-7.9 6.5-11a6.5 6.5 0 0 0-13 0c0 3.1 2 6.4 6.5 11ZM9.7 10a2.3 2.3 0 1 0 4.6 0 2.3 2.3 0 1 0-4.6 0',
  people: 'M6 8.5a3 3 0 1 0 6 0 3 3 0 1 0-6 0M3.5 19c0-3.3 2.3-5.5 5.5-5.5s5.5 2.2 5.5 5.5M15.5 5.8a3 3 0 0 1 0 5.4M17 13.8c2.1.7 3.5 2.6 3.5 5.2',
  person: 'M9 8a3 3 0 1 0 6 0 3 3 0 1 0-6 0M5.5 20c0-3.9 2.6-6.5 6.5-6.5s6.5 2.6 6.5 6.5',
  support: 'M12 20C6.5 16 4 13 4 9.7A4 4 0 0 1 12 8a4 4 0 0 1 8 1.7C20 13 17.5 16 12 20Z',
  phone: 'M6 3.5h3l1.5 4-2 1.7a12 12 0 0 0 6.3 6.3l1.7-2 4 1.5v3c0 1-.8 1.8-1.8 1.7C11 19.2 4.8 13 4.3 5.3 4.2 4.3 5 3.5 6 3.5Z',
  sms: 'M4 5.5h16v11H9L5 20v-3.5H4zM8 11h.1M12 11h.1M16 11h.1',
  mail: 'M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7',
  share: 'M4 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M14.5 6a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M14.5 18a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M8.7 10.8l6.1-3.5M8.7 13.2l6.1 3.5',
  print: 'M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z',
  file: 'M13 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V9zM13 3.5V9h5.5',
  photo: 'M4 6h16v12.5H4zM7.5 10.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M4.5 17.5l5-4.5 3 2.5 3-3 4.5 4.5',
  map: 'm4 6.5 5-2 6 2 5-2v13l-5 2-6-2-5 2zM9 4.5v13M15 6.5v13',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  check: 'm5 12.5 4.5 4.5L19 7',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  edit: 'm4.5 19.5.8-3.6L16 5.2l2.8 2.8L8.1 18.7zM13.5 7.7l2.8 2.8',
  download: 'M12 4v11M7 10.5l5 5 5-5M4.5 20h15',
  undo: 'M8.5 5 4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H8',
  eye: 'M3 12c2.4-4 5.4-6 9-6s6.6 2 9 6c-2.4 4-5.4 6-9 6s-6.6-2-9-6ZM9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0',
  warning: 'M12 4 21 19.5H3zM12 10v4.5M12 17v.1',
  offline: 'M4 4l16 16M8.5 15a5 5 0 0 1 5.3-1.1M5.5 11.5a9.5 9.5 0 0 1 4-2.2M13.5 9a9.5 9.5 0 0 1 5 2.5M12 18.5v.1',
} as const;

export type IconName = keyof typeof icons;

/** The five states of a door; each item of the product is in one of them. */
export type DoorState = 'open' | 'ajar' | 'done' | 'late' | 'closed';

/** These point along the line of reading, so they turn round in right-to-left pages. */
export const directional: ReadonlySet<IconName> = new Set(['arrow', 'chevron', 'undo']);
