/** The door of upkeep. */
export { failedJobs } from './queue-queries.ts';
export { giveUpJob, retryJob } from './put-right.ts';
export { houseHealth } from './health-queries.ts';
export { unusualActs } from './unusual-queries.ts';
