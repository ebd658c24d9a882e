import { mutantsOf } from '../mutant.ts';

const CHANGES = 'test/flows/event/changes.test.ts';
const LATE = 'test/flows/event/late-events.test.ts';
const READ = 'test/flows/event/read-events.test.ts';
const ALONG = 'test/flows/event/reading-along.test.ts';
const MAIL = 'test/flows/event/mail-failures.test.ts';
const CLEAN_UP = 'test/flows/service/clean-up.test.ts';

export const events = [
  ...mutantsOf(
    'src/store/statements/event/insert-event.ts',
    [CHANGES],
    [
      {
        breaks: 'an event is stored whether its change happened or not',
        find: 'sql`changes() > 0`',
        replace: 'sql`true`',
      },
      {
        breaks: 'an event of a redeemed mail is about nobody',
        find: 'WHERE challenges.id = ${given.challengeId}',
        replace: 'WHERE challenges.id IS NULL',
      },
      {
        breaks: 'an event of a mail is about every user',
        find: '${hasChanged} AND users.email = ${given.email}',
        replace: '${hasChanged} AND users.email >= substr(${given.email}, 1, 0)',
        tests: [MAIL, CHANGES, LATE],
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/event/insert-event-of-session.ts',
    [CHANGES],
    [
      {
        breaks: 'a logout of a session that is not live is an event',
        find: "absoluteTtlSeconds })} = 'live'",
        replace: "absoluteTtlSeconds })} <> ''",
      },
      {
        breaks: 'a logout of the others is an event when there is no other session',
        find: 'sessions.id <> ${ownId} AND sessions.revoked_at IS NULL',
        replace: 'sessions.id <> ${ownId}',
      },
      {
        breaks: 'a reuse is called a late retry',
        find: 'WHEN sessions.revoked_at IS NULL THEN',
        replace: 'WHEN sessions.revoked_at IS NOT NULL THEN',
      },
      {
        breaks: 'each refresh after a late retry is another late retry',
        find: 'sessions.late_at = ${given.at} AND',
        replace: 'sessions.late_at IS NOT NULL AND',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/session/rotate-session.ts',
    [CHANGES],
    [
      {
        breaks: 'two late retries in one millisecond are two events',
        find: 'ELSE ${sessions.lateAt} - (${sessions.lateAt} = ${at}) END',
        replace: 'ELSE ${sessions.lateAt} END',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/account/verify-email.ts',
    [LATE],
    [
      {
        breaks: 'a verification of a verified address is an event',
        find: ' AND ${users.emailVerifiedAt} IS NULL',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/event/insert-delayed-event.ts',
    [LATE],
    [
      {
        breaks: 'each attempt during a wait is an event',
        find: 'last.at > ${given.at} - ${MINUTE_MS}',
        replace: 'last.at > ${given.at}',
      },
      {
        breaks: 'one user who has to wait hides the others',
        find: 'last.user_id = ${given.userId} AND',
        replace: '${given.userId} IS NOT NULL AND',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/event/insert-events-of-missed-mails.ts',
    [MAIL],
    [
      {
        breaks: 'a mail that nobody needed is an event when it is deleted',
        find: ' AND ${hasUse}',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/sessions.ts',
    [CHANGES],
    [
      {
        breaks: 'an event of a logout is stored although the logout is not',
        find: 'await database.batch([insertEventOfLiveSession({ ...event, absoluteTtlSeconds }), revokeSession({ id, at })]);',
        replace:
          'await database.run(insertEventOfLiveSession({ ...event, absoluteTtlSeconds }));\n      await database.run(revokeSession({ id, at }));',
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/event/list-events.ts',
    [READ],
    [
      {
        breaks: 'a page of the oldest events begins with the last one of the page before',
        find: "order === 'oldest' ? sql`>`",
        replace: "order === 'oldest' ? sql`>=`",
        tests: [READ, ALONG],
      },
      {
        breaks: 'events are not in the order of their ids',
        find: 'sql`${events.id} ${direction}`',
        replace: 'sql`+${events.at} ${direction}`',
      },
      {
        breaks: 'a user and a type filter by the user alone',
        find: ' AND +${events.type} = ${type}',
        replace: ' AND ${type} IS NOT NULL',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/event/list-events.ts',
    [READ],
    [
      {
        breaks: 'a full page says that there is another when there is none',
        find: 'found.length > limit ?',
        replace: 'found.length >= limit ?',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/event/list-own-events.ts',
    [READ],
    [
      {
        breaks: 'users learn from where an administrator has done something',
        find: '{ ...event, ...NOWHERE, actor:',
        replace: '{ ...NOWHERE, ...event, actor:',
      },
      {
        breaks: 'users read the events of everybody',
        find: 'userId: user.id, order',
        replace: "userId: user.id === '' ? user.id : undefined, order",
      },
    ],
  ),
  ...mutantsOf(
    'src/store/statements/event/delete-old-events.ts',
    [CLEAN_UP],
    [
      {
        breaks: 'the newest event is deleted, and its id comes again',
        find: '(SELECT max(newest.id) FROM events AS newest)',
        replace: '(SELECT max(newest.id) + 1 FROM events AS newest)',
      },
      {
        breaks: 'events are deleted that are not old',
        find: 'WHERE oldest.at > ${before} LIMIT 1',
        replace: 'WHERE oldest.at > ${before} + 864000000000 LIMIT 1',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/event/late-event.ts',
    [LATE],
    [
      {
        breaks: 'an event that is lost makes no note',
        find: "note('database out of reach: an event was lost');",
        replace: '',
      },
    ],
  ),
];
