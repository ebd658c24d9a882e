import { callService, type Caller, type Query } from './call.ts';
import * as shapes from './shapes.ts';
import type { Choice } from './target.ts';

/** The admin API, as an operator uses it. */
export type Admin = ReturnType<typeof createAdmin>;

/** What `PATCH` takes. */
export type Changes = {
  email?: string;
  email_verified?: boolean;
  admin?: boolean;
  roles?: string[];
  claims?: Record<string, unknown>;
  disabled?: boolean;
};

/** What `PATCH` takes of a client. */
export type MachineChanges = { name?: string; scopes?: string[]; jwks?: object; disabled?: boolean };

/** What a new API key is to have. `undefined` is left out. */
export type NewKey = { name: string; scopes?: string[] | undefined; expires_in_days?: number | null | undefined };

/** `lastAdmin` lets an operator take away the last administrator. */
type Leave = { lastAdmin?: boolean };

/**
 * The routes of `/admin`, each with the fields of its response. All throw as `callService` does. Ids must have the grammar
 * of ids: `..` would be another route. `choice` is how the command line names the service.
 */
export function createAdmin(caller: Caller, choice: Choice = {}) {
  const ask = async <T extends Parameters<typeof callService>[2]>(
    path: string,
    shape: T,
    call: Parameters<typeof callService>[3] = {},
  ) => (await callService(caller, path, shape, call)).body;
  const leave = ({ lastAdmin = false }: Leave): Query => ({ last_admin: lastAdmin ? 'true' : undefined });

  return {
    /** The service that this operates. */
    origin: caller.origin,
    choice,
    findUsers: (query: Query) => ask('/admin/users', shapes.userList, { query }),
    createUser: (body: Record<string, unknown>) => ask('/admin/users', shapes.created, { method: 'POST', body }),
    getUser: (id: string) => callService(caller, `/admin/users/${id}`, shapes.oneUser),
    changeUser: (id: string, body: Changes, { ifMatch, ...options }: Leave & { ifMatch?: string | undefined } = {}) =>
      ask(`/admin/users/${id}`, shapes.changed, { method: 'PATCH', body, ifMatch, query: leave(options) }),
    deleteUser: (id: string, options: Leave = {}) =>
      ask(`/admin/users/${id}`, shapes.deleted, { method: 'DELETE', query: leave(options) }),
    listSessions: (id: string, query: Query = {}) => ask(`/admin/users/${id}/sessions`, shapes.sessionList, { query }),
    endSessions: (id: string) => ask(`/admin/users/${id}/sessions`, shapes.sessionsEnded, { method: 'DELETE' }),
    endSession: (id: string, session: string) =>
      ask(`/admin/users/${id}/sessions/${session}`, shapes.sessionEnded, { method: 'DELETE' }),
    removeFactors: (id: string) => ask(`/admin/users/${id}/factors`, shapes.factorsRemoved, { method: 'DELETE' }),
    listUserKeys: (id: string, query: Query) => ask(`/admin/users/${id}/keys`, shapes.keyList, { query }),
    revokeUserKey: (id: string, key: string) =>
      ask(`/admin/users/${id}/keys/${key}`, shapes.keyRevoked, { method: 'DELETE' }),
    unlock: (id: string) => ask(`/admin/users/${id}/unlock`, shapes.unlocked, { method: 'POST' }),
    resetPassword: (id: string, body: { delivery?: 'mail' | 'link' }) =>
      ask(`/admin/users/${id}/password-reset`, shapes.resetStarted, { method: 'POST', body }),
    endEverybody: (body: { after?: string; reset_passwords?: boolean; restored?: boolean }) =>
      ask('/admin/sessions/revoke', shapes.everybodyEnded, { method: 'POST', body }),
    importUsers: (lines: string[], { isDry = false }: { isDry?: boolean } = {}) =>
      ask('/admin/import', shapes.imported, {
        method: 'POST',
        ndjson: `${lines.join('\n')}\n`,
        query: { dry_run: String(isDry) },
      }),
    exportUsers: (query: Query) => ask('/admin/export', shapes.exported, { query }),
    getStats: () => ask('/admin/stats', shapes.stats),
    listMachines: (query: Query) => ask('/admin/clients', shapes.machineList, { query }),
    createMachine: (body: Record<string, unknown>) =>
      ask('/admin/clients', shapes.machineCreated, { method: 'POST', body }),
    getMachine: (id: string) => ask(`/admin/clients/${id}`, shapes.oneMachine),
    changeMachine: (id: string, body: MachineChanges) =>
      ask(`/admin/clients/${id}`, shapes.machineChanged, { method: 'PATCH', body }),
    deleteMachine: (id: string) => ask(`/admin/clients/${id}`, shapes.machineDeleted, { method: 'DELETE' }),
    createSecret: (id: string) => ask(`/admin/clients/${id}/secrets`, shapes.secretCreated, { method: 'POST' }),
    deleteSecret: (id: string, secret: string) =>
      ask(`/admin/clients/${id}/secrets/${secret}`, shapes.secretDeleted, { method: 'DELETE' }),
    listMachineKeys: (id: string, query: Query) => ask(`/admin/clients/${id}/keys`, shapes.keyList, { query }),
    createMachineKey: (id: string, body: NewKey) =>
      ask(`/admin/clients/${id}/keys`, shapes.keyCreated, { method: 'POST', body }),
    revokeMachineKey: (id: string, key: string) =>
      ask(`/admin/clients/${id}/keys/${key}`, shapes.keyRevoked, { method: 'DELETE' }),
    listEvents: (query: Query) => ask('/admin/events', shapes.eventList, { query }),
  };
}
