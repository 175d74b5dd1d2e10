/** The ways into a demonstration: where each role begins its day. */
import type { StaffRole } from './model.ts';

const STARTS: Partial<Record<StaffRole, string>> = { officer: '/desk', head: '/desk/approvals', coordinator: '/gov', clerk: '/desk/counter', administrator: '/admin', registry: '/gov/orgs', moderator: '/gov/moderation', auditor: '/unusual', member: '/org' };

export const startOf = (role: StaffRole | null): string => (role && STARTS[role]) ?? '/me';
