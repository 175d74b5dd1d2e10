import type { TestProject } from 'vitest/node';
import { startTestCluster } from './cluster.ts';

/** Vitest starts the cluster once and hands its address to every test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('adminUrl', cluster.adminUrl);
  return cluster.stop;
}

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
  }
}
