/** The types of the events in the audit log, each with what has happened. Clients switch on them. */
export const eventTypes = {
  user_registered: 'Somebody made the account, and a first session began.',
  user_created: 'An administrator or operator made the account.',
  user_imported: 'The account was taken over from another system.',
  users_exported: 'An operator took out users with their password hashes.',
  user_deleted: 'The account was deleted.',
  login: 'A session began.',
  login_failed: 'Somebody tried a wrong password, or no password of the account can log in.',
  login_delayed: 'Somebody tried a password while the account has to wait. One event a minute.',
  logout: 'A session was ended by its own token.',
  session_revoked: 'A session was ended from outside.',
  sessions_revoked: 'All sessions of the user were ended, or all but the one that asked.',
  all_sessions_revoked: 'An operator ended the sessions of many users.',
  refresh_token_reuse: 'A refresh token was used again, and its session was ended: somebody has a copy.',
  refresh_token_late: 'A late retry with the last refresh token was forgiven.',
  password_changed: 'The user changed the password.',
  password_reset_asked: 'A way to choose a new password was mailed or handed out.',
  password_reset: 'Somebody chose a new password by a mail or link. A mail verifies the address too.',
  email_verified: 'The address was verified.',
  email_unverified: 'The address was marked as not verified.',
  email_changed: 'The account got another address.',
  email_change_undone: 'The account got its former address back.',
  admin_granted: 'The user became an administrator.',
  admin_revoked: 'The user is no administrator any more.',
  roles_changed: 'The user got other roles.',
  claims_changed: 'The user got other claims.',
  locale_changed: 'The user got another language.',
  user_disabled: 'The account was disabled.',
  user_enabled: 'The account was enabled.',
  attempts_forgotten: 'The failed logins were forgotten, so that the user does not have to wait.',
  mail_failed: 'A mail to the user could not be sent.',
} as const;

export type EventType = keyof typeof eventTypes;

const isEventType = (name: string): name is EventType => Object.hasOwn(eventTypes, name);

export const eventTypeNames = Object.keys(eventTypes).filter(isEventType);
