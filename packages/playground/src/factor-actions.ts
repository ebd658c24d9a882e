import { askJson } from './ask.ts';
import { find, onClick } from './dom.ts';
import { type FactorActions, showFactors } from './factor-entries.ts';
import { enrolment, renamedPasskey, showCodes, showOffer, showRename } from './factors.ts';
import { onSend } from './forms.ts';
import { fieldOf, textOf } from './json-field.ts';
import { act, outputs } from './outputs.ts';
import { asUser, logins, showHeldToken } from './page.ts';
import { createPasskey } from './passkeys.ts';
import { hideOnce } from './shown-once.ts';

const PATH = '/auth/factors';
const APP = `${PATH}/totp`;
const PASSKEYS = `${PATH}/passkeys`;

let enrolmentToken = '';

const run = (work: () => Promise<string>) => act(outputs.factors, work);

/** Connects the part "Second factors". */
export function connectFactors(): void {
  onClick('list-factors', async () => void (await run(list)));

  onClick('offer-app', async () => {
    await run(async () => {
      showOffer(undefined);
      const offer = fieldOf(await enrol(APP), 'data');
      enrolmentToken = textOf(offer, 'enrolment_token') ?? '';
      showOffer(offer);
      return 'Nothing is stored yet. Scan the QR code, or copy the secret into an app.';
    });
  });

  onSend('confirm-app', (field) =>
    run(async () => {
      const fields = { enrolment_token: enrolmentToken, code: field('code') };
      return goOnWith(await enrol(`${APP}/confirm`, fields));
    }),
  );

  onSend('add-passkey', (field) =>
    run(async () => {
      const passkey = await createPasskey(fieldOf(await enrol(`${PASSKEYS}/options`), 'data'));
      const name = field('name').trim();
      const done = await goOnWith(await enrol(PASSKEYS, { ...(name !== '' && { name }), passkey }));
      find('add-passkey', HTMLFormElement).reset();
      return done;
    }),
  );

  onSend('rename-passkey', (field) =>
    run(async () => {
      const options = { method: 'PATCH', fields: { name: field('name') }, by: asUser };
      await askJson(`${PASSKEYS}/${renamedPasskey()}`, options);
      showRename(undefined);
      await listAgain();
      return 'The passkey has the name.';
    }),
  );
}

/** Sends what sets up a factor: as the user, or with the challenge token of a login that wants a factor first. */
function enrol(path: string, fields: object = {}): Promise<unknown> {
  const challenge = enrolment();
  if (challenge === undefined) return askJson(path, { fields, by: asUser });
  return askJson(path, { fields: { ...fields, challenge_token: challenge.token } });
}

/** Goes on with the tokens of a factor that is set up, and shows the recovery codes that came with the first one. */
async function goOnWith(body: unknown): Promise<string> {
  const keep = enrolment() === undefined ? logins.keepNext : logins.keepLogin;
  const codes: unknown = fieldOf(body, 'recovery_codes');
  showOffer(undefined);
  showCodes(codes);
  await keep(body);
  await listAgain();
  return `${textOf(body, 'message') ?? ''}${Array.isArray(codes) ? ' Keep the recovery codes.' : ''}`;
}

const actions: FactorActions = {
  removeApp: () => remove(APP),
  removePasskey: ({ id }) => remove(`${PASSKEYS}/${id}`),
  renamePasskey: showRename,
  replaceCodes: async () => {
    await run(async () => {
      const body = await askJson(`${PATH}/recovery-codes`, { by: asUser });
      showCodes(fieldOf(fieldOf(body, 'data'), 'recovery_codes'));
      await listAgain();
      return 'These codes work, and the former ones do not any more.';
    });
  },
};

/** Removes a factor. All sessions end, and this page goes on in a new one. */
async function remove(path: string): Promise<void> {
  await run(async () => {
    const body = await askJson(path, { method: 'DELETE', by: asUser });
    await logins.keepNext(body);
    if (!(await listAgain())) hideOnce('codes');
    return `${textOf(body, 'message') ?? ''} All other sessions are over.`;
  });
}

/** Lists the factors after a change, whose button is gone. Returns whether there is any. */
async function listAgain(): Promise<boolean> {
  const hasAny = await show();
  find('factors-title', HTMLHeadingElement).focus();
  return hasAny;
}

async function list(): Promise<string> {
  return (await show()) ? 'This is what logs in beside the password.' : 'There is none. The password alone logs in.';
}

async function show(): Promise<boolean> {
  const body = await askJson(PATH, { method: 'GET', by: asUser });
  const hasAny = showFactors(fieldOf(body, 'data'), actions);
  await showHeldToken();
  return hasAny;
}
