import { adminUser, adminUserDetails, handedDelivery, mailedDelivery, success } from './examples.ts';
import type { FieldProse, Operations } from './operation-prose.ts';
import { line, uuid } from './fields.ts';

const boolean = (description: string): FieldProse => ({ description, example: 'true' });

export const userIdParameter: FieldProse = { description: 'The id of the user.', ...uuid, example: adminUser.user_id };

const last_admin = boolean(
  'With `true`, an operator may take away the last administrator. It changes nothing for administrators.',
);

const LAST_ADMIN =
  'Nobody can do this to their own account, which is 409 `own_account`, and the last administrator stays, which is 409 `last_admin`.';

/** The users, as operators and administrators manage them. */
export const adminUsers: Operations = {
  'GET /admin/users': {
    operationId: 'listUsers',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Lists users, newest first. With `email` they are in the order of their addresses, or of their domains. Several parameters find the users who meet all of them. There is no total. A page goes on where the one before ended: send its `next` as `after`, with the other parameters unchanged.',
    parameters: {
      address: { description: 'Exactly this address, in any spelling.', maxLength: 254, example: adminUser.email },
      email: {
        description: 'The beginning of an address; or `@` and the beginning of a domain.',
        ...line(254),
        example: 'joe',
      },
      role: { description: 'A role that the user has.', ...line(64), example: 'editor' },
      admin: boolean('Whether the user is an administrator.'),
      disabled: boolean('Whether the account is disabled.'),
      unverified: boolean('Whether the address is not verified.'),
      after: { description: 'The `next` of the page before.', ...line(300) },
      limit: { description: 'How many users a page has at most, 1 to 100.', maxLength: 3, example: '100' },
    },
    examples: { 200: { users: { status: 'success', data: [adminUser], next: null } } },
  },
  'POST /admin/users': {
    operationId: 'createUser',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Makes an account. Without a password, its user gets an invitation: a link to choose one. It goes out by mail. Where the service sends no mail, an operator gets the link and hands it over, and an administrator gets 503 `mail_unavailable`. A field that the route does not know is 400 `invalid_request`.',
    request: {
      description: 'The address, and what else the account is to have.',
      examples: {
        invited: { email: adminUser.email, roles: ['editor'] },
        complete: {
          email: adminUser.email,
          password: 'correct horse battery staple',
          email_verified: true,
          admin: false,
          roles: ['editor'],
          claims: { tenant: 'acme' },
          locale: 'en',
        },
      },
    },
    examples: {
      201: {
        mailed: { ...success('User created.'), data: adminUser, invitation: mailedDelivery },
        handed: { ...success('User created.'), data: adminUser, invitation: handedDelivery },
        withPassword: { ...success('User created.'), data: adminUser, invitation: null },
      },
    },
  },
  'GET /admin/users/{id}': {
    operationId: 'showUser',
    tag: 'Admin',
    who: 'administrator',
    description: 'Returns the user, with what tells why a login may fail.',
    parameters: { id: userIdParameter },
    headers: { 200: ['ETag'] },
    examples: { 200: { user: { status: 'success', data: adminUserDetails } } },
  },
  'PATCH /admin/users/{id}': {
    operationId: 'changeUser',
    tag: 'Admin',
    who: 'administrator',
    description: `Changes the fields of the body, and no other. A field that the route does not know is 400 \`invalid_request\`, and nothing changes. Another \`admin\`, other \`roles\` or \`claims\` make older access tokens 401 \`expired_token\`, so clients refresh and get the new ones. Disabling ends all sessions; enabling brings none of them back. An administrator who is disabled or loses \`admin\` has to leave another one: ${LAST_ADMIN} After a 503 the change may have been made: repeat the request to complete it.`,
    parameters: { id: userIdParameter, last_admin },
    request: {
      description: 'What is to change.',
      examples: {
        disable: { disabled: true },
        rights: { admin: false, roles: ['editor', 'support'], claims: { tenant: 'acme' } },
        address: { email: adminUser.email, email_verified: true },
      },
    },
    headers: { 200: ['ETag'] },
    examples: {
      200: {
        changed: { ...success('User changed.'), changed: true, data: adminUser, sessions_revoked: 0 },
        same: { ...success('Nothing to change.'), changed: false, data: adminUser, sessions_revoked: 0 },
      },
    },
  },
  'DELETE /admin/users/{id}': {
    operationId: 'removeUser',
    tag: 'Admin',
    who: 'administrator',
    description: `Deletes the account and all that belongs to it, and ends its sessions everywhere. ${LAST_ADMIN} After a 503 the account is still there, but its sessions may be over: repeat the request.`,
    parameters: { id: userIdParameter, last_admin },
    examples: { 200: { deleted: { ...success('User deleted.'), sessions_revoked: 1 } } },
  },
  'POST /admin/users/{id}/unlock': {
    operationId: 'unlockUser',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Forgets the failed logins of the user, at all networks, so that the user does not have to wait. 0 means that nothing was counted.',
    parameters: { id: userIdParameter },
    examples: { 200: { unlocked: { ...success('Login attempts forgotten.'), attempts_forgotten: 2 } } },
  },
  'DELETE /admin/users/{id}/factors': {
    operationId: 'removeFactors',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Removes the authenticator app, the passkeys and the recovery codes of a user who has lost them, ends all sessions, and sends the user a notice. Only operators may: an administrator gets 403 `operator_required`. Make sure that it is the user who asks. 200 means recorded in both the database and the denylist. After a 503, repeat the request.',
    parameters: { id: userIdParameter },
    examples: {
      200: { removed: { ...success('Second factors removed.'), factors_removed: 2, sessions_revoked: 1 } },
    },
  },
  'POST /admin/users/{id}/password-reset': {
    operationId: 'handOutReset',
    tag: 'Admin',
    who: 'administrator',
    description:
      'Makes a link by which the user can choose a new password once. With `mail` it goes to the address of the user. With `link` an operator gets it and hands it over; an administrator gets 403 `operator_required`, because whoever has the link can take the account. Without `delivery` it is `mail` where the service sends mail, and `link` elsewhere. The password stays as it is until then.',
    parameters: { id: userIdParameter },
    request: {
      description: 'How the link reaches the user. The object may be empty.',
      examples: { usual: {}, link: { delivery: 'link' } },
    },
    examples: {
      200: {
        mailed: { ...success('The mail is on its way.'), data: mailedDelivery },
        handed: { ...success('Hand this link over.'), data: handedDelivery },
      },
    },
  },
};
