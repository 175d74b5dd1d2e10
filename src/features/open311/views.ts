/** What goes out to programs, in the words of the standard; and the keys as administrators see them. */

export type Service = { service_code: string; service_name: string; description: string; metadata: true; type: 'realtime'; keywords: string; group: string };

export type ServiceAttribute = {
  variable: true; code: string; datatype: 'string' | 'number' | 'text' | 'singlevaluelist'; required: false; datatype_description: string; order: number; description: string;
  values?: { key: string; name: string }[];
};
export type ServiceDefinition = { service_code: string; attributes: ServiceAttribute[] };

export type ServiceRequest = {
  service_request_id: string;
  status: 'open' | 'closed';
  status_notes: string | null;
  service_name: string;
  service_code: string;
  description: string | null;
  agency_responsible: string | null;
  service_notice: string | null;
  requested_datetime: string;
  updated_datetime: string;
  expected_datetime: string | null;
  address: string | null;
  address_id: string | null;
  zipcode: null;
  lat: number | null;
  long: number | null;
  media_url: string | null;
};

export type RequestUpdate = { update_id: string; service_request_id: string; status: 'open' | 'closed'; updated_datetime: string; description: string; media_url: null };

/** What is said to a program that handed a request in. */
export type HandedIn = { service_request_id: string; service_notice: string; account_id: string | null };

export type KeyView = { id: string; name: string; contact: string; ending: string; perHour: number; issuedAt: Date; issuedBy: string; endedAt: Date | null; requests: number; lastUsed: Date | null };
